"""Views, boards, platforms, lamps and walls in strangers' prompts: each rule on words that it was not found by."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from tests.director.reading import parts, read


@pytest.mark.parametrize(
    ("text", "surface"),
    [("top view of a vase on a pine table", "wood"), ("overhead shot of two plates on linen", "linen")],
)
def test_a_view_from_above_is_of_its_product_and_no_kind_of_it(text: str, surface: str) -> None:
    found = parts(text)
    assert (found["set"], found["surface"]) == ("flat_lay", surface)


@pytest.mark.parametrize(
    ("text", "material"),
    [("ham on a board", "wood"), ("figs on a charcuterie board", "wood"), ("soap on a marble bread board", "marble")],
)
def test_a_board_is_of_wood_unless_it_is_of_something_else(text: str, material: str) -> None:
    assert parts(text)["material"] == material
    assert "board" not in " ".join(read(text).unread)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a round wooden pedestal", "round"),
        ("square granite plinth, white wall", "square"),
        ("cylindrical walnut podium", "round"),
        ("a wooden cube", "square"),
    ],
)
def test_a_platform_has_the_shape_that_is_said_of_it(text: str, shape: str) -> None:
    found = parts(text)
    assert (found["set"], found["shape"]) == ("podium", shape)


@pytest.mark.parametrize("lamp", ["a pendant lamp", "one bare bulb hanging", "a spotlight"])
def test_a_lamp_overhead_lights_from_above_and_turns_no_camera(lamp: str) -> None:
    found = parts(f"{lamp} overhead, walnut table")
    assert found["set"] == "tabletop"
    assert read(f"{lamp} overhead, walnut table").design.light.elevation_deg == 80


@pytest.mark.parametrize("text", ["rum on a wet bar counter, neon sign, at night", "gin on a wet bar top, night, neon"])
def test_a_wet_bar_is_no_wet_street(text: str) -> None:
    assert parts(text)["set"] == "tabletop"
    assert parts("boots on wet asphalt, neon, night")["set"] == "road"


def test_english_with_slips_is_no_greek() -> None:
    direction = read("granit counter, stainles steel")
    assert "Greek" not in direction.reading
    assert read("na derevyannom stole, rozy").reading.find("from Russian") > 0


@pytest.mark.parametrize("text", ["stool before a wall of flaking teal paint", "chair, a wall of peeling teal paint"])
def test_a_wall_has_the_colour_of_its_paint(text: str) -> None:
    assert parts(text)["backdrop_color"] == NAMED_COLORS["teal"]


def test_a_wall_that_the_product_is_on_out_of_doors_is_stood_on() -> None:
    found = parts("cider on a low stone wall, hills behind")
    assert (found["set"], found["material"], found["place"]) == ("location", "stone", "sunrise")
    assert parts("a bag hanging on a stone wall, hills behind").get("material") != "stone"


@pytest.mark.parametrize(
    ("text", "material", "behind"),
    [
        ("a table with a linen curtain behind", "plain", "linen"),
        ("a pine table, a silk curtain behind", "wood", "silk"),
    ],
)
def test_a_curtain_behind_a_table_drapes_no_table(text: str, material: str, behind: str) -> None:
    found = parts(text)
    assert (found["set"], found["material"], found["backdrop"]) == ("tabletop", material, behind)


@pytest.mark.parametrize("text", ["cat bed in front of a fireplace", "a dog bed by a window, living room"])
def test_a_pets_bed_is_a_product(text: str) -> None:
    assert parts(text)["set"] == "interior"
    assert read(text).absent == ()


def test_a_windows_shadow_of_blinds_is_that_of_blinds() -> None:
    assert parts("cream wall, window shadow of blinds")["gobo"] == "blinds"
    assert parts("window shadow of palm leaves on a cream wall")["gobo"] == "leaves"


def test_tiles_of_two_colours_are_stood_on() -> None:
    found = parts("jug on green and white tiles")
    assert (found["set"], found["material"], found["pattern"]) == ("tabletop", "tiles", "checkerboard")
    assert found["pattern_colors"] == (NAMED_COLORS["white"],)


@pytest.mark.parametrize("how", ["paisley", "patterned"])
def test_a_pattern_of_a_cloth_takes_no_colour_from_it(how: str) -> None:
    found = parts(f"jar on a green {how} tablecloth")
    assert (found["set"], found["surface_color"]) == ("tabletop", NAMED_COLORS["green"])
    assert how in " ".join(read(f"jar on a green {how} tablecloth").unread)


def test_creased_paper_is_no_cloth() -> None:
    assert parts("balm on crumpled green paper")["set"] == "cyclorama"


def test_paper_of_a_colour_has_no_clouds() -> None:
    assert "clouds" in " ".join(read("plain sky blue background with soft clouds").unread)
    assert read("gradient background with clouds").unread == ()


def test_velvet_of_furniture_hands_its_colour_on() -> None:
    assert parts("teal velvet sofas in a lounge")["accent_color"] == NAMED_COLORS["teal"]


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("Creme auf nassen grünen Fliesen", "tiles"),
        ("savon sur carrelage bleu", "tiles"),
        ("bougie sur un mur en pierre, collines au fond", "stone"),
        ("杯子在大理石桌上", "marble"),
        ("木桌上的杯子", "wood"),
        ("Parfum auf einem Holzblock", None),
    ],
)
def test_what_is_stood_on_is_heard_in_any_language(text: str, material: str | None) -> None:
    found = parts(text)
    assert found.get("material") == material
    assert found["set"] == ("podium" if material is None else "location" if material == "stone" else "tabletop")


@pytest.mark.parametrize(
    ("text", "told"), [("solkräm på vit sand", "solkräm"), ("handkräm på ett träbord", "handkräm")]
)
def test_a_cream_is_no_colour_of_its_first_half(text: str, told: str) -> None:
    assert told in read(text).reading.split("not read:")[-1] or read(text).product == "lotion"
    assert "ivory" not in read(text).reading


@pytest.mark.parametrize("material", ["limestone", "slate", "marble"])
def test_a_background_of_a_material_has_its_colour_behind_what_is_stood_on(material: str) -> None:
    wall = parts(f"mug on {material}")["surface_color"]
    for support, of in (
        ("an oak table", "surface_color"),
        ("a board", "surface_color"),
        ("a white podium", "podium_color"),
    ):
        found = parts(f"mug on {support}, {material} background")
        assert (found["backdrop_color"], found[of]) == (wall, parts(f"mug on {support}")[of])


def test_a_background_alone_is_what_a_table_is_of() -> None:
    assert parts("watch, slate background")["material"] == "stone"


@pytest.mark.parametrize("behind", ["mountains behind", "alps in the background"])
def test_snow_before_mountains_is_white(behind: str) -> None:
    found = parts(f"sledge in the snow, {behind}")
    assert (found["ground"], found["far"]) == ("snow", "mountains")
    assert found["ground_color"] == parts("sledge in the snow")["ground_color"]


@pytest.mark.parametrize("text", ["a gnome in a flower bed", "trowel by a raised bed"])
def test_a_bed_of_a_garden_is_none_of_a_bedroom(text: str) -> None:
    assert parts(text)["set"] == "garden"


@pytest.mark.parametrize("thrown", ["an olive branch", "fig leaves", "a lemon leaf"])
def test_a_plants_shadow_is_of_its_kind_whose_fruit_lies_nowhere(thrown: str) -> None:
    found = parts(f"a clay plinth in hard sun, the shadow of {thrown}")
    assert found["light"].gobo == "leaves"  # type: ignore[attr-defined]
    assert (found["props"], found["also"]) == ("none", ())


@pytest.mark.parametrize(
    "text", ["backdrop in two tones, {} on the left and {} on the right", "split, {} left, {} right"]
)
def test_colours_on_two_sides_part_the_backdrop(text: str) -> None:
    found = parts(text.format("coral", "teal"))
    assert (found["set"], found["direction"]) == ("cyclorama", "split")
    assert found["colors"] == (NAMED_COLORS["coral"], NAMED_COLORS["teal"])
    assert found["light"].azimuth_deg == parts("split backdrop")["light"].azimuth_deg  # type: ignore[attr-defined]
    lit = parts("coral light from the left and teal from the right")
    assert (lit["set"], set(lit["colors"])) == ("neon_room", {NAMED_COLORS["coral"], NAMED_COLORS["teal"]})  # type: ignore[call-overload]


@pytest.mark.parametrize("drops", ["rain on the glass", "candles on a mirror"])
def test_what_only_something_else_is_on_is_not_what_the_product_stands_on(drops: str) -> None:
    told = read(f"on an oak table with {drops}")
    assert vars(told.design)["material"] == "wood", told.reading
    assert drops.rsplit(" ", 1)[1] in " ".join(told.unread)


@pytest.mark.parametrize("glow", ["city lights bokeh", "bokeh"])
def test_a_time_of_day_has_its_light_beside_what_glows(glow: str) -> None:
    dusk, lit = (parts(f"an asphalt road at blue hour{more}")["light"] for more in ("", f", {glow}"))
    assert lit.color == dusk.color  # type: ignore[attr-defined]


@pytest.mark.parametrize("cloth", ["satin", "velvet"])
def test_cloth_before_a_background_of_a_colour_lies_flat(cloth: str) -> None:
    found = parts(f"on ivory {cloth}, lilac background")
    assert (found["set"], found["surface_color"]) == ("tabletop", NAMED_COLORS["ivory"])
    assert found["backdrop_color"] == NAMED_COLORS["lilac"]


@pytest.mark.parametrize(
    "wall", ["a shiplap wall", "a barn door", "a barn", "wood panelling", "a green wall of wooden boards"]
)
def test_a_wall_of_boards_is_behind_a_table_of_its_own(wall: str) -> None:
    found = parts(f"a marble table in front of {wall}")
    assert (found["material"], found["backdrop"]) == ("marble", "boards")


@pytest.mark.parametrize("fur", ["faux fur", "sheepskin"])
def test_fur_is_cloth_of_its_colour_and_lies_flat_before_another(fur: str) -> None:
    told = read(f"on ivory {fur}, lilac background")
    assert vars(told.design)["surface_color"] == NAMED_COLORS["ivory"]
    assert vars(told.design)["backdrop_color"] == NAMED_COLORS["lilac"]
    assert "cloth" in told.reading


@pytest.mark.parametrize(
    ("text", "name"), [("on a cliff above the sea", "water"), ("on a cliff in the desert", "rocks")]
)
def test_a_cliff_has_the_sea_that_is_named(text: str, name: str) -> None:
    assert set_name(read(text).design) == name
