"""A blurred outline is neither product nor backdrop: its matte rises as slowly as its colours go over."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.backdrop import Evidence, weigh_evidence
from photoshoot.segmenters.matte.blurred_edges import find_blurred, find_mixed
from photoshoot.segmenters.matte.matting import solve_matte
from photoshoot.segmenters.matte.trimap import build_trimap
from photoshoot.segmenters.regions import grow, shrink

SIDE = 200
PAPER = 0.97


def draw_disc(radius: float = 60) -> BoolArray:
    rows, columns = np.indices((SIDE, SIDE))
    return np.asarray((rows - 100) ** 2 + (columns - 100) ** 2 < radius**2)


def photograph(color: Float32Array, blur_px: float) -> tuple[Float32Array, Float32Array, Evidence, Float32Array]:
    """Planes, the true matte, what white paper tells, and the saliency, of a disc with a color (H, W)."""
    true = ndimage.gaussian_filter(draw_disc().astype(np.float32), blur_px)
    light = ndimage.gaussian_filter(np.where(draw_disc(), color, PAPER).astype(np.float32), blur_px)
    planes = (light + np.random.default_rng(5).normal(0, 0.002, (3, SIDE, SIDE))).astype(np.float32)
    behind: Float32Array = np.full((3, SIDE, SIDE), PAPER, np.float32)
    saliency = ndimage.gaussian_filter(draw_disc(62).astype(np.float32), 2)
    return planes, true, weigh_evidence(planes, behind, 0.002, saliency), saliency


def test_no_rim_of_the_backdrop_stays_at_a_blurred_outline() -> None:
    dark: Float32Array = np.full((SIDE, SIDE), 0.15, np.float32)
    planes, true, evidence, saliency = photograph(dark, 2.5)
    trimap = build_trimap(planes, saliency, evidence, 2)
    assert trimap is not None
    alpha, _ = solve_matte(planes, trimap.prior, trimap.weight, trimap.unknown)
    outer = (true > 0.05) & (true < 0.5)
    excess = float((alpha - true)[outer].mean())
    assert excess < 0.1, f"the outer half of the outline is {excess:.2f} too solid"


@pytest.mark.parametrize("kind", ["sharp", "pale rim", "pale"])
def test_a_sharp_outline_and_a_pale_product_stay_as_they_are(kind: str) -> None:
    color: Float32Array = np.full((SIDE, SIDE), 0.85 if kind == "pale" else 0.15, np.float32)
    if kind == "pale rim":
        color[~draw_disc(55)] = 0.8
    _, _, evidence, _ = photograph(color, 2.5 if kind == "pale" else 0.6)
    assert not find_blurred(evidence).any()


def test_only_the_outline_is_blurred() -> None:
    dark: Float32Array = np.full((SIDE, SIDE), 0.15, np.float32)
    _, true, evidence, _ = photograph(dark, 2.5)
    found = find_blurred(evidence)
    assert found[(true > 0.1) & (true < 0.6)].mean() > 0.9
    assert not (found & (shrink(draw_disc(), 8) | ~grow(draw_disc(), 8))).any()


def paint(color: tuple[float, float, float], ground: tuple[float, float, float], blur_px: float) -> Float32Array:
    """Planes of a disc before a plain ground, out of focus."""
    sharp = np.where(draw_disc(), np.reshape(color, (3, 1, 1)), np.reshape(ground, (3, 1, 1))).astype(np.float32)
    soft = ndimage.gaussian_filter(sharp, (0, blur_px, blur_px))
    return np.asarray(soft + np.random.default_rng(5).normal(0, 0.002, soft.shape), np.float32)


YELLOW, TEAL, BLUE, WHITE = (0.8, 0.87, 0.37), (0.1, 0.22, 0.2), (0.2, 0.5, 0.92), (0.97, 0.97, 0.97)


@pytest.mark.parametrize("blur_px", [2.5, 4, 6])
def test_no_rim_of_a_dark_backdrop_stays_round_a_soft_ball(blur_px: float) -> None:
    planes = paint(YELLOW, TEAL, blur_px)
    behind = np.broadcast_to(np.reshape(TEAL, (3, 1, 1)), planes.shape).astype(np.float32)
    saliency = ndimage.gaussian_filter(draw_disc(62).astype(np.float32), 2)
    trimap = build_trimap(planes, saliency, weigh_evidence(planes, behind, 0.002, saliency), 2)
    assert trimap is not None
    alpha, _ = solve_matte(planes, trimap.prior, trimap.weight, trimap.unknown)
    true = ndimage.gaussian_filter(draw_disc().astype(np.float32), blur_px)
    excess = float((alpha - true)[(true > 0.05) & (true < 0.5)].mean())
    assert abs(excess) < 0.05, (
        f"the outer half of the outline is {excess:.2f} too solid; by difference alone it is 0.60"
    )


@pytest.mark.parametrize(("kind", "is_mixed"), [("blurred", True), ("sharp", False), ("cord", False), ("pale", False)])
def test_only_colours_between_the_two_are_mixed(kind: str, is_mixed: bool) -> None:
    color = (0.7, 0.75, 0.8) if kind == "pale" else BLUE
    planes = paint(color, WHITE, 0.6 if kind in ("sharp", "cord") else 3)
    if kind == "cord":
        planes = np.where(draw_disc() & ~draw_disc(53), 0.8, planes).astype(np.float32)
    ground = np.abs(planes - np.reshape(WHITE, (3, 1, 1))).max(axis=0) < 0.012
    found = find_mixed(planes, ground, ~ground, draw_disc().astype(np.float32)).found
    assert (found.sum() > 0.2 * (draw_disc() & ~draw_disc(53)).sum()) == is_mixed
    assert not (found & (ground | shrink(draw_disc(), 12))).any()


@pytest.mark.parametrize(("kind", "is_soft"), [("blurred", True), ("sharp", False), ("pale side", False)])
def test_only_an_evenly_blurred_outline_tells_its_matte_by_colour(kind: str, is_soft: bool) -> None:
    planes = paint(BLUE, WHITE, 2.5 if kind == "blurred" else 0.6)
    if kind == "pale side":  # as soft within as a blur, but a part that the network surely sees
        side = ndimage.gaussian_filter(draw_disc(50).astype(np.float32), 5)
        shaded = np.reshape(BLUE, (3, 1, 1)) * side + 0.85 * (1 - side)
        planes = np.where(draw_disc(), shaded, planes).astype(np.float32)
    ground = np.abs(planes - np.reshape(WHITE, (3, 1, 1))).max(axis=0) < 0.012
    mixed = find_mixed(planes, ground, ~ground, ndimage.gaussian_filter(draw_disc(62).astype(np.float32), 2))
    true = ndimage.gaussian_filter(draw_disc().astype(np.float32), 2.5)
    middle = (true > 0.2) & (true < 0.8)
    assert (mixed.soft[middle].mean() > 0.8) == is_soft
    assert is_soft or not mixed.soft.any()
    assert not is_soft or np.abs(mixed.shares - true)[middle].mean() < 0.06
