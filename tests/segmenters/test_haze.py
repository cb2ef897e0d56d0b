"""Haze before what is not plain becomes product or backdrop, where the picture has its edge; sharp mattes stay."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.matte.haze import decide_haze, drop_ghosts
from photoshoot.settings import SegmentationSettings
from tests.segmenters.drawing import Floats, draw_matte, iou, paint

SIZE = 320


def draw_boards(size: int, width: int = 9, groove: float = 0.4, grain: float = 0.0) -> Floats:
    """Boards in many browns, ``width`` px wide, with dark grooves across them, ``groove`` times as light."""
    noise = np.random.default_rng(4).normal(0, 1, (size, size)).astype(np.float32)
    patches = 0.45 + 0.25 * ndimage.gaussian_filter(noise, (4, 30)) / 0.03
    grooves = np.where(np.arange(size)[:, None] % width < 2, groove, 1).astype(np.float32)
    fine = np.random.default_rng(9).normal(0, 1, (size, size)).astype(np.float32)
    light = np.clip(patches * grooves + grain * fine, 0.02, 0.9)
    return np.stack([light, 0.9 * light, 0.8 * light], -1).astype(np.float32)


def see_vaguely(true: Floats, blur_px: float = 7) -> Floats:
    """A matte that fades over dozens of pixels."""
    return np.asarray(np.clip(ndimage.gaussian_filter(true, blur_px) * 1.2 - 0.1, 0, 1), np.float32)


def thick(alpha: Floats) -> float:
    """Share of the product that is haze of five pixels and more."""
    soft = (alpha > 0.1) & (alpha < 0.9)
    return float(ndimage.binary_opening(soft, iterations=2).sum() / (alpha > 0.5).sum())


@pytest.mark.parametrize("shape", ["mug", "bottle"])
def test_haze_goes_to_where_the_picture_has_its_edge(shape: str) -> None:
    true = draw_matte(shape, SIZE)
    scene = true[..., None] * paint(true) + (1 - true[..., None]) * draw_boards(SIZE)
    vague = see_vaguely(true)
    planes = np.ascontiguousarray(scene.transpose(2, 0, 1), np.float32)
    decided = decide_haze(planes, vague, (vague > 0.01) & (vague < 0.99))
    assert thick(vague) > 0.15
    assert thick(decided) < 0.01, f"{thick(decided):.3f} of the product is haze"
    before, after = (float(np.abs(alpha - true).mean()) for alpha in (vague, decided))
    assert after < 0.2 * before, f"mean error {after:.4f}, before {before:.4f}"
    assert iou(decided, true) > iou(vague, true)


def test_a_sharp_matte_and_what_is_known_stay() -> None:
    true = draw_matte("mug", SIZE)
    scene = true[..., None] * paint(true) + (1 - true[..., None]) * draw_boards(SIZE)
    planes = np.ascontiguousarray(scene.transpose(2, 0, 1), np.float32)
    assert decide_haze(planes, true, np.ones_like(true, bool)) is true
    vague = see_vaguely(true)
    unknown = (vague > 0.01) & (vague < 0.99)
    unknown[:, : SIZE // 2] = False
    decided = decide_haze(planes, vague, unknown)
    assert np.array_equal(decided[:, : SIZE // 2], vague[:, : SIZE // 2])


def test_hairs_and_specks_of_haze_go() -> None:
    alpha = np.zeros((96, 96), np.float32)
    alpha[:, :40] = 1
    alpha[20:80, 40:52] = 0.3
    alpha[20:80:6, 40:52] = 0.6  # hairs along grooves as dark as the product
    alpha[40:46, 15:21] = 0.3  # a pale sticker on it
    alpha[60:66, 75:81] = 0.6  # a leaf beside it
    planes = np.full((3, 96, 96), 0.6, np.float32)
    planes[:, :, :40] = 0.1
    planes[:, 20:80:6, 40:52] = 0.15
    planes[:, 40:46, 15:21] = 0.9
    planes[:, 60:66, 75:81] = 0.3
    unknown = (alpha > 0) & (alpha < 1)
    unknown = ndimage.binary_dilation(unknown, iterations=8)
    unknown[:, 36:60] = True
    decided = decide_haze(planes, alpha, unknown)
    assert float(decided[:, 43:].max()) < 0.5, "hairs and the leaf are gone"
    assert float(decided[40:46, 15:21].min()) > 0.5, "the sticker is the product's"
    assert float(decided[:, :38].min()) > 0.5


def test_a_dark_strap_on_boards_is_cut_out_without_haze() -> None:
    true = np.zeros((SIZE, SIZE), np.float32)
    true[40:280, 140:180] = 1
    grain = np.random.default_rng(6).normal(0, 0.03, (SIZE, SIZE, 1)).astype(np.float32)
    strap = np.clip(np.array([0.16, 0.17, 0.2], np.float32) + grain, 0, 1)
    scene = true[..., None] * strap + (1 - true[..., None]) * draw_boards(SIZE, 5, 0.3, 0.05)

    def see(view: Image.Image) -> Floats:
        blue, red = (np.asarray(view, np.float32)[..., channel] for channel in (2, 0))
        return see_vaguely(ndimage.median_filter((blue > red).astype(np.float32), 7), 14)

    cutout = cut_out(read_photo(np.round(scene * 255).astype(np.uint8)), see, "vague 1", SegmentationSettings())
    assert thick(cutout.alpha_matte) < 0.01, f"{thick(cutout.alpha_matte):.3f} of the product is haze"
    assert iou(cutout.alpha_matte, true) > 0.93


@pytest.mark.parametrize(
    ("matte", "seen", "plain", "kept"),
    [
        (0.3, 0.1, True, False),  # a crumb of shade
        (0.3, 0.8, True, True),  # a faint part that the network sees
        (0.9, 0.1, True, True),  # a cap that the plain ground tells
        (0.9, 0.1, False, False),  # a stone on the lawn
        (0.9, 0.6, False, True),
        (0.04, 0.8, True, False),
    ],
)
def test_what_is_apart_stays_where_it_is_solid_or_seen(matte: float, seen: float, plain: bool, kept: bool) -> None:
    alpha, saliency = np.zeros((64, 64), np.float32), np.zeros((64, 64), np.float32)
    alpha[16:48, 8:40] = saliency[16:48, 8:40] = 1
    alpha[16:48, 40] = 0.4
    alpha[28:34, 46:52], saliency[28:34, 46:52] = matte, seen
    cleared = drop_ghosts(alpha, saliency, plain=plain)
    assert (cleared[28:34, 46:52] == (matte if kept else 0)).all()
    assert (cleared[:, :42] == alpha[:, :42]).all()


def test_a_matte_without_product_and_one_without_ghosts_stay() -> None:
    empty, true = np.zeros((32, 32), np.float32), np.zeros((32, 32), np.float32)
    true[8:24, 8:24] = 1
    assert (drop_ghosts(empty, empty, plain=True) == empty).all()
    assert (drop_ghosts(true, true, plain=False) == true).all()
