from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from photoshoot.errors import NoProductFoundError, WeightsError
from photoshoot.machine.device import build_onnx_session
from photoshoot.pixels.photos import read_photo
from photoshoot.records import Edge
from photoshoot.segmenters import u2net as module
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import SegmentationSettings
from photoshoot.stages import AdjustableSegmenter, Segmenter
from photoshoot.weights import find_weights
from tests.segmenters.drawing import draw_backdrop, draw_matte, iou, paint, take_photo

SHARED = Path(__file__).resolve().parents[3] / "shared" / "products"


@pytest.fixture(scope="module")
def segmenter() -> U2NetSegmenter:
    return U2NetSegmenter()


def test_it_is_a_segmenter(segmenter: U2NetSegmenter) -> None:
    assert isinstance(segmenter, Segmenter)


def test_it_is_told_otherwise_for_a_call_with_the_same_networks(segmenter: U2NetSegmenter) -> None:
    assert isinstance(segmenter, AdjustableSegmenter)
    other = segmenter.with_settings(SegmentationSettings(glass=True))
    assert other.settings.glass
    assert not segmenter.settings.glass
    assert vars(other).keys() == vars(segmenter).keys()
    assert all(vars(other)[name] is value for name, value in vars(segmenter).items() if name != "settings")


@pytest.mark.parametrize("shape", ["bottle", "mug"])
@pytest.mark.parametrize("kind", ["white", "gradient", "wood"])
def test_drawn_products_are_cut_out(segmenter: U2NetSegmenter, shape: str, kind: str) -> None:
    true = draw_matte(shape)
    cutout = segmenter.segment([take_photo(true, draw_backdrop(kind))])[0]
    found = iou(cutout.alpha_matte, true)
    assert found > 0.985, f"{shape} on {kind}: IoU {found:.4f}"
    assert cutout.rgb.dtype == np.uint8
    assert cutout.alpha_matte.dtype == np.float32
    assert cutout.confidence > 0.8


def test_the_handle_stays_open(segmenter: U2NetSegmenter) -> None:
    true = draw_matte("mug")
    alpha = segmenter.segment([take_photo(true, draw_backdrop("gradient"))])[0].alpha_matte
    hole = (slice(int(0.48 * 480), int(0.56 * 480)), slice(int(0.24 * 480), int(0.31 * 480)))
    assert true[hole].max() == 0
    assert alpha[hole].max() < 0.05, f"matte in the handle up to {alpha[hole].max():.3f}"


def test_no_fringe_of_the_old_background_is_left(segmenter: U2NetSegmenter) -> None:
    true = draw_matte("bottle")
    photo = take_photo(true, draw_backdrop("white"))
    cutout = segmenter.segment([photo])[0]
    solid = true > 0.5
    band = ndimage.binary_dilation(solid, iterations=2) & ~ndimage.binary_erosion(solid, iterations=2)
    on_black = paint(true) * true[..., None]
    error = np.abs(cutout.rgb / 255 * cutout.alpha_matte[..., None] - on_black)[band].mean() * 255
    kept = np.abs(photo.rgb / 255 * cutout.alpha_matte[..., None] - on_black)[band].mean() * 255
    assert error < 3, f"fringe of {error:.2f} steps; {kept:.2f} without decontamination"
    assert error < kept


def test_solid_pixels_keep_their_colours(segmenter: U2NetSegmenter) -> None:
    photo = take_photo(draw_matte("mug"), draw_backdrop("wood"))
    cutout = segmenter.segment([photo])[0]
    solid = cutout.alpha_matte >= np.float32(254 / 255)
    assert solid.mean() > 0.1
    assert np.array_equal(cutout.rgb[solid], photo.rgb[solid])


@pytest.mark.usefixtures("asked_anew")
def test_a_batch_equals_its_singles(segmenter: U2NetSegmenter) -> None:
    photos = [take_photo(draw_matte(shape), draw_backdrop("gradient")) for shape in ("bottle", "mug")]
    together, alone = segmenter.segment(photos)[1], segmenter.segment(photos[1:])[0]
    assert np.array_equal(together.rgb, alone.rgb)
    assert np.array_equal(together.alpha_matte, alone.alpha_matte)


def test_a_product_cut_off_by_the_photo_touches_that_edge(segmenter: U2NetSegmenter) -> None:
    cutout = segmenter.segment([take_photo(draw_matte("cut"), draw_backdrop("gradient"))])[0]
    assert cutout.touches == {Edge.BOTTOM}
    assert segmenter.segment([take_photo(draw_matte("mug"), draw_backdrop("white"))])[0].touches == frozenset()


