from __future__ import annotations

import mitsuba as mi
import numpy as np
import pytest

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.gobos import GoboPlane, sun_through
from photoshoot.records import Box, Canvas
from photoshoot.sets import Light
from photoshoot.settings import Stance

BOX = Box(left=370, top=60, right=470, bottom=270)
CANVAS = Canvas(label="t", width_px=840, height_px=314, product_box=BOX, safe_area=BOX, stance=Stance.UPRIGHT)
VIEW = View.of(CANVAS, 1.3)


@pytest.mark.parametrize("azimuth", [-40.0, 0.0, 55.0])
def test_a_slit_lights_its_plane_between_its_edges_alone(azimuth: float) -> None:
    light = Light(azimuth_deg=azimuth, elevation_deg=35, softness=0.0)
    plane = GoboPlane(z=-1.0, left=-0.8, right=0.8, bottom=0.0, top=2.4, focus_x=0.0)
    for seed in range(3):
        parts = sun_through("slit", light, VIEW, plane, np.random.default_rng(seed), 1.0)
        lit = _foot_of_wall(parts, plane.z)
        assert lit[len(lit) // 2] > 0.1
        share = float((lit > 0.5 * lit.max()).mean())
        assert share == pytest.approx(1.6 / 6.0, abs=0.06)
        assert lit[0] < 0.02
        assert lit[-1] < 0.02


def _foot_of_wall(parts: dict[str, object], z: float) -> np.ndarray:
    """Radiance along the foot of a white wall, from x = -3 to 3."""
    scene = mi.load_dict(
        {
            "type": "scene",
            "camera": {
                "type": "orthographic",
                "to_world": mi.ScalarTransform4f().look_at([0, 0.05, z + 0.5], [0, 0.05, z], [0, 1, 0])
                @ mi.ScalarTransform4f().scale([3, 3, 1]),
                "film": {"type": "hdrfilm", "width": 60, "height": 1, "pixel_format": "rgb"},
            },
            "wall": {
                "type": "rectangle",
                "to_world": mi.ScalarTransform4f().translate([0, 0, z]) @ mi.ScalarTransform4f().scale([9, 9, 1]),
                "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 1.0}},
            },
            **parts,
        }
    )
    image = mi.render(scene, integrator=mi.load_dict({"type": "direct"}), spp=16)
    return np.asarray(np.array(image)[0].mean(-1), np.float64)
