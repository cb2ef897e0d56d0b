"""Painted asphalt: a picture of a square of street round the product, and the paint's lines and bars in it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, embossed, finished
from photoshoot.placers.studio.textures.industrial import asphalt
from photoshoot.placers.studio.textures.procedural import Texture, smoothstep

_TILE = 4.5  # world units that one square of the asphalt's texture covers
_BUMP = 0.02
_PX = 1400
_LINE = 0.75  # width of a painted line
_LINE_LIFELIKE, _BARS_LIFELIKE = 1.5, 3.3  # ``prop_scale`` from which on lines and a crossing's bars are as in life


@dataclass(frozen=True, kw_only=True)
class Street:
    """A piece of street."""

    color: str
    """The dry asphalt in full light."""
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

    reach: float = 16.0
    """Half the side of the square, world units: the less, the finer its picture."""

    @property
    def plan(self) -> Tiling:
        """Lays a picture of ``points`` over the ground, for texture coordinates x and z."""
        return Tiling(scale=(0.5 / self.reach, 0.5 / self.reach), offset=(0.5, self.before))

    def points(self) -> tuple[Float64Array, Float64Array]:
        """World x and z of the picture's pixels: a square from behind the product to before it."""
        side = (np.arange(_PX) + 0.5) / _PX
        x, z = np.meshgrid((side - 0.5) * 2 * self.reach, (side - self.before) * 2 * self.reach)
        return x, z


def street_albedo(street: Street, texture: Texture, rng: np.random.Generator) -> Float64Array:
    """The asphalt under worn paint, (H, W, 3)."""
    x, z = street.points()
    share = _paint(street, x, z, rng)
    size = len(texture.color)
    index = (np.arange(_PX) * (2 * street.reach / _TILE) / _PX * size).astype(int) % size
    ground = texture.color[index][:, index]
    chips = texture.height[index][:, index]
    cover = share * (1 - 0.75 * smoothstep(1.2, 2.2, -chips + 0.4 * share))
    return np.asarray(ground + (hex_to_linear(street.line_color) * 0.92 - ground) * cover[..., None], np.float64)


def street_coat(street: Street, texture: Texture, albedo: Float64Array) -> Entry:
    """Dry asphalt of an albedo, with its grain."""
    grain = Tiling(scale=(1 / _TILE, 1 / _TILE))
    picture = bitmap(np.asarray(albedo, np.float32), street.plan)
    return embossed(finished(picture, "eggshell"), texture, grain, _BUMP)


def street_texture(street: Street, rng: np.random.Generator) -> Texture:
    """One of its pieces of asphalt."""
    return asphalt(street.color, int(rng.integers(3)))


def _paint(street: Street, x: Float64Array, z: Float64Array, rng: np.random.Generator) -> Float64Array:
    """Where there is paint, 0 to 1; it runs past the product, not under its middle."""
    side = float(rng.choice([-1.0, 1.0]))
    slant = float(rng.uniform(0.10, 0.30)) * side
    worn = 0.9 + 0.2 * plane_noise(x * 0.9, z * 0.9, seed=5, octaves=3)
    if street.line == "none":
        return np.zeros_like(x)
    if street.line == "crossing":
        step = ((x - street.x - slant * z) * max(1.0, street.prop_scale / _BARS_LIFELIKE) / 2.2) % 1.0
        bars = smoothstep(0.0, 0.02, step) * (1 - smoothstep(0.5, 0.52, step))
        return np.asarray(bars * np.clip(worn, 0.55, 1), np.float64)
    ratio = max(1.0, street.prop_scale / _LINE_LIFELIKE)
    middle = street.x + side * (street.half_width + 0.9 / ratio) + slant * z
    away = [x - middle] if street.line == "solid" else [x - middle, x - middle - 1.15 * side / ratio]
    half = (_LINE / 2 if street.line == "solid" else _LINE / 3) / ratio
    lines = [1 - smoothstep(half, half + 0.03, np.abs(distance)) for distance in away]
    return np.asarray(np.maximum.reduce(lines) * np.clip(worn, 0.55, 1), np.float64)
