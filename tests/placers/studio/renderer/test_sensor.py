from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.sensor import Film
from tests.placers.studio.conftest import HEIGHT, WIDTH, draw_vase, make_canvas

FILMS = [(1.0, 0), (1.0, 8), (1.5, 8), (2.0, 8), (3.7, 3)]


def _view(width: int = WIDTH, height: int = HEIGHT) -> View:
    return View.of(make_canvas(draw_vase(height, width, height - 22, width // 2)), 1.4)


@pytest.mark.parametrize(("stride", "margin"), FILMS)
@pytest.mark.parametrize("width", [WIDTH, WIDTH + 1])
def test_the_canvas_lies_inside_the_margin(stride: float, margin: int, width: int) -> None:
    film = Film(view=_view(width), scale=1 / stride, margin=margin)
    left, top, right, bottom = film.window
    assert min(left, top, film.width_px - right, film.height_px - bottom) >= margin - 1e-9
    assert film.width_px % 2 == 0


@pytest.mark.parametrize(("stride", "margin"), FILMS)
def test_there_and_back_keeps_what_is_smooth(stride: float, margin: int) -> None:
    film = Film(view=_view(), scale=1 / stride, margin=margin)
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    plane = 0.5 + 0.3 * np.sin(x / 40) * np.cos(y / 30)
    back = film.to_canvas(film.from_canvas(plane)[..., None])[..., 0]
    inner = slice(12, -12)
    assert back.shape == plane.shape
    assert np.abs(back - plane)[inner, inner].max() < 0.01


def test_its_own_pixels_are_kept_exactly() -> None:
    film = Film(view=_view(), scale=1.0, margin=8)
    image = np.random.default_rng(0).random((film.height_px, film.width_px, 3)).astype(np.float32)
    cut = film.to_canvas(image)
    np.testing.assert_array_equal(cut, image[8 : 8 + HEIGHT, 8 : 8 + WIDTH])


def test_half_an_odd_pixel_is_not_lost() -> None:
    film = Film(view=_view(WIDTH + 1), scale=1.0, margin=8)
    ramp = np.broadcast_to(
        np.arange(film.width_px, dtype=np.float32)[None, :, None], (film.height_px, film.width_px, 1)
    )
    row = film.to_canvas(ramp)[HEIGHT // 2, :, 0]
    np.testing.assert_allclose(row, np.arange(WIDTH + 1) + 8.5, atol=1e-3)


@pytest.mark.parametrize(("stride", "margin"), [(1.0, 8), (1.5, 8), (2.0, 8)])
@pytest.mark.parametrize("width", [WIDTH, WIDTH + 1])
def test_a_part_is_the_same_as_in_the_whole_and_reaches_into_the_margin(stride: float, margin: int, width: int) -> None:
    film = Film(view=_view(width), scale=1 / stride, margin=margin)
    image = np.random.default_rng(0).random((film.height_px, film.width_px, 2)).astype(np.float32)
    whole = film.to_canvas(image)
    part = film.to_canvas(image, (31, 17, 90, 64))
    np.testing.assert_allclose(part, whole[17:64, 31:90], atol=1e-4)
    grown = film.to_canvas(image, (-6, -6, width + 6, HEIGHT + 6))
    np.testing.assert_allclose(grown[6:-6, 6:-6], whole, atol=1e-4)
