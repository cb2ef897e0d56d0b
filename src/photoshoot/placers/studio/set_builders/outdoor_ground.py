"""Ground out of doors at the product's scale, with a real place out of focus behind it."""

from __future__ import annotations

from functools import partial

import numpy as np

from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.lawn_and_sand import Support, lawn
from photoshoot.placers.studio.landscape.uneven import Uneven, litter
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, textured
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.location import build_in_place
from photoshoot.placers.studio.textures.industrial import asphalt
from photoshoot.placers.studio.textures.procedural import Texture, concrete
from photoshoot.placers.studio.textures.soil import sand, soil
from photoshoot.sets.outdoor_ground import OutdoorGround

_USUAL_UNIT_M = 0.5  # where the product's size is not known
_EDGE_Z = -15.5  # where the ground ends, before the picture of the place
_REPEATS_M = {"asphalt": 0.5, "concrete": 3.0, "trail": 0.6, "snow": 0.8}
"""Side of the texture, metres."""
_RELIEF_M = {"asphalt": 0.0012, "concrete": 0.001, "trail": 0.004, "snow": 0.002}
"""How high its grains are, metres: beside furniture they are small, or their own shade would blacken the ground."""
_BUMPS_M = {"trail": 0.05, "snow": 0.07}
"""How uneven it is beside the product, metres."""


def build_outdoor_ground(design: OutdoorGround, view: View, rng: np.random.Generator) -> SetParts:
    """Ground, place and light; the piece of ground, where the camera looks and the light vary a little."""
    return build_in_place(design, view, rng, partial(_ground, design, view, rng), aperture=0.05, bloom=0.04)


def _ground(design: OutdoorGround, view: View, rng: np.random.Generator) -> Support:
    """The ground, and what lies on it."""
    shapes, back, drop = _bare(design, view, rng)
    return {**shapes, **beside(design, view, rng)}, back, drop


def _bare(design: OutdoorGround, view: View, rng: np.random.Generator) -> Support:
    if design.ground == "lawn":
        return lawn(design.ground_color, view, rng)
    metre = 1 / (view.unit_m or _USUAL_UNIT_M)
    texture = _texture(design, int(rng.integers(3)))
    tiling = Tiling.drawn(1 / (_REPEATS_M[design.ground] * metre), rng, float(rng.uniform(0, 360)))
    coat: Entry = textured(texture, tiling, "matte", _RELIEF_M[design.ground] * metre)
    bumps = _BUMPS_M.get(design.ground)
    if bumps is None:
        return {"ground": to_shape(stage_floor(view, back=_EDGE_Z, uv_scale=1.0), bsdf=coat)}, _EDGE_Z, 0.0
    ground = Uneven(view=view, metre=metre, bumps_m=bumps, seed=int(rng.integers(6)))
    shapes: dict[str, object] = {"ground": to_shape(ground.mesh(_EDGE_Z), bsdf=coat)}
    if design.ground == "trail":
        shapes |= litter(ground, design.ground_color, rng)
    return shapes, _EDGE_Z, 0.0


def _texture(design: OutdoorGround, seed: int) -> Texture:
    build = {"asphalt": asphalt, "concrete": concrete, "trail": soil, "snow": sand}[design.ground]
    return build(design.ground_color, seed)
