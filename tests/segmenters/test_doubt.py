from __future__ import annotations

import numpy as np
import pytest

from photoshoot.records import Box
from photoshoot.segmenters.doubt import rate_cutout

WHOLE = Box(left=0, top=0, right=64, bottom=64)


def test_one_piece_is_as_sure_as_the_network_was() -> None:
    alpha = np.zeros((64, 64), np.float32)
    alpha[8:56, 8:56] = 1
    assert rate_cutout(0.9, alpha, WHOLE) == pytest.approx(0.9)


def test_crumbs_raise_doubt_by_the_root_of_their_number() -> None:
    alpha = np.zeros((64, 64), np.float32)
    alpha[::16, ::16] = 1  # sixteen
    assert rate_cutout(0.9, alpha, WHOLE) == pytest.approx(0.6)
    assert rate_cutout(0.5, alpha, WHOLE) == 0
    assert rate_cutout(1.0, alpha, WHOLE) == 1
