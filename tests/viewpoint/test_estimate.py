"""How steeply a photo looks down is read from circles and corners, and from nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy.spatial import ConvexHull

from photoshoot import Product
from photoshoot.records import Box, Category, Cutout, Edge
from photoshoot.viewpoint import estimate_pitch

SIDE = 300
FAR = 14.0  # camera to the thing's middle: five times its size


def _photograph(bottle: Product, points: np.ndarray, pitch_deg: float) -> Cutout:
    """The hull of points (n, 3), y up, seen from a height: a convex thing's silhouette."""
    return _cut(bottle, _cover(points, pitch_deg))


def _cover(points: np.ndarray, pitch_deg: float) -> np.ndarray:
    """How much of each pixel the hull of points covers, (SIDE, SIDE)."""
    angle = np.radians(pitch_deg)
    toward, up = np.array([0, np.sin(angle), np.cos(angle)]), np.array([0, np.cos(angle), -np.sin(angle)])
    depth = FAR - points @ toward
    flat = np.stack([points[:, 0], -points @ up], 1) * (FAR / depth)[:, None] * SIDE / 2 + SIDE
    outline = flat[ConvexHull(flat).vertices]
    picture = Image.new("L", (2 * SIDE, 2 * SIDE))
    ImageDraw.Draw(picture).polygon([tuple(point) for point in outline], fill=255)
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BOX), np.float32) / 255


def _cut(bottle: Product, alpha: np.ndarray) -> Cutout:
    rows, columns = np.flatnonzero((alpha > 0.5).any(1)), np.flatnonzero((alpha > 0.5).any(0))
    box = Box(left=int(columns[0]), top=int(rows[0]), right=int(columns[-1]) + 1, bottom=int(rows[-1]) + 1)
    rgb = np.zeros((*alpha.shape, 3), np.uint8)
    return replace(bottle.cutout, rgb=rgb, alpha_matte=alpha, box=box, touches=frozenset())


def _can(top: float = 1.0) -> np.ndarray:
    around = np.linspace(0, 2 * np.pi, 400)
    rings = [[radius * np.cos(around), np.full(400, y), radius * np.sin(around)] for radius, y in ((1, -1), (top, 1))]
    return np.concatenate([np.stack(ring, 1) for ring in rings])


def _box(turn_deg: float) -> np.ndarray:
    corners = np.array([[x, y, z] for x in (-0.9, 0.9) for y in (-1, 1) for z in (-0.6, 0.6)])
    angle = np.radians(turn_deg)
    turn = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    return np.asarray(corners @ turn.T)


@pytest.mark.parametrize("pitch_deg", [3.0, 12.0, 30.0])
@pytest.mark.parametrize("top", [0.7, 1.0])
def test_the_ends_of_round_things_tell(bottle: Product, pitch_deg: float, top: float) -> None:
    seen = estimate_pitch(_photograph(bottle, _can(top), pitch_deg), Category.DRINK)
    assert seen is not None
    assert seen.by == "round"
    assert abs(seen.pitch_deg - pitch_deg) < 5, seen


@pytest.mark.parametrize(("pitch_deg", "turn_deg"), [(10.0, 25.0), (25.0, 35.0), (18.0, -40.0)])
def test_the_corners_of_boxes_tell(bottle: Product, pitch_deg: float, turn_deg: float) -> None:
    seen = estimate_pitch(_photograph(bottle, _box(turn_deg), pitch_deg), Category.BOX)
    assert seen is not None
    assert seen.by == "corner"
    assert abs(seen.pitch_deg - pitch_deg) < 6, seen


@pytest.mark.parametrize(("pitch_deg", "turn_deg"), [(30.0, 40.0), (40.0, 45.0), (48.0, 35.0)])
def test_a_screen_that_leans_over_its_base_hides_no_corner(bottle: Product, pitch_deg: float, turn_deg: float) -> None:
    angle = np.radians(turn_deg)
    turn = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    base = np.array([[x, y, z] for x in (-0.9, 0.9) for y in (0, 0.06) for z in (-0.6, 0.6)]) @ turn.T
    screen = np.array([[x, y, z] for x in (-0.9, 0.9) for y, z in ((0, -0.6), (1.0, -0.95))]) @ turn.T
    laptop = np.maximum(_cover(base, pitch_deg), _cover(screen, pitch_deg))
    seen = estimate_pitch(_cut(bottle, laptop), Category.ELECTRONICS)
    assert seen is not None
    assert seen.by == "corner"
    assert abs(seen.pitch_deg - pitch_deg) < 8, seen


def test_a_handle_does_not_change_it(bottle: Product) -> None:
    cutout = _photograph(bottle, _can(), 15.0)
    plain = estimate_pitch(cutout, Category.TABLEWARE)
    alpha, box = cutout.alpha_matte.copy(), cutout.box
    y, x = np.mgrid[: alpha.shape[0], : alpha.shape[1]]
    away = np.hypot(x - box.right, y - (box.top + box.bottom) / 2)
    alpha[(away > 28) & (away < 38) & (x > box.right - 2)] = 1
    held = estimate_pitch(_cut(bottle, alpha), Category.TABLEWARE)
    assert plain is not None
    assert held is not None
    assert abs(held.pitch_deg - plain.pitch_deg) < 2, (plain, held)


