"""Stars, the moon, the milky way and northern lights behind open sets."""

from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import numpy.typing as npt
import pytest
from scipy import ndimage

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.backdrops import night_sky as module
from photoshoot.placers.studio.backdrops import starlight
from photoshoot.placers.studio.backdrops.night_sky import night_sky
from photoshoot.placers.studio.backdrops.real_places import MOODS, Panorama, under_stars
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.sky import Sky, sky_colors, top_elevation
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.records import Box, Canvas
from photoshoot.sets import SetDesign
from photoshoot.sets.beach import Beach
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.strewn import NightSky
from photoshoot.sets.water import Water
from photoshoot.settings import Stance

COLORS = ("#4a5878", "#141b33")
KINDS: tuple[NightSky, ...] = ("stars", "moon", "milky_way", "aurora")


def _view(size: tuple[int, int] = (600, 480)) -> View:
    width, height = size
    half, bottom = min(width // 10, height // 6), round(0.85 * height)
    box = Box(left=width // 2 - half, top=bottom - 3 * half, right=width // 2 + half, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, 1.3)


def _sky(view: View) -> Sky:
    return Sky(colors=COLORS, top_deg=top_elevation(view))


def _picture(
    kind: NightSky, *, size: tuple[int, int] = (600, 480), seed: int = 3, left: bool = True
) -> npt.NDArray[np.float32]:
    view = _view(size)
    return module._picture(kind, _sky(view), module._card(view), left, seed)


def _plain(size: tuple[int, int] = (600, 480)) -> npt.NDArray[np.float32]:
    view = _view(size)
    return sky_colors(_sky(view), module._card(view).elevation_deg[:, 0])[:, None]


def test_by_day_nothing_hangs_there() -> None:
    view = _view()
    assert night_sky("none", _sky(view), view, 1.0, side=1.0, seed=0) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_horizon_keeps_its_colour(kind: NightSky) -> None:
    below = module._card(_view()).elevation_deg[:, 0] < 0
    assert below.any()
    assert np.allclose(_picture(kind)[below], _plain()[below], atol=1e-6)


def test_stars_are_points_and_few_are_bright() -> None:
    light = (_picture("stars") - _plain()) @ LUMINANCE
    spots, count = ndimage.label(light > 0.05)
    assert 60 < count < 900
    sizes = ndimage.sum_labels(np.ones_like(light), spots, np.arange(1, count + 1))
    assert np.median(sizes) < 16, "texels of a star"
    peaks = ndimage.maximum(light, spots, np.arange(1, count + 1))
    assert (peaks > 0.5).mean() < 0.25
    assert peaks.max() > 0.6


def test_stars_stay_where_they_are_at_another_size() -> None:
    small, large = (_picture("stars", size=size) for size in ((600, 480), (1200, 960)))
    factor = small.shape[0] / large.shape[0]
    reduced = ndimage.zoom(large, (factor, small.shape[1] / large.shape[1], 1), order=1)
    soft = [ndimage.gaussian_filter(image @ LUMINANCE, 3) for image in (small, reduced)]
    detail = [image - ndimage.gaussian_filter(image, 12) for image in soft]
    assert np.corrcoef(detail[0].ravel(), detail[1].ravel())[0, 1] > 0.8


def test_seeds_choose_the_stars() -> None:
    assert not np.array_equal(_picture("stars", seed=1), _picture("stars", seed=2))
    assert np.array_equal(_picture("stars", seed=1), _picture("stars", seed=1))


@pytest.mark.parametrize("size", [(600, 480), (300, 900), (1200, 300)])
@pytest.mark.parametrize("left", [True, False])
def test_the_moon_is_whole_and_on_its_side(size: tuple[int, int], *, left: bool) -> None:
    card = module._card(_view(size))
    disc = (_picture("moon", size=size, left=left) @ LUMINANCE) > 0.55
    spots, _ = ndimage.label(disc)
    moon = spots == 1 + np.argmax(ndimage.sum_labels(disc, spots, np.arange(1, spots.max() + 1)))
    rows, columns = np.nonzero(moon)
    texel = (card.right - card.left) / card.columns
    across, down = (np.ptp(v) + 1 for v in (columns, rows))
    radius = min(starlight._MOON * card.longer, starlight._MOON_OF_SKY * (card.top - card.eye) / starlight.MARGIN)
    assert across == pytest.approx(2 * radius / texel, rel=0.25)
    assert down == pytest.approx(across, rel=0.25), "cut off"
    x = card.x[int(columns.mean())]
    assert bool(x < 0) is left
    assert abs(x) < _view(size).half_width_at(module._FAR), "seen"


def test_the_milky_way_is_a_band_with_more_stars() -> None:
    band = _picture("milky_way") @ LUMINANCE - _plain() @ LUMINANCE
    glow = ndimage.minimum_filter(ndimage.gaussian_filter(band, 2), 7)
    high = slice(0, band.shape[0] // 2)
    assert np.quantile(glow[high], 0.9) > 6 * max(np.quantile(glow[high], 0.1), 0.002)


def test_northern_lights_are_green_below_and_violet_above() -> None:
    light = ndimage.gaussian_filter(_picture("aurora") - _plain(), (2, 2, 0))
    green = light[..., 1] - light[..., 0]
    assert green.max() > 0.15
    strong = np.unravel_index(green.argmax(), green.shape)
    above = light[: strong[0], strong[1]]
    assert (above[:, 2] > above[:, 1]).any()


@pytest.mark.parametrize("design", [Dunes(night_sky="stars"), Water(night_sky="stars"), Beach(night_sky="stars")])
def test_open_sets_have_one_by_night(design: SetDesign, variant: str) -> None:
    assert mi.variant() == variant
    parts = load_builder(design)(design, _view(), np.random.default_rng(1))
    assert "night_sky" in parts.shapes
    day = replace(design, night_sky="none")  # type: ignore[call-arg]
    by_day = load_builder(day)(day, _view(), np.random.default_rng(1))
    assert "night_sky" not in by_day.shapes
    assert parts.aperture < by_day.aperture


def _from_high_up() -> View:
    box = Box(left=200, top=150, right=400, bottom=400)
    canvas = Canvas(label="test", width_px=600, height_px=480, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(replace(canvas, pitch_deg=35.0), 1.3)


@pytest.mark.parametrize("view", [_view(), _from_high_up()])
def test_a_real_place_has_its_stars_in_the_sky_and_none_before_trees(view: View) -> None:
    """Behind a mug that was photographed from high up there was no sky at all."""
    dark = Panorama.behind("night", 0.0, view, MOODS["night"], (-6.0, 0.0), 1.0)
    starry = replace(dark, mood=replace(MOODS["night"], night_sky="stars"))
    lowered = Panorama.behind("night", 0.0, view, under_stars(MOODS["night"], "stars"), (-6.0, 0.0), 1.0)
    added = (starry._radiance() - dark._radiance()) @ LUMINANCE
    light = dark._radiance() @ LUMINANCE
    assert added.min() >= -1e-6
    assert not added[light < 0.5 * np.median(light[: len(light) // 8])].any(), "trees"
    share = (lowered.top - lowered.horizon) / (lowered.top - lowered.bottom)
    assert share > 0.35
    assert ndimage.label(lowered._radiance() @ LUMINANCE > 1.6 * np.median(light[: len(light) // 8]))[1] > 5
