"""A wall that people sprayed: tags, fat letters with outlines and faded fills, mist and drips, one over the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, concrete, noise, smoothstep

Strokes: TypeAlias = tuple[tuple[tuple[float, float], ...], ...]
"""Of a letter: the points of each stroke, in a box of 1 by 1, y down."""
_LETTERS: Final[tuple[Strokes, ...]] = (
    (((0.85, 0.2), (0.5, 0.08), (0.2, 0.25), (0.5, 0.5), (0.82, 0.72), (0.5, 0.95), (0.12, 0.8)),),  # S
    (((0.5, 0.08), (0.85, 0.3), (0.85, 0.7), (0.5, 0.94), (0.15, 0.7), (0.15, 0.3), (0.5, 0.08)),),  # O
    (((0.15, 0.06), (0.15, 0.95)), ((0.85, 0.08), (0.2, 0.55), (0.88, 0.95))),  # K
    (((0.1, 0.95), (0.5, 0.06), (0.9, 0.95)), ((0.28, 0.62), (0.72, 0.62))),  # A
    (((0.15, 0.95), (0.15, 0.08), (0.75, 0.12), (0.8, 0.42), (0.2, 0.52), (0.88, 0.95)),),  # R
    (((0.85, 0.08), (0.15, 0.1), (0.15, 0.93), (0.88, 0.92)), ((0.15, 0.5), (0.7, 0.5))),  # E
    (((0.1, 0.95), (0.12, 0.08), (0.85, 0.92), (0.88, 0.06)),),  # N
    (((0.06, 0.1), (0.94, 0.1)), ((0.5, 0.1), (0.48, 0.95))),  # T
)
_FILLS: Final = (
    ("#e8337f", "#f7b733"), ("#1fa6c9", "#d8f2f5"), ("#f5c52e", "#ea5b2a"), ("#5b3bb0", "#f06fb0"),
    ("#4fae4a", "#d9e84f"), ("#e9e6df", "#9fb4c4"), ("#e2452f", "#f7a13a"),
)  # fmt: skip
"""Of letters, from their top down."""
_INKS: Final = ("#16161a", "#f1eee6", "#2a2f8f", "#b3202a", "#1d6f6a", "#8a2a86")
_WORDS, _TAGS, _MISTS = 6, 24, 9
"""Of fat letters, of thin ones, and of sprayed patches, a texture."""
_TALL: Final = (0.16, 0.28)  # of fat letters, of the texture's side
_FAT, _LINE = 0.30, 0.075  # widths of a letter's stroke and of its outline, of its height
_FADED: Final = 0.9  # how much of the wall paint hides
_SIDE_PX: Final = SIZE_PX // 2  # of what is painted: it is seen out of focus
_SOFT_PX: Final = 0.8  # of an edge
_DRIPS: Final = 0.4  # of words, how many run


@SHELF.keep
def graffiti(color: str, seed: int) -> Texture:
    """A concrete wall of ``color`` that is covered with it; periodic."""
    wall = concrete(color, seed)
    rng = np.random.default_rng([seed, 91])
    paint = np.zeros((_SIDE_PX, _SIDE_PX, 4), np.float32)
    paint[..., :3] = wall.color.mean((0, 1))
    for _ in range(_MISTS):
        _mist(paint, rng)
    for _ in range(_TAGS):
        _tag(paint, rng)
    for index in range(_WORDS):
        _word(paint, (index + rng.uniform(-0.2, 0.2)) / _WORDS, rng)
    for _ in range(_TAGS // 3):
        _tag(paint, rng)
    size = len(wall.color)
    paint = ndimage.zoom(paint, (size / _SIDE_PX, size / _SIDE_PX, 1), order=1, mode="grid-wrap", grid_mode=True)
    worn = _FADED - 0.15 * smoothstep(1.2, 2.4, noise((size, size), seed=seed + 7, exponent=2.0))[..., None]
    worn = worn * paint[..., 3:]
    return Texture(color=np.asarray(wall.color * (1 - worn) + paint[..., :3] * worn, np.float32), height=wall.height)


def _word(paint: Float32Array, row: float, rng: np.random.Generator) -> None:
    """Fat letters side by side, which lap over each other: a halo, an outline, a fill that fades, and their shine."""
    top, foot = (hex_to_linear(dye) for dye in _FILLS[rng.integers(len(_FILLS))])
    tall = float(rng.uniform(*_TALL)) * _SIDE_PX
    x, y = float(rng.uniform(0, _SIDE_PX)), (row * 1.618 % 1) * _SIDE_PX
    line, halo = hex_to_linear(_INKS[0]), hex_to_linear(_INKS[rng.integers(1, len(_INKS))])
    lean = float(rng.uniform(-0.14, 0.14))
    letters = []
    for number in rng.integers(len(_LETTERS), size=int(rng.integers(3, 6))):
        at, size = np.array([x, y + 0.08 * tall * rng.normal()]), tall * rng.uniform(0.88, 1.12, 2) * [0.78, 1.0]
        letters.append([_placed(stroke, at, size, lean) for stroke in _LETTERS[number]])
        x += 0.74 * tall
    every = [stroke for letter in letters for stroke in letter]
    _cover(paint, _drawn(every, (_FAT + 4 * _LINE) * tall), halo)
    for letter in letters:
        _cover(paint, _drawn(letter, (_FAT + 2 * _LINE) * tall), line)
        down = ((np.arange(_SIDE_PX) - y + 0.4 * tall) % _SIDE_PX / tall - 0.4).clip(0, 1)[:, None, None]
        _cover(paint, _drawn(letter, _FAT * tall), np.asarray(top * (1 - down) + foot * down, np.float32))
        shine = [stroke + tall * np.array([-0.06, -0.08]) for stroke in letter]
        _cover(paint, 0.55 * _drawn(shine, 0.045 * tall), hex_to_linear("#ffffff"))
    if rng.uniform() < _DRIPS:
        for stroke in every[:: max(1, len(every) // 4)]:
            end = stroke[int(rng.integers(len(stroke)))] + np.array([0, 0.5 * _FAT * tall])
            run = np.array([end, end + np.array([0, tall * rng.uniform(0.1, 0.4)])])
            _cover(paint, _drawn([run], 0.02 * tall), line)


def _tag(paint: Float32Array, rng: np.random.Generator) -> None:
    """A name written in one thin line."""
    tall = float(rng.uniform(0.05, 0.13)) * _SIDE_PX
    x, y = rng.uniform(0, _SIDE_PX, 2)
    lean, ink = float(rng.uniform(-0.4, 0.1)), hex_to_linear(_INKS[rng.integers(len(_INKS))])
    strokes = []
    for number in rng.integers(len(_LETTERS), size=int(rng.integers(3, 7))):
        strokes += [_placed(stroke, np.array([x, y]), np.array([0.6, 1.0]) * tall, lean) for stroke in _LETTERS[number]]
        x += 0.62 * tall
    _cover(paint, 0.9 * _drawn(strokes, 0.1 * tall), ink)


def _mist(paint: Float32Array, rng: np.random.Generator) -> None:
    """A patch of paint that was sprayed from afar."""
    dye = hex_to_linear(_FILLS[rng.integers(len(_FILLS))][int(rng.integers(2))])
    at, wide = rng.uniform(0, 1, 2), rng.uniform(0.1, 0.28, 2)
    axis = (np.arange(_SIDE_PX) + 0.5) / _SIDE_PX
    away = [np.abs((axis - middle + 0.5) % 1 - 0.5) / half for middle, half in zip(at, wide, strict=True)]
    cover = np.asarray(0.85 * np.exp(-2.5 * (away[0][:, None] ** 2 + away[1][None] ** 2)), np.float32)
    _cover(paint, cover, dye)


def _placed(stroke: Sequence[tuple[float, float]], at: Float64Array, size: Float64Array, lean: float) -> Float64Array:
    """A stroke's points (n, 2), pixels; round at its corners."""
    points = np.array(stroke, np.float64)
    for _ in range(2):  # corners are cut, and cut again
        cut = np.stack([0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]], 1)
        points = np.concatenate([points[:1], cut.reshape(-1, 2), points[-1:]])
    points[:, 0] += lean * (0.5 - points[:, 1])
    return np.asarray(at + points * size, np.float64)


