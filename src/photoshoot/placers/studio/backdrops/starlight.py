"""What shines in a sky by night: stars, a full moon, the milky way and northern lights."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets.strewn import NightSky

MARGIN: Final = 1.08
"""Size of a card over what is seen of it."""
_COUNT: Final = {
    "stars": 900,
    "moon": 350,
    "milky_way": 1500,
    "aurora": 500,
}  # in a square as wide as the picture's longer side
_FEWEST, _STEEP, _BRIGHTEST = 0.085, 0.7, 1.6  # brightness of the faintest star, power of their number, the most
_SIZE: Final = 0.0007  # standard deviation of a star, in the picture's longer sides
_LEAST_SIZE: Final = 0.75  # texels: a smaller one flickers from pixel to pixel
_REACH: Final = 4  # texels that a star's light reaches each way
_WARM, _COLD = "#ffdcb4", "#cfdcff"
_MOON, _MOON_RIM, _MOON_COLOR = 0.030, 0.05, "#fff6e2"  # radius in longer sides; share of it that is soft
_MOON_ASIDE, _MOON_HIGH = 0.30, 0.72  # from the middle, in the card's widths; over the horizon, of the sky that is seen
_MOON_OF_SKY: Final = 0.16  # its radius at most, of that sky
_BAND, _ANGLE = 0.17, 0.75  # half width of the milky way, in longer sides; radians that it rises at
_DUST, _CORE = "#8f9fd6", "#e6c9b4"
_CURTAINS: Final = (("#46f0a0", "#7a5cf0", 0.40, 0.16), ("#38e0b8", "#b05ce0", 0.62, 0.10))
"""Northern lights: colour below and above, where their foot is over the horizon, and how far it sways; both as shares
of the sky that is seen."""


@dataclass(frozen=True, kw_only=True)
class SkyCard:
    """Where the picture of the sky hangs."""

    left: float
    """World units, as all lengths here."""
    right: float
    bottom: float
    top: float
    rows: int
    """Texels of its picture, down."""
    columns: int
    """Texels of it across."""
    longer: float
    """The longer side of what is seen of it."""
    eye: float
    """Height of the camera."""
    distance: float
    """From the camera."""

    @property
    def x(self) -> Float64Array:
        """Of the columns' middles, (columns,)."""
        return self.left + (np.arange(self.columns) + 0.5) / self.columns * (self.right - self.left)

    @property
    def y(self) -> Float64Array:
        """Of the rows' middles over the horizon, from above, (rows, 1)."""
        return (self.top - (np.arange(self.rows)[:, None] + 0.5) / self.rows * (self.top - self.bottom)) - self.eye

    @property
    def elevation_deg(self) -> Float64Array:
        """Of the rows, (rows, 1)."""
        return np.degrees(np.arctan2(self.y, self.distance))


def lights_of(kind: NightSky, card: SkyCard, *, left: bool, seed: int) -> Float32Array:
    """What shines in a sky by night, (rows, columns, 3), display-linear, to be added to the sky's own colours.

    Args:
        kind: What is in it; not ``none``.
        card: Where the sky's picture hangs.
        left: Whether the moon is at the left.
        seed: Chooses the stars.
    """
    glow, dense = np.zeros((card.rows, card.columns, 3), np.float32), np.zeros((card.rows, card.columns))
    if kind == "milky_way":
        glow, dense = _milky_way(card, seed)
    elif kind == "aurora":
        glow = _aurora(card, seed)
    elif kind == "moon":
        glow = _moon(card, left, seed)
    return np.asarray(glow + _stars(card, _COUNT[kind], dense, np.random.default_rng([seed, 71])), np.float32)


def _stars(card: SkyCard, count: int, dense: npt.NDArray[np.floating], rng: np.random.Generator) -> Float32Array:
    """Stars on black: few bright, many faint, more of them where it is ``dense`` (rows, columns), 0 to 1."""
    at = rng.uniform(-0.5, 0.5, (4 * count, 2)) * card.longer
    bright = np.minimum(_FEWEST * rng.uniform(0.02, 1, 4 * count) ** -_STEEP, _BRIGHTEST)
    hue, kept = rng.uniform(0, 1, (4 * count, 1)), rng.uniform(0, 1, 4 * count)
    column = (at[:, 0] - card.left) / (card.right - card.left) * card.columns - 0.5
    row = (card.top - card.eye - (at[:, 1] + 0.5 * card.longer)) / (card.top - card.bottom) * card.rows - 0.5
    across = np.round(column)  # a spot reaches as far to both sides of its pixel
    inside = (across >= -_REACH) & (across < card.columns + _REACH) & (row > -_REACH) & (row < card.rows)
    r, c = (np.clip(np.round(v), 0, most - 1).astype(int) for v, most in ((row, card.rows), (column, card.columns)))
    inside &= kept < 0.25 + 0.75 * dense[r, c]
    color = hex_to_linear(_WARM) * (1 - hue) + hex_to_linear(_COLD) * hue
    texel = (card.right - card.left) / card.columns
    sigma = max(_LEAST_SIZE, _SIZE * card.longer / texel)
    image = np.zeros((card.rows + 4 * _REACH, card.columns + 4 * _REACH, 3), np.float32)
    step = np.arange(-_REACH, _REACH + 1)
    for y, x, light in zip(row[inside], column[inside], (bright[:, None] * color)[inside], strict=True):
        top, left = round(y), round(x)
        spot = np.exp(-0.5 * ((step + top - y)[:, None] ** 2 + (step + left - x)[None] ** 2) / sigma**2)
        rows, columns = (slice(v + _REACH, v + 3 * _REACH + 1) for v in (top, left))
        image[rows, columns] += (spot[..., None] * light).astype(np.float32)
    return image[2 * _REACH : -2 * _REACH, 2 * _REACH : -2 * _REACH]


