from __future__ import annotations

from dataclasses import replace

import mitsuba as mi
import numpy as np
import pytest
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.renderer.highlights import Highlights, has_highlights
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from tests.placers.studio.renderer.test_renderer import SMALL_CAMERA as CAMERA
from tests.placers.studio.renderer.test_renderer import scene

pytestmark = pytest.mark.usefixtures("variant_compiled", "placer")
FILM = Camera(film=Film(view=CAMERA.film.view, scale=0.5, margin=8))
WHOLE = Camera(film=Film(view=CAMERA.film.view))
DEPTH = 8


def _glazed(radiance: float = 30.0) -> mi.Scene:
    """A ball and checks behind a glass ball, a lamp over the camera, another one at the side."""
    shapes = {f"{index}": shape for index, shape in enumerate(scene().shapes())}
    turned = mi.ScalarTransform4f().translate([0, 5, 6]).rotate([1, 0, 0], 140)
    lamp = {"type": "area", "radiance": {"type": "rgb", "value": [radiance, radiance, radiance / 2]}}
    clear = {"type": "thindielectric", "int_ior": 1.5, "specular_transmittance": {"type": "rgb", "value": [0.9, 1, 1]}}
    glass = {"type": "sphere", "center": [0.3, 0.9, 2.2], "radius": 0.8, "bsdf": clear}
    beside = {**glass, "center": [-1.4, 0.6, 1.0], "radius": 0.5}
    panel = {"type": "rectangle", "to_world": turned, "emitter": lamp}
    side = {"type": "sphere", "center": [-4, 2, 2], "radius": 0.5, "emitter": lamp}
    whole = {"glass": glass, "beside": beside, "panel": panel, "side": side}
    loaded: mi.Scene = mi.load_dict({"type": "scene", **shapes, **whole}, parallel=False)
    return loaded


def _highlights(seen: mi.Scene, camera: Camera, seed: int = 1) -> Float32Array:
    begun = Highlights.begin(seen, Renderer(DEPTH).render_aovs(seen, camera, 4, 1), camera, seed)
    assert begun is not None
    view = camera.film.view
    return begun().over(np.zeros((view.height_px, view.width_px, 3), np.float32))


def _traced(seen: mi.Scene, spp: int, seed: int, *, apart: bool) -> Float32Array:
    return WHOLE.film.to_canvas(Renderer(DEPTH, highlights_apart=apart).render_radiance(seen, WHOLE, spp, seed))


def test_light_without_highlights_and_these_are_all_light() -> None:
    seen = _glazed()
    without, whole = (_traced(seen, 64, 3, apart=apart) for apart in (True, False))
    found = _highlights(seen, FILM)
    assert 0.002 < (found > 0).mean() < 0.5
    blocks = [ndimage.uniform_filter(image, (8, 8, 0))[4::8, 4::8] for image in (without, without + found, whole)]
    lost, off = (np.abs(image - blocks[2]).mean() for image in blocks[:2])
    assert off < lost / 4, "what is left out is what is looked at"
    np.testing.assert_allclose((without + found).mean((0, 1)), whole.mean((0, 1)), rtol=0.02)


def test_their_image_has_less_noise_than_many_paths_have() -> None:
    seen = _glazed()
    one, other = (_highlights(seen, FILM, seed) for seed in (1, 2))
    shown = ndimage.maximum_filter(one.max(-1) > 0.5, 3)
    traced = [_traced(seen, 64, seed, apart=False) for seed in (1, 2)]
    looked, chance = ((np.abs(a - b).mean(-1))[shown].mean() for a, b in ((one, other), traced))
    assert looked < chance / 2


def test_a_lens_blurs_them_and_takes_nothing_from_them() -> None:
    seen = _glazed()
    sharp, blurred = _highlights(seen, FILM), _highlights(seen, replace(FILM, aperture=0.5))
    assert blurred.max() < 0.9 * sharp.max()
    np.testing.assert_allclose(blurred.sum((0, 1)), sharp.sum((0, 1)), rtol=0.1)


def test_where_no_glass_is_there_are_none() -> None:
    bare = scene()
    assert not has_highlights(bare)
    assert has_highlights(_glazed())
    assert Highlights.begin(bare, Renderer(DEPTH).render_aovs(bare, FILM, 4, 1), FILM, 1) is None
    dark = _highlights(_glazed(radiance=0.0), FILM)
    assert not dark.any()


def test_the_same_seed_has_the_same_bytes() -> None:
    seen = _glazed()
    first, again, other = (_highlights(seen, replace(FILM, aperture=0.3), seed) for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes() != other.tobytes()
