"""Beans lie in heaps that rise from what they lie on, and no cup stands among them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.placers.studio.assets.props.test_props import build, make_view


@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1920), (1674, 628)])
def test_beans_are_heaped(size: tuple[int, int]) -> None:
    pieces = build("coffee_beans", make_view(*size))
    assert set(pieces) == {"beans", "mound"}
    beans, mound = (pieces[name][0].vertices for name in ("beans", "mound"))
    assert beans[:, 1].min() > -0.02
    assert beans[:, 1].max() > 2.0 * 0.13  # higher than beans that lie over each other by chance
    assert mound[:, 1].max() < beans[:, 1].max()


@pytest.mark.parametrize("seed", range(3))
def test_no_gap_shows_through_a_heap(seed: int) -> None:
    """Over each place of a mound there is a bean near by."""
    pieces = build("coffee_beans", make_view(1080, 1080), seed)
    beans, mound = (pieces[name][0].vertices for name in ("beans", "mound"))
    nearest = [np.hypot(*(beans[:, [0, 2]] - place).T).min() for place in mound[::7, [0, 2]]]
    assert max(nearest) < 0.09


def test_cups_of_coffee_stand_without_beans() -> None:
    assert set(build("coffee_cups", make_view(1080, 1080))) == {"china", "drink"}
