from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from photoshoot.pixels.photos import read_photo
from photoshoot.records import AlphaMatte
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.ground.backdrop import is_misfit, weigh_evidence
from photoshoot.segmenters.ground.shade import compare, find_black, find_contact_shadow, find_tinted_shade
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import SegmentationSettings
from tests.segmenters.drawing import draw_contact_shadow, draw_matte, iou, paint

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "products"


@pytest.fixture(scope="module")
def segmenter() -> U2NetSegmenter:
    return U2NetSegmenter()


def excess(found: AlphaMatte, true: AlphaMatte) -> float:
    """Background kept as product, in thousandths of the photo."""
    return 1000 * float(np.maximum(found - true, 0).mean())


@pytest.mark.swept("name")
@pytest.mark.parametrize(
    ("name", "least_iou", "most_excess"),
    [
        ("sneaker", 0.993, 2.2),
        ("bottle", 0.9955, 1.1),
        ("tea_carton", 0.9975, 1.0),
        ("headphones", 0.994, 1.5),
        ("mug", 0.993, 1.2),
    ],
)
def test_the_examples_lose_their_contact_shadow(
    segmenter: U2NetSegmenter, name: str, least_iou: float, most_excess: float
) -> None:
    true = np.asarray(Image.open(EXAMPLES / "mattes" / f"{name}.png"), np.float32) / np.float32(255)
    alpha = segmenter.segment([read_photo(EXAMPLES / f"{name}.jpg")])[0].alpha_matte
    kept = excess(alpha, true)
    assert iou(alpha, true) > least_iou, f"{name}: IoU {iou(alpha, true):.4f}"
    assert kept < most_excess, f"{name}: {kept:.2f} thousandths of the photo are background kept as product"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample products (../shared) are not there")
@pytest.mark.parametrize("name", ["white-plimsolls-4", "blue-plimsolls-4"])
def test_white_soles_on_white_part_from_their_shadow(segmenter: U2NetSegmenter, name: str) -> None:
    rgba = np.asarray(Image.open(SHARED / f"{name}.png").resize((1080, 1080), Image.Resampling.BOX), np.float32) / 255
    alpha = rgba[..., 3]
    true = np.where((alpha > 0.5) & (np.arange(1080) < 800)[:, None], alpha, 0)  # the shadow lies below
    photo = read_photo(np.clip(rgba[..., :3] * alpha[..., None] + 1 - alpha[..., None], 0, 1))
    found = segmenter.segment([photo])[0].alpha_matte
    assert iou(found, true) > 0.995, f"{name}: IoU {iou(found, true):.4f}"


@pytest.mark.parametrize("shape", ["bottle", "toe"])
def test_a_drawn_contact_shadow_is_dropped(segmenter: U2NetSegmenter, shape: str) -> None:
    true = _draw_toe() if shape == "toe" else draw_matte(shape)
    behind = np.array([0.93, 0.92, 0.9], np.float32) * draw_contact_shadow(true)
    rgb = paint(true) * true[..., None] + behind * (1 - true[..., None])
    alpha = segmenter.segment([read_photo(np.round(rgb * 255).astype(np.uint8))])[0].alpha_matte
    assert iou(alpha, true) > 0.998, f"IoU {iou(alpha, true):.4f}"
    assert excess(alpha, true) < 0.4, f"{excess(alpha, true):.2f} thousandths are shadow kept as product"


@pytest.mark.swept("width")
@pytest.mark.parametrize(("level", "width"), [(0.15, 0.012), (0.35, 0.03), (0.5, 0.012), (0.5, 0.06)])
def test_feet_of_a_shadow_s_colour_stay(segmenter: U2NetSegmenter, level: float, width: float) -> None:
    body, feet = _draw_table(width)
    true = np.maximum(body, feet)
    color = np.where(feet[..., None] > 0, np.float32(level), np.array([0.2, 0.42, 0.6], np.float32))
    rgb = color * true[..., None] + np.float32(0.93) * (1 - true[..., None])
    alpha = segmenter.segment([read_photo(np.round(rgb * 255).astype(np.uint8))])[0].alpha_matte
    lost = float((true - alpha)[feet > 0.5].mean())
    assert lost < 0.05, f"{lost:.0%} of the feet are lost"


def test_only_what_lies_right_under_the_product_is_contact_shadow() -> None:
    behind = np.full((200, 200, 3), 0.9, np.float32)
    rgb = behind.copy()
    rgb[60:120, 50:150] = (0.1, 0.3, 0.7)
    rgb[120:126, 50:150] *= np.float32(0.4)
    rgb[54:60, 50:150] *= np.float32(0.4)
    rgb[120:160, 90:96] = 0.3
    saliency = np.zeros((200, 200), np.float32)
    saliency[60:120, 50:150] = 1
    found = np.abs(rgb - behind).max(axis=2) > 0.03
    shade = compare(np.moveaxis(rgb, 2, 0), np.moveaxis(behind, 2, 0))
    dark = find_tinted_shade(shade, 0.003), find_black(shade)
    contact = find_contact_shadow(shade, 0.003, found, saliency, dark)
    assert not contact[:120].any(), "nothing above the product's lower edge"
    assert not contact[126:].any(), "nothing of the foot"
    rgb[126:160, 90:96] = 0.9
    found = np.abs(rgb - behind).max(axis=2) > 0.03
    shade = compare(np.moveaxis(rgb, 2, 0), np.moveaxis(behind, 2, 0))
    dark = find_tinted_shade(shade, 0.003), find_black(shade)
    contact = find_contact_shadow(shade, 0.003, found, saliency, dark)
    assert contact[120:126, 50:150].all()


