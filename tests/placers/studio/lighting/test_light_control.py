"""What the caller decides of the light is seen in the picture, on sets of several families and at several seeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from scipy import ndimage

from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.sets import SetDesign
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.sets.tabletop import Tabletop
from photoshoot.settings import LightOverride, Stance, StudioSettings
from tests.placers.studio.conftest import SMALL, draw_vase, make_request

_FLOORS: tuple[SetDesign, ...] = (Cyclorama(), Tabletop(material="plain", surface_color="#d8d4cc"))
_WALLS: tuple[SetDesign, ...] = (FlatLay(), HangingWall(wall="paper", colors=("#e9e4db",)))
_SIDE = LightOverride(azimuth_deg=-65, elevation_deg=24, shadow_softness=0.1, shadow_intensity=0.8)
pytestmark = pytest.mark.swept("design")


@pytest.fixture(scope="module")
def placer() -> Iterator[StudioPlacer]:
    """The denoiser at its quickest: shadows are many pixels wide."""
    built = StudioPlacer(StudioSettings(samples=1, denoiser_quality="fast"))
    yield built
    built.close()


def _each(*designs: SetDesign) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("design", designs, ids=lambda design: type(design).__name__)


def _scale(design: SetDesign) -> int:
    """Half of the size, but for a vase that lies: its shadow would be hidden by it."""
    return 2 if isinstance(design, FlatLay) else 1


def _vase(scale: int) -> npt.NDArray[np.float32]:
    return draw_vase(80 * scale, 210 * scale, 69 * scale, 105 * scale, 30 * scale)


def _near(scale: int) -> npt.NDArray[np.bool_]:
    """What is close to the product (H, W)."""
    return np.asarray(ndimage.binary_dilation(_vase(scale) > 0, iterations=2 * scale))


def _shade(
    placer: StudioPlacer, design: SetDesign, light: LightOverride, seed: int = 5, scale: int = 0
) -> npt.NDArray[np.float64]:
    """Share of its light (H, W) that the product takes from each pixel of the set; 0 close to the product."""
    lit, scale = replace(design, light=design.light.overridden(light)), scale or _scale(design)
    request = make_request(lit, seed, alpha=_vase(scale), stance=design.only_stance or Stance.UPRIGHT)
    pictures = placer.place([request])[0].image, placer.plate(request.canvas, lit, seed)
    shot, plate = (bytes_to_linear(picture) @ LUMINANCE for picture in pictures)
    return np.asarray(np.where(_near(scale), 0, 1 - shot / plate), np.float64)


@pytest.mark.swept("design")
@_each(*_FLOORS, *_WALLS)
@pytest.mark.parametrize("seed", [5, 8])
def test_the_shadow_falls_opposite_to_the_light(placer: StudioPlacer, design: SetDesign, seed: int) -> None:
    offsets, scale = [], _scale(design)
    for azimuth in (-65.0, 65.0):
        shade = _shade(placer, design, replace(_SIDE, azimuth_deg=azimuth), seed)
        weight = np.where(shade > 0.15, shade, 0).sum(0)
        assert weight.sum() > 2.5 * scale**2, f"no shadow of light from {azimuth}"
        offsets.append(float((weight * np.arange(210 * scale)).sum() / weight.sum()) - 105 * scale)
    assert offsets[0] > 6 * scale, f"light from the left: the shadow's centroid is {offsets[0]:.1f} px to the right"
    assert offsets[1] < -6 * scale, f"light from the right: the shadow's centroid is {offsets[1]:.1f} px to the right"


@_each(*_FLOORS, *_WALLS)
def test_intensity_darkens_the_shadow(placer: StudioPlacer, design: SetDesign) -> None:
    depths = [
        float(
            np.sort(_shade(placer, design, replace(_SIDE, shadow_intensity=share)), axis=None)[
                -15 * _scale(design) ** 2 :
            ].mean()
        )
        for share in (0.3, 0.6, 0.95)
    ]
    assert depths[0] + 0.08 < depths[1] < depths[2] - 0.08, depths


@_each(*_FLOORS)
def test_soft_shadows_on_a_floor_fade_with_distance(placer: StudioPlacer, design: SetDesign) -> None:
    kept = []
    for softness in (0.0, 0.9):
        peak = _shade(placer, design, replace(_SIDE, shadow_softness=softness), scale=2).max(0)  # its end is faint
        kept.append(float(peak[302:316].mean() / peak[240:255].mean()))
    assert kept[1] < 0.75 * kept[0], f"at its far end the shadow keeps {kept[0]:.0%} when hard, {kept[1]:.0%} when soft"


@_each(*_WALLS)
def test_soft_shadows_on_a_wall_have_wide_edges(placer: StudioPlacer, design: SetDesign) -> None:
    steepest = []
    for softness in (0.0, 0.9):
        shade = np.where(
            _near(_scale(design)), np.nan, _shade(placer, design, replace(_SIDE, shadow_softness=softness))
        )
        steps = np.abs(np.diff(shade, axis=1))
        steepest.append(float(np.sort(steps[np.isfinite(steps)])[-20 * _scale(design) :].mean() / np.nanmax(shade)))
    told = f"steepest edge, as a share of the shadow's depth a pixel: hard {steepest[0]:.2f}, soft {steepest[1]:.2f}"
    assert steepest[1] < 0.7 * steepest[0], told


def test_brightness_and_colour_are_followed(placer: StudioPlacer) -> None:
    canvas = make_request(alpha=SMALL).canvas
    grey = Cyclorama(colors=("#9a9a9a",))
    dark, bright = (
        np.median(
            bytes_to_linear(placer.plate(canvas, replace(grey, light=grey.light.overridden(light)), 5)) @ LUMINANCE
        )
        for light in (LightOverride(brightness=0.6), LightOverride(brightness=1.1))
    )
    assert 1.5 < bright / dark < 2.1
    orange = replace(grey, light=grey.light.overridden(LightOverride(color="#ff8030")))
    red, _, blue = placer.plate(canvas, orange, 5).reshape(-1, 3).mean(0)
    assert red > blue + 25