def _drawn(strokes: Sequence[Float64Array], width: float) -> Float32Array:
    """How far lines of a width cover each pixel (_SIDE_PX, _SIDE_PX); they go on at the other side."""
    image = Image.new("L", (_SIDE_PX, _SIDE_PX))
    pen, radius = ImageDraw.Draw(image), width / 2
    for stroke in strokes:
        low, high = stroke.min(0) - width, stroke.max(0) + width
        for over in _shifts(low[0], high[0]):
            for under in _shifts(low[1], high[1]):
                points = [tuple(point) for point in stroke + np.array([over, under])]
                pen.line(points, fill=255, width=max(1, round(width)), joint="curve")
                for x, y in (points[0], points[-1]):
                    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(ndimage.gaussian_filter(np.asarray(image, np.float32) / 255, _SOFT_PX, mode="wrap"), np.float32)


def _shifts(low: float, high: float) -> list[int]:
    """By how many pixels what reaches so far is drawn anew, so that the texture repeats."""
    steps = (step * _SIDE_PX for step in (-2, -1, 0, 1))
    return [step for step in steps if high + step > 0 and low + step < _SIDE_PX]


def _cover(paint: Float32Array, share: Float32Array, dye: Float32Array) -> None:
    """Lays a dye, linear RGB (3,) or (…, 1, 3), over paint (…, 4), whose last is how far it hides the wall."""
    paint[..., :3] += share[..., None] * (dye - paint[..., :3])
    paint[..., 3] += share * (1 - paint[..., 3])
