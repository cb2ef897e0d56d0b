"""Cloth, or paper, with a pattern of two colours: gingham, plaid, stripes, dots, checks.

Patterns are woven of dyed threads, but for dots, which are printed; they are to scale: a texture's side is ``SIDE_M``.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, linen, noise, smoothstep

SIDE_M: Final = 0.24
"""Side of a texture, metres: checks of a gingham are 1.5 cm, a plaid's sett 12 cm, stripes 3 cm."""
_GINGHAMS, _CHECKS, _STRIPES, _SETTS, _DOTS = 8, 4, 4, 2, 6
"""Repeats of each pattern a side."""
_SETT: Final = ((0.30, 0), (0.09, 2), (0.045, 0), (0.09, 2), (0.06, 0), (0.03, 1), (0.06, 0), (0.19, 2), (0.03, 1))
"""Of a plaid: width of a stripe, relative, and its dye: the cloth's colour, the second one, or the first one's dark."""
_DARK, _DARKENED = "#14161c", 0.78
_DOT: Final = 0.21  # radius, of the distance between dots in a row
_BENT_PX: Final = 3.5  # how far a line of the pattern strays: no cloth lies quite straight
_THREAD: Final = 0.28  # how much of its own dye a thread shows where it lies over another
_EDGE_PX: Final = 1.6  # of a stripe, blurred so far


@SHELF.keep
def patterned_cloth(pattern: str, dyes: tuple[str, ...], seed: int, threads: int = 200) -> Texture:
    """Linen whose threads are dyed, or that is printed.

    Args:
        pattern: ``gingham``, ``plaid``, ``stripes``, ``dots`` or ``checkerboard``.
        dyes: The cloth's colour and the pattern's other one, ``#rrggbb``; a plaid's dark bands may have a third.
        seed: Chooses the weave.
        threads: A side; fewer where the film could not show them.
    """
    weave = linen("#808080", seed, threads)
    rows, columns = np.mgrid[:SIZE_PX, :SIZE_PX].astype(np.float32)
    rows += _BENT_PX * noise(rows.shape, seed=seed + 31, exponent=4.5)
    columns += _BENT_PX * noise(rows.shape, seed=seed + 32, exponent=4.5)
    dyed = _DYED[pattern](*(hex_to_linear(dye) for dye in dyes))
    bent = [ndimage.map_coordinates(dyed[..., k], [rows, columns], order=1, mode="grid-wrap") for k in range(3)]
    tone = weave.color[..., :1] / weave.color.mean()
    return Texture(color=np.clip(np.stack(bent, -1) * tone, 0, 0.95).astype(np.float32), height=np.array(weave.height))


@SHELF.keep
def printed(pattern: str, dyes: tuple[str, ...]) -> Float32Array:
    """The same, printed on paper: albedo (SIZE_PX, SIZE_PX, 3), linear; arguments as those of ``patterned_cloth``."""
    return np.clip(_DYED[pattern](*(hex_to_linear(dye) for dye in dyes)), 0, 0.95).astype(np.float32)


def _axis(repeats: int) -> Float32Array:
    """Place in a repeat, 0 to 1, of each pixel of a side."""
    return np.asarray((np.arange(SIZE_PX, dtype=np.float32) + 0.5) / SIZE_PX * repeats % 1, np.float32)


def _soft(line: Float32Array) -> Float32Array:
    return np.asarray(ndimage.gaussian_filter1d(line, _EDGE_PX, axis=0, mode="wrap"), np.float32)


def _crossed(line: Float32Array) -> Float32Array:
    """Dyes (n, 3) of threads, woven both ways: half of each shows, and a little more of what lies over the other."""
    line = _soft(line)
    at = np.arange(len(line)) // 3
    over = np.where(((at[:, None] + at[None]) // 2) % 2 == 0, 0.5 + _THREAD / 2, 0.5 - _THREAD / 2)[..., None]
    return np.asarray(line[None] * over + line[:, None] * (1 - over), np.float32)


def _gingham(color: Float32Array, second: Float32Array, _: Float32Array | None = None) -> Float32Array:
    return _crossed(np.where(_axis(_GINGHAMS)[:, None] < 0.5, color, second))


def _plaid(color: Float32Array, second: Float32Array, third: Float32Array | None = None) -> Float32Array:
    dark = (1 - _DARKENED) * color + _DARKENED * hex_to_linear(_DARK) if third is None else third
    dyes = np.stack([color, second, dark])
    ends = np.cumsum([width for width, _ in _SETT])
    stripe = np.searchsorted(ends / ends[-1], _axis(_SETTS), side="right")
    return _crossed(dyes[np.array([dye for _, dye in _SETT])[np.minimum(stripe, len(_SETT) - 1)]])


def _stripes(color: Float32Array, second: Float32Array, _: Float32Array | None = None) -> Float32Array:
    line = _soft(np.where(_axis(_STRIPES)[:, None] < 0.5, color, second))
    return np.asarray(np.broadcast_to(line[None], (SIZE_PX, *line.shape)), np.float32)


def _dots(color: Float32Array, second: Float32Array, _: Float32Array | None = None) -> Float32Array:
    """Rows of dots, each row set off by half a step."""
    at = _axis(_DOTS)
    away = [
        np.hypot(*np.meshgrid(np.abs((at + shift) % 1 - 0.5), np.abs((at + shift) % 1 - 0.5))) for shift in (0.0, 0.5)
    ]
    soft = 1.5 * _DOTS / SIZE_PX
    share = 1 - smoothstep(_DOT - soft, _DOT + soft, np.minimum(*away))[..., None]
    return np.asarray(color * (1 - share) + second * share, np.float32)


def _checks(color: Float32Array, second: Float32Array, _: Float32Array | None = None) -> Float32Array:
    first = _soft((_axis(_CHECKS) < 0.5).astype(np.float32))
    share = (first[:, None] * first[None] + (1 - first[:, None]) * (1 - first[None]))[..., None]
    return np.asarray(color * share + second * (1 - share), np.float32)


_DYED: Final[Mapping[str, Callable[..., Float32Array]]] = MappingProxyType(
    {"gingham": _gingham, "plaid": _plaid, "stripes": _stripes, "dots": _dots, "checkerboard": _checks}
)
"""Pattern → its albedo (SIZE_PX, SIZE_PX, 3), linear."""