@pytest.mark.parametrize("pitch_deg", [24.0, 34.0, 44.0])
def test_a_rim_that_is_seen_whole_tells(bottle: Product, pitch_deg: float) -> None:
    cutout = replace(_photograph(bottle, _can(), pitch_deg), touches=frozenset({Edge.BOTTOM}))
    assert estimate_pitch(cutout, Category.TABLEWARE) is None  # by its outline alone
    inside = _cover(_can()[400:], pitch_deg)[..., None]
    seen = estimate_pitch(replace(cutout, rgb=np.uint8(40 + 160 * inside).repeat(3, 2)), Category.TABLEWARE)
    assert seen is not None
    assert seen.by == "rim"
    assert abs(seen.pitch_deg - pitch_deg) < 5, seen
    assert estimate_pitch(replace(cutout, rgb=np.uint8(200 * inside).repeat(3, 2)), Category.HEADWEAR) is None


def _ring(radius: float, y: float) -> np.ndarray:
    around = np.linspace(0, 2 * np.pi, 400)
    return np.stack([radius * np.cos(around), np.full(400, y), radius * np.sin(around)], 1)


def _paint(bottle: Product, discs: list[np.ndarray]) -> Cutout:
    """Discs over one another, (SIDE, SIDE) covers, each of its own gray."""
    alpha, gray = np.zeros((SIDE, SIDE), np.float32), np.zeros((SIDE, SIDE))
    for shade, cover in zip((90, 200, 60), discs, strict=False):
        alpha, gray = np.maximum(alpha, cover), gray * (1 - cover) + shade * cover
    return replace(_cut(bottle, alpha), rgb=gray.astype(np.uint8)[..., None].repeat(3, 2))


def _draw_oval(half: float, sine: float) -> np.ndarray:
    picture = Image.new("L", (4 * SIDE, 4 * SIDE))
    wide, high = 2 * SIDE * half, 2 * SIDE * half * sine
    ImageDraw.Draw(picture).ellipse((2 * SIDE - wide, 2 * SIDE - high, 2 * SIDE + wide, 2 * SIDE + high), fill=255)
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BOX), np.float32) / 255


@pytest.mark.swept("pitch_deg")
@pytest.mark.parametrize("pitch_deg", [57.0, 60.0, 63.0])
@pytest.mark.parametrize(("wide", "tall", "category"), [(0.5, 0.5, Category.HOME), (0.6, -0.05, Category.TABLEWARE)])
def test_a_circle_within_another_tells(
    bottle: Product, pitch_deg: float, wide: float, tall: float, category: Category
) -> None:
    saucer, rim = _cover(_ring(1.0, 0.0), pitch_deg), _cover(_ring(wide, tall), pitch_deg)
    side = [_cover(np.concatenate([_ring(0.7 * wide, 0.0), _ring(wide, tall)]), pitch_deg)] if tall > 0 else []
    seen = estimate_pitch(_paint(bottle, [saucer, *side, rim]), category)
    assert seen is not None
    assert seen.by == "nest"
    assert abs(seen.pitch_deg - pitch_deg) < 4, seen


@pytest.mark.swept("category")
@pytest.mark.parametrize("category", [Category.HOME, Category.TABLEWARE, Category.ELECTRONICS])
def test_clocks_oval_frames_and_pebbles_tell_nothing(bottle: Product, category: Category) -> None:
    clock = _paint(bottle, [_draw_oval(0.9, 1.0), _draw_oval(0.8, 1.0)])
    pebble = _paint(bottle, [_draw_oval(0.9, 0.8)])
    assert estimate_pitch(clock, category) is None
    assert estimate_pitch(pebble, category) is None
    if category is not Category.TABLEWARE:  # there it is a plate
        assert estimate_pitch(_paint(bottle, [_draw_oval(0.9, 0.8), _draw_oval(0.7, 0.8)]), category) is None


def test_what_has_neither_tells_nothing(bottle: Product) -> None:
    front = _photograph(bottle, _box(0.0), 12.0)  # its face is a rectangle from any height
    ball = np.random.default_rng(1).normal(size=(4000, 3))
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    assert estimate_pitch(front, Category.BOX) is None
    assert estimate_pitch(_photograph(bottle, ball, 20.0), Category.SPORT) is None
    assert estimate_pitch(_photograph(bottle, _can(), 20.0), Category.HEADWEAR) is None


def test_an_end_that_the_photo_cuts_is_not_read(bottle: Product) -> None:
    cutout = replace(_photograph(bottle, _can(), 20.0), touches=frozenset({Edge.BOTTOM}))
    assert estimate_pitch(cutout, Category.DRINK) is None
