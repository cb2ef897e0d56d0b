from __future__ import annotations

import numpy as np
from scipy import ndimage

from photoshoot.captioners.descriptions import Finish, find_finish
from photoshoot.color.palette import dominant_colors
from photoshoot.records import Category, Cutout
from tests.making import cutout_of, draw_cutout

RED = np.array([170, 30, 40], np.float64)


def lit_cylinder(highlight: float) -> Cutout:
    """A red can whose shading falls off to the sides, with a soft white streak of that strength."""
    x = np.linspace(-1, 1, 300)
    shade = 0.55 + 0.45 * np.sqrt(np.maximum(1 - x**2, 0))
    streak = highlight * np.exp(-(((x + 0.35) / 0.06) ** 2))
    row = RED * shade[:, None] * (1 - streak[:, None]) + 255 * streak[:, None]
    rgb = np.repeat(row[None], 400, axis=0).clip(0, 255).astype(np.uint8)
    alpha = np.zeros((400, 300), np.float32)
    alpha[20:380, 15:285] = 1
    return cutout_of(rgb, alpha)


def finish_of(cutout: Cutout, category: Category) -> Finish:
    return find_finish(cutout, dominant_colors(cutout.rgb, cutout.alpha_matte), category)


def test_a_soft_streak_of_light_is_gloss_and_plain_shading_is_not() -> None:
    assert finish_of(lit_cylinder(0.8), Category.DRINK) is Finish.GLOSSY
    assert finish_of(lit_cylinder(0.0), Category.DRINK) is Finish.PLAIN


def test_cloth_is_never_called_glossy() -> None:
    assert finish_of(lit_cylinder(0.8), Category.GARMENT) is Finish.PLAIN


def test_print_with_hard_edges_is_no_gloss() -> None:
    assert finish_of(draw_cutout(shape="rectangle"), Category.TABLEWARE) is Finish.PLAIN


def test_scattered_patches_are_a_pattern_and_one_panel_is_not() -> None:
    rgb, alpha = np.full((300, 300, 3), 240, np.uint8), np.ones((300, 300), np.float32)
    dots = np.zeros((300, 300), bool)
    dots[20:290:40, 20:290:40] = True
    rgb[ndimage.binary_dilation(dots, iterations=7)] = (30, 90, 210)
    assert finish_of(cutout_of(rgb, alpha), Category.GARMENT) is Finish.PATTERNED
    rgb[:] = 240
    rgb[100:200] = (30, 90, 210)
    assert finish_of(cutout_of(rgb, alpha), Category.GARMENT) is Finish.PLAIN
