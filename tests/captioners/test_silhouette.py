from __future__ import annotations

import numpy as np
import pytest

from photoshoot.captioners.silhouette import measure_silhouette
from photoshoot.records import AlphaMatte
from tests.making import draw_cutout


def disc(radius: float, hole: float = 0) -> AlphaMatte:
    y, x = np.mgrid[-100:101, -100:101]
    distance = np.hypot(x, y)
    return np.asarray((distance <= radius) & (distance >= hole), np.float32)


def test_a_rectangle_fills_its_box() -> None:
    matte = np.zeros((300, 200), np.float32)
    matte[50:250, 50:150] = 1
    shape = measure_silhouette(matte)
    assert (shape.aspect, shape.fill, shape.symmetry, shape.holes) == (0.5, 1, 1, 0)


def test_a_disc_fills_a_quarter_of_pi_and_a_ring_has_a_hole() -> None:
    assert measure_silhouette(disc(90)).fill == pytest.approx(np.pi / 4, abs=0.02)
    assert measure_silhouette(disc(90)).holes == 0
    assert measure_silhouette(disc(90, 40)).holes == 1


def test_size_does_not_matter() -> None:
    small, large = measure_silhouette(disc(40)), measure_silhouette(disc(95))
    assert small.fill == pytest.approx(large.fill, abs=0.02)
    assert small.head == pytest.approx(large.head, abs=0.02)


def test_a_neck_is_a_head_and_a_half_is_not_symmetric() -> None:
    bottle = draw_cutout(shape="bottle").alpha_matte
    assert measure_silhouette(bottle).head > 0.2
    assert measure_silhouette(bottle).symmetry > 0.95
    assert measure_silhouette(disc(90) * (np.arange(201)[:, None] > np.arange(201)[None])).symmetry < 0.5


def draw_arch(leg: int, band: int) -> AlphaMatte:
    """Two legs of 80 rows under a band."""
    matte = np.zeros((130, 130), np.float32)
    matte[20 : 20 + band, 15:115] = 1
    matte[20:110, 15 : 15 + leg] = 1
    matte[20:110, 115 - leg : 115] = 1
    return matte


def test_cups_under_a_thin_band_are_an_arch_and_legs_of_trousers_are_not() -> None:
    assert measure_silhouette(draw_arch(leg=30, band=10)).arch == pytest.approx(80 / 90, abs=0.03)
    assert measure_silhouette(draw_arch(leg=40, band=40)).arch == 0, "the band is as thick as the legs are wide"
    assert measure_silhouette(draw_arch(leg=30, band=10)[::-1]).arch == 0, "it stands on its band"
    assert measure_silhouette(disc(90, 40)).arch == 0
    assert measure_silhouette(draw_cutout(shape="bottle").alpha_matte).arch == 0


def test_an_empty_matte_counts_as_a_square() -> None:
    shape = measure_silhouette(np.zeros((20, 30), np.float32))
    assert (shape.aspect, shape.fill, shape.holes) == (1, 1, 0)


def test_only_a_disc_is_round() -> None:
    assert measure_silhouette(disc(90)).round == pytest.approx(1, abs=0.01)
    assert measure_silhouette(np.ones((80, 80), np.float32)).round < 0.93
    assert measure_silhouette(disc(90)[:120]).round < 0.9


SKINS = ("#f3d4bf", "#d9a37e", "#a5704c", "#7b4f36")


@pytest.mark.parametrize("color", SKINS)
def test_skin_of_any_tone_is_seen_and_cloth_beside_it_is_not(color: str) -> None:
    rgb = np.full((200, 100, 3), (35, 60, 160), np.uint8)
    rgb[:60] = [int(color[index : index + 2], 16) for index in (1, 3, 5)]
    shape = measure_silhouette(np.ones((200, 100), np.float32), rgb)
    assert shape.skin == pytest.approx(0.3, abs=0.02)
    assert shape.is_worn
    assert shape.leaves == 0


def test_leaves_are_seen_and_what_lies_outside_the_matte_is_not() -> None:
    rgb, alpha = np.full((200, 100, 3), (200, 200, 205), np.uint8), np.zeros((200, 100), np.float32)
    rgb[:50] = (60, 110, 50)
    rgb[150:] = (60, 110, 50)
    alpha[:150] = 1
    assert measure_silhouette(alpha, rgb).leaves == pytest.approx(1 / 3, abs=0.02)
    assert measure_silhouette(alpha).leaves == 0


def test_elongation_is_that_of_a_things_own_axis() -> None:
    y, x = np.mgrid[:300, :300]
    strap = (np.abs(y - x) < 15).astype(np.float32)
    square = np.ones((300, 300), np.float32)
    assert measure_silhouette(strap).elongation > 8
    assert measure_silhouette(square).elongation == pytest.approx(1, abs=0.05)


def test_a_head_above_a_garment_shows_a_wearer_and_as_little_skin_elsewhere_does_not() -> None:
    rgb, alpha = np.full((240, 100, 3), (35, 60, 160), np.uint8), np.ones((240, 100), np.float32)
    rgb[5:25, 30:80] = (217, 163, 126)
    head = measure_silhouette(alpha, rgb)
    assert head.skin < 0.06
    assert head.face == pytest.approx(0.25)
    assert head.shows_skin
    assert not head.is_worn
    assert not measure_silhouette(alpha, rgb[::-1]).shows_skin


def test_a_hat_is_on_a_head_where_skin_is_below_it_alone() -> None:
    rgb, alpha = np.full((240, 100, 3), (35, 60, 160), np.uint8), np.ones((240, 100), np.float32)
    rgb[120:200] = (217, 163, 126)
    assert measure_silhouette(alpha, rgb).is_on_head
    rgb[:120] = (217, 163, 126)
    assert not measure_silhouette(alpha, rgb).is_on_head


def test_brown_leather_shows_no_skin() -> None:
    rgb, alpha = np.full((200, 200, 3), (96, 74, 56), np.uint8), np.ones((200, 200), np.float32)
    rgb[:, ::4] = (110, 98, 88)  # creases, in a hue as near to it
    assert measure_silhouette(alpha, rgb).skin == 0
    rgb[:, ::4] = (35, 60, 160)
    assert measure_silhouette(alpha, rgb).skin == pytest.approx(0.75)
