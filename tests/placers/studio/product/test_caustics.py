"""Light through glass is moved and dyed, and none is made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.product.caustics import Glass, add_caustics, trace_caustics
from photoshoot.placers.studio.product.proxy import build_proxy, load_absence
from photoshoot.placers.studio.renderer.light_rays import spread
from photoshoot.placers.studio.scene_cache import SceneCache, SetKey
from photoshoot.records import Category, LinearImage, ShotRequest
from photoshoot.sets import Light
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import SegmentationSettings, Stance
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_request

_LIGHT = Light(azimuth_deg=-100, elevation_deg=35, softness=0.0, fill=0.1, fixed=True)
_VASE = draw_vase(HEIGHT, WIDTH, 138, 210)
_BODY = (_VASE > 0.99) & (np.abs(np.arange(WIDTH) - 210) < 22)


def _glass(share: float, rgb: tuple[int, int, int] = (255, 255, 255), light: Light = _LIGHT) -> ShotRequest:
    alpha = np.where(_BODY, np.float32(share), _VASE)
    request = make_request(Cyclorama(light=light), alpha=alpha)
    colored = np.broadcast_to(np.array(rgb, np.uint8), (*alpha.shape, 3))
    product = replace(request.product, category=Category.TABLEWARE)
    return replace(request, product=product, layer=replace(request.layer, rgb=np.ascontiguousarray(colored)))


def _change(placer: StudioPlacer, request: ShotRequest, *, screened: bool = True) -> LinearImage | None:
    """What is changed of a picture whose stand-in lets some light through already, or of one without a stand-in."""
    built = SceneCache(placer._pipeline).build(SetKey.of(request))
    proxy = build_proxy(request.layer, request.canvas, built.key.view)
    stand_in = proxy.load_shapes(built.tone_mapping) if screened else load_absence()
    return trace_caustics(request, built.key.view, built.shapes, stand_in)


@pytest.mark.usefixtures("variant_compiled")
def test_clear_glass_gathers_light_and_makes_none(placer: StudioPlacer) -> None:
    change = _change(placer, _glass(0.15), screened=False)
    assert change is not None
    gained, lost = change[change > 0].sum(), -change[change < 0].sum()
    assert change.max() > 0.1  # lines
    assert 0.2 * lost < gained < lost, (gained, lost)
    again = _change(placer, _glass(0.15), screened=False)
    assert again is not None
    np.testing.assert_array_equal(change, again)


@pytest.mark.usefixtures("variant_compiled")
def test_dyed_glass_dyes_it(placer: StudioPlacer) -> None:
    change = _change(placer, _glass(0.6, (30, 60, 255)))
    assert change is not None
    red, _, blue = np.where(change.max(-1, keepdims=True) > 0.02, change, 0).sum((0, 1))
    assert blue > 1.3 * red, (red, blue)


@pytest.mark.parametrize(
    "request_",
    [_glass(1.0), _glass(0.15, light=replace(_LIGHT, softness=0.9)), replace(make_request(), seed=3)],
    ids=["opaque", "soft light", "plain"],
)
def test_there_is_none_without_glass_or_a_hard_lamp(placer: StudioPlacer, request_: ShotRequest) -> None:
    assert _change(placer, request_) is None


def test_only_glass_that_stands_is_a_lens() -> None:
    request = _glass(0.15)
    view, held = SetKey.of(request).view, (request.layer, request.canvas)
    toy = replace(request.product, category=Category.TOY)
    as_glass = replace(toy, cutout=replace(toy.cutout, segmentation=SegmentationSettings(glass=True)))
    assert Glass.of(request.product, *held, view) is not None
    assert Glass.of(as_glass, *held, view) is not None
    assert Glass.of(toy, *held, view) is None  # gauze and hair
    assert Glass.of(request.product, *held, replace(view, stance=Stance.HANGING)) is None


def test_what_is_taken_leaves_what_fills_shadows() -> None:
    light, change = np.full((8, 12, 3), 0.25, np.float32), np.full((4, 6, 3), -0.5, np.float32)
    left = add_caustics(light, change)
    assert 0.05 < left.min() == left.max() < 0.2  # black specks at a glass's foot else
    assert add_caustics(light, change * 0 - 0.05).max() == pytest.approx(0.2)
    assert add_caustics(light, None) is light


def test_light_of_few_rays_is_even_and_lines_stay_sharp() -> None:
    """Light through a clear jar was speckled white marble."""
    rng = np.random.default_rng(1)
    few = rng.poisson(1.0, (80, 120)).astype(float)
    even = spread(few[..., None] * np.ones(3), few)
    assert even[20:60, 20:100].std() < 0.06 * even.mean(), "one ray in each cell: a standard error of 1"
    assert abs(even.sum() / (3 * few.sum()) - 1) < 0.02, "no light is lost"
    line = np.zeros((80, 120))
    line[:, 60] = 4000
    drawn = spread(line[..., None] * np.ones(3), line)[40, :, 0]
    assert drawn[60] > 0.2 * 4000
    assert drawn[68] < 0.01 * 4000
