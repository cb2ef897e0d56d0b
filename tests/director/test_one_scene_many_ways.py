"""One scene is one set, however its support and what is behind it are put into a sentence or under headings."""

from __future__ import annotations

import pytest

from photoshoot.director import direct
from photoshoot.presets import PresetRegistry

REGISTRY = PresetRegistry.load()
_SAID = """
zorble on {on}, {behind} behind | zorble on {on} before {behind} | zorble on {on} against {behind}
zorble on {on} with {behind} in the background | zorble on {on} and {behind} in the background
zorble upon {on}, {behind} far behind | zorble atop {on} in front of {behind} | {on} in front of {behind}
zorble on {on}, with {behind} as a backdrop | {behind} in the background, zorble on {on}
surface: {on}. background: {behind} | background: {behind}; zorble on {on}
"""
_SUPPORTS = ("a rock", "a round pink podium", "a wooden stump", "a concrete block", "a white marble table", "moss")
_BEHIND = ("mountains", "a kitchen", "a library", "a forest", "a snowy landscape", "a sunset")


def design_of(text: str) -> dict[str, object]:
    design = direct(text, REGISTRY, None).design
    return {"set": type(design), **vars(design)}


@pytest.mark.parametrize("on", _SUPPORTS)
@pytest.mark.parametrize("behind", _BEHIND)
def test_a_support_and_what_is_behind_it_are_one_set_in_every_way_of_saying_it(on: str, behind: str) -> None:
    plain = design_of(f"zorble on {on} in front of {behind}")
    ways = [way.strip() for line in _SAID.strip().splitlines() for way in line.split("|")]
    other = [way for way in ways if design_of(way.format(on=on, behind=behind)) != plain]
    assert not other


@pytest.mark.parametrize("mark", [" | ", " + ", " • ", "\n", " - ", ", "])
def test_what_parts_a_list_is_a_comma(mark: str) -> None:
    assert design_of(mark.join(("oak table", "brick wall", "candles"))) == design_of("oak table, brick wall, candles")


@pytest.mark.parametrize("room", ["kitchen", "bathroom", "café"])
@pytest.mark.parametrize("podium", ["round pink podium", "terracotta podium", "white cube", "wooden stump"])
def test_a_platform_before_a_room_is_no_color_of_that_rooms_counter(podium: str, room: str) -> None:
    direction = direct(f"zorble on a {podium} in front of a {room}", REGISTRY, None)
    assert vars(direction.design)["stand"] != "none"
    assert podium.split()[-1] not in " ".join(direction.unread)


@pytest.mark.parametrize("behind", ["kitchen", "library", "green wall"])
def test_what_is_blurred_behind_a_platform_is_that_and_no_backdrop_of_its_own(behind: str) -> None:
    plain = design_of(f"zorble on a round pink podium, a {behind} behind")
    blurred = design_of(f"zorble on a round pink podium with a blurred {behind} behind")
    assert blurred in (plain, plain | {"depth_of_field": "shallow"})  # a kitchen behind is always out of focus
    assert design_of(f"zorble on a round pink podium backed by a {behind}") == plain


def test_a_mirror_that_a_prompt_begins_with_has_behind_it_what_is_said_to_be() -> None:
    assert design_of("mirror with pale blue silk behind") == design_of("on a mirror with pale blue silk behind")


@pytest.mark.parametrize("snow", ["first snow, a knitted blanket by the window", "by the window, snow falling outside"])
def test_snow_at_a_window_is_seen_from_a_cabin(snow: str) -> None:
    assert type(direct(snow, REGISTRY, None).design).__name__ == "Cabin"


def test_no_snow_lies_in_a_living_room() -> None:
    direction = direct("first snow, by the fireplace", REGISTRY, None)
    assert "snow" in " ".join(direction.unread)
    assert vars(direction.design)["beside"] == "none"


@pytest.mark.parametrize("style", ["coastal", "seaside", "beach house"])
@pytest.mark.parametrize(
    ("room", "name"), [("bathroom", "Counter"), ("kitchen", "Counter"), ("living room", "Interior")]
)
def test_a_room_in_the_style_of_a_coast_is_a_room(style: str, room: str, name: str) -> None:
    direction = direct(f"soap in a {style} {room}", REGISTRY, None)
    assert type(direction.design).__name__ == name
    assert "shells beside the product" in str(direction.reading)
    assert "desert" in " ".join(direct(f"soap in a desert {room}", REGISTRY, None).unread)


@pytest.mark.parametrize("vessel", ["bowl", "lid", "bucket", "zorble"])
@pytest.mark.parametrize("metal", ["steel", "pewter", "copper"])
def test_what_a_thing_is_of_that_lies_on_a_table_makes_no_other_table(metal: str, vessel: str) -> None:
    text = f"on a {metal} {vessel} on white marble"
    assert design_of(text) == design_of("on white marble")
    assert metal in " ".join(direct(text, REGISTRY, None).unread)