@pytest.mark.swept("kind")
@pytest.mark.parametrize("kind", ["white", "grey", "black", "gradient", "wood", "noise"])
def test_photos_without_a_product_are_refused(segmenter: U2NetSegmenter, kind: str) -> None:
    rng = np.random.default_rng(2)
    rgb = rng.random((320, 320, 3)).astype(np.float32) if kind == "noise" else draw_backdrop(kind, 320)
    with pytest.raises(NoProductFoundError, match="confidence"):
        segmenter.segment([read_photo(rgb)])


def test_a_photo_keeps_its_own_matte_without_shadow_and_specks(segmenter: U2NetSegmenter) -> None:
    true = draw_matte("bottle")
    alpha = true.copy()
    shadow = np.zeros_like(true)
    shadow[440:460, 150:330] = 0.35
    speck = np.zeros_like(true)
    speck[10:14, 10:14] = 1
    alpha = np.maximum(alpha, np.maximum(shadow, speck))
    rgb = np.where(shadow[..., None] > 0, 0, paint(true))
    cutout = segmenter.segment([read_photo(np.dstack([rgb, alpha]))])[0]
    assert cutout.segmenter == "alpha"
    assert np.abs(cutout.alpha_matte - true).max() < 0.004
    kept = U2NetSegmenter(SegmentationSettings(drop_islands=False, drop_soft_shadow=False))
    assert np.abs(kept.segment([read_photo(np.dstack([rgb, alpha]))])[0].alpha_matte - alpha).max() < 0.004


def test_a_trimmed_cut_out_is_cut_on_no_side_but_a_half_one_is(segmenter: U2NetSegmenter) -> None:
    true = draw_matte("mug")
    rows, columns = np.nonzero(true > 0.5)
    rgba = np.dstack([paint(true), true])[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert segmenter.segment([read_photo(rgba)])[0].touches == frozenset()
    half = np.pad(rgba[: len(rgba) // 2], ((9, 0), (9, 9), (0, 0)))
    assert segmenter.segment([read_photo(half)])[0].touches == {Edge.BOTTOM}


def test_an_empty_own_matte_is_no_product(segmenter: U2NetSegmenter) -> None:
    with pytest.raises(NoProductFoundError):
        segmenter.segment([read_photo(np.zeros((64, 64, 4), np.uint8))])


@pytest.mark.usefixtures("asked_anew")
def test_the_faster_graph_sees_what_the_published_one_sees(segmenter: U2NetSegmenter) -> None:
    sized = find_weights("u2netp").read_bytes().replace(module._TRAINED_PX, module._FASTER_PX)
    published = build_onnx_session(sized, "cpu")
    assert segmenter._fine.get_inputs()[0].shape == published.get_inputs()[0].shape == [1, 3, 288, 288]
    view = np.random.default_rng(5).standard_normal((1, 3, 288, 288)).astype(np.float32)
    assert find_weights("u2netp").read_bytes().count(module._PYTORCH_HALF_PIXEL) == 38
    expected, found = (session.run(None, {"input.1": view})[0] for session in (published, segmenter._fine))
    worst = float(np.abs(found - expected).max())
    assert worst < 1e-4, f"saliency differs by up to {worst:.2g}"


def test_a_broken_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "u2netp.onnx"
    file.write_bytes(b"no model")
    with pytest.raises(WeightsError):
        U2NetSegmenter(model=file)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample products (../shared) are not there")
@pytest.mark.swept("name")
@pytest.mark.parametrize("name", ["sunnies", "white-plimsolls-4", "digital-product"])
def test_real_products_on_white_are_cut_out(segmenter: U2NetSegmenter, name: str) -> None:
    rgba = np.asarray(Image.open(SHARED / f"{name}.png").resize((800, 800), Image.Resampling.BOX), np.float32) / 255
    alpha = rgba[..., 3]
    photo = read_photo(np.clip(rgba[..., :3] * alpha[..., None] + 1 - alpha[..., None], 0, 1))
    labels, _ = ndimage.label(alpha > 0.5)
    true = (labels == np.bincount(labels.ravel())[1:].argmax() + 1).astype(np.float32)
    found = iou(segmenter.segment([photo])[0].alpha_matte, true)
    assert found > 0.985, f"{name}: IoU {found:.4f}"
