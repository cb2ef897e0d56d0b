"""A wall and a floor are told apart by their line; what stands on the floor is told by the floor's own colour."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.ground.backdrop import fit_backdrop
from photoshoot.segmenters.ground.two_planes import TwoPlanes, fit_two_planes
from photoshoot.settings import SegmentationSettings
from tests.segmenters.drawing import Floats, iou

SIDE = 288
WALL, FLOOR, CHAIR = (150, 190, 120), (200, 100, 90), (175, 165, 140)


def draw_room(left: float, right: float, side: int = SIDE, blur_px: float = 0.7) -> Floats:
    """A wall that darkens to the right, and a floor; they meet at those shares of the height."""
    rows, columns = np.mgrid[:side, :side] / side
    below = (rows > left + (right - left) * columns).astype(np.float32)
    below = ndimage.gaussian_filter(below, blur_px)[..., None]
    light = (1 - 0.15 * columns)[..., None]
    room = ((1 - below) * np.array(WALL) * light + below * np.array(FLOOR)) / 255
    return np.asarray(room + np.random.default_rng(3).normal(0, 0.002, room.shape), np.float32)


def draw_chair(side: int, *, legs: bool) -> Floats:
    picture = Image.new("L", (side, side))
    pen, s = ImageDraw.Draw(picture), side
    pen.rectangle((0.35 * s, 0.25 * s, 0.65 * s, 0.52 * s), fill=255)
    if legs:
        for at in (0.37, 0.48, 0.6):
            pen.rectangle((at * s, 0.52 * s, (at + 0.006) * s, 0.85 * s), fill=255)
        pen.rectangle((0.35 * s, 0.84 * s, 0.65 * s, 0.88 * s), fill=255)
    return np.asarray(picture, np.float32) / np.float32(255)


def fit(room: Floats) -> TwoPlanes | None:
    seen = draw_chair(len(room), legs=True)
    return fit_two_planes(room, seen, fit_backdrop(room, seen))


@pytest.mark.parametrize(("left", "right"), [(0.6, 0.6), (0.55, 0.7)])
def test_a_wall_and_a_floor_are_found_and_where_they_meet(left: float, right: float) -> None:
    room = draw_room(left, right)
    planes = fit(room)
    assert planes is not None
    assert abs(planes.left - left) < 0.01
    assert abs(planes.right - right) < 0.01
    assert planes.spread < 0.01
    error = np.abs(planes.colors((0, 0, 1, 1), (SIDE, SIDE)) - room.transpose(2, 0, 1)).max(axis=0)
    assert float((error > 0.03).mean()) < 0.03, "only the line's own pixels differ"


def test_one_wall_and_a_pattern_are_no_two_planes() -> None:
    assert fit(draw_room(2, 2)) is None
    stripes = draw_room(0.6, 0.6)
    stripes[:, ::6] *= np.float32(0.6)
    assert fit(stripes) is None


def test_at_the_line_it_is_such_a_blend_as_where_nothing_is_seen() -> None:
    room = draw_room(0.6, 0.6, blur_px=2)
    planes = fit(room)
    assert planes is not None
    picture = np.ascontiguousarray(room.transpose(2, 0, 1))
    post = np.s_[:, int(0.55 * SIDE) : int(0.65 * SIDE), 140:144]
    picture[post] = np.mean([WALL, FLOOR], axis=0)[:, None, None] / 255  # of a colour that blends of both have, too
    unseen = np.ones((SIDE, SIDE), bool)
    unseen[post[1:]] = False
    behind = planes.explain(picture, (0, 0, 1, 1), unseen)
    differs = np.abs(behind - picture).max(axis=0)
    assert float(np.quantile(differs[unseen], 0.99)) < 0.04
    told = differs[post[1:]].max(axis=1)
    assert float((told > 0.05).mean()) > 0.75, "a post that crosses the line is no blend of both"


@pytest.mark.parametrize("gap", [False, True])
def test_legs_whose_foot_alone_is_half_seen_are_told_from_the_floor(gap: bool) -> None:
    side = 480
    true = draw_chair(side, legs=True)
    if gap:
        true[int(0.55 * side)] = 0
    scene = draw_room(0.6, 0.68, side) * (1 - true[..., None]) + true[..., None] * np.array(CHAIR) / 255
    photo = read_photo(np.round(np.clip(scene, 0, 1) * 255).astype(np.uint8))

    def see(view: Image.Image) -> Floats:
        pixels = np.asarray(view.resize((SIDE, SIDE), Image.Resampling.BOX), np.float32)
        chair = np.abs(pixels - CHAIR).max(axis=2) < 18
        foot = chair & (np.arange(SIDE) > 0.83 * SIDE)[:, None]
        seat = ndimage.binary_opening(chair, iterations=25)
        return np.asarray(np.maximum(seat, 0.4 * foot), np.float32)

    cutout = cut_out(photo, see, "drawn", SegmentationSettings())
    legs = true - draw_chair(side, legs=False) > 0.5
    assert float(cutout.alpha_matte[legs].mean()) > 0.9, f"{cutout.alpha_matte[legs].mean():.2f} of the legs"
    assert iou(cutout.alpha_matte, true) > 0.9