def test_a_style_says_what_of_it_is_there_in_a_room() -> None:
    assert "lanterns beside the product" in str(direct("moroccan living room", REGISTRY, None).reading)
    assert "beside the product" not in str(direct("perfume, moroccan style", REGISTRY, None).reading)


@pytest.mark.parametrize("on", ["grass", "the lawn", "a meadow", "tall grass"])
@pytest.mark.parametrize(
    ("behind", "place"), [("a forest", "forest"), ("a city", "city"), ("hills", "sunrise"), ("a sunset", "sunset")]
)
def test_grass_that_is_stood_on_grows_in_the_place_that_is_behind(on: str, behind: str, place: str) -> None:
    design = design_of(f"zorble on {on} in front of {behind}")
    assert (design["material"], design["place"]) == ("grass", place)


@pytest.mark.parametrize("said", ["keep it simple", "minimalist", "soft light"])
def test_how_a_picture_is_to_look_takes_no_room_away(said: str) -> None:
    scene = "zorble on a terracotta podium in front of a kitchen"
    assert design_of(f"{scene}, {said}")["set"] == design_of(scene)["set"]


@pytest.mark.parametrize("kind", ["simple", "vintage", "elegant"])
def test_what_a_towel_looks_like_makes_no_bathroom_of_it(kind: str) -> None:
    scene = "zorble on a {} in front of a garden"
    assert design_of(scene.format(f"{kind} towel"))["set"] == design_of(scene.format("towel"))["set"]


@pytest.mark.parametrize("asked", ["--ar 4:5", "leave space at the top", "logo at the top"])
def test_the_shape_of_a_picture_is_no_part_of_it(asked: str) -> None:
    for scene in ("zorble on marble in front of a bookshelf", "zorble on moss in front of a kitchen"):
        assert design_of(f"{scene}, {asked}") == design_of(scene)


def test_where_my_product_is_is_no_part_of_it() -> None:
    assert design_of("my zorble on the sand in front of the sea") == design_of("zorble on the sand in front of the sea")
    assert "sand" not in " ".join(direct("my zorble on the sand before the sea", REGISTRY, None).unread)


@pytest.mark.parametrize("things", ["lemons", "ice cubes", "seashells", "rose petals"])
def test_things_around_a_product_are_there_wherever_they_are_said_to_be(things: str) -> None:
    plain = design_of(f"zorble on white marble with {things}")
    for text in ("{} around zorble on white marble", "{} scattered around a perfume bottle on white marble"):
        assert design_of(text.format(things)) == plain


@pytest.mark.parametrize("upper", ["straw mat", "slate plate", "white cube", "silver dish"])
@pytest.mark.parametrize("lower", ["wooden crate", "bed", "sofa"])
def test_the_color_of_what_lies_on_top_is_no_color_of_what_is_under_it(upper: str, lower: str) -> None:
    direction, alone = (direct(f"zorble on a {on}", REGISTRY, None) for on in (f"{upper} on a {lower}", lower))
    assert type(direction.design) is not type(alone.design) or direction.design == alone.design
    assert upper not in " ".join(direction.unread) or lower not in " ".join(direction.unread)


@pytest.mark.parametrize(
    ("text", "part", "color"),
    [
        ("a bedroom with a navy headboard", "accent_color", "#16264f"),
        ("on white linen sheets in front of a navy headboard", "accent_color", "#16264f"),
        ("a gym with red dumbbells", "accent_color", "#d2202f"),
    ],
)
def test_the_color_of_a_part_is_that_parts_alone(text: str, part: str, color: str) -> None:
    plain, dyed = design_of(text.replace("navy ", "").replace("red ", "")), design_of(text)
    assert dyed[part] == color
    assert {name for name in dyed if dyed[name] != plain[name]} == {part}


@pytest.mark.parametrize("text", ["a vanity with a gold mirror", "on marble with a gold mirror behind"])
def test_the_frame_of_a_mirror_dyes_neither_the_wall_nor_the_table(text: str) -> None:
    assert design_of(text) == design_of(text.replace("gold ", ""))
    assert "gold" in direct(text, REGISTRY, None).unread


@pytest.mark.parametrize("who", ["sleeping cat", "dog", "woman"])
def test_what_another_lies_on_is_no_place_of_the_product(who: str) -> None:
    direction = direct(f"zorble next to a fireplace in a living room with a {who} on the sofa", REGISTRY, None)
    assert type(direction.design).__name__ == "Interior"
    assert "sofa" in " ".join(direction.unread)
