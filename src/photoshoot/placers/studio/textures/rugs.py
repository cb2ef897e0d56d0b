"""Whole rugs: a Persian medallion in its borders, a Berber's lozenges, a kilim's stripes, checks.

A rug's plan is drawn in half widths of its narrower side, from its middle: x across it and y along it. It is knotted:
what is drawn falls into knots, each dyed a little apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import format_hex, hex_to_linear, hex_to_oklab, linear_to_srgb, oklab_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import Texture, noise
from photoshoot.sets.patterned import RugPattern

_ACROSS: Final = 300
"""Knots across the narrower side."""
_KNOT_PX: Final = 3
_LONGEST: Final = 3.4  # length over width, of what is drawn; longer runners have it again
_CREAM, _GOLD, _NAVY, _WINE, _DARK = "#e6d8ba", "#b98d4c", "#26314f", "#7c2a2b", "#2d2723"
_WOOL: Final = "#ece3d2"
_STRONGEST, _PALEST = 0.12, 0.86  # chroma and lightness that wool's dyes reach, OKLab
_FADED: Final = 0.1  # how far all of it has gone over into its mean, with the years
_KNOTTED, _ABRASH = 0.09, 0.05  # how far knots of one dye differ, and how far rows of them do
_BORDER: Final = (0.05, 0.09, 0.27, 0.32)
"""From a Persian rug's edge: where a plain edge, a guard, the border and another guard end."""
_ROSETTE: Final = 0.2  # from one of the border's rosettes to the next
_LOBES: Final = 16
_RINGS: Final = (0.52, 0.5, 0.36, 0.345, 0.17, 0.155)
"""Radii of a medallion's, from the outermost."""
_VINE: Final = 0.19  # from flower to flower of the field
_LOZENGE: Final = (0.44, 0.62)  # width and height of a Berber's lozenges
_CHECK: Final = 0.25
_BANDS: Final = (0.34, 0.05, 0.05, 0.05, 0.16, 0.05, 0.05, 0.05, 0.22, 0.1)
"""Heights of a kilim's bands, one after the other, over and over."""
_BAND_DYES: Final = (0, 3, 1, 3, 2, 3, 1, 3, 1, 0)

_Plan: TypeAlias = Callable[["_Drawing"], None]


@SHELF.keep
def rug_texture(pattern: RugPattern, color: str, length: float, seed: int) -> Texture:
    """A whole rug; v, the rows, run along it.

    Args:
        pattern: Which, not ``none``.
        color: Its main dye, ``#rrggbb``.
        length: Its length over its width, 1 or more.
        seed: Chooses its wool.
    """
    length = min(length, _LONGEST)
    down, across = round(_ACROSS * length), _ACROSS
    y, x = np.meshgrid(np.linspace(-length, length, down), np.linspace(-1, 1, across), indexing="ij")
    drawing = _Drawing(x=x.astype(np.float32), y=y.astype(np.float32), length=length, color=color, seed=seed)
    _PLANS[pattern](drawing)
    rng = np.random.default_rng([seed, 61])
    tone = 1 + _KNOTTED * rng.standard_normal((down, across, 1)) + _ABRASH * noise((down, 1), seed=seed)[..., None]
    drawing.dyed += _FADED * (drawing.dyed.mean((0, 1)) - drawing.dyed)
    knots = np.clip(drawing.dyed * tone, 0, 0.95).astype(np.float32)
    fine = knots.repeat(_KNOT_PX, 0).repeat(_KNOT_PX, 1)
    pile = noise(fine.shape[:2], seed=seed + 3, exponent=0.8, lowest=40)
    color_ = np.clip(ndimage.gaussian_filter(fine, (0.9, 0.9, 0)) * (1 + 0.06 * pile)[..., None], 0, 0.95)
    return Texture(color=np.asarray(color_, np.float32), height=np.asarray(0.4 * pile, np.float32))


