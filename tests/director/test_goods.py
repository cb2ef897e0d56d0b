"""A prompt that begins with what is sold is of that, and amounts, seats, waters and cloths are where they are."""

from __future__ import annotations

from typing import Any

import pytest

from photoshoot.sets import set_name
from tests.director.reading import missed, read

WARES = (
    "ceramic planter", "cast iron pan", "marble clock", "bamboo toothbrush", "stone bowl", "rain jacket", "snow boots",
    "river sandals", "moon lamp", "coffee grinder", "cake stand", "shower gel", "pool float", "camping stove",
    "picnic basket", "hand mirror", "gaming chair", "striped socks", "cotton t-shirt", "sunset orange backpack",
)  # fmt: skip
SCENES = (
    "{x} on white marble",
    "product shot of my {x} please, light grey wall, wooden shelf",
    "{x} against a blue wall, hard light",
    "{x} in a misty forest",
    "hero shot of our {x} on a pink podium",
    "{x}, black background, dramatic",
)


def parameters(text: str) -> dict[str, Any]:
    return vars(read(text).design)


@pytest.mark.parametrize("scene", SCENES)
def test_a_product_is_what_is_sold_and_no_scene(scene: str) -> None:
    plain = read(scene.format(x="zorble")).design
    others = {ware: design for ware in WARES if (design := read(scene.format(x=ware)).design) != plain}
    assert others == {}


def test_a_bar_of_chocolate_is_in_no_bar() -> None:
    for bar in ("dark chocolate bar", "a bar of dark chocolate", "granola bar"):
        assert read(f"{bar} on linen, black background").design == read("zorble on linen, black background").design


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("candles on a marble table", "candles"),
        ("christmas ornament on white marble", "ornaments"),
        ("white vase with red tulips on linen", "vases"),
        ("a tin of coffee on an oak table", "coffee"),
    ],
)
def test_things_that_are_shown_stay_where_they_are_no_product(text: str, kept: str) -> None:
    assert kept in str(parameters(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bath salts on a bed of coarse pink salt", "cyclorama"),
        ("soap on a bed of rose petals", "tabletop"),
        ("soap on a bed of white linen", "bed"),
        ("serum in a shower of confetti", "celebration"),
        ("serum on a mountain of oranges", "tabletop"),
        ("lamp on a mound of sand", "dunes"),
    ],
)
def test_an_amount_is_no_place(text: str, name: str) -> None:
    assert set_name(read(text).design) == name


def test_what_is_in_a_cup_that_is_sold_stands_not_beside_it() -> None:
    """So it is in other languages that name the product first."""
    for text in (
        "a mug of coffee on a bar counter",
        "caneca de café no balcão de um bar",
        "tazza di caffè sul bancone",
    ):
        assert parameters(text)["props"] == "none", text
    beside = parameters("coffee beans next to a mug of coffee on a wooden table")
    assert {beside["props"], *beside["also"]} == {"coffee_beans", "coffee_cups"}


@pytest.mark.parametrize("material", ["marble", "stone", "concrete", "metal"])
def test_a_seat_is_of_its_material(material: str) -> None:
    for seat in ("bench", "stool", "chair"):
        direction = read(f"handbag on a {material} {seat}")
        assert vars(direction.design) == parameters(f"handbag on a {material} table")
        assert f"{seat} shown as a table" in str(direction.reading)


@pytest.mark.parametrize("water", ["by the sea", "near a river", "facing the ocean", "beside a waterfall"])
def test_what_is_by_water_is_not_in_it(water: str) -> None:
    assert parameters(f"zorble {water}")["support"] == "stone"
    assert parameters(f"zorble on a wooden bench {water}")["support"] == "table"
    assert parameters(f"zorble on a jetty {water}")["support"] == "jetty"


def test_what_is_in_water_is_there() -> None:
    for text in ("zorble in the sea", "zorble on the water", "zorble in a river"):
        assert parameters(text)["support"] == "water"


def test_deck_chairs_are_at_the_beach() -> None:
    assert set_name(read("sun hat on a deck chair facing the sea").design) == "beach"
    assert "deck chair shown as a wooden table" in str(read("sun hat on a deck chair facing the sea").reading)


@pytest.mark.parametrize(("cloth", "color"), [("pink silk", "#f29fbf"), ("black velvet", "#111111")])
def test_cloth_in_a_real_place_lies_on_its_table(cloth: str, color: str) -> None:
    direction = read(f"headphones on {cloth} in a misty forest")
    design = vars(direction.design)
    assert (design["place"], design["material"], design["surface_color"]) == ("forest", "linen", color)
    assert "shown as a cloth laid flat" in str(direction.reading)
    assert parameters("mug on a picnic blanket in a meadow")["material"] == "blanket"


def test_what_is_draped_over_a_thing_makes_no_drapery() -> None:
    assert set_name(read("bracelet draped over a rock").design) == "rocks"
    assert set_name(read("perfume on draped silk").design) == "drapery"


@pytest.mark.parametrize("sign", ["neon pink sign", "neon green sign on the wall"])
def test_a_sign_of_a_neon_colour_is_neon(sign: str) -> None:
    assert set_name(read(f"gin on a bar with a {sign}").design) == "neon_room"


def test_a_babys_blanket_asks_for_nobody() -> None:
    assert "no people" not in str(read("baby blanket on a chair").reading)
    assert "no people" in str(read("mug held by a baby").reading)


@pytest.mark.parametrize(("view", "place"), [("Paris at night", "esplanade"), ("Rome at sunset", "city")])
def test_a_balcony_shows_what_it_looks_over(view: str, place: str) -> None:
    assert parameters(f"champagne on a balcony overlooking {view}")["place"] == place


