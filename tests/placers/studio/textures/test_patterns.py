from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.inlays import checkered_tiles, parquet, terrazzo
from photoshoot.placers.studio.textures.patterns import patterned_cloth
from photoshoot.placers.studio.textures.procedural import Texture
from photoshoot.placers.studio.textures.tilings import HEXAGONS, PENNIES, cement_tiles, hexagon_tiles, penny_tiles

RED, CREAM = "#c8313a", "#f6f2e9"
SHARES = {"gingham": 0.5, "stripes": 0.5, "checkerboard": 0.5, "dots": 0.28}
"""Pattern → how much of its second colour is in it."""


def share_of(texture: Texture, first: str, second: str) -> float:
    """How far a texture's mean is from the first colour to the second, by least squares."""
    way = hex_to_linear(second) - hex_to_linear(first)
    return float((texture.color.mean((0, 1)) - hex_to_linear(first)) @ way / (way @ way))


def seam(image: np.ndarray) -> float:
    """Step over a texture's edges, in steps between its other neighbours."""
    inner = np.abs(np.diff(image, axis=0)).mean() + np.abs(np.diff(image, axis=1)).mean()
    edge = np.abs(image[0] - image[-1]).mean() + np.abs(image[:, 0] - image[:, -1]).mean()
    return float(edge / inner)


@pytest.mark.parametrize(("pattern", "share"), SHARES.items())
def test_a_cloth_has_both_colours_in_their_shares(pattern: str, share: float) -> None:
    cloth = patterned_cloth(pattern, (RED, CREAM), 1)
    assert share_of(cloth, RED, CREAM) == pytest.approx(share, abs=0.05)


def test_a_gingham_has_squares_of_both_colours_and_of_their_mean() -> None:
    cloth = patterned_cloth("gingham", (RED, CREAM), 1).color
    squares = cloth.reshape(16, 64, 16, 64, 3)[:, 20:44, :, 20:44].mean((1, 3)).reshape(-1, 3)
    wanted = [hex_to_linear(RED), hex_to_linear(CREAM), 0.5 * (hex_to_linear(RED) + hex_to_linear(CREAM))]
    counts = np.bincount(np.argmin([np.linalg.norm(squares - one, axis=1) for one in wanted], axis=0), minlength=3)
    assert counts.tolist() == [64, 64, 128]


def test_a_plaids_bands_have_the_third_colour() -> None:
    green = "#1f6b3a"
    plaid, dark = patterned_cloth("plaid", (RED, CREAM, green), 1), patterned_cloth("plaid", (RED, CREAM), 1)
    assert plaid.color[..., 1].mean() > 1.3 * dark.color[..., 1].mean()


@pytest.mark.parametrize("pattern", ["gingham", "plaid", "stripes", "dots", "checkerboard"])
def test_a_cloth_repeats_without_a_seam(pattern: str) -> None:
    cloth = patterned_cloth(pattern, (RED, CREAM), 2)
    assert seam(np.asarray(cloth.color)) < 6.0  # a pattern's own edge may lie there
    assert np.isfinite(cloth.height).all()


def test_checkered_tiles_alternate() -> None:
    tiles = checkered_tiles("#111111", CREAM, 1).color.mean(-1)
    middles = tiles.reshape(4, 256, 4, 256)[:, 64:192, :, 64:192].mean((1, 3))
    pale = middles > 0.4
    assert (pale[:, 1:] != pale[:, :-1]).all()
    assert (pale[1:] != pale[:-1]).all()


def test_terrazzo_is_its_cement_with_chips() -> None:
    stone = terrazzo("#e7e2d9", "#c0806a", 1)
    away = np.linalg.norm(stone.color - hex_to_linear("#e7e2d9"), axis=-1) > 0.1
    assert 0.08 < away.mean() < 0.4
    assert not stone.height.any()


def test_parquet_is_one_wood_and_repeats_without_a_seam() -> None:
    floor = parquet("#a9743f", "#55331b", 1)
    assert np.abs(floor.color.mean((0, 1)) - hex_to_linear("#a9743f")).max() < 0.08
    assert seam(np.asarray(floor.color)) < 3.0


@pytest.mark.parametrize(("tile", "count"), [(hexagon_tiles, HEXAGONS), (penny_tiles, PENNIES)])
def test_small_tiles_are_regular_and_repeat_without_a_seam(
    tile: Callable[..., Texture], count: tuple[int, int]
) -> None:
    assert count[1] * 0.75**0.5 == pytest.approx(count[0], rel=0.015)
    assert count[1] % 2 == 0  # else rows of both kinds would meet
    laid = tile(CREAM, CREAM, 1)
    assert seam(np.asarray(laid.color)) < 3.0
    assert np.abs(np.median(laid.color, (0, 1)) - hex_to_linear(CREAM)).max() < 0.08


def test_cement_tiles_have_their_stars_in_each_and_rings_where_four_meet() -> None:
    laid = cement_tiles(CREAM, "#111111", 1).color.mean(-1)
    tiles = laid.reshape(4, 256, 4, 256).transpose(0, 2, 1, 3).reshape(16, 256, 256)
    assert (tiles[:, 128, 70] < 0.2).all()
    assert (tiles[:, 128, 128] > 0.5).all()
    assert ((tiles < 0.1).mean((1, 2)) > 0.1).all()
    assert seam(np.asarray(cement_tiles(CREAM, "#111111", 1).color)) < 6.0
