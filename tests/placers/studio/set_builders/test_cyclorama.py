"""A dark, coated sweep mirrors no lamp that stands beside the picture."""

from __future__ import annotations

import numpy as np

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.sets import Light
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import StudioSettings
from tests.placers.studio.conftest import draw_vase, make_canvas

MOST = 1.35
"""Luminance of the lower corners over that of the lower middle: with the rim lights mirrored in them it was 1.87."""


def draw_luma(design: Cyclorama, samples: int) -> np.ndarray:
    """Luminance (H, W), 0 to 255, of a sweep as it is displayed, without its product."""
    placer = StudioPlacer(StudioSettings(samples=samples))
    try:
        plate = placer.plate(make_canvas(draw_vase(160, 420, 138, 210)), design, 3)
    finally:
        placer.close()
    return np.asarray(plate.astype(np.float64) @ LUMINANCE)


def test_the_corners_of_a_dark_sweep_hold_no_patches_of_light() -> None:
    light = Light(azimuth_deg=-58, elevation_deg=46, softness=0.5, intensity=0.9, fill=0.26, rim=0.4, fixed=True)
    design = Cyclorama(colors=("#1d2c4d",), finish="satin", light=light)
    luma = draw_luma(design, samples=8)
    low = luma[-16:]
    middle = low[:, 180:240].mean()
    corners = max(low[:, :36].mean(), low[:, -36:].mean())
    assert corners / middle <= MOST, f"{corners / middle:.2f}"


def test_a_spotlight_is_a_pool_of_light_on_paper_of_one_colour() -> None:
    design = Cyclorama(colors=("#222327",), direction="radial", light=Light(fixed=True))
    luma = draw_luma(design, samples=4)
    high, wide = luma.shape
    corners = np.mean([luma[:24, :24].mean(), luma[:24, -24:].mean()])
    middle = luma[int(0.4 * high) : int(0.6 * high), int(0.4 * wide) : int(0.6 * wide)].mean()
    assert middle > 1.8 * corners


def test_pale_paper_stays_pale_beside_a_spotlight_from_the_side() -> None:
    light = Light(azimuth_deg=62, elevation_deg=62, softness=0.06, intensity=0.85, fill=0.35, gobo="spot", fixed=True)
    design = Cyclorama(colors=("#f5e9cf",), direction="radial", light=light)
    luma = draw_luma(design, samples=4)
    high, wide = luma.shape
    assert luma[: high // 8].mean() > 140, "of 255: it was 95"
    foot = luma[int(0.75 * high) : int(0.9 * high), int(0.3 * wide) : int(0.7 * wide)]
    assert foot.max() > 1.1 * luma[-24:, :24].mean(), "no pool"
