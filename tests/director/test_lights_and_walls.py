"""What is said of light, of what the product is on and of the wall behind, in the words of many prompts."""

from __future__ import annotations

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import set_name
from tests.director.reading import read


@pytest.mark.parametrize("light", ["lighting", "morning light", "sunlight", "teal light", "a lamp"])
@pytest.mark.parametrize("lead", ["from above", "from directly overhead", "falling straight from above"])
def test_light_that_comes_from_above_turns_no_camera(light: str, lead: str) -> None:
    direction = read(f"a tin on an oak table, moody {light} {lead}")
    assert set_name(direction.design) == "tabletop"
    assert direction.design.light.elevation_deg >= 60


@pytest.mark.parametrize(
    "text", ["a tin on oak, shot from above in soft light", "a tin on oak, soft light, from above", "overhead, oak"]
)
def test_a_picture_from_above_is_one_still(text: str) -> None:
    assert set_name(read(text).design) == "flat_lay"


@pytest.mark.parametrize(
    "light", ["sunlight", "morning light", "teal light", "pale pink lighting", "golden hour light"]
)
@pytest.mark.parametrize("soft", ["soft", "gentle", "diffused"])
def test_soft_light_is_soft_whatever_light_it_is(soft: str, light: str) -> None:
    assert read(f"a tin on a stone block, {soft} {light}").design.light.softness >= 0.6


def test_a_soft_colour_softens_no_light() -> None:
    assert read("a tin on oak, hard light, soft pink wall").design.light.softness <= 0.3


@pytest.mark.parametrize("metal", ["brass", "gold", "copper"])
@pytest.mark.parametrize("kind", ["cube", "pedestal", "podium"])
def test_a_platform_of_metal_is_of_it(metal: str, kind: str) -> None:
    assert vars(read(f"a tin on a {metal} {kind}, teal wall").design)["podium_material"] == "metal"


@pytest.mark.parametrize("table", ["white plaster table", "plaster countertop", "sage green plaster shelf"])
@pytest.mark.parametrize("wall", ["mustard yellow wall", "textured mustard yellow plaster wall"])
def test_a_table_of_what_walls_are_of_leaves_the_wall_its_colour(table: str, wall: str) -> None:
    direction = read(f"a tin on a {table}, {wall} behind")
    yellow = read(f"a tin on an oak table, {wall} behind")
    assert vars(direction.design)["backdrop_color"] == vars(yellow.design)["backdrop_color"]
    assert not {"wall", "plaster"} & {word for phrase in direction.unread for word in phrase.split()}
    assert not {"wall", "plaster"} & {word for phrase in yellow.unread for word in phrase.split()}


@pytest.mark.parametrize("scene", ["at dawn in a gym", "in a kitchen", "soft light"])
@pytest.mark.parametrize("product", ["a jar of honey", "a smart speaker", "a pair of wireless earbuds", "a lipstick"])
def test_the_product_behind_its_place_asks_for_nothing(scene: str, product: str) -> None:
    direction = read(f"{scene}, {product} perched on an oak table")
    told = {word for phrase in direction.unread for word in phrase.split()}
    assert told.isdisjoint({*product.split(), "perched"})
    assert read(f"{scene}, a tin perched on an oak table").design == direction.design


@pytest.mark.parametrize("tail", ["--ar 4:5", "16:9", "(oak table:1.3)"])
def test_numbers_of_generators_ask_for_nothing(tail: str) -> None:
    assert not any(char.isdigit() for char in " ".join(read(f"a tin on an oak table, {tail}").unread))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a tin on brown kraft paper, a teal wall behind", "tabletop"),
        ("a teal wall, kraft paper, pine cones", "tabletop"),
        ("a tin on a picnic blanket, a teal wall", "tabletop"),
        ("a teal wall, white satin fabric, candles", "tabletop"),
        ("a tin on a wooden crate, a textured teal plaster wall behind", "tabletop"),
        ("a tin on a windowsill, a teal wall", "window_room"),
    ],
)
def test_a_wall_behind_is_seen_whatever_the_product_is_on(text: str, name: str) -> None:
    direction = read(text)
    assert set_name(direction.design) == name
    assert NAMED_COLORS["teal"] in vars(direction.design).values()