def _moon(card: SkyCard, left: bool, seed: int) -> Float32Array:
    """A full moon high at a side, and the glow of the air round it; (rows, columns, 3)."""
    side = -1.0 if left else 1.0
    seen = (card.top - card.eye) / MARGIN
    radius = min(_MOON * card.longer, _MOON_OF_SKY * seen)
    x = (card.x[None] - side * _MOON_ASIDE * (card.right - card.left)) / radius
    y = (card.y - min(_MOON_HIGH * seen, seen - 2 * radius)) / radius
    off = np.hypot(x, y)
    seas = smoothstep(-0.1, 0.5, _noise(1.3 * x, 1.3 * y, seed=seed + 9, octaves=4))
    disc = smoothstep(1 + _MOON_RIM, 1 - _MOON_RIM, off) * (1 - 0.32 * seas) * (1 - 0.12 * np.clip(off, 0, 1) ** 4)
    glow = 0.20 * np.exp(-off / 2.2) + 0.06 * np.exp(-off / 7)
    color = hex_to_linear(_MOON_COLOR)
    return np.asarray((1.05 * disc + glow)[..., None] * color, np.float32)


def _noise(
    x: npt.NDArray[np.floating], y: npt.NDArray[np.floating], *, seed: int, octaves: int, gain: float = 0.5
) -> Float64Array:
    """``plane_noise`` over every pair of ``x`` and ``y``."""
    x, y = np.broadcast_arrays(x, y)
    return plane_noise(x, y, seed=seed, octaves=octaves, gain=gain)


def _milky_way(card: SkyCard, seed: int) -> tuple[Float32Array, Float64Array]:
    """The band's glow (rows, columns, 3), and how dense stars are there (rows, columns), 0 to 1."""
    x, y = card.x[None] / card.longer, card.y / card.longer
    lean = -1.0 if seed % 2 else 1.0
    along = lean * x * np.cos(_ANGLE) + y * np.sin(_ANGLE)
    off = -lean * x * np.sin(_ANGLE) + (y - 0.22) * np.cos(_ANGLE)
    torn = _noise(along * 5.0, off * 9.0, seed=seed + 3, octaves=5, gain=0.6)
    lanes = _noise(along * 6.0 + 4.0, off * 16.0, seed=seed + 5, octaves=5, gain=0.6)
    band = np.exp(-(((off + 0.02 * torn) / _BAND) ** 2) * 1.6) * (0.75 + 0.35 * torn)
    core = np.exp(-(((off + 0.015 * torn) / (0.4 * _BAND)) ** 2) * 1.6)
    dark = smoothstep(0.05, 0.7, lanes) * core
    band = np.clip(band * (1 - 0.75 * dark), 0, None)
    color = hex_to_linear(_DUST) * (1 - 0.6 * core)[..., None] + hex_to_linear(_CORE) * (0.6 * core)[..., None]
    return np.asarray(0.34 * band[..., None] * color, np.float32), np.clip(band, 0, 1)


def _aurora(card: SkyCard, seed: int) -> Float32Array:
    """Curtains of light (rows, columns, 3): bright and sharp below, in fine rays that fade out above."""
    x = card.x[None] / card.longer
    up = card.y / max(card.top - card.eye, 1e-6)
    total = np.zeros((card.rows, card.columns, 3), np.float32)
    for index, (below, above, foot, sway) in enumerate(_CURTAINS):
        own = seed + 7 * index
        line = foot + sway * _noise(2.2 * x, 0.0 * x + own, seed=own, octaves=3)
        rise = up - line
        rays = 0.55 + 0.45 * _noise(34 * x, 0.6 * up + 0 * x, seed=own + 2, octaves=3)
        wide = np.clip(0.6 + 0.5 * _noise(3.1 * x, 0 * x, seed=own + 4, octaves=2), 0.05, None)
        light = smoothstep(-0.03, 0.02, rise) * np.exp(-np.clip(rise, 0, None) / (0.22 + 0.10 * rays)) * rays * wide
        high = smoothstep(0.05, 0.45, rise)[..., None]
        color = hex_to_linear(below) * (1 - high) + hex_to_linear(above) * high
        total += (0.62 * light[..., None] * color).astype(np.float32)
    return total
