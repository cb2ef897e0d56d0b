"""Shallow water over pebbles: the bed is seen through its ripples, with the net of light that they throw on it."""

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.water import light_net
from photoshoot.placers.studio.lighting.mirrored import Mirrored, mirrored_light
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.gradients import mix_colors
from photoshoot.placers.studio.textures.procedural import noise, smoothstep
from photoshoot.placers.studio.textures.soil import pebble_bed

_IOR = 1.75  # over water's, so that the sky is seen in it from straight above
_REFLECTANCE = ((_IOR - 1) / (_IOR + 1)) ** 2
_WAVES = 22
_NUMBERS = (1.2, 15.0)  # radians a world unit, of the longest and the shortest wave
_RINGS = 17.0  # radians a world unit, of the rings round the product
_DEEP = 0.5  # how far the bed lies under the surface: what ripples shift
_TILE, _JOINT = 0.36, 0.45  # side of a pool's tiles, world units, and how much darker their joints are
_SKY = 0.12  # of the sky's light as seen in the water


def water(lying: Lying) -> dict[str, object]:
    """The surface with its ripples, the bed as its albedo, and the sky that it mirrors."""
    x, z = lying.points(150_000)
    height = _ripples(lying, x, z)
    uv = np.stack(np.meshgrid(np.linspace(0, 1, x.shape[1]), np.linspace(0, 1, x.shape[0])), -1)
    albedo = bitmap(_bed(lying, x, z, height), clamp=True)
    coat: Entry = {"type": "plastic", "diffuse_reflectance": albedo, "int_ior": _IOR, "nonlinear": False}
    view = lying.view
    sky = Mirrored(
        image=_sky(lying), half_width=1.6 * view.half_width, half_height=1.6 * view.top, reflectance=_REFLECTANCE
    )
    surface = lying.surface(x, height - 0.02, z, uv)
    return {
        "water": to_shape(surface, bsdf={"type": "twosided", "bsdf": coat}),
        **mirrored_light(sky, view, lying.light, lying.exposure),
    }


def _ripples(lying: Lying, x: Float64Array, z: Float64Array) -> Float64Array:
    """Waves from one side, and rings round the product."""
    rng, strength = lying.rng, 0.25 + 1.5 * lying.design.ripples
    heading = rng.uniform(0, 2 * np.pi) + rng.normal(0, 0.7, _WAVES)
    number = np.geomspace(*_NUMBERS, _WAVES) * rng.uniform(0.85, 1.15, _WAVES)
    bent = 0.35 * plane_noise(x * 0.4, z * 0.4, seed=lying.chance(64))
    total = np.zeros_like(x)
    for angle, k, shift in zip(heading, number, rng.uniform(0, 2 * np.pi, _WAVES), strict=True):
        total += 0.011 / k**1.1 * np.sin(k * (x * np.sin(angle) + z * np.cos(angle) + bent) + shift)
    distance = lying.distance(x, z) + 0.10 * plane_noise(x * 0.8, z * 0.8, seed=17)
    rings = 0.0022 * np.cos(_RINGS * distance) * np.exp(-distance / 0.7) * smoothstep(0.0, 0.12, distance)
    return np.asarray(strength * total + (0.4 + strength) * rings, np.float64)


def _bed(lying: Lying, x: Float64Array, z: Float64Array, height: Float64Array) -> Float32Array:
    """What is seen through the surface at each of its points: pebbles, under water of the design's colour."""
    down, across = np.gradient(height, z[:, 0], x[0])
    deep_z, deep_x = z + _DEEP * down, x + _DEEP * across
    stones = _tiles(lying, deep_x, deep_z) if lying.design.pool else _pebbles(lying, deep_x, deep_z)
    water_color = hex_to_linear(lying.design.colors[0])
    deep = 0.45 + 0.4 * smoothstep(-0.6, 0.9, plane_noise(x * 0.3, z * 0.3, seed=31))[..., None]
    through = stones * (0.25 + 1.4 * water_color) * (1 - deep) + water_color * deep
    net = 1 + 0.6 * light_net(2.1 * (x + 0.4 * across), 2.1 * (z + 0.4 * down))
    return np.asarray(np.clip(through * net[..., None], 0, 0.95), np.float32)


def _pebbles(lying: Lying, x: Float64Array, z: Float64Array) -> Float32Array:
    texture = pebble_bed(lying.design.vein_color, lying.chance(3)).color
    side, repeat = len(texture), 0.36
    rows, columns = (((v * repeat) * side).astype(np.int64) % side for v in (z, x))
    return texture[rows, columns]


def _tiles(lying: Lying, x: Float64Array, z: Float64Array) -> Float32Array:
    """Square tiles, each in a shade of its own, and their joints."""
    color, shades = hex_to_linear(lying.design.vein_color), np.random.default_rng(lying.chance(64))
    tone = shades.uniform(0.86, 1.0, (64, 64))
    rows, columns = (np.floor(v / _TILE).astype(np.int64) % 64 for v in (z, x))
    nearest = 0.5 - np.maximum(*(np.abs((v / _TILE) % 1.0 - 0.5) for v in (x, z)))
    joint = 1 - smoothstep(0.02, 0.06, nearest)
    return np.asarray(color * (tone[rows, columns] * (1 - _JOINT * joint))[..., None], np.float32)


def _sky(lying: Lying) -> Float32Array:
    """The sky's colours from one corner to the other, with soft clouds."""
    rows, columns = 192, 320
    y, x = np.mgrid[:rows, :columns] / np.array([rows, columns])[:, None, None]
    colors = lying.design.glow_colors or ("#dfeaf2", "#a8c8e0")
    image = mix_colors(colors, 0.5 * (x + y).ravel()).reshape(rows, columns, 3)
    clouds = smoothstep(-0.2, 1.8, noise((rows, columns), seed=lying.chance(8) + 90, exponent=3.4))
    return np.asarray((image + 1.6 * clouds[..., None] * (1 - 0.4 * image)) * _SKY, np.float32)
