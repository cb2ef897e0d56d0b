from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.product.proxy import build_proxy
from photoshoot.placers.studio.product.translucency import Silhouette, build_screen, shade_rims
from photoshoot.sets import Light
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.settings import Stance
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer, make_request, see

_VASE = draw_vase(HEIGHT, WIDTH, 138, 210)
_BODY = (ndimage.distance_transform_edt(_VASE > 0.5) > 3) & (np.arange(HEIGHT)[:, None] > 80)
_LIGHT = Light(azimuth_deg=-60, elevation_deg=30, softness=0.0, fill=0.1, fixed=True)


def _glass(share: float) -> np.ndarray:
    """A vase that lets ``1 - share`` of the light through its body; foot, neck and rim are solid."""
    return np.where(_BODY, np.float32(share), _VASE)


def test_an_opaque_product_has_no_translucent_part() -> None:
    silhouette = Silhouette.of(_VASE)
    assert not silhouette.translucent.any()
    np.testing.assert_array_equal(silhouette.filled, _VASE > 0.5)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.7])
def test_broad_parts_are_translucent_and_soft_edges_are_not(share: float) -> None:
    silhouette = Silhouette.of(_glass(share))
    assert silhouette.translucent[_BODY].mean() > 0.9
    assert not silhouette.translucent[~_BODY].any()
    assert silhouette.filled[_BODY].mean() > 0.9


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_two_layers_of_the_screen_stop_as_much_as_the_matte_says(share: float) -> None:
    alpha = np.full((40, 60), share, np.float32)
    points, faces = build_screen(alpha, np.ones_like(alpha, bool))
    a, b, c = (points[faces[:, corner]].T for corner in range(3))
    doubled = (b - a)[0] * (c - a)[1] - (b - a)[1] * (c - a)[0]
    assert (doubled < 0).all()
    covered = -doubled.sum() / 2 / alpha.size
    assert 1 - (1 - covered) ** 2 == pytest.approx(share, abs=1e-3)


@pytest.mark.usefixtures("placer")
def test_every_pixel_sees_the_same_share_of_the_screen() -> None:
    alpha = _glass(0.5)
    canvas = make_canvas(alpha)
    view = View.of(canvas, 1.45)
    seen = see(build_proxy(make_layer(alpha), canvas, view).front, view, 256)
    inner = seen[100:120, 200:220]
    assert inner.mean() == pytest.approx(1 - 0.5**0.5, abs=0.02)
    assert inner.std() < 0.04


@pytest.mark.swept("stance")
@pytest.mark.parametrize(("stance", "least"), [(Stance.UPRIGHT, 1.12), (Stance.LYING, 1.05)])
def test_glass_throws_a_lighter_shadow(placer: StudioPlacer, stance: Stance, least: float) -> None:
    design = Cyclorama(light=_LIGHT) if stance is Stance.UPRIGHT else FlatLay(light=_LIGHT)
    solid, glass = (
        bytes_to_linear(placer.place([make_request(design, alpha=_glass(share), stance=stance)])[0].image) @ LUMINANCE
        for share in (1.0, 0.4)
    )
    outside = _VASE == 0
    shadow = outside & (solid < 0.6 * np.median(solid[outside]))
    shadow[:, :230] = False
    lifted = glass[shadow].mean() / solid[shadow].mean()
    assert shadow.sum() > 60
    assert lifted > least, f"{stance}: {lifted:.3f}"
    away = outside.copy()
    away[:, 190:] = False
    assert abs(glass[away].mean() / solid[away].mean() - 1) < 0.01


@pytest.mark.parametrize("share", [0.15, 0.3])
def test_clear_glass_has_dark_rims_before_a_bright_ground(share: float) -> None:
    """A jar before white was hardly there."""
    low = np.arange(HEIGHT)[:, None] > 80
    glass = np.where(low, np.float32(share) * (_VASE > 0.5), _VASE)
    white = np.full((HEIGHT, WIDTH, 3), 0.9, np.float32)
    shaded = shade_rims(white, glass)
    inside = ndimage.distance_transform_edt(_VASE > 0.5) * low
    assert shaded[(inside > 0) & (inside < 2)].mean() < 0.75
    np.testing.assert_allclose(shaded[inside > 0.8 * inside.max()], 0.9, atol=0.03)
    np.testing.assert_array_equal(shaded[glass == 0], white[glass == 0])


def test_what_is_not_clear_has_no_rims() -> None:
    picture = np.random.default_rng(1).random((HEIGHT, WIDTH, 3), np.float32)
    for alpha in (_VASE, _glass(0.7), np.zeros_like(_VASE)):
        np.testing.assert_array_equal(shade_rims(picture, alpha), picture)
