from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.records import AlphaMatte, RgbImage
from photoshoot.segmenters.matte import matte_upsampling as module
from photoshoot.segmenters.matte.matte_upsampling import WorkingMatte, finish
from photoshoot.segmenters.matte.matting import solve_matte
from photoshoot.segmenters.regions import grow
from tests.segmenters.drawing import draw_backdrop, draw_matte, paint

Floats = npt.NDArray[np.float32]


def draw_view(size: int) -> tuple[RgbImage, AlphaMatte]:
    true = draw_matte("mug", size)
    rgb = paint(true) * true[..., None] + draw_backdrop("wood", size) * (1 - true[..., None])
    return np.round(rgb * 255).astype(np.uint8), true


def solve(size: int, reach: int) -> WorkingMatte:
    """A working matte of which all within ``reach`` of the edge was unknown."""
    rgb, true = draw_view(size)
    planes = np.moveaxis(rgb, 2, 0).astype(np.float32) / np.float32(255)
    unknown = grow((true > 0.01) & (true < 0.99), reach)
    prior = np.where(unknown, np.float32(0.5), true).astype(np.float32)
    alpha, lines = solve_matte(planes, prior, np.zeros_like(true), unknown)
    return WorkingMatte(planes=planes, alpha=alpha, lines=lines)


def enlarge(working: WorkingMatte, size: int) -> tuple[RgbImage, AlphaMatte]:
    colors, alpha = draw_view(size)[0], np.zeros((size, size), np.float32)
    finish(colors, alpha, working)
    return colors, alpha


@pytest.mark.parametrize("tile_px", [37, 64])
def test_tiles_leave_no_seams(monkeypatch: pytest.MonkeyPatch, tile_px: int) -> None:
    working = solve(100, 2)
    monkeypatch.setattr(module, "_TILE_PX", 1000)
    colors, alpha = enlarge(working, 230)
    monkeypatch.setattr(module, "_TILE_PX", tile_px)
    tiled_colors, tiled_alpha = enlarge(working, 230)
    worst = float(np.abs(tiled_alpha - alpha).max())
    assert worst < 1e-5, f"mattes differ by up to {worst:.2g}"
    assert np.abs(tiled_colors.astype(int) - colors).max() <= 1


def test_far_from_the_edge_the_matte_is_the_working_one() -> None:
    working = solve(120, 14)
    _, alpha = enlarge(working, 240)
    product, settled = working.alpha > 0.98, (working.alpha < 0.02) | (working.alpha > 0.98)
    far = settled & ~grow(~settled | (product & grow(~product)), 7)
    assert (far & grow(draw_matte("mug", 120) > 0.5, 12)).sum() > 1000
    rows, columns = np.repeat(np.arange(120), 2), np.repeat(np.arange(120), 2)
    worst = float(np.abs(alpha - product[rows][:, columns])[far[rows][:, columns]].max())
    assert worst < 1e-3, f"off by up to {worst:.3f} where the matte is settled"


def test_a_matte_without_lines_is_only_enlarged() -> None:
    _, true = draw_view(60)
    rgb, large = draw_view(240)
    planes = np.moveaxis(rgb[::4, ::4], 2, 0).astype(np.float32) / np.float32(255)
    working = WorkingMatte(planes=planes, alpha=true, lines=None)
    _, alpha = enlarge(working, 240)
    error = float(np.abs(alpha - large).mean())
    assert error < 0.02, f"mean error {error:.4f}"
