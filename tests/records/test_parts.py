"""The things that a matte shows apart, and which of them is meant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.errors import SettingsError
from photoshoot.pixels.photos import read_photo
from photoshoot.records.parts import Box, PartLike, list_parts, split_words
from photoshoot.records.product import Cutout, Edge
from photoshoot.segmenters.cutout import cut_out
from photoshoot.settings import SegmentationSettings


def draw_two() -> npt.NDArray[np.float32]:
    """A large part on the left, a smaller one at the right edge, and a crumb near that."""
    matte = np.zeros((80, 120), np.float32)
    matte[20:70, 10:50] = 1
    matte[30:60, 90:120] = 1
    matte[28, 100] = 1
    matte[19, 10:50] = 0.4
    return matte


def cut(select: str | None = None) -> Cutout:
    rgba = np.dstack([np.full((80, 120, 3), 90, np.uint8), np.round(draw_two() * 255).astype(np.uint8)])
    return cut_out(read_photo(rgba), lambda _: draw_two(), "drawn", SegmentationSettings(select=select))


def test_parts_are_listed_the_largest_first() -> None:
    first, second = list_parts(draw_two())
    assert (first.box, second.box) == (
        Box(left=10, top=20, right=50, bottom=70),
        Box(left=90, top=30, right=120, bottom=60),
    )
    assert first.share + second.share == pytest.approx(1, abs=1e-3)
    assert (first.number, first.confidence) == (0, 1)


@pytest.mark.parametrize(
    ("which", "left"),
    [
        (0, 10),
        (1, 90),
        ("1", 90),
        ("the left mug", 10),
        ("right", 90),
        ("smallest", 90),
        ((100, 40), 90),
        ("100, 40", 90),
        (Box(left=80, top=20, right=120, bottom=70), 90),
        ("0, 0, 60, 80", 10),
        ("1 and 1", 90),
    ],
)
def test_a_part_is_chosen(which: PartLike, left: int) -> None:
    chosen = cut().select(which)
    assert chosen.box.left == left
    assert len(chosen.parts) == 1
    assert chosen.touches == ({Edge.RIGHT} if left == 90 else frozenset())
    assert (chosen.alpha_matte[19, 10:50] > 0.3).all() == (left == 10)


def test_the_setting_chooses_too_and_all_is_all() -> None:
    assert cut("the right one").box == cut().select(1).box
    assert cut().select("all").box == cut().box


def test_a_choice_is_told_as_the_settings_that_make_it_again() -> None:
    chosen = cut().select("the right one")
    assert chosen.segmentation == SegmentationSettings(select="1")
    assert cut("1").sha256 == chosen.sha256
    assert chosen.select(0).segmentation == chosen.segmentation, "the numbers of a choice are others"
    assert cut("the right one").segmentation == SegmentationSettings(select="the right one")


def test_several_parts_are_chosen_by_their_numbers() -> None:
    both = cut().select("1 and 0")
    assert (len(both.parts), both.box) == (2, cut().box)


def test_parts_of_clear_glass_are_whole_though_a_scene_shows_through_them() -> None:
    whole = cut()
    through = whole.alpha_matte * np.float32(0.09)
    through[40:45, 20:30] = 1  # a knob
    glass = replace(whole, alpha_matte=through, segmentation=SegmentationSettings(glass=True))
    assert [part.box for part in glass.parts] == [part.box for part in whole.parts]
    left = glass.select("left")
    assert (left.box, left.confidence) == (whole.parts[0].box, whole.select("left").confidence)
    assert np.array_equal(left.alpha_matte > 0, whole.select("left").alpha_matte > 0)


@pytest.mark.parametrize(
    "which",
    [7, "a teapot", "0 and 2", "0.5", "9" * 400, "9" * 5000 + " and 0", (60, 5), (60, 0, 80, 80)],
    ids=lambda which: str(which)[:20],
)
def test_what_means_no_part_is_an_error_that_lists_them(which: PartLike) -> None:
    with pytest.raises(SettingsError, match=r"1: \(90, 30, 120, 60\)"):
        cut().select(which)


@pytest.mark.parametrize(
    ("text", "names", "order"),
    [
        (None, "", None),
        ("2", "", "2"),
        ("640, 380", "", "640, 380"),
        ("the left one", "", "left"),
        ("the left blue mug", "blue mug", "left"),
        ("a mug", "mug", None),
        ("all", "", "all"),
    ],
)
def test_what_names_a_thing_is_told_from_what_chooses_one(text: str | None, names: str, order: str | None) -> None:
    assert split_words(text) == (names, order)
