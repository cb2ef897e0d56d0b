from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.scene.bsdfs import diffuse
from tests.placers.studio.renderer.test_renderer import SMALL_CAMERA as CAMERA

pytestmark = pytest.mark.usefixtures("variant_compiled", "placer")
DEPTH = 6


def _roofed(panes: int) -> mi.Scene:
    """A ball on a floor, under one lamp and so many panes of glass, the lowest of which dyes the light."""
    at, lamp = mi.ScalarTransform4f(), {"type": "area", "radiance": {"type": "rgb", "value": 40.0}}
    dyed = {"type": "thindielectric", "specular_transmittance": {"type": "rgb", "value": [0.9, 0.6, 0.3]}}
    roofs = {
        f"pane_{number}": {
            "type": "rectangle",
            "to_world": at.translate([0, 3 + 0.2 * number, 0]).rotate([1, 0, 0], 90).scale(20),
            "bsdf": dyed if number == 0 else {"type": "thindielectric"},
        }
        for number in range(panes)
    }
    shapes = {
        "floor": {"type": "rectangle", "to_world": at.rotate([1, 0, 0], -90).scale(20), "bsdf": diffuse("#808080")},
        "ball": {"type": "sphere", "center": [0, 0.6, 0], "radius": 0.6, "bsdf": diffuse("#c08040")},
        "lamp": {"type": "rectangle", "to_world": at.translate([1, 6, 1]).rotate([1, 0, 0], 90), "emitter": lamp},
    }
    loaded: mi.Scene = mi.load_dict({"type": "scene", **shapes, **roofs}, parallel=False)
    return loaded


def _traced(seen: mi.Scene, spp: int, seed: int, *, apart: bool) -> Float32Array:
    return Renderer(DEPTH, highlights_apart=apart).render_radiance(seen, CAMERA, spp, seed)


@pytest.mark.parametrize("panes", [1, 3])
def test_what_stands_under_glass_has_the_light_that_chance_gives_it(panes: int) -> None:
    seen = _roofed(panes)
    asked, chance = (_traced(seen, spp, 2, apart=apart).mean((0, 1)) for apart, spp in ((True, 32), (False, 128)))
    np.testing.assert_allclose(asked, chance, rtol=0.03)
    assert asked[2] < 0.7 * asked[0]


def test_lamps_are_asked_through_glass() -> None:
    """By chance one path in dozens runs into a lamp that no shadow ray reaches."""
    seen = _roofed(1)
    noise = {}
    for apart in (True, False):
        one, other = (_traced(seen, 4, seed, apart=apart) for seed in (1, 2))
        noise[apart] = float(np.square(one - other).mean())
    assert noise[True] < noise[False] / 10


def test_no_light_comes_through_more_glass_than_a_path_has_bounces() -> None:
    most = DEPTH - 2
    assert _traced(_roofed(most), 16, 1, apart=True).mean() > 0
    assert _traced(_roofed(most + 1), 16, 1, apart=True).mean() == 0
