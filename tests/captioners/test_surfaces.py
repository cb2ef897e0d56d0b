from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from photoshoot.captioners.surfaces import (
    Finish,
    find_finish,
    find_own_colors,
    join_shades,
    measure_exposure,
    measure_texture,
    put_body_first,
)
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


def test_a_weak_sheen_is_satin_and_not_gloss() -> None:
    assert finish_of(lit_cylinder(0.2), Category.TABLEWARE) is Finish.PLAIN


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


def test_a_little_light_on_leather_is_no_pattern_and_dots_in_another_paint_are() -> None:
    rgb, alpha = np.full((300, 300, 3), (36, 36, 38), np.uint8), np.ones((300, 300), np.float32)
    spots = np.zeros((300, 300), bool)
    spots[20:290:40, 20:290:40] = True
    spots = ndimage.binary_dilation(spots, iterations=6)
    rgb[spots] = (122, 122, 124)
    assert finish_of(cutout_of(rgb, alpha), Category.FOOTWEAR) is Finish.PLAIN
    rgb[spots] = (30, 90, 210)
    assert finish_of(cutout_of(rgb, alpha), Category.FOOTWEAR) is Finish.PATTERNED


def test_cloth_of_one_dye_has_less_texture_than_a_weave() -> None:
    rgb, alpha = np.full((300, 300, 3), (31, 95, 214), np.uint8), np.ones((300, 300), np.float32)
    rgb[:, 150] = (20, 70, 170)  # a seam
    assert measure_texture(cutout_of(rgb, alpha)) < 0.05
    rgb[::12] = (70, 130, 235)
    assert measure_texture(cutout_of(rgb, alpha)) > 0.15


def test_a_white_ground_tells_how_dark_a_photo_is() -> None:
    alpha = np.zeros((200, 200), np.float32)
    alpha[50:150, 50:150] = 1
    for ground, exposure in (
        ((244, 245, 246), 255 / 244),
        ((255, 255, 255), 1),
        ((200, 200, 200), None),
        ((255, 250, 180), None),
    ):
        rgb = np.full((200, 200, 3), ground, np.uint8)
        rgb[50:150, 50:150] = RED
        assert measure_exposure(cutout_of(rgb, alpha)) == (exposure and pytest.approx(exposure))
    assert measure_exposure(cutout_of(rgb, np.ones((200, 200), np.float32))) is None


def test_the_wearers_skin_is_no_colour_of_a_garment() -> None:
    rgb = np.full((300, 200, 3), (35, 60, 160), np.uint8)
    rgb[:120] = (217, 163, 126)
    cutout = cutout_of(rgb, np.ones((300, 200), np.float32))
    assert [swatch.name for swatch in find_own_colors(cutout, worn=True)] == ["royal blue"]
    assert len(find_own_colors(cutout)) == 2


def test_hair_and_clothes_are_no_colours_of_a_hat() -> None:
    rgb = np.full((300, 200, 3), (178, 34, 52), np.uint8)
    rgb[100:200] = (217, 163, 126)
    rgb[200:] = (35, 60, 160)
    cutout = cutout_of(rgb, np.ones((300, 200), np.float32))
    assert len(find_own_colors(cutout, worn=True)) == 2
    assert [swatch.name for swatch in find_own_colors(cutout, worn=True, on_head=True)] == ["crimson"]


def test_all_skin_coloured_is_the_cloth_itself() -> None:
    cutout = cutout_of(np.full((200, 200, 3), (217, 163, 126), np.uint8), np.ones((200, 200), np.float32))
    assert find_own_colors(cutout, worn=True) == find_own_colors(cutout)


def test_what_a_screen_shows_is_no_colour_of_it() -> None:
    rgb = np.full((300, 400, 3), 30, np.uint8)
    rgb[30:270, 30:370] = (40, 120, 220)
    cutout = cutout_of(rgb, np.ones((300, 400), np.float32))
    whole, rim = find_own_colors(cutout), find_own_colors(cutout, screen=True)
    assert len(whole) == 2
    assert [swatch.hex for swatch in rim] == ["#1e1e1e"]


def test_a_face_in_the_rims_paint_and_black_glass_are_no_screen() -> None:
    rgb = np.full((300, 400, 3), (107, 197, 198), np.uint8)
    rgb[80:220, 150:250] = 245
    player = cutout_of(rgb, np.ones((300, 400), np.float32))
    assert [swatch.name for swatch in find_own_colors(player, screen=True)] == ["aqua", "white"]
    rgb = np.full((400, 200, 3), 200, np.uint8)
    rgb[20:380, 20:180] = 25
    rgb[100:160, 40:160] = (230, 180, 40)
    phone = cutout_of(rgb, np.ones((400, 200), np.float32))
    assert [swatch.name for swatch in find_own_colors(phone, screen=True)] == ["black", "light grey"]


def test_the_round_edge_of_a_device_is_its_shade_and_no_paint() -> None:
    rgb = np.full((240, 240, 3), 148, np.uint8)  # a white thermostat with a blue display, lit from above
    rgb[:215, 25:] = 225
    rgb[90:150, 110:170] = (13, 102, 254)
    rim = find_own_colors(cutout_of(rgb, np.ones((240, 240), np.float32)), screen=True)
    assert [swatch.hex for swatch in rim] == ["#e1e1e1", "#949494"]


def test_light_and_shade_of_one_paint_are_one_colour_and_two_paints_are_two() -> None:
    fade = np.linspace(0, 1, 300)[:, None, None]
    lime, forest = np.array([210, 227, 76.0]), np.array([37, 95, 17.0])
    ball = np.broadcast_to(lime * fade + forest * (1 - fade), (300, 200, 3)).astype(np.uint8)
    panels = np.concatenate([np.full((150, 200, 3), paint, np.uint8) for paint in (lime, forest)])
    for rgb, count in ((ball, 1), (panels, 2)):
        cutout = cutout_of(rgb, np.ones((300, 200), np.float32))
        assert len([s for s in join_shades(cutout, dominant_colors(rgb, cutout.alpha_matte)) if s.share > 0.3]) == count


def colors_of(bands: list[tuple[int, tuple[int, int, int]]]) -> list[str]:
    """Names of a thing's colours, its own first; it is made of bands, each with its height in px."""
    rgb = np.concatenate([np.full((height, 200, 3), color, np.uint8) for height, color in bands])
    cutout = cutout_of(rgb, np.ones(rgb.shape[:2], np.float32))
    return [swatch.name for swatch in put_body_first(cutout, dominant_colors(cutout.rgb, cutout.alpha_matte))]


def test_a_bottle_has_its_own_colour_and_not_its_labels() -> None:
    green, cream = (45, 65, 55), (222, 212, 192)
    bottle = [(40, cream), (50, green), (200, cream), (50, green)]
    assert colors_of(bottle)[0] == "dark green"
    assert colors_of(bottle[1:])[0] == "dark green"


def test_without_a_body_round_it_nothing_is_a_label() -> None:
    green, cream = (45, 65, 55), (222, 212, 192)
    assert colors_of([(100, green), (200, cream)])[0] == "beige"
    assert colors_of([(30, green), (300, cream), (20, green)])[0] == "beige"
