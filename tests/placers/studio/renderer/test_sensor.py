from __future__ import annotations

import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.sensor import Camera, Film
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


@pytest.mark.parametrize("stride", [1, 1.25, 1.5, 2, 8 / 3, 3.7, 4])
def test_a_film_pixel_is_as_wide_as_its_scale_says(stride: float) -> None:
    assert Film(view=_view(), scale=1 / stride).stride == pytest.approx(stride, abs=1e-12)
    assert Film(view=_view(), scale=1 / round(stride, 6)).stride == round(stride, 6)


def test_chosen_pixels_begin_where_the_canvas_lies_on_the_film() -> None:
    where = np.zeros((HEIGHT, WIDTH), np.bool_)
    where[3, 5] = where[HEIGHT - 1, WIDTH - 1] = True
    corners = Film(view=_view(), margin=8).corners(np.pad(where, 8))
    np.testing.assert_array_equal(corners, [[8 + 3, 8 + 5], [8 + HEIGHT - 1, 8 + WIDTH - 1]])


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_blur_is_none_in_focus_grows_with_distance_and_the_lens_and_is_the_same_for_film_and_canvas(
    scale: float,
) -> None:
    film = Film(view=_view(), scale=scale)
    camera, wider = Camera(film=film, aperture=0.1), Camera(film=film, aperture=0.2)
    where = np.ones((HEIGHT, WIDTH), np.bool_)
    focal = film.view.distance * film.view.px_per_unit
    rows, columns = np.indices(where.shape) + 0.5
    ray = np.sqrt(1 + ((columns - WIDTH / 2) / focal) ** 2 + ((rows - film.view.axis_row_px) / focal) ** 2)

    def blur(camera: Camera, depth: float) -> np.ndarray:
        return camera.blur_px((depth * ray)[where].astype(np.float32), where).reshape(HEIGHT, WIDTH)

    assert blur(camera, film.view.distance).max() < 1e-3
    behind, farther = blur(camera, film.view.distance + 1), blur(camera, film.view.distance + 2)
    assert (behind > 0.1).all()
    assert (farther > behind).all()
    np.testing.assert_allclose(blur(wider, film.view.distance + 1), 2 * behind, rtol=1e-5)
    np.testing.assert_allclose(behind, behind[0, 0], rtol=1e-4)  # a plane before the lens is equally blurred
    on_film = camera.blur_px(np.full((film.height_px, film.width_px), film.view.distance + 1, np.float32))
    assert on_film.shape == (film.height_px, film.width_px)
    straight = on_film[film.axis_row_px - 1, film.width_px // 2]
    assert straight == pytest.approx(behind[0, 0], rel=1e-3)


def test_blur_of_film_pixels_is_told_in_film_pixels_and_the_sky_is_far_away() -> None:
    film = Film(view=_view(), scale=0.5)
    camera = Camera(film=film, aperture=0.1)
    distance = np.full((film.height_px, film.width_px), film.view.distance + 1, np.float32)
    blur = camera.film_blur(distance)
    assert blur is not None
    np.testing.assert_allclose(blur, 0.5 * camera.blur_px(distance), rtol=1e-5)
    sky = camera.film_blur(np.zeros_like(distance))
    assert sky is not None
    assert (sky > blur).all()
    assert Camera(film=film).film_blur(distance) is None


@pytest.mark.usefixtures("placer")
def test_a_part_of_the_film_records_what_the_whole_one_does() -> None:
    camera = Camera(film=Film(view=_view(), margin=2))
    whole = camera.load_sensor().film()
    part = camera.load_sensor((slice(32, 64), slice(0, 32))).film()
    assert tuple(whole.crop_size()) == (camera.film.width_px, camera.film.height_px)
    assert tuple(part.crop_size()) == (32, 32)
    assert tuple(np.array(part.crop_offset()) - np.array(whole.crop_offset())) == (0, 32)
    assert tuple(part.size()) == tuple(whole.size())
