"""What is by a product or behind it is shown as that, and never taken for what the product stands on; or it is told."""

from __future__ import annotations

import pytest

from photoshoot.sets import set_name
from tests.director.reading import missed, parts, read

_OF_CAMERAS = """
slow shutter; shutter speed 1/200; f/1.8; f 2.8; long exposure; rim light; tilt-shift lens; 85mm;
macro lens; close-up; wide angle; fisheye; telephoto; deep focus; soft focus; focus stacking; ISO 100; film grain;
Kodak Portra 400; Polaroid; medium format; Hasselblad;
Canon EOS R5; anamorphic; lens flare; light leaks; double exposure; HDR; 8k;
photorealistic; octane render; unreal engine; ray tracing; volumetric light; butterfly lighting; Rembrandt lighting;
key light; fill light; backlit; ring light; beauty dish; softbox; snoot; honeycomb grid; scrim; bounce board; V-flat;
tripod; drone shot; dutch angle; eye level; hero shot; ghost mannequin; light tent; freeze frame; motion blur; strobe;
hard flash; 5600K; white balance; bleach bypass; high contrast; rule of thirds; negative space; vignette; ND filter;
star filter; RAW photo; Vogue editorial; award winning; --ar 16:9; --v 6; --style raw; studio photography"""


@pytest.mark.parametrize("word", [" ".join(word.split()) for word in _OF_CAMERAS.split(";")])
def test_words_of_photographers_make_no_thing(word: str) -> None:
    for text in (f"perfume on a marble table, {word}", f"{word}, perfume on a marble table"):
        read_as = parts(text)
        assert (read_as["set"], read_as["material"], read_as["props"]) == ("tabletop", "marble", "none"), text
        assert read_as["light"].gobo in ("none", "panes"), text  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["in front of a {}", "on a marble table next to a {}", "on an oak table, {} behind"])
@pytest.mark.parametrize("mirror", ["mirror", "tarnished mirror"])
def test_a_mirror_by_a_product_hangs_over_a_dressing_table(text: str, mirror: str) -> None:
    assert parts(text.format(mirror))["set"] == "vanity"
    assert parts(f"on a {mirror}")["set"] == "glossy_floor"


@pytest.mark.parametrize("thing", ["towel", "cutting board", "wooden tray", "milk jug", "blanket"])
def test_what_is_next_to_a_product_is_not_under_it(thing: str) -> None:
    alone, read_as = (
        parts("perfume on a black marble table"),
        parts(f"perfume on a black marble table next to a {thing}"),
    )
    assert {name: read_as[name] for name in alone} == alone
    assert thing in " ".join(read(f"perfume on a black marble table next to a {thing}").unread)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("gin on an oak table, pine trees behind", {"set": "location", "place": "forest", "material": "wood"}),
        ("oil on an oak table, olive trees behind", {"set": "location", "place": "park", "material": "wood"}),
        ("pen on a school desk, green chalkboard behind", {"set": "desk", "wall_color": "#2f9e4c"}),
        ("oil on black slate, wooden background", {"set": "tabletop", "material": "stone", "backdrop": "boards"}),
        ("oil on a red podium before a wood backdrop", {"set": "tabletop", "stand": "round", "backdrop": "boards"}),
        ("soap before glass bricks", {"set": "tabletop", "backdrop": "tiles"}),
        ("lamp in front of a gold foil curtain", {"set": "drapery", "color": "#c9a04a"}),
        ("oil on a blue background with lettuce", {"set": "tabletop", "props": "greens"}),
        ("soap on a mossy stone in a stream", {"set": "rocks", "ground": "moss"}),
        ("serum on stone blocks at different heights", {"set": "podium", "shape": "steps"}),
        ("ramen on a wooden counter with red lanterns", {"set": "tabletop", "props": "paper_lanterns"}),
    ],
)
def test_what_is_behind_or_by_it_is_there(text: str, of: dict[str, str]) -> None:
    read_as = parts(text)
    assert {name: read_as.get(name) for name in of} == of


