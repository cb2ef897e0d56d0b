"""A prompt's numbers: so many things lie there, and what can't be laid in a number is told."""

from __future__ import annotations

import pytest

from photoshoot.errors import SettingsError
from photoshoot.sets.registry import carry
from photoshoot.sets.strewn import HeldSet
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import SizeClass, Stance
from tests.director.reading import read


def counts(text: str) -> tuple[int, ...]:
    design = read(text).design
    assert isinstance(design, HeldSet)
    return design.counts


@pytest.mark.parametrize(
    ("prompt", "laid"),
    [
        ("two candles on oak", (2,)),
        ("two small white candles on marble", (2,)),
        ("a single white orchid on stone", (1,)),
        ("one red rose on oak", (1,)),
        ("a couple of pumpkins on dark wood", (2,)),
        ("on slate with a lemon", (1,)),
        ("three lemons on a kitchen counter", (3,)),
        ("drapery of black silk, 4 gifts", (4,)),
        ("two christmas baubles on velvet", (2,)),
        ("spring with three tulips", (3,)),
        ("a spring morning with tulips", ()),
        ("candles on oak", ()),
        ("on a pebble beach", ()),  # a beach of pebbles
        ("a lemon next to it, slate", (1,)),
        ("lemons and limes on oak", ()),
        ("three pearls on silk", (3,)),
        ("two tomatoes on slate", (2,)),
        ("a single golden star on red", (1,)),
        ("two red hearts, pink background", (2,)),
        ("three eggs on oak", (3,)),
        ("three red balloons", (3,)),
    ],
)
def test_as_many_lie_there_as_a_prompt_says(prompt: str, laid: tuple[int, ...]) -> None:
    assert counts(prompt) == laid
    assert set(read(prompt).unread) <= {"small"}


def test_numbers_are_told_as_shown_with_their_things() -> None:
    direction = read("two white candles on marble")
    assert "two white candles" in direction.reading
    assert {part.written: part.fate for part in direction.account}["two"] == "shown"
    assert "two" not in [word for words in direction.words.values() for word in words]


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("nine candles on oak", ("nine",)),
        ("three lemons and two limes on oak", ("three", "two")),  # of one kind
        ("on oak, a vase with three tulips", ("three",)),  # a bunch stands in it
        ("a slice of tomato on slate", ("slice",)),
        ("two leaves on oak", ("two",)),
        ("three balloons for a birthday party", ("three",)),  # and more in the air
        ("three peppers on oak", ("three",)),  # tomatoes lie there, too
        ("a single autumn leaf on slate", ("single",)),
        ("halloween with two pumpkins", ("two",)),  # and carved ones
    ],
)
def test_numbers_that_are_not_met_are_told(prompt: str, told: tuple[str, ...]) -> None:
    assert read(prompt).unread == told


def test_further_kinds_have_numbers_of_their_own() -> None:
    design = read("one lantern and three lemons on oak").design
    assert isinstance(design, Tabletop)
    assert dict(zip((design.props, *design.also), design.counts, strict=True)) == {"lanterns": 1, "citrus": 3}


@pytest.mark.parametrize("stance", [Stance.LYING, Stance.UPRIGHT])
@pytest.mark.parametrize("size_class", [SizeClass.HAND_HELD, SizeClass.FURNITURE])
def test_a_number_goes_along_where_the_set_becomes_another(stance: Stance, size_class: SizeClass) -> None:
    held = carry(read("two candles on oak").design, stance, size_class)
    assert isinstance(held, HeldSet)
    assert held.counts == (2,)


def test_a_couple_on_a_beach_are_people() -> None:
    assert read("a happy couple on a beach").absent == ("people",)


@pytest.mark.parametrize("counts", [(-1,), (6,), (1, 1, 1, 1), (True,)])
def test_numbers_out_of_range_are_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(SettingsError, match="counts"):
        Tabletop(counts=counts)
