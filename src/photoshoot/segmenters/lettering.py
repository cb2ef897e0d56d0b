"""Where a picture has lines of letters, in any script whose letters stand apart; nothing is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte

_SIDE_PX: Final = 720  # longest side at which letters are looked for
_MOST_ENLARGED: Final = 2
_SCALES: Final = ((13, 6, 26), (35, 20, 80))  # px: half the square that tells the ground, least and most of a letter
_INK: Final = 0.12  # by how much a letter's brightness differs from its ground's, of the whole range
_ONE_INK: Final = 0.12  # the same, by how much within a letter (standard deviation), and from one to the next
_SOFT: Final = 0.4  # of its contrast that it may vary within, at least: its edges are half ground
_WIDTHS: Final = (0.1, 1.6)  # of a letter, over its height
_FILLED: Final = (0.2, 0.95)  # of its box
_THICKEST: Final = 0.5  # of its strokes, over its height
_LETTERS: Final = 4  # of a line, at least
_MOST_SHAPES: Final = 1500  # at one scale: leaves and gravel, no print, whose pairs would take long
_GAPS: Final = (-0.15, 0.9)  # between two letters, over the larger's height
_LIKE: Final = 1.7  # the larger of two neighbours' heights over the other's, and 1.9 of their strokes
_LIKE_STROKES: Final = 1.9
_LEVEL: Final = 0.16  # how far apart the tops or the feet of two neighbours are, over the larger's height
_ON_LINE: Final = 0.08  # how far a line's feet stray from their median, over its letters' height, and a pixel
_SOLID: Final = 0.5
_UNLIKE: Final = (0.06, 0.12)  # variation of a line's fillings and widths: teeth and tiles have less of both


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A line of letters."""

    middle: tuple[float, float]
    """Its middle (x, y), as shares of the picture's width and height."""
    letters: int
    """How many stand in it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Shapes:
    """Parts of a picture that may be letters, by their boxes; each value is an array (N,), px."""

    left: npt.NDArray[np.float64]
    top: npt.NDArray[np.float64]
    width: npt.NDArray[np.float64]
    height: npt.NDArray[np.float64]
    stroke: npt.NDArray[np.float64]
    filled: npt.NDArray[np.float64]
    light: npt.NDArray[np.float64]

    def take(self, which: npt.NDArray[np.intp] | BoolArray) -> _Shapes:
        return _Shapes(**{name: values[which] for name, values in vars(self).items()})


def find_lettering(picture: Image.Image, side_px: int = _SIDE_PX) -> list[LetterLine]:
    """Lines of at least four letters, dark on light and light on dark; one may be found at two scales.

    Args:
        picture: In mode RGB, any size.
        side_px: Longest side at which it is looked at: the smaller, the larger are the smallest letters found.
    """
    scale = min(_MOST_ENLARGED, side_px / max(picture.size))
    size = max(8, round(picture.width * scale)), max(8, round(picture.height * scale))
    smooth = Image.Resampling.BOX if scale <= 1 else Image.Resampling.BICUBIC
    light = np.asarray(picture.convert("L").resize(size, smooth), np.float32) / np.float32(255)
    lines = []
    for radius, least, most in _SCALES:
        apart = light - ndimage.uniform_filter(light, 2 * radius + 1, mode="reflect")
        for marked in (apart, -apart):
            lines += _join(_find_shapes(marked, light, least, most), size)
    return lines


def count_letters_beside(picture: Image.Image, alpha: AlphaMatte | None, side_px: int = _SIDE_PX) -> int:
    """How many letters stand in lines beside what was cut out; see ``find_lettering``.

    Args:
        picture: In mode RGB.
        alpha: (H, W), in [0, 1], what was cut out; None: nothing, and letters anywhere count.
        side_px: See ``find_lettering``.
    """
    lines = find_lettering(picture, side_px)
    if alpha is None:
        return sum(line.letters for line in lines)
    height, width = alpha.shape
    beside = (alpha[int(line.middle[1] * height), int(line.middle[0] * width)] <= _SOLID for line in lines)
    return sum(line.letters for line, free in zip(lines, beside, strict=True) if free)


def _find_shapes(marked: Float32Array, light: Float32Array, least: int, most: int) -> _Shapes:
    """Parts that differ from the ground, of a letter's size, thinly drawn and of one brightness, and cut by no side."""
    ink = marked > _INK
    labels, count = ndimage.label(ink, np.ones((3, 3), bool))
    boxes = [(box[1].start, box[0].start, box[1].stop, box[0].stop) for box in ndimage.find_objects(labels)]
    left, top, right, bottom = np.array(boxes, float).reshape(count, 4).T
    width, height = right - left, bottom - top
    area = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    outline = np.bincount(labels[ink & ~ndimage.binary_erosion(ink)], minlength=count + 1)[1:]
    stroke, filled = 2 * area / np.maximum(outline, 1), area / (width * height)
    fits = (height >= least) & (height <= most) & (stroke < _THICKEST * height)
    fits &= (width >= _WIDTHS[0] * height) & (width <= _WIDTHS[1] * height)
    fits &= (filled > _FILLED[0]) & (filled < _FILLED[1])
    fits &= (left > 0) & (top > 0) & (right < light.shape[1]) & (bottom < light.shape[0])
    which = np.flatnonzero(fits)
    mean = ndimage.mean(light, labels, which + 1)
    contrast = np.asarray(ndimage.mean(marked, labels, which + 1))
    even = np.asarray(ndimage.standard_deviation(light, labels, which + 1)) < np.maximum(_ONE_INK, _SOFT * contrast)
    shapes = _Shapes(
        left=left[which],
        top=top[which],
        width=width[which],
        height=height[which],
        stroke=stroke[which],
        filled=filled[which],
        light=np.asarray(mean),
    )
    return shapes.take(even)


