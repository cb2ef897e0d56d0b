"""The stand-in, the matte and the support agree to a pixel on real products: nothing hovers, sinks or shows a rim."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.pixels.photos import read_photo
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.product.contact import contact_rise
from photoshoot.placers.studio.product.proxy import build_proxy
from photoshoot.records import Canvas, Cutout, ProductLayer
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.looking.looks import Network
from photoshoot.settings import SegmentationSettings, Stance
from tests.placers.studio.conftest import see

_FOLDER = Path(__file__).resolve().parents[5] / "shared" / "products"
_PRODUCTS = sorted(path.stem for path in _FOLDER.glob("*.png"))
_SMALL = AdSize(label="small", width_px=420, height_px=220)
_FULL = AdSize(label="landscape", width_px=1200, height_px=628)
_TOLERANCE_PX = 1.0  # between the contours
_CENTER_PX = 0.5  # from a contour to the centre of the pixel beside it

pytestmark = [
    pytest.mark.usefixtures("placer"),
    pytest.mark.skipif(not _PRODUCTS, reason="the sample products are not in ../shared/products"),
]


def _cut(name: str, reduced: int) -> Cutout:
    """A product with its photo's own matte; no network is asked."""
    photo = read_photo(Image.open(_FOLDER / f"{name}.png").reduce(reduced))
    network: Network = None  # type: ignore[assignment]  # the photos are transparent
    return cut_out(photo, network, "alpha", SegmentationSettings())


def _check(layer: ProductLayer, canvas: Canvas) -> None:
    """Front and back of the stand-in, as the camera sees them, against the matte that is composited."""
    view = View.of(canvas, 1.45, contact_rise(layer, canvas))
    proxy = build_proxy(layer, canvas, view)
    solid = layer.alpha_matte > 0.5
    inside, outside = ndimage.distance_transform_edt(solid), ndimage.distance_transform_edt(~solid)
    for side, mesh in (("front", proxy.front), ("back", proxy.back.flipped())):
        seen = np.asarray(see(mesh, view, 4) > 0.5)
        over = outside[seen].max(initial=0) - _CENTER_PX
        missing = inside[~seen].max(initial=0) - _CENTER_PX
        assert over <= _TOLERANCE_PX, f"the {side} shows {over:.1f} px past the matte"
        assert missing <= _TOLERANCE_PX, f"the {side} leaves {missing:.1f} px of the matte uncovered"
    if canvas.stance is Stance.UPRIGHT:
        lowest = canvas.height_px - np.argmax(np.asarray(see(proxy.front, view, 4).any(1))[::-1])
        assert abs(lowest - canvas.product_box.bottom) <= 1
        assert view.to_pixel([0.0, 0.0, 0.0])[1] == pytest.approx(canvas.product_box.bottom, abs=1e-6)
        assert proxy.front.vertices[:, 1].min() == pytest.approx(0, abs=1.5 / view.px_per_unit)


@pytest.mark.swept("name")
@pytest.mark.parametrize("name", _PRODUCTS)
def test_stand_in_and_matte_coincide(name: str) -> None:
    cutout = _cut(name, 4)
    canvas = lay_out(cutout, _SMALL, stance=Stance.UPRIGHT, safe_margin=False)
    _check(build_layer(cutout, canvas), canvas)


@pytest.mark.parametrize("stance", [Stance.LYING, Stance.HANGING])
@pytest.mark.parametrize("name", ["blue-hoodie", "sunnies"])
def test_they_coincide_before_a_wall_and_on_a_surface(name: str, stance: Stance) -> None:
    cutout = _cut(name, 4)
    canvas = lay_out(cutout, _SMALL, stance=stance, safe_margin=False)
    _check(build_layer(cutout, canvas), canvas)


def test_they_coincide_at_full_size() -> None:
    cutout = _cut("white-plimsolls-4", 2)
    canvas = lay_out(cutout, _FULL, stance=Stance.UPRIGHT)
    assert (canvas.width_px, canvas.height_px) == (1674, 628)
    _check(build_layer(cutout, canvas), canvas)