def _of_wool(color: str) -> str:
    """The dye that wool takes for a colour: no stronger than plants' dyes are."""
    lightness, *chroma = hex_to_oklab(color)
    strong = max(1.0, float(np.linalg.norm(chroma)) / _STRONGEST)
    lab = np.array([min(lightness, _PALEST), *(part / strong for part in chroma)], np.float32)
    return format_hex(linear_to_srgb(np.clip(oklab_to_linear(lab), 0, 1)))


@dataclass(kw_only=True)
class _Drawing:
    """A rug's plan, drawn upon."""

    x: Float32Array
    """Across the rug (rows, columns), -1 to 1."""
    y: Float32Array
    """Along it, likewise, -length to length."""
    length: float
    """Its length over its width."""
    color: str
    """Its main dye."""
    seed: int
    """Chooses how hands strayed."""

    def __post_init__(self) -> None:
        self.color = _of_wool(self.color)
        self.dyed = np.empty((*self.x.shape, 3), np.float32)
        self.fill(self.color, np.ones(self.x.shape, bool))

    def fill(self, color: str, where: npt.NDArray[np.bool_]) -> None:
        """Dye a part of it."""
        self.dyed[where] = hex_to_linear(color)

    def stray(self, size: float, seed: int) -> Float32Array:
        """How far a hand strays, about -1 to 1, in patches of a size."""
        rows, columns = self.x.shape
        field = noise(self.x.shape, seed=self.seed + seed, exponent=5.0, lowest=1 / size)
        return np.asarray(field[:rows, :columns], np.float32)


def _persian(rug: _Drawing) -> None:
    warm = bool(hex_to_oklab(rug.color)[1] > 0)
    other = _NAVY if warm else _WINE
    edge = np.minimum(1 - np.abs(rug.x), rug.length - np.abs(rug.y))
    _flowers(rug)
    _medallion(rug, other)
    plain, guard, border, inner = _BORDER
    rug.fill(_DARK, edge < inner)
    along = np.where(1 - np.abs(rug.x) < rug.length - np.abs(rug.y), rug.y, rug.x)
    for low, high in ((plain, guard), (border, inner)):
        band = (edge > low) & (edge < high - 0.008)
        rug.fill(_CREAM, band)
        middle = np.abs((along / 0.06) % 1 - 0.5) + np.abs(edge - (low + high) / 2) / 0.035
        rug.fill(rug.color, band & (middle < 0.5))
    band = (edge > guard) & (edge < border)
    rug.fill(other, band)
    _rosettes(rug, edge - (guard + border) / 2, along, band)


def _rosettes(rug: _Drawing, off: Float32Array, along: Float32Array, band: npt.NDArray[np.bool_]) -> None:
    """Flowers in a row along a border, joined by a vine."""
    near = ((along / _ROSETTE) % 1 - 0.5) * _ROSETTE
    vine = np.abs(off - 0.045 * np.sin(2 * np.pi * along / _ROSETTE)) < 0.008
    rug.fill(_GOLD, band & vine)
    reach, turn = np.hypot(near, off), np.arctan2(off, near)
    for size, dye in ((0.07, _CREAM), (0.052, rug.color), (0.026, _GOLD)):
        rug.fill(dye, band & (reach < size * (0.86 + 0.14 * np.cos(8 * turn))))
    leaf = np.hypot((np.abs(near) - 0.5 * _ROSETTE) / 0.3, off) < 0.05
    rug.fill(_CREAM, band & leaf & (np.abs(off) > 0.012))


def _flowers(rug: _Drawing) -> None:
    """The field: small flowers by turns, and vines that wind between them."""
    wind = np.sin(2 * np.pi * rug.x / (2 * _VINE)) + np.sin(2 * np.pi * rug.y / (2 * _VINE))
    rug.fill(_GOLD, np.abs(wind) < 0.11)
    for shift, dye, heart in ((0.0, _CREAM, _GOLD), (0.5, _NAVY, _CREAM)):
        x = ((rug.x / _VINE + shift) % 1 - 0.5) * _VINE
        y = ((rug.y / _VINE + shift) % 1 - 0.5) * _VINE
        reach, turn = np.hypot(x, y), np.arctan2(y, x)
        rug.fill(dye, reach < 0.045 * (0.75 + 0.25 * np.cos(5 * turn)))
        rug.fill(heart, reach < 0.014)