@pytest.mark.parametrize("text", ["a kraft paper wall", "kraft paper background", "a watch before kraft paper"])
def test_paper_behind_stays_a_backdrop(text: str) -> None:
    assert set_name(read(text).design) != "tabletop"


def test_a_cafe_of_which_nothing_is_shown_is_told() -> None:
    direction = read("a tin on a rattan tray in a coffee shop")
    assert set_name(direction.design) == "cafe" or "coffee shop" in direction.unread


@pytest.mark.parametrize(("things", "kind"), [("green apples", "apples"), ("rose petals", "petals")])
def test_some_of_a_thing_are_that_thing(things: str, kind: str) -> None:
    assert vars(read(f"a watch on oak surrounded by some {things}, teal wall").design)["props"] == kind


@pytest.mark.parametrize("seat", ["travertine stool", "stool of travertine", "marble bench", "concrete stool"])
def test_a_seat_is_of_what_is_said_of_it(seat: str) -> None:
    direction = read(f"coral backdrop, {seat}, figs")
    assert vars(direction.design)["material"] in ("stone", "marble", "concrete")
    assert set(seat.split()).isdisjoint(direction.unread)


@pytest.mark.parametrize(
    "text",
    [
        "a watch washed in pink light on one side, cyan on the other",
        "a watch on marble, one side lit red, the other blue",
        "sneaker, red and blue lighting",
    ],
)
def test_lights_of_two_sides_are_two(text: str) -> None:
    direction = read(text)
    assert len(vars(direction.design)["colors"]) == 2
    assert not direction.unread


def test_what_the_product_is_above_is_not_its_name() -> None:
    for text in ("a jar of honey floating above an oak ledge, navy wall", "a handbag lit in pink, a teak console"):
        assert not {"oak", "ledge", "teak", "console"} & set(read(text).product.split())


@pytest.mark.parametrize("surface", ["an oak table", "a rock", "pink silk"])
def test_the_colours_of_a_grade_paint_nothing(surface: str) -> None:
    graded = read(f"teal and orange color grade, watch on {surface}")
    assert graded.design == read(f"watch on {surface}").design
    assert {"teal", "orange"} <= {word for phrase in graded.unread for word in phrase.split()}


def test_things_that_are_no_support_are_told_as_beside() -> None:
    assert "beside the product" in read("a watch on a giant leaf").reading
    assert vars(read("two arches and a cylinder, beige").design)["shape"] == "round"
    assert vars(read("two podiums, beige").design)["shape"] == "steps"


@pytest.mark.parametrize("wall", ["", ", teal wall"])
def test_foil_under_the_product_is_no_confetti(wall: str) -> None:
    assert set_name(read(f"a watch on crinkled gold foil{wall}").design) == ("tabletop" if wall else "drapery")


@pytest.mark.parametrize("light", ["purple lasers", "purple laser beams", "purple light trails", "purple neon tubes"])
@pytest.mark.parametrize("place", ["a DJ booth with", "a black table,"])
def test_beams_behind_a_table_have_their_colour(place: str, light: str) -> None:
    direction = read(f"headphones on {place} {light}")
    assert vars(direction.design)["backdrop"] == ("nightclub" if "laser" in light else "neon")
    assert vars(direction.design)["backdrop_color"] == NAMED_COLORS["purple"]
    assert not direction.unread


@pytest.mark.parametrize(
    "where", ["under a blue sky", "reflecting a blue sky", "in a forest, reflections", "in a park"]
)
def test_a_mirror_under_the_open_sky_is_a_mirror(where: str) -> None:
    """It was a dark table with a gloss, and told as a mirror."""
    direction = read(f"a tin on a mirror {where}")
    assert set_name(direction.design) == "location"
    assert vars(direction.design)["finish"] == "mirror"
    assert not direction.unread
