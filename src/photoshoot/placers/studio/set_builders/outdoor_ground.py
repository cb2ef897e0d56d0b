"""Ground out of doors at the product's scale, with a real place out of focus behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from photoshoot.placers.studio.assets.cafe_things import seats
from photoshoot.placers.studio.assets.furniture.style import Style
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import Row, line_up
from photoshoot.placers.studio.backdrops.far_ground import ground_into_place
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.landscape.flower_bushes import bushes
from photoshoot.placers.studio.landscape.lawn_and_sand import Support, lawn
from photoshoot.placers.studio.landscape.uneven import Uneven, litter
from photoshoot.placers.studio.scene.batching import Things, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, textured
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.location import Look, build_in_place
from photoshoot.placers.studio.set_builders.stalls import USUAL_UNIT_M, stalls
from photoshoot.placers.studio.textures.industrial import asphalt
from photoshoot.placers.studio.textures.masonry import cobbles
from photoshoot.placers.studio.textures.procedural import Texture, concrete
from photoshoot.placers.studio.textures.soil import sand, soil
from photoshoot.sets.outdoor_ground import OutdoorGround

_LEAST_METRE = 0.7  # world units
_CLEAR_M = 3.5  # of ground behind the product, before bushes
_EDGE_Z = -15.5  # where the ground ends, before the picture of the place
_REPEATS_M = {"asphalt": 0.5, "cobbles": 1.3, "concrete": 3.0, "trail": 0.6, "snow": 0.8}
"""Side of the texture, metres."""
_RELIEF_M = {"asphalt": 0.0012, "cobbles": 0.008, "concrete": 0.001, "trail": 0.004, "snow": 0.002}
"""How high its grains are, metres: beside furniture they are small, or their own shade would blacken the ground."""
_BUMPS_M = {"trail": 0.05, "snow": 0.07}
"""How uneven it is beside the product, metres."""


def build_outdoor_ground(design: OutdoorGround, view: View, rng: np.random.Generator) -> SetParts:
    """Ground, place and light; the piece of ground, where the camera looks and the light vary a little."""
    return build_in_place(design, view, rng, partial(_ground, design, view, rng), aperture=0.05, bloom=0.04)


def _ground(design: OutdoorGround, view: View, rng: np.random.Generator, look: Look) -> Support:
    """The ground, and what lies on it."""
    heights, back, drop = None, _EDGE_Z, 0.0
    if design.ground == "lawn":
        shapes, back, drop = lawn(design.ground_color, view, rng)
    else:
        shapes, heights = _bare(design, view, rng, look)
    if design.flower_colors and (rows := _rows(view)):
        shapes |= bushes(view, rows, design.flower_colors, rng.spawn(1)[0])
    things = _seats(design, view, rng) if design.seats else []
    things += stalls(view, design.produce, design.stall_color, rng) if design.produce != "none" else []
    shapes |= thing_shapes(things, 1.0)
    return {**shapes, **beside(design, view, rng, ground=heights, among=[it.mesh for it in things])}, back, drop


def _seats(design: OutdoorGround, view: View, rng: np.random.Generator) -> Things:
    """A café's chairs and tables: beside the product, and a row of them behind it."""
    metre = 1 / (view.unit_m or USUAL_UNIT_M)
    wares = seats(Style(wood="#6b4a30", accent=design.seat_color), metre)
    gaps, rest = (0.02 * metre, 0.2 * metre), 0.6 * metre
    things: Things = []
    for side in (-1.0, 1.0):
        near = Row(z=-view.product_back - 1.3 * metre, side=side, clear=0.3 * metre, gaps=gaps, rest=rest, peeks=True)
        far = replace(near, z=near.z - 2.2 * metre, clear=0.2 * metre, peeks=False)
        things += line_up(view, near, wares, rng)
        things += line_up(replace(view, product_half_width=0.0), far, wares, rng)
    return things


def _rows(view: View) -> list[tuple[float, float, float]]:
    """Depth, foot and radius of two rows of bushes behind the product, about as large as in life; none behind a car.

    So small they would be thousands, and large ones make a toy of it.
    """
    metre = 1 / (view.unit_m or USUAL_UNIT_M)
    if metre < _LEAST_METRE:
        return []
    first, second = (float(np.clip(metre * size, least, 2 * least)) for size, least in ((0.6, 1.0), (0.85, 1.4)))
    near = max(-view.product_back - _CLEAR_M * metre - first, _EDGE_Z + first + 3 * second)
    return [(near, -0.3 * first, first), (near - first - second, -0.3 * second, second)]


def _bare(
    design: OutdoorGround, view: View, rng: np.random.Generator, look: Look
) -> tuple[dict[str, object], Uneven | None]:
    """Ground without grass, and its heights where it is no plane."""
    metre = 1 / (view.unit_m or USUAL_UNIT_M)
    texture = _texture(design, int(rng.integers(3)))
    tiling = Tiling.drawn(1 / (_REPEATS_M[design.ground] * metre), rng, float(rng.uniform(0, 360)))
    coat: Entry = textured(texture, tiling, "matte", _RELIEF_M[design.ground] * metre)
    bumps = _BUMPS_M.get(design.ground)
    if bumps is None:
        return ground_into_place(coat, look((_EDGE_Z, 0.0)), view, _EDGE_Z), None
    ground = Uneven(view=view, metre=metre, bumps_m=bumps, seed=int(rng.integers(6)))
    shapes: dict[str, object] = {"ground": to_shape(ground.mesh(_EDGE_Z), bsdf=coat)}
    if design.ground == "trail":
        shapes |= litter(ground, design.ground_color, rng)
    return shapes, ground


def _texture(design: OutdoorGround, seed: int) -> Texture:
    build = {"asphalt": asphalt, "cobbles": cobbles, "concrete": concrete, "trail": soil, "snow": sand}[design.ground]
    return build(design.ground_color, seed)
