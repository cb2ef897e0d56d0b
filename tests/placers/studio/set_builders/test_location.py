"""A real place behind a table: day looks like day, night like night, and the horizon is the camera's."""

from __future__ import annotations

import math

import mitsuba as mi
import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.color.space import LUMINANCE
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.exposure import tone_map
from photoshoot.placers.studio.set_builders.location import build_location
from photoshoot.records import Box, Canvas
from photoshoot.sets.location import Location
from photoshoot.settings import Stance


def _view(width: int = 640, height: int = 240) -> View:
    half, bottom = min(40, width // 4), round(0.85 * height)
    box = Box(left=width // 2 - half, top=bottom - round(0.6 * height), right=width // 2 + half, bottom=bottom)
    canvas = Canvas(
        label="test", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT
    )
    return View.of(canvas, Location.camera_y)


def _picture(design: Location, view: View, columns: int, integrator: dict[str, object]) -> npt.NDArray[np.float32]:
    """What the camera sees, small."""
    parts = build_location(design, view, np.random.default_rng(3))
    scale = columns / view.width_px
    rows, axis = max(2, round(view.height_px * scale)), round(view.axis_row_px * scale)
    film_rows = 2 * max(abs(axis), abs(rows - axis)) + 2
    film = {"type": "hdrfilm", "width": columns, "height": film_rows, "rfilter": {"type": "box"}, "pixel_format": "rgb"}
    crop = {"crop_offset_y": film_rows // 2 - axis, "crop_height": rows, "crop_offset_x": 0, "crop_width": columns}
    eye = [0.0, view.camera_y, view.distance]
    camera = {
        "type": "perspective",
        "fov": 2 * math.degrees(math.atan(view.half_width / view.distance)),
        "fov_axis": "x",
        "to_world": mi.ScalarTransform4f().look_at(origin=eye, target=[0, view.camera_y, 0], up=[0, 1, 0]),
        "film": {**film, **crop},
    }
    scene = mi.load_dict({"type": "scene", "camera": camera, **parts.shapes})
    radiance = np.array(mi.render(scene, integrator=mi.load_dict(integrator), spp=16, seed=1))
    if integrator["type"] != "path":
        return np.asarray(radiance[..., 0], np.float32)
    assert parts.exposure is not None
    return np.asarray(tone_map(radiance[..., :3].astype(np.float32), parts.exposure), np.float32)


PATH: dict[str, object] = {"type": "path", "max_depth": 5}


@pytest.mark.parametrize("place", ["park", "city", "apartment"])
def test_day_is_bright(place: str) -> None:
    design = Location(place=place, surface_color="#d8d2c8", material="plain")  # type: ignore[arg-type]
    luminance = _picture(design, _view(), 48, PATH) @ LUMINANCE
    assert 0.25 < float(np.median(luminance)) < 0.95
    assert float(luminance[-3:].mean()) > 0.35, "a light table by day"


def test_night_is_dark_all_over() -> None:
    night = _picture(Location(place="night"), _view(), 48, PATH) @ LUMINANCE
    day = _picture(Location(place="park"), _view(), 48, PATH) @ LUMINANCE
    assert float(np.median(night[:8])) < 0.12
    assert float(np.median(night)) < 0.35 * float(np.median(day))


def test_horizon_of_the_place_is_the_camera_s() -> None:
    view = _view()
    picture = _picture(Location(place="night", heading_deg=-100), view, 96, PATH)
    rows = np.log((picture @ LUMINANCE).mean(1))
    table = round(float(view.to_pixel([0, 0, -2.6])[1]) / view.height_px * len(picture))
    change = int(np.argmin(np.diff(rows[: table - 2])))
    assert change / len(picture) == pytest.approx(view.horizon, abs=0.08)


@pytest.mark.parametrize(("place", "heading_deg"), [("hall", 50.0), ("warehouse", -120.0)])
def test_windows_do_not_burn_out(place: str, heading_deg: float) -> None:
    picture = _picture(Location(place=place, heading_deg=heading_deg), _view(), 96, PATH)  # type: ignore[arg-type]
    assert float((picture.min(-1) > 0.9).mean()) < 0.02


@pytest.mark.parametrize("size", [(640, 240), (160, 600), (970, 90)])
def test_lamps_that_hang_high_come_into_the_picture(size: tuple[int, int]) -> None:
    design = Location(place="hall", heading_deg=-42, surface_color="#101010", material="plain", finish="matte")
    luminance = _picture(design, _view(*size), max(40, size[0] // 8), PATH) @ LUMINANCE
    upper = luminance[: len(luminance) // 2]
    assert float(upper.max()) > 4 * float(np.median(upper))


@pytest.mark.parametrize("size", [(640, 240), (160, 600), (970, 90)])
@pytest.mark.parametrize("material", ["wood", "grass", "sand"])
def test_set_fills_every_format(material: str, size: tuple[int, int]) -> None:
    depth = _picture(Location(material=material), _view(*size), 40, {"type": "depth"})  # type: ignore[arg-type]
    assert (depth > 0).all()
    assert depth.min() > 0.5


@pytest.mark.parametrize("material", ["wood", "grass", "sand"])
def test_set_has_few_shapes(material: str) -> None:
    shapes = build_location(Location(material=material), _view(), np.random.default_rng(1)).shapes  # type: ignore[arg-type]
    assert len(shapes) <= 7
    assert sum(shape.face_count() for shape in shapes.values() if isinstance(shape, mi.Mesh)) < 150_000


@pytest.mark.parametrize("stand", ["round", "square"])
def test_a_platform_stands_before_the_place(stand: str) -> None:
    view = _view()
    depth_of: dict[str, object] = {"type": "depth"}
    plain = _picture(Location(place="sky", material="plain"), view, 96, depth_of)
    design = Location(place="sky", material="plain", stand=stand)  # type: ignore[arg-type]
    depth = _picture(design, view, 96, depth_of)
    base = int(view.to_pixel([0, 0, 0])[1] / view.height_px * len(depth))
    assert depth[base, 46:50] == pytest.approx(plain[base, 46:50], abs=0.02)  # the product's base is on it
    assert depth[base, 2:6].mean() > plain[base, 2:6].mean()  # and the table lies lower than it
    assert (depth > 0).all()


@pytest.mark.parametrize(
    ("stand", "place", "grows"), [("round", "park", True), ("steps", "forest", True), ("round", "city", False)]
)
def test_platforms_in_parks_and_forests_stand_on_grass(stand: str, place: str, grows: bool) -> None:
    design = Location(place=place, stand=stand, material="marble", surface_color="#f0f0f0")  # type: ignore[arg-type]
    shapes = build_location(design, _view(), np.random.default_rng(3)).shapes
    assert "stand" in shapes
    assert ("grass" in shapes) == grows
    assert ("table" in shapes) != grows


def test_no_grass_grows_over_a_platform_that_a_picture_cuts() -> None:
    box = Box(left=200, top=100, right=440, bottom=640)
    canvas = Canvas(label="t", width_px=640, height_px=640, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    view = View.of(canvas, Location.camera_y)
    grass = build_location(Location(place="park", stand="round"), view, np.random.default_rng(3)).shapes["grass"]
    assert isinstance(grass, mi.Mesh)
    heights = np.array(mi.traverse(grass)["vertex_positions"]).reshape(-1, 3)[:, 1]
    assert float((heights > 0).mean()) < 1e-3
