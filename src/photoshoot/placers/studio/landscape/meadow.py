"""A high meadow before mountains: blades near the camera, patches of fresh and dry grass, scree and scrub beyond."""

from typing import Final

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import Terrain, plane_noise
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.landscape.lawn_and_sand import blade_albedo, blade_mesh
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep

_BLADES = 32_000
_TALL, _LAST = 0.14, -13.0  # height of blades, and depth of the farthest
_PATCH = 1.7  # size of patches of the same grass, world units
_SHADE: Final = 0.42  # of the grass's colour, that is seen of the ground between blades
_DRY, _FRESH, _SCRUB, _SCREE = "#b8a869", "#5d7a35", "#3c4a2c", "#8d877b"
_SCRUB_FROM: Final = (-9.0, -22.0)  # depths between which bushes begin


def meadow_blades(view: View, foot: Footprint, ground: Terrain, color: str, rng: np.random.Generator) -> object:
    """Short grass over the ground that is seen, as one shape; none where the product's support stands."""
    first = max(0.8, view.distance - float(view.floor_z(view.height_px)) - 0.4)
    way = first * ((view.distance - _LAST) / first) ** rng.uniform(size=_BLADES)
    z = view.distance - way
    x = rng.uniform(-1, 1, _BLADES) * (view.half_width * way / view.distance + 0.3)
    patches = plane_noise(x / _PATCH, z / _PATCH, seed=41, octaves=3)
    clear = foot.distance(x, z)
    kept = (clear > 0.02) & (rng.uniform(size=_BLADES) < 0.75 + 0.5 * patches)
    x, z, way, patches, clear = (of[kept] for of in (x, z, way, patches, clear))
    count = len(x)
    width = 0.02 * np.sqrt(way / first) * rng.uniform(0.6, 1.2, count)
    tall = _TALL * rng.uniform(0.5, 1.2, count) * (1 + 0.35 * patches) * (0.5 + 0.5 * smoothstep(0.0, 0.5, clear))
    tall *= np.where(rng.uniform(size=count) < 0.05, 1.7, 1.0)
    hue = np.clip(0.45 + 0.3 * patches + 0.2 * rng.standard_normal(count), 0, 1)
    roots = np.stack([x, ground(x, z) - 0.01, z], 1)
    return to_shape(blade_mesh(roots, width, tall, hue, rng), bsdf=diffuse(bitmap(blade_albedo(color), clamp=True)))


def meadow_albedo(color: str, x: Float64Array, z: Float64Array) -> Float64Array:
    """The ground's colour over places (rows, columns), linear (rows, columns, 3): dark under blades, patches beyond."""
    broad, middle, fine = (
        plane_noise(x / size, z / (1.6 * size), seed=seed, octaves=3)
        for size, seed in ((7.0, 51), (2.2, 52), (0.8, 53))
    )
    dry = smoothstep(-0.1, 0.5, broad + 0.4 * fine)[..., None]
    fresh = smoothstep(-0.1, 0.5, middle + 0.3 * fine - 0.3 * broad)[..., None]
    grass = hex_to_linear(color) * (1 - 0.6 * dry) + 0.6 * dry * mix_hex(color, _DRY, 0.8)
    grass = grass * (1 - 0.7 * fresh) + 0.7 * fresh * mix_hex(color, _FRESH, 0.8)
    under = smoothstep(-2.0, 8.0, -z)[..., None]
    grass = grass * (_SHADE + (1 - _SHADE) * under)
    scree = 0.8 * smoothstep(0.45, 1.0, 0.8 * broad - 0.6 * middle + 0.5 * fine)[..., None]
    bare = grass * (1 - scree) + hex_to_linear(_SCREE) * scree
    away = smoothstep(-_SCRUB_FROM[0], -_SCRUB_FROM[1], -z)
    scrub = (0.7 * away * smoothstep(0.2, 0.8, 0.7 * middle + 0.7 * fine))[..., None]
    return np.asarray(bare * (1 - scrub) + hex_to_linear(_SCRUB) * scrub, np.float64)
