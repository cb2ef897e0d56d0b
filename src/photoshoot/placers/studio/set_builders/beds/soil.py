"""Rock, pebbles, moss and soil, with small stones strewn on them."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.instancing import blades
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import Terrain
from photoshoot.placers.studio.landscape.ground_cover import (
    COVER_REPEATS,
    make_terrain,
    moss_tips,
    pebble_shades,
    pebbles_at,
)
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, diffuse, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.soil import moss, rock, soil

_TEXTURES = {"rock": rock, "pebbles": soil, "moss": moss, "soil": soil}
_RELIEF = {"rock": 0.012, "pebbles": 0.012, "moss": 0.014, "soil": 0.014}
_STONES = {"rock": (160, (0.012, 0.06)), "pebbles": (3000, (0.04, 0.15)), "soil": (320, (0.012, 0.07))}
"""How many small stones lie there in a picture of usual area, and their least and largest radius."""
_AREA = 24.0  # of that picture, square world units
_FIBRES = 26_000
_SUNK = 0.06  # how far ground lies under the support: what lies on it presses it down


def ground(lying: Lying) -> dict[str, object]:
    """Uneven ground and what is strewn on it."""
    kind, color, rng = lying.design.surface, lying.design.colors[0], lying.rng
    terrain = _pressed(lying, make_terrain(kind, -_SUNK, lying.chance(64)))
    x, z = lying.points(60_000)
    texture = _TEXTURES[kind](color, lying.chance(3))
    tiling = Tiling.drawn(COVER_REPEATS[kind], rng, float(rng.uniform(0, 360)))
    surface = lying.surface(x, terrain(x, z), z)
    shapes: dict[str, object] = {"ground": to_shape(surface, bsdf=textured(texture, tiling, "matte", _RELIEF[kind]))}
    if kind == "moss":
        fibres = lying.placed(_fibres(lying, terrain))
        return {**shapes, "fibres": to_shape(fibres, bsdf=diffuse(bitmap(moss_tips(color))))}
    count, sizes = _STONES[kind]
    spots = _spots(lying, round(count * _area(lying) / _AREA))
    stones = lying.placed(pebbles_at(spots, sizes, terrain, rng))
    return {**shapes, "pebbles": to_shape(stones, bsdf=diffuse(bitmap(pebble_shades(color))))}


def _pressed(lying: Lying, terrain: Terrain) -> Terrain:
    """The ground, level where the product lies."""

    def height(x: Float64Array, z: Float64Array) -> Float64Array:
        free = lying.clear(x, z, 0.0, 0.5)
        return -_SUNK + (0.4 + 0.9 * free) * (terrain(x, z) + _SUNK)

    return height


def _area(lying: Lying) -> float:
    return 2 * lying.view.half_width * (lying.view.top - lying.view.bottom)


def _spots(lying: Lying, count: int) -> Float64Array:
    """Places (count, 2), x and z, evenly over the picture."""
    view = lying.view
    x = lying.rng.uniform(-1, 1, count) * (view.half_width + 0.15)
    z = lying.rng.uniform(-view.top - 0.15, -view.bottom + 0.15, count)
    return np.stack([x, z], 1)


def _fibres(lying: Lying, terrain: Terrain) -> Mesh:
    spots = _spots(lying, _FIBRES)
    roots = np.stack([spots[:, 0], terrain(spots[:, 0], spots[:, 1]) - 0.005, spots[:, 1]], 1)
    lengths = lying.rng.uniform(0.03, 0.075, len(spots))
    return blades(roots, lengths, lying.rng.normal(0, 0.8, (len(spots), 2)), 0.3, steps=1)
