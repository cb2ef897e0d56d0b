from __future__ import annotations

import dataclasses
import uuid

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.errors import SettingsError
from photoshoot.records.product import Box, Category
from photoshoot.settings import Stance
from tests.making import draw_cutout

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    (left, right), (top, bottom) = draw(SPANS), draw(SPANS)
    return Box(left=left, top=top, right=right, bottom=bottom)


@given(box=boxes())
def test_a_box_cuts_out_of_an_array_what_its_sides_say(box: Box) -> None:
    part = np.arange(64 * 64).reshape(64, 64)[box.slices()]
    assert part.shape == (box.height, box.width)
    assert (part[0, 0], part[-1, -1]) == (box.top * 64 + box.left, (box.bottom - 1) * 64 + box.right - 1)


@given(outer=boxes(), inner=boxes())
def test_a_box_contains_another_where_its_pixels_do(outer: Box, inner: Box) -> None:
    first, second = np.zeros((64, 64), bool), np.zeros((64, 64), bool)
    first[outer.slices()] = True
    second[inner.slices()] = True
    assert outer.contains(inner) is bool(first[second].all())


@pytest.mark.parametrize("sides", [(4, 0, 4, 2), (0, 5, 2, 5), (3, 0, 1, 2), (0, 3, 2, 1)])
def test_an_empty_box_is_refused(sides: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = sides
    with pytest.raises(SettingsError, match="left < right"):
        Box(left=left, top=top, right=right, bottom=bottom)


def test_a_cut_out_is_known_by_what_is_seen_of_it() -> None:
    cutout = draw_cutout(60, 80)
    hidden, shown, softer = cutout.rgb.copy(), cutout.rgb.copy(), cutout.alpha_matte.copy()
    hidden[0, 0] ^= 255
    shown[60, 30] ^= 1
    softer[60, 30] -= np.float32(0.5)
    rounding = cutout.alpha_matte + np.where(cutout.alpha_matte < 0.5, np.float32(1e-4), np.float32(0))
    same = [dataclasses.replace(cutout, rgb=hidden), dataclasses.replace(cutout, alpha_matte=rounding)]
    other = [dataclasses.replace(cutout, rgb=shown), dataclasses.replace(cutout, alpha_matte=softer)]
    assert {one.sha256 for one in same} == {cutout.sha256}
    assert {one.asset_id for one in same} == {cutout.asset_id}
    assert len({one.sha256 for one in (cutout, *other)}) == 3
    assert len({one.asset_id for one in (cutout, *other)}) == 3
    assert uuid.UUID(cutout.asset_id).version == 5


def test_pixels_of_the_same_bytes_and_another_shape_are_another_cut_out() -> None:
    cutout = draw_cutout(60, 80)
    turned = dataclasses.replace(
        cutout, rgb=cutout.rgb.reshape(60, 80, 3), alpha_matte=cutout.alpha_matte.reshape(60, 80)
    )
    assert turned.sha256 != cutout.sha256


def test_garments_alone_lie() -> None:
    assert [category for category in Category if category.stance is not Stance.UPRIGHT] == [Category.GARMENT]
    assert Category.GARMENT.stance is Stance.LYING
