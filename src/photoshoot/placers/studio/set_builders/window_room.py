"""A plain room where the sun draws a window, blinds or leaves on the wall."""

import numpy as np

from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.lighting.gobos import GoboPlane, sun_through
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, ambient, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.procedural import plaster
from photoshoot.sets.window_room import WindowRoom

_WALL_Z = -1.9
_BEHIND_FOOT = 0.9  # the body behind the foot stays in front of the wall, too


def build_window_room(design: WindowRoom, view: View, rng: np.random.Generator) -> SetParts:
    """Plaster wall and floor; the pattern, the light's direction and the plaster vary."""
    light = vary(design.light, rng, 0.7)
    z = min(_WALL_Z + float(rng.uniform(-0.3, 0.2)), -view.product_back - _BEHIND_FOOT)
    surfaces = _surfaces(design, view, z, rng)
    plane = GoboPlane.across(view, z, bottom=0.0).behind_product(view, light)
    sun = sun_through(design.gobo, light, view, plane, rng, 1 - fill_share(light))
    fill = ambient(light, Rig(fill_color="#e8efff", fill_scale=0.75))
    return SetParts(
        shapes={**surfaces, **sun, "fill": fill, **beside(design, view, rng)},
        exposure=albedo_exposure(light, 1.5 if design.gobo == "blinds" else 1.28),
    )


def _surfaces(design: WindowRoom, view: View, z: float, rng: np.random.Generator) -> dict[str, object]:
    wall = textured(plaster(design.wall_color, int(rng.integers(4))), Tiling.drawn(1.0, rng), "matte")
    floor = textured(plaster(design.floor_color, int(rng.integers(4)) + 9), Tiling.drawn(0.8, rng), "satin")
    return {
        "wall": to_shape(stage_wall(view, z=z), bsdf=wall),
        "floor": to_shape(stage_floor(view, back=z - 0.05), bsdf=floor),
    }