def test_tiles_of_a_room_have_the_colour_that_is_stood_on() -> None:
    assert parameters("soap on dark green tiles in a shower")["tile_color"] == "#1f5a34"
    assert parameters("soap on dark green tiles")["material"] == "tiles"


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("boots on a mountain path", "trail"),
        ("boots on a rocky trail", "pebbles"),
        ("shoes on artificial turf", "lawn"),
    ],
)
def test_paths_and_turf_are_grounds(text: str, ground: str) -> None:
    assert parameters(text)["ground"] == ground


@pytest.mark.parametrize("ware", ["cuckoo clock", "painting", "picture frame", "wall clock"])
def test_what_is_hung_on_a_wall_hangs_there(ware: str) -> None:
    design = read(f"{ware} on a brick wall").design
    assert (set_name(design), vars(design)["wall"], vars(design)["holder"]) == ("hanging_wall", "brick", "none")
    assert set_name(read(f"{ware} on a marble shelf").design) != "hanging_wall"


def test_with_lemon_and_a_cloth_is_a_lemon() -> None:
    assert parameters("soap on a kitchen worktop with lemon and a yellow cloth")["beside"] == "citrus"
    assert parameters("podium with lavender and white walls")["props"] == "none"


def test_a_baking_tin_is_no_metal() -> None:
    assert "metal" not in str(read("baking tin with muffins on a rack, kitchen").reading)
    assert "polished metal tray" in str(read("polished tin tray with lemons").reading)


def test_pillows_that_are_stood_on_are_cloth_of_their_colour() -> None:
    design = read("lamp on cream pillows").design
    assert (set_name(design), vars(design)["color"]) == ("drapery", "#f5e9cf")


def test_what_is_behind_the_glass_of_a_window_makes_no_glass_table() -> None:
    assert read("lamp on a windowsill, city behind the glass").design == read("lamp on a windowsill").design


def test_sand_of_the_beach_is_there() -> None:
    assert set_name(read("body lotion lying in warm beach sand").design) == "beach"
    assert set_name(read("body lotion lying in warm sand").design) == "dunes"


@pytest.mark.parametrize("jar", ["cosmetic jar", "candle jar", "spice jar", "gift box", "coffee bag", "honey jar"])
@pytest.mark.parametrize("scene", ["wet black stone", "oak table, pine twigs", "white marble, hard light"])
def test_what_a_pack_is_for_is_the_product_in_a_list_too(jar: str, scene: str) -> None:
    assert read(f"{jar}, {scene}").design == read(f"zorble, {scene}").design


@pytest.mark.parametrize("feast", ["Easter bunny", "Christmas", "Valentine"])
@pytest.mark.parametrize("scene", ["on a wooden table", "on red velvet", ", soft light"])
def test_the_chocolate_of_a_feast_is_the_product(feast: str, scene: str) -> None:
    direction = read(f"{feast} chocolate {scene}")
    assert direction.design == read(f"{feast} zorble {scene}").design
    assert "chocolate" in " ".join((direction.product, *direction.unread))


@pytest.mark.parametrize("thing", ["candles", "tulips", "plants", "bread", "books"])
@pytest.mark.parametrize("who", ["I sell {}", "we make {}", "hi, my shop sells {}"])
@pytest.mark.parametrize("scene", ["put them on a marble table", "white table, soft light"])
def test_what_someone_sells_is_the_product(who: str, thing: str, scene: str) -> None:
    assert read(f"{who.format(thing)}, {scene}").design == read(f"{who.format('zorbles')}, {scene}").design


def test_what_is_to_be_made_to_glow_lies_there() -> None:
    assert parameters("make the candles glow on a wooden table")["props"] == "candles"


@pytest.mark.parametrize("house", ["modern house", "white wooden house", "cosy old stone cottage", "red brick home"])
@pytest.mark.parametrize("lead", ["in front of a", "bicycle outside a", "cars in front of a"])
def test_before_a_building_one_is_out_of_doors(lead: str, house: str) -> None:
    assert set_name(read(f"{lead} {house}").design) == "location"


@pytest.mark.parametrize("house", ["pastel pink house", "yellow home", "light blue cottage"])
def test_a_painted_house_behind_is_a_wall_of_its_colour(house: str) -> None:
    wall = read(f"bicycle in front of a {house.rpartition(' ')[0]} wall").design
    direction = read(f"bicycle in front of a {house}")
    assert direction.design == wall
    assert f"{house.split()[-1]} shown as a plain wall" in direction.reading


def test_in_a_house_one_is_in_a_room() -> None:
    assert set_name(read("inside a modern house").design) == "interior"


def test_a_bench_of_steel_is_no_other_thing() -> None:
    direction = read("on a stainless steel exam table, clean white clinic behind")
    assert vars(direction.design)["bench"] == "steel"
    assert "steel shown as" not in direction.reading


@pytest.mark.parametrize("among", ["among", "between", "amid", "surrounded by"])
@pytest.mark.parametrize(
    ("ware", "things", "color"),
    [("a lipstick", "red blocks", "#d2202f"), ("a pink mascara", "white podiums", "#f8f8f7")],
)
def test_what_stands_among_things_is_the_product(among: str, ware: str, things: str, color: str) -> None:
    found = read(f"{ware} {among} {things}")
    assert vars(found.design)["podium_color"] == color
    assert vars(found.design)["props"] == "none"
    assert ware.removeprefix("a ") in missed(found)


def test_salt_and_pepper_are_spices() -> None:
    assert vars(read("salt and pepper on slate").design)["props"] == "spices"
    assert vars(read("green peppers on slate").design)["props"] == "tomatoes"


def test_an_armchair_of_a_living_room_is_there() -> None:
    found = read("floor lamp in a living room with a mustard armchair")
    assert vars(found.design)["room"] == "living"
    assert missed(found).strip() == "floor lamp"