def _medallion(rug: _Drawing, other: str) -> None:
    """Rings with lobes in the middle and a quarter of them in each corner, and a pendant at each end."""
    tall = 1.25 if rug.length > 1.2 else 1.0
    corner_x, corner_y = 1 - _BORDER[-1] - np.abs(rug.x), rug.length - _BORDER[-1] - np.abs(rug.y)
    for x, y, scale in ((rug.x, rug.y / tall, 1.0), (corner_x, corner_y, 0.82)):
        reach, turn = np.hypot(x, y), np.arctan2(y, x)
        lobes = 1 + 0.07 * np.abs(np.cos(_LOBES / 2 * turn))
        for size, dye in (
            (0.52, _GOLD),
            (0.5, other),
            (0.36, _CREAM),
            (0.345, rug.color),
            (0.17, _CREAM),
            (0.155, other),
        ):
            rug.fill(dye, reach < scale * size * lobes)
        buds = np.abs(reach / scale - 0.44) < 0.035 * np.abs(np.cos(_LOBES / 2 * turn))
        rug.fill(_CREAM, buds)
        petals = np.abs(reach / scale - 0.25) < 0.06 * np.abs(np.cos(4 * turn))
        rug.fill(_GOLD, petals)
        rug.fill(_GOLD, reach < scale * 0.07 * (0.8 + 0.2 * np.cos(8 * turn)))
    hung = np.abs(rug.x) / 0.1 + np.abs(np.abs(rug.y) - 0.62 * tall - 0.06) / 0.15
    rug.fill(_GOLD, hung < 1)
    rug.fill(other, hung < 0.8)
    rug.fill(_CREAM, hung < 0.3)


def _berber(rug: _Drawing) -> None:
    """Pale wool with lozenges in lines that no ruler drew."""
    rug.fill(_WOOL, np.ones(rug.x.shape, bool))
    wide, tall = _LOZENGE
    x, y = rug.x + 0.018 * rug.stray(0.3, 1), rug.y + 0.018 * rug.stray(0.3, 2)
    first, second = (x / wide + y / tall) % 1, (x / wide - y / tall) % 1
    thick = 0.05 + 0.012 * rug.stray(0.2, 3)
    lines = np.minimum(np.abs(first - 0.5), np.abs(second - 0.5))
    rug.fill(rug.color, lines < thick)
    small = np.abs((x / wide + 0.5) % 1 - 0.5) * wide / 0.06 + np.abs((y / tall + 0.5) % 1 - 0.5) * tall / 0.085
    other = np.abs((x / wide) % 1 - 0.5) * wide / 0.06 + np.abs((y / tall) % 1 - 0.5) * tall / 0.085
    ring = np.minimum(small, other)
    rug.fill(rug.color, (ring < 1) & (ring > 0.45))


def _stripes(rug: _Drawing) -> None:
    """A kilim's bands, with teeth along some of them."""
    ends = np.cumsum(_BANDS)
    teeth = 0.03 * np.abs((rug.x / 0.12) % 1 - 0.5)
    at = (rug.y + teeth + rug.length) % ends[-1]
    band = np.minimum(np.searchsorted(ends, at, side="right"), len(_BANDS) - 1)
    dyes = (rug.color, _CREAM, _GOLD, _DARK)
    for number, dye in enumerate(dyes):
        rug.fill(dye, np.isin(band, np.flatnonzero(np.array(_BAND_DYES) == number)))


def _checks(rug: _Drawing) -> None:
    """Squares of two dyes by turns."""
    odd = (np.floor(rug.x / _CHECK) + np.floor((rug.y + rug.length) / _CHECK)) % 2 > 0
    rug.fill(_WOOL, odd)


_PLANS: Final[Mapping[str, _Plan]] = MappingProxyType(
    {"persian": _persian, "berber": _berber, "stripes": _stripes, "checks": _checks}
)
"""Pattern → what draws it."""
