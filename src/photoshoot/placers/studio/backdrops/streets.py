"""Streets of asphalt or cobbles: a picture of a square of street round the product, and the paint in it."""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.scene.bsdfs import (
    Entry,
    Reflectance,
    Tiling,
    bitmap,
    blended,
    embossed,
    finished,
    plastic,
)
from photoshoot.placers.studio.textures.industrial import asphalt
from photoshoot.placers.studio.textures.masonry import cobbles
from photoshoot.placers.studio.textures.procedural import Texture, smoothstep
from photoshoot.sets.road import Paving

_TILE_M, _TILES = 0.5, (1.5, 6.0)  # side of the asphalt's texture, metres; world units that it keeps to
_COBBLED_M, _COBBLED = 1.3, (1.5, 12.0)  # likewise of the cobbles'
_USUAL_UNIT_M = 0.11
_BUMPS = 0.006, 0.003  # of the asphalt, and of the paint that fills its grain: at 1.7 times that two have 36.5 dB
_DOMED = 0.006  # relief of cobbles, of the side of their texture
_PAVINGS: Mapping[str, Callable[[str, int], Texture]] = types.MappingProxyType({"asphalt": asphalt, "cobbles": cobbles})
_ACROSS_PX, _ALONG_PX = 2000, 1000  # of the paint's picture: lines and bars run along the street
_SOFT, _SOFT_PX = 0.03, 2.0  # of the paint's edge, world units and least pixels: less would be stairs
_LINE, _BESIDE = 0.75, 0.9  # width of a painted line, and how far past the product its middle is
_LINE_LIFELIKE, _BARS_LIFELIKE = 1.5, 3.3  # ``prop_scale`` from which on lines and a crossing's bars are as in life


@dataclass(frozen=True, kw_only=True)
class Street:
    """A piece of street."""

    color: str
    """The dry ground in full light."""
    paving: Paving = "asphalt"
    """What it is paved with."""
    line: Literal["none", "solid", "double", "crossing"]
    """What is painted on it."""
    line_color: str
    """Colour of new paint, ``#rrggbb``."""
    x: float
    """Middle of the product, world units."""
    half_width: float
    """Half the product's width."""
    before: float = 0.75
    """Where the product is in the square, as a share of it from its far side."""

    prop_scale: float = 1.0
    """As of ``View``: paint beside a bicycle is narrower in the picture than beside a shoe."""

    unit_m: float | None = None
    """Metres that a world unit is in life; None: not known."""
    reach: float = 16.0
    """Half the side of the square, world units: the less, the finer its picture."""
    side: float = 0.0
    """Side of the product on which a line runs, -1 or 1, straight away from the camera; 0: by chance, and aslant."""
    finest: float = _TILES[0]
    """Least side of the asphalt's texture, world units: from above its chips may be as small as they are in life."""

    @property
    def tile(self) -> float:
        """World units that one square of the ground's texture covers."""
        unit_m = self.unit_m or _USUAL_UNIT_M * self.prop_scale
        if self.paving == "cobbles":
            return float(np.clip(_COBBLED_M / unit_m, *_COBBLED))
        return float(np.clip(_TILE_M / unit_m, self.finest, _TILES[1]))

    @property
    def bumps(self) -> tuple[float, float]:
        """Relief of the ground, and of the paint that fills its grain, world units."""
        if self.paving == "cobbles":
            return _DOMED * self.tile, _DOMED * self.tile
        flatter = min(1.0, self.tile * _USUAL_UNIT_M / _TILE_M)  # chips as steep as beside a bottle, else it is leather
        return _BUMPS[0] * flatter, _BUMPS[1] * flatter

    @property
    def plan(self) -> Tiling:
        """Lays a picture of ``points`` over the ground, for texture coordinates x and z."""
        return Tiling(scale=(0.5 / self.reach, 0.5 / self.reach), offset=(0.5, self.before))

    def points(self) -> tuple[Float64Array, Float64Array]:
        """World x and z of the picture's pixels: a square from behind the product to before it."""
        across, along = ((np.arange(count) + 0.5) / count for count in (_ACROSS_PX, _ALONG_PX))
        x, z = np.meshgrid((across - 0.5) * 2 * self.reach, (along - self.before) * 2 * self.reach)
        return x, z


def street_coat(street: Street, seed: int, tone: float = 1.0, film: tuple[float, float] | None = None) -> Entry:
    """The ground and its paint, with their grain, or under water.

    The paint's picture says only where there is any: over all the street it is far too coarse for the ground.

    Args:
        street: What is seen.
        seed: Chooses the ground and how the paint is worn.
        tone: Share of the dry albedo, under 1 where it is damp.
        film: Beckmann alpha and index of refraction of the water over it; None: there is none.
    """
    texture = _PAVINGS[street.paving](street.color, seed % 3)
    grain = Tiling(scale=(1 / street.tile, 1 / street.tile))
    new = hex_to_linear(street.line_color) * np.float32(0.92 * tone)
    colors: tuple[Reflectance, Reflectance] = bitmap(texture.color * np.float32(tone), grain), new
    bare, painted = (
        plastic(color, *film) if film else embossed(finished(color, "eggshell"), texture, grain, bump)
        for color, bump in zip(colors, street.bumps, strict=True)
    )
    if street.line == "none":
        return bare
    return blended(bare, painted, bitmap(painted_share(street, seed), street.plan))


@lru_cache(maxsize=2)
def painted_share(street: Street, seed: int) -> Float32Array:
    """How much of the asphalt is under worn paint, of ``points``."""
    return np.asarray(_paint(street, *street.points(), np.random.default_rng([seed, 5])), np.float32)


def _paint(street: Street, x: Float64Array, z: Float64Array, rng: np.random.Generator) -> Float64Array:
    """Where there is paint, 0 to 1; it runs past the product, not under its middle."""
    side = street.side or float(rng.choice([-1.0, 1.0]))
    slant = 0.0 if street.side else float(rng.uniform(0.10, 0.30)) * side
    least = _SOFT_PX * 2 * street.reach / _ACROSS_PX
    worn = 0.9 + 0.2 * plane_noise(x * 0.9, z * 0.9, seed=5, octaves=3)
    if street.line == "none":
        return np.zeros_like(x)
    if street.line == "crossing":
        ratio = max(1.0, street.prop_scale / _BARS_LIFELIKE)
        step = ((x - street.x - slant * z) * ratio / 2.2) % 1.0
        soft = max(_SOFT / ratio, least) * ratio / 2.2
        bars = smoothstep(0.0, soft, step) * (1 - smoothstep(0.5, 0.5 + soft, step))
        return np.asarray(bars * np.clip(worn, 0.55, 1), np.float64)
    ratio = _narrower(street)
    middle = line_x(street, side) + slant * z
    away = [x - middle] if street.line == "solid" else [x - middle, x - middle - 1.15 * side / ratio]
    half = (_LINE / 2 if street.line == "solid" else _LINE / 3) / ratio
    lines = [1 - smoothstep(half, half + max(_SOFT / ratio, least), np.abs(distance)) for distance in away]
    return np.asarray(np.maximum.reduce(lines) * np.clip(worn, 0.55, 1), np.float64)


def line_x(street: Street, side: float) -> float:
    """Where a line passes the product, world x; on its left (``side`` -1) or right (1)."""
    return street.x + side * (street.half_width + _BESIDE / _narrower(street))


def _narrower(street: Street) -> float:
    """How much narrower lines are than beside a shoe: as in life beside what is large."""
    return max(1.0, street.prop_scale / _LINE_LIFELIKE)
