from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.shapes import compose_scene
from photoshoot.placers.studio.scene_cache import load_builder
from photoshoot.presets import PresetRegistry
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance

_SIZES = [(1674, 628), (1080, 1920), (970, 90), (160, 600), (1080, 1080)]


def _canvas(width: int, height: int, stance: Stance = Stance.UPRIGHT) -> Canvas:
    box = Box(left=int(0.4 * width), top=int(0.3 * height), right=int(0.6 * width), bottom=int(0.8 * height))
    whole = Box(left=0, top=0, right=width, bottom=height)
    return Canvas(label="x", width_px=width, height_px=height, product_box=box, safe_area=whole, stance=stance)


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("stance", list(Stance))
def test_pixels_and_world_are_inverse(size: tuple[int, int], stance: Stance) -> None:
    view = View.of(_canvas(*size, stance), 1.45)
    pixels = np.random.default_rng(0).uniform(0, size, (50, 2))
    world = view.to_world(pixels[:, 0], pixels[:, 1], -1.3)
    np.testing.assert_allclose(view.to_pixel(world), pixels, atol=1e-6)


@pytest.mark.parametrize("size", _SIZES)
def test_base_is_on_the_floor_and_the_horizon_over_the_product_middle(size: tuple[int, int]) -> None:
    canvas = _canvas(*size)
    view = View.of(canvas, 1.45)
    base = view.to_world(0.0, canvas.product_box.bottom)
    assert base[1] == pytest.approx(0, abs=1e-9)
    assert view.floor_z(canvas.product_box.bottom) == pytest.approx(0, abs=1e-9)
    assert view.axis_row_px <= (canvas.product_box.top + canvas.product_box.bottom) / 2 + 1


@pytest.mark.parametrize("size", _SIZES)
def test_frame_is_at_least_as_large_as_promised(size: tuple[int, int]) -> None:
    view = View.of(_canvas(*size), 1.45)
    slice_of_it = min(1.0, (2.7 * size[1] / size[0]) ** 0.35)  # banners show less of a set, and larger
    assert view.top - view.bottom >= 2.8 * slice_of_it - 1e-9
    assert view.half_width >= 1.1 - 1e-9
    assert view.half_width / view.distance <= 0.75 + 1e-9


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize("stance", list(Stance))
def test_mitsuba_sees_points_where_the_view_says(stance: Stance, placer: StudioPlacer) -> None:
    assert placer.variant.variant == mi.variant()
    view = View.of(_canvas(210, 80, stance), 1.45)
    center = view.to_world(150.0, 20.0, -1.0)
    ball = {
        "type": "sphere",
        "center": center.tolist(),
        "radius": 0.1,
        "emitter": {"type": "area", "radiance": {"type": "rgb", "value": 1.0}},
    }
    film = Film(view=view)
    scene = compose_scene({"ball": mi.load_dict(ball)})
    image = film.to_canvas(Renderer(2).render_radiance(scene, Camera(film=film), 4, 0))
    rows, columns = np.nonzero(image[..., 0] > 0.5)
    assert abs(columns.mean() + 0.5 - 150) < 0.4
    assert abs(rows.mean() + 0.5 - 20) < 0.4


def test_a_set_is_seen_as_steeply_as_the_photo_was() -> None:
    canvas = _canvas(1080, 1080)

    def height(pitch_deg: float | None, stance: Stance = Stance.UPRIGHT, rise_px: float = 0.0) -> float:
        return View.of(replace(canvas, pitch_deg=pitch_deg, stance=stance), 1.45, rise_px).camera_y

    assert height(None) == pytest.approx(1.45, abs=0.01)
    assert height(2.0) < 1.1 < 1.45 < height(12.0) < height(20.0) < height(30.0)
    ring = View.of(replace(canvas, pitch_deg=20.0), 1.45).to_pixel(
        [[0, 0, -0.5], [0, 0, 0.5], [-0.5, 0, 0], [0.5, 0, 0]]
    )
    assert (ring[1, 1] - ring[0, 1]) / (ring[3, 0] - ring[2, 0]) == pytest.approx(np.sin(np.radians(20)), abs=0.05)
    assert height(80.0) == height(50.0)  # no set is all floor
    assert height(12.0, rise_px=300) == height(12.0)  # what is known is not guessed
    assert height(30.0, Stance.HANGING) == height(None, Stance.HANGING)


@pytest.mark.parametrize("size", _SIZES)
def test_what_a_set_lives_by_is_seen_however_high_the_photo_was_taken(size: tuple[int, int]) -> None:
    presets = PresetRegistry.load()
    for name in ("oxblood_salon_gallery", "beach_sunset_palms", "sunset_beach_sand", "plaster_wall_leaf_shadows"):
        design = presets.get(name).design
        assert design.shows is not None
        usual = View.of(_canvas(*size), design.camera_y)
        for canvas, rise_px in ((replace(_canvas(*size), pitch_deg=44.0), 0.0), (_canvas(*size), 0.3 * size[1])):
            view = View.of(canvas, design.camera_y, rise_px, shows=design.shows)
            free = View.of(canvas, design.camera_y, rise_px)
            assert usual.camera_y - 0.01 <= view.camera_y <= free.camera_y
            z, y = design.shows
            assert view.top_at(z) >= y - 0.005 * (9 - z) or view.camera_y == pytest.approx(usual.camera_y, abs=0.01), (
                name
            )


@pytest.mark.usefixtures("placer")
@pytest.mark.parametrize(
    ("preset", "size"), [("city_asphalt_morning", (1200, 628)), ("concrete_stairs_hard_sun", (728, 90))]
)
def test_sets_can_be_built_as_seen_from_the_highest_camera(preset: str, size: tuple[int, int]) -> None:
    design = PresetRegistry.load().get(preset).design
    view = View.of(replace(_canvas(*size), pitch_deg=44.0), design.camera_y)
    assert view.camera_y > 2.5
    parts = load_builder(design)(design, view, np.random.default_rng(1))
    assert parts.shapes
