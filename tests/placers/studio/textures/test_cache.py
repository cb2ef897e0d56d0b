from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.textures.cache import SHELF, Shelf
from photoshoot.placers.studio.textures.procedural import plaster

KIB = 1024


def test_what_is_kept_is_made_once() -> None:
    shelf, made = Shelf(4 * KIB), []

    @shelf.keep
    def field(seed: int, *, level: float = 0.0) -> np.ndarray:
        made.append(seed)
        return np.full(KIB, level, np.uint8)

    assert field(1) is field(1)
    assert field(1, level=2.0) is not field(1)
    assert made == [1, 1]
    assert shelf.size_bytes == 2 * KIB


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    shelf, made = Shelf(2 * KIB), []

    @shelf.keep
    def field(seed: int) -> np.ndarray:
        made.append(seed)
        return np.zeros(KIB, np.uint8)

    for seed in (1, 2, 1, 3, 1, 2):
        field(seed)
        assert shelf.size_bytes <= shelf.limit_bytes
    assert made == [1, 2, 3, 2]


def test_functions_share_the_shelf_not_their_results() -> None:
    shelf = Shelf(4 * KIB)
    low, high = (shelf.keep(lambda level=level: np.full(KIB, level, np.uint8)) for level in (1, 2))
    assert low()[0] == 1
    assert high()[0] == 2
    assert shelf.size_bytes == 2 * KIB


def test_what_is_larger_than_the_shelf_is_not_kept() -> None:
    shelf = Shelf(KIB)
    large = shelf.keep(lambda: np.zeros(KIB + 1, np.uint8))
    small = shelf.keep(lambda: np.zeros(KIB, np.uint8))
    assert small() is small()
    assert large() is not large()
    assert small() is small()


def test_an_error_is_not_kept() -> None:
    shelf, made = Shelf(KIB), []

    @shelf.keep
    def field() -> np.ndarray:
        made.append(1)
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            field()
    assert len(made) == 2


def test_surfaces_are_counted_with_their_relief() -> None:
    SHELF.clear()
    texture = plaster("#123456", 0)
    assert SHELF.size_bytes == texture.color.nbytes + texture.height.nbytes
    SHELF.clear()
    assert SHELF.size_bytes == 0