def _draw_toe(size: int = 480) -> AlphaMatte:
    """A shoe's outline, roughly: the toe curves up from the ground."""
    big = Image.new("L", (size * 4, size * 4))
    pen = ImageDraw.Draw(big)
    s = size * 4
    pen.rounded_rectangle((0.2 * s, 0.35 * s, 0.8 * s, 0.7 * s), 0.12 * s, fill=255)
    pen.rectangle((0.2 * s, 0.5 * s, 0.6 * s, 0.7 * s), fill=255)
    return np.asarray(big.resize((size, size), Image.Resampling.BOX), np.float32) / np.float32(255)


def _draw_table(width: float, size: int = 480) -> tuple[AlphaMatte, AlphaMatte]:
    """A body and two feet of a width, as a share of the size."""
    mattes = []
    for boxes in ([(0.25, 0.25, 0.75, 0.6)], [(x, 0.6, x + width, 0.85) for x in (0.3, 0.66)]):
        big = Image.new("L", (size * 4, size * 4))
        for box in boxes:
            ImageDraw.Draw(big).rectangle(tuple(edge * size * 4 for edge in box), fill=255)
        mattes.append(np.asarray(big.resize((size, size), Image.Resampling.BOX), np.float32) / np.float32(255))
    return mattes[0], mattes[1]


def test_a_gap_before_a_colourful_backdrop_is_a_hole_whatever_the_network_says() -> None:
    """A ring of rope on purple: the network sees a disc."""
    y, x = np.mgrid[0:160, 0:160] - 80
    radius = np.hypot(y, x)
    rope = ((radius > 26) & (radius < 50)).astype(np.float32)
    disc = (radius < 50).astype(np.float32)
    photo = np.where(rope[..., None] > 0, (235, 170, 90), (140, 60, 160)).astype(np.uint8)
    grain = np.random.default_rng(4).normal(0, 1, photo.shape)
    read = read_photo(np.clip(photo + grain, 0, 255).astype(np.uint8))
    alpha = cut_out(read, lambda _: disc, "drawn", SegmentationSettings()).alpha_matte
    inside = float(alpha[radius < 23].mean())
    assert inside < 0.02, f"{inside:.3f} of the gap is kept"
    assert float(alpha[rope > 0].mean()) > 0.9


def test_a_pale_part_between_seen_ones_is_no_backdrop() -> None:
    """A pale shirt that the photo cuts off, of which the network sees the sleeve and the collar alone."""
    rgb = np.full((200, 160, 3), 255, np.uint8)
    sleeve, body = np.zeros((2, 200, 160), bool)
    sleeve[60:, 30:60] = sleeve[60:80, 30:] = True
    body[80:, 60:] = True
    rgb[sleeve], rgb[body] = (40, 50, 100), (238, 236, 232)
    alpha = cut_out(read_photo(rgb), lambda _: sleeve.astype(np.float32), "drawn", SegmentationSettings()).alpha_matte
    assert float(alpha[84:, 64:].min()) > 0.9
    assert float(alpha[:56].max()) < 0.1


def test_what_no_view_saw_is_not_joined() -> None:
    """A pot on a table before a wall: the network sees the pot, and colour alone would join the table."""
    rgb = np.full((200, 200, 3), 215, np.uint8)
    pot, table = np.zeros((2, 200, 200), bool)
    pot[60:150, 70:130], table[150:] = True, True
    rgb[table], rgb[pot] = (120, 90, 70), (180, 60, 30)
    alpha = cut_out(read_photo(rgb), lambda _: pot.astype(np.float32), "drawn", SegmentationSettings()).alpha_matte
    assert float((alpha[table] > 0.5).mean()) < 0.02
    assert float(alpha[62:146, 73:127].min()) > 0.9


def test_a_grainy_backdrop_that_leaves_much_unexplained_is_not_plain() -> None:
    """Leaves before a dark forest: what no look sees differs from the colour in many places."""
    rng = np.random.default_rng(3)
    seen = np.zeros((100, 100), np.float32)
    seen[30:70, 30:70] = 1
    behind = np.full((3, 100, 100), 0.4, np.float32)
    for grain, share, misfits in ((0.02, 0.15, True), (0.02, 0.02, False), (0.002, 0.15, False)):
        planes = behind + rng.normal(0, grain, behind.shape).astype(np.float32)
        planes[:, rng.random((100, 100)) < share] = 0.9
        evidence = weigh_evidence(planes, behind, grain, seen)
        assert is_misfit(evidence, seen) == misfits
