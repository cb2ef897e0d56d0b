"""Open ground, seen from above: short grass; sand in ripples, packed snow; rock, pebbles, moss and soil with stones."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.instancing import blades
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import Terrain, plane_noise
from photoshoot.placers.studio.landscape.boulders import wetted
from photoshoot.placers.studio.landscape.dunes import snow_drifts, wind_ripples
from photoshoot.placers.studio.landscape.ground_cover import (
    COVER_REPEATS,
    make_terrain,
    moss_tips,
    pebble_material,
    pebbles_at,
)
from photoshoot.placers.studio.landscape.lawn_and_sand import blade_albedo, blade_mesh
from photoshoot.placers.studio.scene.bsdfs import Tiling, bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.procedural import plaster
from photoshoot.placers.studio.textures.soil import moss, rock, soil
from photoshoot.placers.studio.textures.soil import sand as sand_texture

_BLADES = 42_000
_TALL = 0.17
_SWELL = 0.16  # height of the soft rises beside the product, world units
_TEXTURES = {"rock": rock, "pebbles": soil, "moss": moss, "soil": soil}
_RELIEF = {"rock": 0.012, "pebbles": 0.012, "moss": 0.014, "soil": 0.014}
_STONES = {"rock": (160, (0.012, 0.06)), "pebbles": (3000, (0.04, 0.15)), "soil": (320, (0.012, 0.07))}
"""How many small stones lie there in a picture of usual area, and their least and largest radius."""
_AREA = 24.0  # of that picture, square world units
_FIBRES = 26_000
_SUNK = 0.06  # how far ground lies under the support: what lies on it presses it down


def lawn(lying: Lying) -> dict[str, object]:
    """Blades that stand and lean, pressed down under the product."""
    view, rng, color = lying.view, lying.rng, lying.design.colors[0]
    half, top, bottom = view.half_width + 0.2, view.top + 0.2, view.bottom - 0.2
    x = rng.uniform(-half, half, _BLADES)
    z = rng.uniform(-top, -bottom, _BLADES)
    patches = plane_noise(x / 1.1, z / 1.1, seed=lying.chance(40), octaves=2)
    pressed = 0.3 + 0.7 * lying.clear(x, z, -0.02, 0.12)
    tall = _TALL * rng.uniform(0.55, 1.25, _BLADES) * (1 + 0.3 * patches) * pressed
    width = 0.62 * np.sqrt(2 * half * (top - bottom) / _BLADES) * rng.uniform(0.6, 1.2, _BLADES)
    hue = np.clip(0.5 + 0.22 * patches + 0.17 * rng.standard_normal(_BLADES), 0, 1)
    roots = np.stack([x, np.full(_BLADES, -0.10), z], 1)
    earth_x, earth_z = lying.points(2_000)
    soil = diffuse(np.asarray(hex_to_linear(color) * 0.30, np.float32))
    grass = lying.placed(blade_mesh(roots, width, tall, hue, rng))
    return {
        "soil": to_shape(lying.surface(earth_x, np.full_like(earth_x, -0.10), earth_z), bsdf=soil),
        "grass": to_shape(grass, bsdf=diffuse(bitmap(blade_albedo(color), clamp=True))),
    }


def sand(lying: Lying) -> dict[str, object]:
    """Sand: ripples across it, soft rises at its sides, a shallow hollow under the product."""
    x, z = lying.points()
    seed, wind = lying.chance(40), float(lying.rng.uniform(-0.5, 0.5))
    height = 1.9 * wind_ripples(x, z, seed=seed, wind=wind, length=0.23) + _rises(lying, x, z, seed)
    texture = sand_texture(lying.design.colors[0], seed % 3)
    material = lying.coat(texture, Tiling.drawn(0.55, lying.rng, float(lying.rng.uniform(0, 360))), "matte", 0.008)
    return {"sand": to_shape(lying.surface(x, height, z), bsdf=material)}


def snow(lying: Lying) -> dict[str, object]:
    """Fresh snow: soft humps and streaks of the wind, and fine crumbs on them."""
    x, z = lying.points()
    seed = lying.chance(40)
    crumbs = 0.004 * np.maximum(plane_noise(x * 13.0, z * 13.0, seed=seed + 9, octaves=2) - 0.1, 0)
    height = 1.3 * snow_drifts(x, z, seed=seed) * (0.35 + 0.65 * lying.clear(x, z, 0.0, 0.6))
    height += crumbs + _rises(lying, x, z, seed)
    texture = plaster(lying.design.colors[0], seed % 4, 0.012)
    material = lying.coat(texture, Tiling.drawn(0.8, lying.rng), "matte", 0.006)
    return {"snow": to_shape(lying.surface(x, height, z), bsdf=material)}


def _rises(lying: Lying, x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    broad = plane_noise(x * 0.42, z * 0.55, seed=seed + 5, octaves=2, gain=0.4)
    return np.asarray(_SWELL * lying.clear(x, z, 0.05, 1.0) * (broad + 0.5), np.float64)


def ground(lying: Lying) -> dict[str, object]:
    """Uneven ground and what is strewn on it."""
    kind, color, rng = lying.design.surface, wetted(lying.design.colors[0], wet=lying.design.wet), lying.rng
    terrain = _pressed(lying, make_terrain(kind, -_SUNK, lying.chance(64)))
    x, z = lying.points(60_000)
    texture = _TEXTURES[kind](color, lying.chance(3))
    tiling = Tiling.drawn(COVER_REPEATS[kind], rng, float(rng.uniform(0, 360)))
    surface = lying.surface(x, terrain(x, z), z)
    shapes: dict[str, object] = {"ground": to_shape(surface, bsdf=lying.coat(texture, tiling, "matte", _RELIEF[kind]))}
    if kind == "moss":
        fibres = lying.placed(_fibres(lying, terrain))
        return {**shapes, "fibres": to_shape(fibres, bsdf=diffuse(bitmap(moss_tips(color))))}
    count, sizes = _STONES[kind]
    spots = _spots(lying, round(count * _area(lying) / _AREA))
    stones = lying.placed(pebbles_at(spots, sizes, terrain, rng))
    return {**shapes, "pebbles": to_shape(stones, bsdf=pebble_material(lying.design.colors[0], wet=lying.design.wet))}


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