def _join(shapes: _Shapes, size: tuple[int, int]) -> list[LetterLine]:
    """The lines that shapes stand in, each next to one that is like it and on its level."""
    count = len(shapes.left)
    if not _LETTERS <= count <= _MOST_SHAPES:
        return []
    after = _find_followers(shapes)
    has = after.any(axis=1)
    nearest = np.where(after, shapes.left[None, :], np.inf).argmin(axis=1)
    links = coo_matrix((np.ones(int(has.sum())), (np.flatnonzero(has), nearest[has])), shape=(count, count))
    found, members = connected_components(links, directed=False)
    lines = [shapes.take(members == index) for index in range(found)]
    return [_describe(line, size) for line in lines if len(line.left) >= _LETTERS and _is_set(line)]


def _find_followers(shapes: _Shapes) -> BoolArray:
    """(N, N): whether a column's shape may be the next letter after a row's."""
    larger = np.maximum(shapes.height[:, None], shapes.height)
    gap = shapes.left - (shapes.left + shapes.width)[:, None]
    foot = shapes.top + shapes.height
    after = (gap >= _GAPS[0] * larger) & (gap <= _GAPS[1] * larger) & (shapes.left > shapes.left[:, None])
    after &= larger <= _LIKE * np.minimum(shapes.height[:, None], shapes.height)
    after &= np.minimum(np.abs(foot - foot[:, None]), np.abs(shapes.top - shapes.top[:, None])) <= _LEVEL * larger
    after &= np.abs(shapes.light - shapes.light[:, None]) <= _ONE_INK
    thick = np.maximum(shapes.stroke[:, None], shapes.stroke)
    return np.asarray(after & (thick <= _LIKE_STROKES * np.minimum(shapes.stroke[:, None], shapes.stroke)))


def _is_set(line: _Shapes) -> bool:
    """Whether shapes stand on one line and are not all the same, as letters are."""
    foot = line.top + line.height
    strays = float(np.median(np.abs(foot - np.median(foot))))
    unlike = [float(values.std() / values.mean()) for values in (line.filled, line.width)]
    return strays <= _ON_LINE * float(np.median(line.height)) + 1 and (
        unlike[0] >= _UNLIKE[0] or unlike[1] >= _UNLIKE[1]
    )


def _describe(line: _Shapes, size: tuple[int, int]) -> LetterLine:
    x = (line.left.min() + (line.left + line.width).max()) / 2
    y = (line.top.min() + (line.top + line.height).max()) / 2
    return LetterLine(middle=(float(x) / size[0], float(y) / size[1]), letters=len(line.left))
