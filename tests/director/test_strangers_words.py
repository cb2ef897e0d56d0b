"""What prompts of strangers were read as wrongly, by what it teaches: each rule on words that it was not found by."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.color.space import NAMED_COLORS, hex_to_oklab
from photoshoot.director import direct
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.reading import REGISTRY, missed, parts, read


@pytest.mark.parametrize(
    ("text", "name"), [("limes on a pink background", "tabletop"), ("apples at a market", "crates")]
)
def test_fruit_is_a_markets_only_where_a_market_is_named(text: str, name: str) -> None:
    assert parts(text)["set"] == name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("in a forest late at night", "forest_at_night"),
        ("midnight on a bridge", "esplanade"),
        ("on a forest road at night", "forest_at_night"),
        ("on a road at night", "esplanade"),
        ("nachts im Park", "park_at_night"),
        ("a porch at night", "park_at_night"),
        ("in a workshop at night", "workshop"),
        ("in the park", "park"),
    ],
)
def test_places_out_of_doors_are_dark_by_night(text: str, place: str) -> None:
    assert parts(text)["place"] == place


@pytest.mark.parametrize("text", ["on slate, no flowers", "marmo nero, senza candele", "oak table without people"])
def test_what_was_not_wanted_and_is_not_there_is_heard(text: str) -> None:
    direction = read(text)
    assert direction.unread == ()
    assert direction.absent == ()


def test_what_was_not_wanted_and_is_there_is_told() -> None:
    assert "not read: flowers" in read("garden table, no flowers").reading


def test_the_colour_of_a_thing_that_a_set_lacks_paints_no_wall() -> None:
    room = parts("window shadows on a wall, with a red candle")
    assert room["wall_color"] == parts("window shadows on a wall")["wall_color"]
    assert "brass lamp" in " ".join(read("window shadows on a wall, a brass lamp").unread)
    assert parts("brass desk lamp on an oak desk")["desk_color"] == parts("an oak desk")["desk_color"]


def test_ice_beside_a_product_is_cubes_and_leaves_room_for_mint() -> None:
    for text in ("on black slate with ice and mint", "sobre pizarra negra con hielo y menta"):
        shown = parts(text)
        assert (shown["set"], shown["props"], shown["also"]) == ("tabletop", "ice", ("leaves",))
    assert parts("a frozen lake, ice and snow")["set"] == "dunes"


def test_what_is_told_to_stand_for_something_of_wood_is_of_wood() -> None:
    told = 0
    for phrase, term in load_vocabulary().phrases.items():
        if term.stand_in and "wood" in term.stand_in:
            direction = read(" ".join(phrase))
            if f"shown as {term.stand_in}" in direction.reading:
                made_of = vars(direction.design)
                assert "wood" in made_of.values() or "wood_color" in made_of, phrase
                told += 1
    assert told > 10
    assert parts("on a park bench by night")["place"] == "park_at_night"


def test_coloured_marble_is_stone_and_a_colours_number_stays() -> None:
    colors = [str(parts(text)["surface_color"]) for text in ("a green marble table", "a green wood table")]
    marble, paint = (np.hypot(*hex_to_oklab(color)[1:]) for color in colors)
    assert marble < paint / 2
    assert parts("a #00aa44 marble table")["surface_color"] == "#00aa44"


def test_a_time_of_day_lights_a_season() -> None:
    summer, any_day = (
        read(text).design.light for text in ("garden bench, summer, at sunset", "garden bench at sunset")
    )
    assert (summer.elevation_deg, summer.color) == (any_day.elevation_deg, any_day.color)


def test_steps_of_stone_in_leaves_shadow_are_stairs_and_stepped_podiums_stay() -> None:
    stairs = parts("limestone steps, shadows of branches on the wall")
    assert (stairs["set"], stairs["material"], stairs["gobo"]) == ("stairs", "stone", "leaves")
    assert parts("a beige podium with steps")["set"] == "podium"


def test_gold_details_gild_no_wall() -> None:
    assert parts("pink marble with gold details")["backdrop_color"] == parts("pink marble")["backdrop_color"]
    assert parts("pink marble with gold touches")["vein_color"] == parts("pink marble, gold accents")["vein_color"]


def test_lacquer_is_a_glossy_table() -> None:
    lacquer = parts("on red lacquer")
    assert (lacquer["set"], lacquer["finish"], lacquer["material"]) == ("tabletop", "gloss", "plain")
    assert lacquer["surface_color"] == NAMED_COLORS["red"]


def test_the_colour_of_a_backlight_is_the_lights() -> None:
    bar, plain = (parts(f"whisky bar, {light}") for light in ("amber backlight", "backlight"))
    assert bar["surface_color"] == plain["surface_color"]
    assert bar["light"] != plain["light"]


def test_counts_that_no_set_can_lay_are_told() -> None:
    assert read("seven candles on oak").unread == ("seven",)
    assert read("three leaves on oak").unread == ("three",)


def test_a_stand_in_is_told_only_where_it_stands() -> None:
    assert "pebbles" not in read("bathroom, sauna").reading
    assert "shown as rocks and pebbles" in read("a sauna").reading


def test_what_a_season_usually_has_makes_room_for_what_is_named() -> None:
    assert parts("cherry blossom in spring, pink background")["props"] == "petals"
    assert parts("easter with tulips and painted eggs")["props"] == "eggs"


def test_a_mended_word_stays_plural_where_that_is_another_thing() -> None:
    assert read("lemmons on marble").wording.mended == (("lemmons", "lemons"),)
    assert read("a lemmon wall").wording.mended == (("lemmon", "lemon"),)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("검은 아스팔트 도로", "road"),
        ("на асфальте", "road"),
        ("فوق اسفلت مبلل", "road"),
        ("유칼립투스 잎, 린넨, 탑뷰", "flat_lay"),
        ("三つの木箱とりんご、市場", "crates"),
        ("化妆台", "vanity"),
        ("dennentakken in de sneeuw", "dunes"),
        ("mesa gamer com teclado", "desk"),
        ("deniz kıyısında kum", "beach"),
        ("黑色石板上，水珠，暗色背景", "tabletop"),
    ],
)
def test_what_sets_are_built_of_is_known_in_other_languages(text: str, name: str) -> None:
    assert parts(text)["set"] == name


def test_a_script_that_tells_the_language_is_read_by_its_words() -> None:
    direction = direct("大理石桌面，某某品，某某物，某某者，某某家", REGISTRY)
    assert direction.nearest_preset_id is None
    assert set_name(direction.design) == "tabletop"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("na mesa de um café em Lisboa, com limões", "cafe"),
        ("en un café con granos de café", "cafe"),
        ("dans un café parisien", "cafe"),
        ("uma xícara de café e limões na mesa", "tabletop"),
        ("auf einer Straße bei Nacht mit Leuchtreklame", "road"),
    ],
)
def test_a_cafe_is_a_place_where_one_is_in_it_and_coffee_elsewhere(text: str, name: str) -> None:
    assert parts(text)["set"] == name


def test_a_wet_street_seen_from_above_mirrors_its_place() -> None:
    seen = parts("on a wet street at night, flat lay")
    assert (seen["set"], seen["surface"]) == ("flat_lay", "asphalt")
    assert seen["place"] != "none"


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("neon light on a red brick wall", "neon_room", {"wall": "brick", "colors": ("#ff2a9a", "#2a7bff")}),
        ("red brick wall, pink neon lights", "neon_room", {"wall": "brick"}),
        ("against an exposed brick wall", "window_room", {"wall": "brick"}),
        ("hanging on a white brick wall", "hanging_wall", {"wall": "brick"}),
        ("yoga studio, wooden floor, windows", "tabletop", {"backdrop": "yoga_studio", "material": "wood"}),
        (
            "sage room with dark wooden floor, window shadows",
            "window_room",
            {"floor": "wood", "wall_color": NAMED_COLORS["sage"]},
        ),
        ("on a wooden table in front of a brick wall", "tabletop", {"backdrop": "brick", "material": "wood"}),
        ("on a mossy rock in a forest", "rocks", {"place": "forest", "ground": "moss"}),
        ("mossy stones in a deep forest, dappled light", "rocks", {"place": "forest"}),
    ],
)
def test_bricks_are_bricks_and_a_rock_in_a_forest_is_in_it(text: str, name: str, values: dict[str, object]) -> None:
    direction = direct(text, REGISTRY, None)
    assert set_name(direction.design) == name, direction.reading
    assert {key: vars(direction.design)[key] for key in values} == values
    assert not direction.unread, direction.reading


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("on wet concrete, pink and blue neon tubes", "neon_room", {"floor": "concrete", "finish": "gloss"}),
        ("on white marble with neon light", "neon_room", {"floor": "marble", "floor_color": "#f8f8f7"}),
        ("on oak planks with neon lights", "neon_room", {"floor": "wood"}),
        ("black glossy floor with neon tubes", "neon_room", {"floor": "lacquer", "floor_color": "#111111"}),
        ("sobre hormigón con luces de neón azules", "neon_room", {"floor": "concrete", "colors": ("#2a7bff",)}),
        ("on slate with pink and blue gel light", "neon_room", {"floor": "stone", "shape": "gel"}),
        ("on a wet street with neon signs", "road", {"surface": "wet"}),
        ("packshot on sage green", "cyclorama", {"colors": ("#a9b79a",)}),
        ("e-commerce photo, light grey", "cyclorama", {"colors": ("#c9cbcd",)}),
        ("clean e-commerce photo", "cyclorama", {"colors": ("#f9f9f8",)}),
    ],
)
def test_lamps_and_kinds_of_pictures_leave_what_is_stood_on(text: str, name: str, values: dict[str, object]) -> None:
    direction = direct(text, REGISTRY, None)
    assert set_name(direction.design) == name, direction.reading
    assert {key: vars(direction.design)[key] for key in values} == values
    assert not direction.unread, direction.reading


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("roses in a garden in autumn", "autumn shown as fallen leaves"),
        ("on a windowsill at sunset", "sunset shown as its light alone"),
        ("creased paper", "shown as smooth paper"),
        ("on faux fur", "shown as folded cloth"),
        ("moss and papercraft clouds", "not read: papercraft"),
    ],
)
def test_what_stands_in_or_is_not_there_is_told(text: str, told: str) -> None:
    assert told in read(text).reading


@pytest.mark.parametrize("text", ["autumn forest", "autumn picnic in a park"])
def test_an_autumn_forest_and_an_autumn_park_are_as_in_autumn(text: str) -> None:
    assert "autumn shown as" not in read(text).reading


@pytest.mark.parametrize("text", ["on a linen sofa in a living room", "on the couch", "auf einem grauen Sofa"])
def test_what_is_asked_for_on_a_sofa_is_on_its_seat(text: str) -> None:
    """A cushion was asked for on a sofa, and stood on a table before one."""
    assert vars(read(text).design).get("sofa") is True


@pytest.mark.parametrize(
    "text", ["in front of a sofa", "a living room with a green sofa", "on the bed in a hotel room"]
)
def test_a_sofa_that_nothing_is_on_stands_in_its_room(text: str) -> None:
    assert not vars(read(text).design).get("sofa", False)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("white bed, wicker", "white bed"),
        ("a wool scarf on an oak table", "on an oak table"),
        ("sunny peach orchard, oak", "sunny orchard, oak"),
    ],
)
def test_what_is_not_there_paints_nothing(text: str, plain: str) -> None:
    assert read(text).design == read(plain).design


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("black marble table, park behind", {"set": "location", "material": "marble", "place": "park"}),
        ("stucco cube, sage wall", {"backdrop_color": NAMED_COLORS["sage"]}),
        ("green tiled bathroom counter", {"tile_color": NAMED_COLORS["green"], "set": "counter"}),
        ("pink cube pedestals", {"shape": "square"}),
        ("warm neon light, brick", {"colors": ("#ffdcae",)}),
        ("on a school desk", {"screen": "none"}),
        ("on the moon surface", {"set": "dunes"}),
        ("pale pink, reflection", {"set": "cyclorama", "finish": "gloss"}),
        ("navy, reflection", {"set": "glossy_floor"}),
        ("on a mossy stump", {"set": "location", "place": "forest", "stand": "stump"}),
        ("sea cliffs", {"set": "water", "support": "cliff"}),
        ("with some mint, white", {"props": "leaves"}),
        ("daisies in spring on oak", {"props": "daisies", "also": ()}),
    ],
)
def test_strangers_words_shape_the_set(text: str, values: dict[str, object]) -> None:
    found = parts(text)
    assert {name: found[name] for name in values} == values, read(text).reading


@pytest.mark.parametrize(
    ("text", "color", "finish"),
    [
        ("kettle on polished steel against a cream wall", "#74787e", "metal"),
        ("ring on brushed copper, navy wall", "#b8703f", "metal"),
        ("pliers on a metal sheet, brick wall behind", "#74787e", "metal"),
    ],
)
def test_metal_before_a_wall_is_a_table_that_shines(text: str, color: str, finish: str) -> None:
    read_as = parts(text)
    assert (read_as["set"], read_as["material"], read_as["finish"]) == ("tabletop", "plain", finish)
    assert read_as["surface_color"] == color


@pytest.mark.parametrize(
    ("text", "place", "ground"),
    [
        ("a kettle on a boulder in a meadow", "park", "moss"),
        ("boots on rocks in a pine forest", "forest", "moss"),
        ("a flask on a rock under a clear blue sky", "clear_sky", "sand"),
        ("a kettle on rocks, sunset sky behind", "sunset", "sand"),
    ],
)
def test_rocks_lie_in_the_place_that_is_named(text: str, place: str, ground: str) -> None:
    read_as = parts(text)
    assert (read_as["set"], read_as["place"], read_as["ground"]) == ("rocks", place, ground)


@pytest.mark.parametrize(
    "text", ["bulbs on dark soil, a wooden crate behind", "a spade on earth with crates behind it"]
)
def test_soil_before_crates_is_soil(text: str) -> None:
    assert (parts(text)["set"], parts(text)["ground"]) == ("rocks", "soil")


@pytest.mark.parametrize("text", ["gin on slate with a sprig of mint", "tea on oak and a handful of sage"])
def test_a_sprig_of_a_plant_has_its_own_green(text: str) -> None:
    assert (parts(text)["props"], parts(text)["prop_colors"]) == ("leaves", ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("an armchair under a maple tree", "location"),
        ("desk chair before a white studio backdrop", "cyclorama"),
        ("a couch beneath blossoming trees, petals falling", "garden"),
    ],
)
def test_a_seat_that_a_prompt_begins_with_is_its_product(text: str, name: str) -> None:
    assert parts(text)["set"] == name
    assert missed(read(text)).strip()


def test_a_cloth_by_a_table_is_laid_on_it() -> None:
    read_as = parts("scones on a table with a green gingham cloth")
    assert (read_as["set"], read_as["material"], read_as["surface_color"]) == ("tabletop", "linen", "#2f9e4c")
    assert read_as["pattern"] == "gingham"


def test_rain_over_a_place_is_its_light_and_no_water() -> None:
    read_as = parts("a coat in a rainy city")
    assert (read_as["set"], read_as["place"], read_as["surface"]) == ("road", "city", "wet")
    assert "rain" in read("a coat in a rainy park").reading


def test_a_fire_behind_cloth_is_told() -> None:
    assert "fireplace" in read("a ring on crumpled linen, fireplace behind").unread


@pytest.mark.parametrize("text", ["a dog bed on an oak floor", "snowboard on a white background"])
def test_what_is_sold_names_no_place_by_its_last_word(text: str) -> None:
    assert parts(text)["set"] in ("tabletop", "cyclorama")


def test_a_metal_in_a_technical_picture_is_told_as_a_mirror_like_floor() -> None:
    assert "shown as a mirror-like floor" in read("router on polished metal, grey background, tech look").reading


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("slippers on herringbone parquet", {"set": "tabletop", "material": "wood", "backdrop": "wall"}),
        ("socks in a reading corner", {"set": "interior", "room": "living"}),
        ("a pen on marbled paper", {"set": "cyclorama"}),
    ],
)
def test_a_phrase_is_more_than_its_first_word(text: str, of: dict[str, str]) -> None:
    read_as = parts(text)
    assert {name: read_as.get(name) for name in of} == of
