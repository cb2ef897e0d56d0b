from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product.inflation import InflationEstimator
from photoshoot.placers.studio.product.photo_light import photo_light
from photoshoot.placers.studio.product.relief import build_relief
from photoshoot.records import Category, ProductLayer
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas, make_layer

ALPHA = draw_vase(HEIGHT, WIDTH, 138, 210)
LAYER, CANVAS = make_layer(ALPHA), make_canvas(ALPHA)
SOLID = build_relief(LAYER, CANVAS, View.of(CANVAS, 1.4), InflationEstimator(), Category.HOME)


def photographed(toward: tuple[float, float, float], print_: np.ndarray) -> ProductLayer:
    """The vase under a lamp and light from all round, with a print (H, W) on it."""
    rows = np.clip((np.arange(HEIGHT) + 0.5 - SOLID.box.top) / SOLID.box.height * SOLID.solid.shape[0], 0, None)
    columns = np.clip((np.arange(WIDTH) + 0.5 - SOLID.box.left) / SOLID.box.width * SOLID.solid.shape[1], 0, None)
    at = np.ix_(
        *(
            np.minimum(place.astype(int), side - 1)
            for place, side in zip((rows, columns), SOLID.solid.shape, strict=True)
        )
    )
    lamp = np.maximum(SOLID.normals[at] @ (np.array(toward) / np.linalg.norm(toward)), 0)
    light = print_ * (0.35 + 0.65 * lamp)
    rgb = np.round(linear_to_srgb(np.repeat(light[..., None], 3, 2).astype(np.float32)) * 255).astype(np.uint8)
    return dataclasses.replace(LAYER, rgb=rgb)


def side_over_side(layer: ProductLayer) -> float:
    """Stops between the light on faces turned left and on those turned right."""
    light, x = photo_light(layer, SOLID), SOLID.normals[..., 0]
    return float(np.log2(light[SOLID.solid & (x < -0.5)].mean() / light[SOLID.solid & (x > 0.5)].mean()))


@pytest.mark.parametrize("printed", [False, True])
def test_it_finds_the_side_that_the_lamp_stood_on(printed: bool) -> None:
    print_ = np.full((HEIGHT, WIDTH), 0.7)
    if printed:
        print_[:, WIDTH // 2 :] = 0.15  # darker where the first lamp is: an edge of a print, and no shade
        print_[::12] = 0.4
    left, right = (side_over_side(photographed((x, 0.3, 1), print_)) for x in (-1.5, 1.5))
    assert left > 0.5
    assert right < -0.5


def test_a_product_without_shades_was_lit_as_usual() -> None:
    black = dataclasses.replace(LAYER, rgb=np.zeros_like(LAYER.rgb))
    assert abs(side_over_side(black)) < 0.05
    light = photo_light(black, SOLID)[SOLID.solid]
    assert np.isfinite(light).all()
    assert light.min() > 0
    nothing = dataclasses.replace(LAYER, alpha_matte=np.zeros_like(LAYER.alpha_matte))
    assert abs(side_over_side(nothing)) < 0.05
