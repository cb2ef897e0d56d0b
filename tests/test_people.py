"""A person who wears the product is told from the garment alone, in skins of all tones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from photoshoot import Prompt
from photoshoot.color.space import find_skin
from photoshoot.framing.holding import choose_stance, shows_wearer
from photoshoot.framing.layout import RenderKind, ad_sizes, lay_out
from photoshoot.presets import PresetRegistry
from photoshoot.production import plan_shots
from photoshoot.records import AlphaMatte, Box, Category, Cutout, Edge, Product, RgbImage
from photoshoot.request import Request, resolve_request
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.settings import Placement, Stance
from tests.making import draw_cutout, make_product

SKINS = ((255, 219, 190), (224, 172, 132), (198, 134, 95), (141, 85, 54), (92, 56, 38))


def _product(rgb: RgbImage, matte: AlphaMatte, *edges: Edge, category: Category = Category.GARMENT) -> Product:
    filled = np.argwhere(matte > 0.5)
    (top, left), (bottom, right) = filled.min(0), filled.max(0) + 1
    box = Box(left=int(left), top=int(top), right=int(right), bottom=int(bottom))
    cutout: Cutout = replace(draw_cutout(40, 60), rgb=rgb, alpha_matte=matte, box=box, touches=frozenset(edges))
    return replace(make_product(cutout), category=category)


def _figure(skin: tuple[int, int, int], shirt: tuple[int, int, int]) -> tuple[RgbImage, AlphaMatte]:
    """A head, shoulders in a shirt, and bare arms, cut at the lower edge."""
    rgb, matte = np.zeros((300, 200, 3), np.uint8), np.zeros((300, 200), np.float32)
    for part, color in (
        ((slice(20, 110), slice(70, 130)), skin),
        ((slice(110, 300), slice(50, 150)), shirt),
        ((slice(125, 290), slice(25, 50)), skin),
    ):
        rgb[part], matte[part] = color, 1.0
    return rgb, matte


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("shirt", [(240, 240, 244), (30, 40, 90), (20, 110, 60)])
def test_a_wearer_is_recognised(skin: tuple[int, int, int], shirt: tuple[int, int, int]) -> None:
    assert shows_wearer(_product(*_figure(skin, shirt), Edge.BOTTOM))
    assert find_skin(np.full((2, 2, 3), skin, np.uint8)).all()


@pytest.mark.parametrize("color", [(240, 240, 244), (30, 40, 90), (200, 30, 40), (216, 184, 140), (224, 172, 132)])
def test_a_garment_alone_is_none(color: tuple[int, int, int]) -> None:
    rgb, matte = np.full((300, 260, 3), color, np.uint8), np.ones((300, 260), np.float32)
    assert not shows_wearer(_product(rgb, matte))
    assert not shows_wearer(_product(rgb, matte, Edge.BOTTOM))


def test_only_garments_are_worn() -> None:
    rgb, matte = _figure(SKINS[1], (30, 40, 90))
    assert not shows_wearer(_product(rgb, matte, Edge.BOTTOM, category=Category.TOY))


def test_a_wearer_stands_large_at_the_canvas_edge_whatever_the_set() -> None:
    product = _product(*_figure(SKINS[2], (240, 240, 244)), Edge.BOTTOM)
    stance = choose_stance(FlatLay(), product.category, worn=True)
    (size,) = ad_sizes(RenderKind.POST)
    canvas = lay_out(product.cutout, size, stance=stance, worn=True)
    assert stance is Stance.UPRIGHT
    assert canvas.product_box.bottom == canvas.height_px
    assert canvas.product_box.height > 0.8 * canvas.height_px


def test_a_wearer_neither_hangs_nor_lies_even_where_asked() -> None:
    product = _product(*_figure(SKINS[1], (30, 40, 90)), Edge.BOTTOM)
    for asked in (Stance.HANGING, Stance.LYING):
        request = Request(prompts=Prompt.preset("white_background"), placement=Placement(stance=asked))
        (shot,) = plan_shots(resolve_request(request, product), PresetRegistry.load())
        assert shot.canvas.stance is Stance.UPRIGHT
        assert f"not {asked}" in shot.scene.reading
