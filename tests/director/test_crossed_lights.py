"""Light of two colours is two lamps, whichever way a prompt says it; what else it asks for is there, too."""

from __future__ import annotations

import itertools

import pytest

from photoshoot.color.space import NAMED_COLORS
from photoshoot.sets import hold, set_name
from photoshoot.settings import Stance
from tests.director.reading import read

_PAIRS = [("pink", "blue"), ("red", "green"), ("purple", "orange"), ("magenta", "teal")]
_FORMS = [
    "{} and {} lights",
    "lit by {} and {} light",
    "dark studio, {} and {} lighting",
    "{} light from the left and {} light from the right",
    "{} light from the left, {} light from the right",
    "lit {} on the left and {} on the right",
    "split lighting, {} and {}",
    "split lighting {} and {}",
    "dual tone gel lighting, {} from the left, {} from the right",
    "RGB lights, {} on the left and {} on the right",
    "{} and {} backlights",
    "{} key light, {} rim light",
    "lit by {} and {} lamps",
    "lit by a {} lamp on one side and a {} lamp on the other",
    "on black acrylic, one {} and one {} light",
    "on glass, bi-color lighting, {} and {} gels",
]


@pytest.mark.parametrize(("form", "pair"), list(itertools.product(_FORMS, _PAIRS)))
def test_two_lights_have_their_two_colors(form: str, pair: tuple[str, str]) -> None:
    direction = read(form.format(*pair))
    assert set_name(direction.design) == "neon_room"
    assert set(vars(direction.design)["colors"]) == {NAMED_COLORS[name] for name in pair}
    assert not set(pair) & set(" ".join(direction.unread).split())


@pytest.mark.parametrize("form", ["on a beach, {}", "{} on a bed", "gym, {}", "kitchen counter, {}", "podium, {}"])
def test_lights_of_two_colors_are_no_place(form: str) -> None:
    place = set_name(read(form.format("soft light")).design)
    assert set_name(read(form.format("pink and blue lights")).design) == place


@pytest.mark.parametrize("form", ["podium, {}", "on black silk, {}", "on a plain white table, {}"])
@pytest.mark.parametrize("said", ["red and blue lights", "red light from the left and blue light from the right"])
def test_two_lamps_light_sets_in_which_they_are_not_seen(form: str, said: str) -> None:
    direction = read(form.format(said))
    assert set_name(direction.design) in ("podium", "drapery", "tabletop")
    light = direction.design.light
    assert (light.color, light.second_color) == (NAMED_COLORS["red"], NAMED_COLORS["blue"])
    assert not {"red", "blue"}.intersection(" ".join(direction.unread).split())


def test_from_above_two_lamps_are_gels() -> None:
    lying = hold(read("podium, red and blue lights").design, Stance.LYING)
    assert (vars(lying)["glow"], vars(lying)["glow_colors"]) == ("gels", (NAMED_COLORS["red"], NAMED_COLORS["blue"]))


@pytest.mark.parametrize("form", ["on a beach, {}", "kitchen counter, {}"])
def test_a_second_lamp_where_there_is_none_is_told(form: str) -> None:
    direction = read(form.format("red and blue lights"))
    assert not direction.design.light.is_crossed
    assert "blue" in " ".join(direction.unread)


@pytest.mark.parametrize(
    "text",
    ["white and grey light", "red light", "cream and pink light", "a blue and red wall", "a red lamp and a blue lamp"],
)
def test_one_lamp_is_no_two(text: str) -> None:
    assert set_name(read(text).design) != "neon_room"


@pytest.mark.parametrize("said", ["one pink and one green", "in pink and green", "pink and green"])
def test_two_tubes_have_their_two_colors(said: str) -> None:
    design = read(f"two neon tubes, {said}, black floor").design
    assert set_name(design) == "neon_room"
    assert vars(design)["colors"] == (NAMED_COLORS["pink"], NAMED_COLORS["green"])


@pytest.mark.parametrize("floor", ["a black marble floor", "wet concrete", "dark wood"])
def test_lights_of_two_colors_shine_on_what_is_stood_on(floor: str) -> None:
    direction = read(f"red and blue lights on {floor}")
    assert set_name(direction.design) == "neon_room"
    assert not direction.unread


@pytest.mark.parametrize(("first", "second"), [("left", "right"), ("right", "left")])
@pytest.mark.parametrize(
    "form",
    ["red light from the {} and green light from the {}", "lit red on the {} and green on the {}, marble table"],
)
def test_each_color_comes_from_its_side(form: str, first: str, second: str) -> None:
    design = read(form.format(first, second)).design
    assert vars(design)["colors"] == (NAMED_COLORS["red"], NAMED_COLORS["green"])
    assert design.light.fixed  # the first colour is where the light is from
    assert (design.light.azimuth_deg < 0) is (first == "left")


def test_colors_without_sides_may_change_places() -> None:
    assert not read("red and green lights").design.light.fixed


@pytest.mark.parametrize(
    "said",
    [
        "a watch lit from one side in {} and from the other in {}, on a travertine podium",
        "a watch on a stone slab, {} rim light and {} fill",
        "a watch, {} light from the left and {} light from the right, a smooth grey background",
    ],
)
@pytest.mark.parametrize(("first", "second"), _PAIRS)
def test_two_lamps_paint_no_wall(said: str, first: str, second: str) -> None:
    direction = read(said.format(first, second))
    light = direction.design.light
    assert (light.color, light.second_color) == (NAMED_COLORS[first], NAMED_COLORS[second])
    assert set_name(direction.design) != "neon_room"
    assert not {NAMED_COLORS[first], NAMED_COLORS[second]} & {*map(str, vars(direction.design).values())}


def test_lamps_before_a_black_backdrop_are_seen_in_the_dark() -> None:
    assert set_name(read("blue and orange light, black background").design) == "neon_room"


@pytest.mark.parametrize("said", ["warm {} rim light and cool {} fill", "cool {} key light and warm {} rim light"])
@pytest.mark.parametrize(("first", "second"), _PAIRS)
def test_lamps_that_are_said_to_be_warm_or_cool_are_two(said: str, first: str, second: str) -> None:
    direction = read(f"{said.format(first, second)}, watch on black slate")
    assert set_name(direction.design) == "neon_room"
    assert len(set(vars(direction.design)["colors"])) == len((first, second))
    assert not direction.unread


def test_pale_lamps_are_no_gels() -> None:
    assert set_name(read("pastel pink key light and pale blue rim light, watch on slate").design) != "neon_room"
