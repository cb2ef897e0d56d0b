"""Several whole looks: two outvote one, and colour tells what is foreign."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.segmenters.looking.consensus import (
    agree,
    fill_notches,
    fill_own,
    find_consent,
    find_foreign,
    weigh_look,
)

SIDE = 64


def draw_chair_before_skirting() -> tuple[Image.Image, npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """A blue chair, of which a white skirting board runs out of the photo; what is the chair; and the board's part."""
    rgb = np.full((SIDE, SIDE, 3), (190, 170, 150), np.uint8)
    rgb[40:46] = (245, 245, 240)
    rgb[10:60, 12:40] = (60, 90, 140)
    chair = np.zeros((SIDE, SIDE), np.float32)
    chair[10:60, 12:40] = 1
    board = np.zeros((SIDE, SIDE), bool)
    board[40:46, 41:] = True
    return Image.fromarray(rgb).resize((4 * SIDE, 4 * SIDE), Image.Resampling.NEAREST), chair, board


def test_two_looks_outvote_one_that_sees_less_and_one_that_sees_more() -> None:
    strap, tail = np.zeros((2, SIDE, SIDE), np.float32)
    strap[20:30], tail[40:50] = 1, 1
    joined = agree([tail, strap, strap], [1.0, 1.0, 1.0])
    assert float(np.abs(joined - strap).max()) == 0
    assert float(np.abs(agree([tail, strap, strap], [9.0, 1.0, 1.0]) - tail).max()) == 0
    assert float(agree([tail, strap], [1.0, 3.0])[25, 0]) == 0.75
    assert weigh_look(0.98, 1.0) > weigh_look(0.9, 2.0) > weigh_look(0.9, 1.0)


def test_looks_that_are_sure_of_the_same_consent_an_outline_apart() -> None:
    looks = [np.array([[value]], np.float32) for value in (1.0, 0.99, 0.85)]
    assert find_consent(looks).all()
    assert not find_consent([*looks[:2], np.array([[0.6]], np.float32)]).any()
    assert not find_consent([1 - looks[0], 1 - looks[1], np.array([[0.3]], np.float32)]).any()


def test_a_small_notch_in_what_two_of_three_looks_surely_see_is_filled_and_a_large_place_is_not() -> None:
    handle, overlooked = np.zeros((SIDE, SIDE), np.float32), np.zeros((SIDE, SIDE), np.float32)
    handle[10:60, 12:40], overlooked[10:30, 12:40] = 1, 1
    notched, mirrored = handle.copy(), handle.copy()
    notched[40:43, 12:15], mirrored[45:, 12:40] = 0.2, 0.2
    looks = [handle, overlooked, handle]
    assert float(np.abs(fill_notches(notched, looks) - handle).max()) == 0
    assert float(np.abs(fill_notches(mirrored, looks) - mirrored).max()) == 0
    assert float(np.abs(fill_notches(notched, [handle, overlooked, overlooked]) - notched).max()) == 0
    assert float(np.abs(fill_notches(notched, looks[::2]) - notched).max()) == 0


def test_what_a_closer_look_doubts_and_only_the_surroundings_have_the_colour_of_is_foreign() -> None:
    photo, chair, board = draw_chair_before_skirting()
    fooled = np.where(board, np.float32(1), chair)
    foreign = find_foreign(photo, [fooled, chair, fooled])
    assert foreign[board].mean() > 0.9, f"{foreign[board].mean():.2f} of the board is foreign"
    assert not foreign[chair > 0].any()


def test_a_pale_part_that_all_looks_see_stays_beside_what_is_foreign() -> None:
    photo, chair, board = draw_chair_before_skirting()
    cushion = np.zeros_like(board)
    cushion[40:46, 34:41] = True  # as white as the board, and joined to it
    rgb = np.asarray(photo.resize((SIDE, SIDE), Image.Resampling.NEAREST)).copy()
    rgb[cushion] = (245, 245, 240)
    seen = np.where(cushion, np.float32(0.8), chair)
    fooled = np.where(board, np.float32(1), seen)
    foreign = find_foreign(Image.fromarray(rgb), [fooled, seen, fooled])
    assert foreign[board].mean() > 0.9
    assert not foreign[cushion].any(), "no look doubts the cushion"


def test_what_only_the_first_look_overlooks_stays_and_so_does_what_is_of_the_products_colour() -> None:
    photo, chair, board = draw_chair_before_skirting()
    fooled, ghost = (np.where(board, np.float32(value), chair) for value in (1, 0.3))
    assert not find_foreign(photo, [ghost, fooled, fooled]).any(), "a ghost in the first look is a thin part"
    assert find_foreign(photo, [chair, fooled, fooled])[board].all(), "nothing at all is not"
    legless = chair.copy()
    legless[48:60] = 0
    assert not find_foreign(photo, [chair, legless, chair]).any()


def test_a_hole_of_the_product_s_own_colour_is_closed_and_a_gap_is_not() -> None:
    photo, chair, _ = draw_chair_before_skirting()
    holed, hole = chair.copy(), np.zeros((SIDE, SIDE), bool)
    hole[20:30, 18:30] = True
    holed[hole] = 0.2
    assert (fill_own(photo, holed, holed)[hole] > 0.9).all()
    rgb = np.asarray(photo.resize((SIDE, SIDE), Image.Resampling.NEAREST)).copy()
    rgb[hole] = (190, 170, 150)
    gap = Image.fromarray(rgb)
    assert np.array_equal(fill_own(gap, holed, holed), holed), "the ground is seen through it"
    holed[20:30, 12:18] = 0
    assert np.array_equal(fill_own(photo, holed, holed), holed), "it is open to a side"
    assert fill_own(photo, chair, chair) is chair
