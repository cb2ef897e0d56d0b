from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.assets.book_stack import book_stack


@pytest.mark.parametrize("buried", [0.0, 0.3])
@pytest.mark.parametrize("seed", range(3))
def test_books_lie_on_each_other_from_their_top_down(buried: float, seed: int) -> None:
    books = book_stack((1.2, 0.9), 0.4, buried, np.random.default_rng(seed))
    points = np.concatenate([book.mesh.vertices for book in books])
    assert points[:, 1].max() == pytest.approx(0, abs=0.01)
    assert points[:, 1].min() == pytest.approx(-0.4 - buried, abs=0.07)
    top = np.concatenate([book.mesh.vertices for book in books[:2]])
    assert np.abs(top[:, 0]).max() == pytest.approx(1.2, abs=0.03)
    assert np.abs(points[:, 0]).max() < 1.6
