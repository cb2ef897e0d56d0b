from __future__ import annotations

import numpy as np
import pytest

from photoshoot.pixels.imaging import lay_on_grey, reduce_cutout, show
from tests.making import draw_cutout

CUTOUT = draw_cutout(120, 160)


@pytest.mark.parametrize("side_px", [32, 64, 4000])
def test_a_product_is_made_smaller_in_its_own_shape_and_never_larger(side_px: int) -> None:
    small = reduce_cutout(CUTOUT, side_px)
    box = CUTOUT.box
    assert max(small.size) == min(side_px, max(box.width, box.height))
    assert small.width / small.height == pytest.approx(box.width / box.height, rel=2 / min(small.size))


def test_a_product_lies_in_the_middle_of_plain_grey() -> None:
    product = reduce_cutout(CUTOUT, 64)
    view = np.asarray(lay_on_grey(product, 200, 1.5))
    assert view.shape == (96, 96, 3)
    assert (view[:8] == 200).all()
    assert (view[:, :8] == 200).all()
    rows, columns = np.nonzero((view != 200).any(axis=2))
    assert abs(rows.min() + rows.max() - 95) <= 2
    assert abs(columns.min() + columns.max() - 95) <= 2


def test_what_networks_are_shown_has_their_size() -> None:
    assert show(CUTOUT, 96).size == (96, 96)
