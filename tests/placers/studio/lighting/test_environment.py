"""Real places as light and as a picture out of focus."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import mitsuba as mi
import numpy as np
import numpy.typing as npt
import pytest
from scipy import ndimage

from photoshoot.color.space import LUMINANCE
from photoshoot.files import find_data
from photoshoot.placers.studio.lighting.environment import (
    Window,
    balance_gains,
    blurred_view,
    load_environment,
    sky_light,
)
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.sets.location import Location

PLACES = get_args(get_type_hints(Location)["place"])
WINDOW = Window(left=-0.8, right=0.8, bottom=-0.3, top=0.4, blur=0.02)
FOLDER = find_data("presets") / "environments"


def test_there_is_a_panorama_and_a_line_in_the_notice_for_every_place() -> None:
    names = {place.removesuffix("_at_night").removeprefix("clear_") for place in PLACES}
    assert {path.stem for path in FOLDER.glob("*.exr")} == names
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    assert not [place for place in names if f"`{place}.exr`" not in notice]
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 3 * 2**20


def test_a_panorama_is_read_where_there_is_but_one_thread() -> None:
    code = (
        "from photoshoot.placers.studio.variant import load_variant; load_variant(); import drjit;"
        "drjit.set_thread_count(1);"
        "from photoshoot.placers.studio.lighting.environment import load_environment;"
        f"print(load_environment({PLACES[0]!r}).shape, drjit.thread_count())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600, check=True)
    assert done.stdout.strip() == "(256, 512, 3) 1", "and the pool is as it was"


def test_what_is_kept_of_a_view_is_the_view_and_its_panorama() -> None:
    SHELF.clear()
    blurred_view("city", 20, WINDOW, 80)
    assert SHELF.size_bytes < 3 * 2**20, "the panorama four times as fine had 24 MB"


@pytest.mark.parametrize("place", PLACES)
def test_panorama_is_light_everywhere_and_has_no_wild_colours(place: str) -> None:
    panorama = load_environment(place)
    assert panorama.shape == (256, 512, 3)
    assert np.isfinite(panorama).all()
    assert panorama.min() > 0
    luminance = panorama @ LUMINANCE
    assert luminance.max() < 100 * np.median(luminance)
    bright = panorama[luminance > 10 * np.median(luminance)]
    assert (bright.max(-1) < 40 * bright.min(-1)).all()


def test_view_is_evenly_exposed_and_of_the_asked_size() -> None:
    view = blurred_view("forest", 10.0, WINDOW, 140)
    assert view.shape == (140, 320, 3)
    assert view.min() >= 0
    assert 0.5 < float(np.median(view @ LUMINANCE)) < 2.5


def test_view_out_of_focus_is_softer_the_larger_the_blur() -> None:
    steps = []
    for blur in (0.01, 0.03, 0.06):
        window = Window(left=-0.8, right=0.8, bottom=-0.3, top=0.4, blur=blur)
        steps.append(float(np.abs(np.diff(blurred_view("city", 0.0, window, 140), axis=1)).mean()))
    assert steps[0] > steps[1] > steps[2]


def test_small_lights_become_discs_of_the_blur_s_size() -> None:
    window = Window(left=-0.5, right=0.5, bottom=-0.1, top=0.4, blur=0.03)
    view = blurred_view("esplanade", 30.0, window, 300)
    luminance = view @ LUMINANCE
    row, column = np.unravel_index(int(np.argmax(luminance)), luminance.shape)
    radius = round(0.03 / (0.5 / 300))
    near = luminance[max(0, row - 3 * radius) : row + 3 * radius, max(0, column - 3 * radius) : column + 3 * radius]
    assert float(np.percentile(near, 20)) < 0.6 * float(luminance.max())


def test_windows_are_held_under_a_ceiling_and_the_rest_stays() -> None:
    free, held = (blurred_view("hall", 50.0, WINDOW, 140, ceiling) @ LUMINANCE for ceiling in (None, 2.0))
    assert float(np.percentile(free, 90)) > 2.5
    assert 1.5 < float(np.percentile(held, 90)) < 2.0
    dim = ndimage.maximum_filter(free, 21) < 0.95
    assert dim.any()
    np.testing.assert_allclose(held[dim], free[dim], rtol=1e-5)


def _seen(light: dict[str, object], columns: int) -> npt.NDArray[np.float64]:
    """What a camera that looks straight ahead sees of a light, over ``WINDOW``'s width."""
    camera = {
        "type": "perspective",
        "fov": 2 * math.degrees(math.atan(0.8)),
        "to_world": mi.ScalarTransform4f().look_at(origin=[0, 1, 5], target=[0, 1, 0], up=[0, 1, 0]),
        "film": {"type": "hdrfilm", "width": columns, "height": columns // 2, "rfilter": {"type": "box"}},
        "sampler": {"type": "independent", "sample_count": 16},
    }
    scene = mi.load_dict({"type": "scene", "camera": camera, "light": light})
    picture = mi.render(scene, integrator=mi.load_dict({"type": "path"}), spp=16, seed=1)
    return np.asarray(np.array(picture)[..., :3] @ LUMINANCE, np.float64)


@pytest.mark.parametrize("heading_deg", [0.0, 45.0, -120.0])
def test_light_comes_from_where_the_view_shows_it(heading_deg: float) -> None:
    lit = _seen(sky_light("sunrise", heading_deg, 1.0), 32).mean(0)
    window = Window(left=-0.8, right=0.8, bottom=-0.4, top=0.4, blur=0.05)
    view = (blurred_view("sunrise", heading_deg, window, 64) @ LUMINANCE).mean(0)
    shown = view.reshape(32, -1).mean(1)
    assert float(np.corrcoef(np.log(lit), np.log(shown))[0, 1]) > 0.8


def test_light_gives_what_was_asked_for_and_is_nearly_white() -> None:
    for place in ("park", "dawn"):
        card = {
            "type": "rectangle",
            "to_world": mi.ScalarTransform4f().look_at(origin=[0, 1, 0], target=[0, 2, 1], up=[1, 0, 0]),
            "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 1.0}},
        }
        camera = {
            "type": "perspective",
            "fov": 5,
            "to_world": mi.ScalarTransform4f().look_at(origin=[0, 4, 3], target=[0, 1, 0], up=[0, 1, 0]),
            "film": {"type": "hdrfilm", "width": 8, "height": 8, "rfilter": {"type": "box"}},
        }
        scene = mi.load_dict({"type": "scene", "camera": camera, "card": card, "light": sky_light(place, 0.0, math.pi)})
        color = np.array(mi.render(scene, integrator=mi.load_dict({"type": "path"}), spp=256, seed=1)).mean((0, 1))[:3]
        assert 0.7 < float(color @ LUMINANCE) < 1.6
        assert color.max() < 1.5 * color.min(), f"{place} tints white paint {color}"


def test_white_balance_keeps_luminance_and_evens_out_colour() -> None:
    color = np.array([0.8, 0.4, 0.2])
    np.testing.assert_allclose(balance_gains(color, 0.0), 1.0, atol=1e-6)  # float32
    grey = color * balance_gains(color, 1.0)
    np.testing.assert_allclose(grey, float(color @ LUMINANCE), rtol=1e-5)


def test_probes_are_packaged_with_the_presets() -> None:
    root = Path(__file__).resolve().parents[4]
    settings = (root / "pyproject.toml").read_text(encoding="utf-8")
    assert '"presets" = "photoshoot/_data/presets"' in settings
    assert "presets/environments/NOTICE*" in settings


def test_a_clear_sky_is_blue_all_round_and_as_bright_as_the_one_with_clouds() -> None:
    clear, cloudy = load_environment("clear_sky"), load_environment("sky")
    assert np.ptp(clear, axis=1).max() == 0, "no cloud on any side"
    assert np.median(clear @ LUMINANCE) == pytest.approx(float(np.median(cloudy @ LUMINANCE)), rel=0.05)
    above = clear[:120, 0]
    assert (above[:, 2] > 1.15 * above[:, 0]).all(), "blue from a little over the horizon on"
    assert (np.diff(above[:, 0]) > 0).all(), "and bluer the higher"