def test_a_lemon_is_no_colour_before_a_comma() -> None:
    assert parts("tea on a bedside table with a lemon, tissues")["beside"] == "citrus"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("skis on a glacier among rocks", "glacier shown as"),
        ("radio on an oak table, a door behind", "door shown as a plain wall"),
        ("radio on an oak table next to wheat ears", "wheat ears shown as"),
    ],
)
def test_what_stands_in_is_told(text: str, told: str) -> None:
    assert told in read(text).reading


@pytest.mark.parametrize("text", ["gift by a bouquet", "pot in a flower shop"])
def test_a_bunch_has_more_than_one_flower(text: str) -> None:
    assert not parts(text)["counts"]


@pytest.mark.parametrize("hour", ["at sunset", "at golden hour", "at blue hour", "at dawn", "at dusk"])
def test_a_rooms_own_light_gives_way_to_an_hours(hour: str) -> None:
    light = read(f"on a wooden table {hour}").design.light
    for room in ("kitchen", "bathroom"):
        assert read(f"on a wooden counter in a {room} {hour}").design.light.color == light.color


def test_shadows_are_as_hard_in_a_bathroom() -> None:
    shadows = "with shadows of blinds"
    assert read(f"in a bathroom {shadows}").design.light.softness == read(f"on a table {shadows}").design.light.softness


@pytest.mark.parametrize("text", ["on a wooden table in the rain", "on a podium in the rain"])
def test_rain_over_a_table_puts_it_in_no_water(text: str) -> None:
    assert parts(text)["set"] in ("tabletop", "podium")
    assert "rain" in read(text).unread


@pytest.mark.parametrize("of", ["wood", "stone", "concrete"])
def test_stairs_are_of_what_they_are_said_to_be(of: str) -> None:
    for text in (f"on {of} stairs", f"on {of} stairs, white wall behind"):
        assert parts(text)["material"] == of, text


@pytest.mark.parametrize("plant", ["mint", "lavender"])
def test_a_plant_in_a_list_of_things_is_no_colour(plant: str) -> None:
    assert parts(f"balm, {plant}, linen, wooden table")["props"] == "leaves"
    assert parts(f"balm, {plant}, white bathroom")["beside"] == "leaves"
    assert parts(f"balm, pink, {plant}, white")["set"] == "cyclorama"


def test_a_thing_in_a_list_is_itself() -> None:
    assert "bananas shown as citrus fruit" in read("jam on an oak table with toast and bananas").reading
    assert parts("fish at a market stall, lemon and parsley")["produce"] == "citrus"
    assert "diffuser" in missed(read("diffuser on a walnut sideboard"))


def test_ice_in_a_playroom_is_no_toy() -> None:
    assert "ice cubes" in read("juice in a playroom with ice cubes").unread


@pytest.mark.parametrize(
    "text",
    [
        "Flasche vor einem Holzzaun",
        "bouteille devant une clôture en bois",
        "botella delante de una valla de madera",
        "bottiglia davanti a una staccionata di legno",
        "木のフェンスの前のボトル",
    ],
)
def test_a_wooden_fence_is_boards_in_any_language(text: str) -> None:
    direction = read(text)
    assert vars(direction.design)["backdrop"] == "boards"
    assert not direction.unread


@pytest.mark.parametrize("fence", ["metal fence", "chain-link fence", "wire fence", "fence"])
def test_a_fence_at_a_court_is_told_and_the_court_is_seen(fence: str) -> None:
    direction = read(f"sneakers on a basketball court, {fence} behind, sunset")
    assert vars(direction.design)["backdrop"] == "basketball_court"
    assert "fence" in " ".join(direction.unread)


def test_a_fence_of_wire_is_no_wall_of_boards() -> None:
    direction = read("bottle on slate against a wire fence")
    assert vars(direction.design)["backdrop"] == "wall"
    assert "wire fence" in direction.unread
    assert vars(read("bottle on slate before a white fence").design)["backdrop"] == "boards"


@pytest.mark.parametrize(
    "text", ["cafe by the sea", "on a cafe table by the sea at dusk", "bistro table overlooking the sea"]
)
def test_a_cafe_by_the_sea_has_water_behind_its_chairs(text: str) -> None:
    direction = read(text)
    design = vars(direction.design)
    assert (set_name(direction.design), design["place"]) == ("cafe", "venice")
    assert direction.unread == ()
