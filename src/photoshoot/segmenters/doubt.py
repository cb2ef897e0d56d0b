"""How far a cut-out can be trusted: its confidence, whether an arm is in it, whether the photo is a page of text."""

from __future__ import annotations

import logging
import math
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray
from photoshoot.color.space import find_skin
from photoshoot.errors import NoProductFoundError
from photoshoot.records import AlphaMatte, Box, Edge, RgbImage
from photoshoot.segmenters.regions import find_boxes
from photoshoot.settings import SegmentationSettings

_log = logging.getLogger("photoshoot")
_SIDE: Final = 256  # samples along the longer side of the product
_ARM_SIDE: Final = 320  # of the box, px, at which an arm is looked for
_SAMPLES: Final = 8  # at most, of the photo, along each of those px: copies of a large photo take much memory
_SOLID: Final = 0.5
_CUT, _DEEPER = 0.03, 0.12  # share of the box's depth: the cut itself, and where skin must still be
_NARROW, _WIDE = 0.06, 0.4  # share of the box's width that an arm covers
_EVEN: Final = 0.75  # the narrowest row of the cut over the widest: round ends are less
_SKIN, _SKIN_DEEPER, _MOST_SKIN = 0.6, 0.6, 0.5  # share of skin in the cut, farther in, and at most of the whole
_FLAT_AT, _FLAT = 0.01, 0.93  # share of the depth at which a cut is as wide as at its end, and how nearly
_TURNS: Final = {Edge.BOTTOM: 0, Edge.RIGHT: 3, Edge.TOP: 2, Edge.LEFT: 1}
_CUT_SHARE, _WIDE_CUT = 0.01, 0.04  # of a photo's side that a product cut off there covers: at least, and surely
_TIP, _WIDENS = 0.02, 0.7  # so deep in the photo, a tip that reaches its side is so much wider
_PAGE_PX: Final = 900  # longest side at which letters are looked for
_INK: Final = 0.18  # by how much ink differs from the paper, of the whole range
_PAPER_SIDE: Final = 9  # of the square that tells the paper's brightness, in blocks of 8 px
_PAPER: Final = 0.08  # by how much the paper's own brightness may change over the page, standard deviation
_LETTERS: Final = 120  # at least
_HEIGHTS: Final = (4, 40)  # px, of a letter
_MOST_INK: Final = 0.3  # of the page
_LETTERS_SHARE: Final = 0.6  # of all ink that is letters'
_EVEN_LETTERS: Final = 0.6  # quartile distance of the letters' heights to their median, at most
_SHAPES: Final = 0.1  # the same, of how far they fill their boxes, at least: text has .17 and more, dots .05
_FILLED: Final = 0.45  # of a line that its letters and the gaps between them cover
_BREAKS: Final = (0.15, 0.85)  # of the page's height that is free between lines
_PAGE: Final = 0.35  # of the photo that the lines span


def rate_cutout(seen: float, alpha_matte: AlphaMatte, box: Box) -> float:
    """How sure a cut-out is, 0 to 1: doubt grows with the root of the pieces that the matte shows.

    A product is one thing or a few; crumbs along straps, spokes and shadows tell of a matte that fell apart. Chosen on
    half of 68 strangers' photos and held against the other half by ``benchmarks/bench_confidence.py``.

    Args:
        seen: How sure the network was of where the product is, 0 to 1.
        alpha_matte: The product's matte.
        box: Its tight box.
    """
    step = max(1, max(box.width, box.height) // _SIDE)
    rows, columns = box.slices()
    solid = alpha_matte[rows.start : rows.stop : step, columns.start : columns.stop : step] > 0.5
    pieces = int(ndimage.label(solid)[1])
    return max(0.0, 1 - (1 - seen) * math.sqrt(max(1, pieces)))


def find_arm(rgb: RgbImage, alpha: AlphaMatte, box: Box) -> Edge | None:
    """The side of a cut-out at which somebody's arm ends, in a straight cut, in colours of skin; None: none is seen.

    Wooden feet and handles may pass for one, so what is told is a hint; nothing is taken away by it.

    Args:
        rgb: (H, W, 3), the photo.
        alpha: (H, W), in [0, 1].
        box: The cut-out's.
    """
    step = max(1, max(box.width, box.height) // (_SAMPLES * _ARM_SIDE))
    rows, columns = slice(box.top, box.bottom, step), slice(box.left, box.right, step)
    scale = min(1.0, _ARM_SIDE / max(box.width, box.height))
    size = max(1, round(box.width * scale)), max(1, round(box.height * scale))
    solid = np.asarray(Image.fromarray(alpha[rows, columns]).resize(size, Image.Resampling.BOX)) > _SOLID
    cuts = [(edge, turns) for edge, turns in _TURNS.items() if solid.any() and _is_straight(np.rot90(solid, turns))]
    if not cuts:  # most have none, and colours take longer than outlines
        return None
    small = np.asarray(Image.fromarray(np.ascontiguousarray(rgb[rows, columns])).resize(size, Image.Resampling.BOX))
    skin = find_skin(small) & solid
    if skin.sum() > _MOST_SKIN * solid.sum():
        return None
    return next((edge for edge, turns in cuts if _is_bare(np.rot90(solid, turns), np.rot90(skin, turns))), None)


def tell_arm(name: str, side: Edge | None) -> tuple[str, ...]:
    """Note that the hand which holds a product comes with it; ``side`` is as of ``find_arm``, ``name`` the photo's."""
    if side is None:
        return ()
    note = f"a hand or an arm seems to be in the cut-out: it ends in a straight cut at the {side}, and will in pictures"
    _log.warning("%s: %s", name, note)
    return (note,)


def is_cut_flat(alpha: AlphaMatte, box: Box, side: Edge) -> bool:
    """Whether a cut-out ends at one of its sides as a photo's border cuts it: at once, as wide as farther in.

    Args:
        alpha: (H, W), in [0, 1].
        box: The cut-out's.
        side: One of its four.
    """
    solid = np.rot90(alpha[box.slices()] > _SOLID, _TURNS[side])
    last, inside = (int(np.count_nonzero(solid[-1 - round(depth * len(solid))])) for depth in (0.0, _FLAT_AT))
    return last > _FLAT * inside > 0


def find_cuts(alpha: AlphaMatte, box: Box, *, trimmed: bool) -> frozenset[Edge]:
    """The photo's sides where the product is cut off; a ready cut-out trimmed to its product is cut on none."""
    height, width = alpha.shape
    sides = {
        Edge.LEFT: (box.left == 0, alpha.T),
        Edge.TOP: (box.top == 0, alpha),
        Edge.RIGHT: (box.right == width, alpha.T[::-1]),
        Edge.BOTTOM: (box.bottom == height, alpha[::-1]),
    }
    if trimmed and all(at for at, _ in sides.values()):
        return frozenset()
    return frozenset(edge for edge, (at, lines) in sides.items() if at and _is_cut(lines))


def _is_cut(lines: AlphaMatte) -> bool:
    """Whether the first line of a photo cuts the product; a tip that just reaches it widens from there."""
    across = int((lines[0] > _SOLID).sum())
    inside = int((lines[round(_TIP * len(lines))] > _SOLID).sum())
    if across > _WIDE_CUT * lines.shape[1]:
        return True
    return across > _CUT_SHARE * lines.shape[1] and across > _WIDENS * inside


def _is_straight(solid: npt.NDArray[np.bool_]) -> bool:
    """Whether something as wide as an arm ends at the last rows, evenly."""
    last, cut, deeper = _measure_end(solid)
    if last < deeper:
        return False
    widths = [_run(row) for row in solid[last - cut + 1 : last + 1]]
    if min(widths) < _NARROW * solid.shape[1] or max(widths) > _WIDE * solid.shape[1]:
        return False
    return min(widths) >= _EVEN * max(widths)


def _is_bare(solid: npt.NDArray[np.bool_], skin: npt.NDArray[np.bool_]) -> bool:
    """Whether what ends at the last rows has colours of skin, there and farther in."""
    last, cut, deeper = _measure_end(solid)
    end, inner = np.s_[last - cut + 1 : last + 1], np.s_[last - deeper : last - cut]
    bare = skin[end].sum() >= _SKIN * solid[end].sum()
    return bool(bare and skin[inner].sum() >= _SKIN_DEEPER * solid[inner].sum())


def _measure_end(solid: npt.NDArray[np.bool_]) -> tuple[int, int, int]:
    """The last row of a region, the rows of its end, and how many farther in it is looked at again."""
    last = int(np.flatnonzero(solid.any(axis=1))[-1])
    return last, max(2, round(_CUT * len(solid))), max(3, round(_DEEPER * len(solid)))


def _run(row: npt.NDArray[np.bool_]) -> int:
    """Pixels of a row, where they are one run; else 0."""
    starts = row & ~np.concatenate(([False], row[:-1]))
    return int(row.sum()) if int(starts.sum()) == 1 else 0


def is_text_page(picture: Image.Image) -> bool:
    """Whether a photo shows nothing but lines of letters on even paper.

    Args:
        picture: The photo, in any mode.
    """
    small = picture.convert("L")
    small.thumbnail((_PAGE_PX, _PAGE_PX), Image.Resampling.BOX)
    light = np.asarray(small, np.float32) / np.float32(255)
    coarse = np.asarray(small.resize((max(1, small.width // 8), max(1, small.height // 8))), np.int16)
    paper = _read_around(coarse, 0.8 if is_mostly_light(small) else 0.2).astype(np.float32) / 255
    if float(paper.std()) > _PAPER:
        return False
    behind = np.asarray(Image.fromarray(paper.astype(np.float32)).resize(small.size, Image.Resampling.BILINEAR))
    ink = np.abs(light - behind) > _INK
    return 0 < ink.mean() < _MOST_INK and not _is_solid(ink) and _is_lines(ink)


def check_page(is_page: bool, name: str, settings: SegmentationSettings) -> tuple[str, ...]:
    """Refuse a page of text, or note it, as the settings say.

    Raises:
        NoProductFoundError: The photo is one, and ``settings.text_page`` is ``"error"``.
    """
    if not is_page:
        return ()
    if settings.text_page == "error":
        raise NoProductFoundError(f"{name}: the photo is a page of text; text_page='warn' cuts it out all the same")
    note = "the photo looks like a page of text"
    _log.warning("%s: %s", name, note)
    return (note,)


def _read_around(values: npt.NDArray[np.int16], share: float) -> npt.NDArray[np.int16]:
    """The value (h, w) so far up in a square round each pixel: a fifth of ``ndimage.percentile_filter``'s time."""
    padded = np.pad(values, _PAPER_SIDE // 2, "symmetric")
    squares = np.lib.stride_tricks.sliding_window_view(padded, (_PAPER_SIDE, _PAPER_SIDE)).reshape(values.size, -1)
    at = int(share * squares.shape[1])
    return np.partition(squares, at, axis=1)[:, at].reshape(values.shape)


def is_mostly_light(gray: Image.Image) -> bool:
    """Whether the median of 8-bit grey is over the middle: by the histogram, many times faster than by sorting."""
    below = np.cumsum(gray.histogram())
    pixels = int(below[-1])
    low, high = np.searchsorted(below, ((pixels - 1) // 2, pixels // 2), side="right")
    return int(low) + int(high) > 255


def _is_solid(ink: BoolArray) -> bool:
    """Whether more of the ink is taller than letters than a page has: told without looking at each of its parts."""
    deep, covered = ink, 1
    while covered <= _HEIGHTS[1]:
        step = min(covered, _HEIGHTS[1] + 1 - covered)
        deep, covered = deep[step:] & deep[:-step], covered + step
    return int(np.count_nonzero(deep)) > (1 - _LETTERS_SHARE) * int(np.count_nonzero(ink))


def _is_lines(ink: BoolArray) -> bool:
    labels, count = ndimage.label(ink, np.ones((3, 3), bool))
    if count < _LETTERS:
        return False
    heights, widths = np.array([[side.stop - side.start for side in box] for box in find_boxes(labels)]).T
    fits = (heights >= _HEIGHTS[0]) & (heights <= _HEIGHTS[1])
    letters = np.concatenate([[False], fits]).take(labels)
    if fits.sum() < _LETTERS or letters.sum() < _LETTERS_SHARE * ink.sum():
        return False
    filled = np.bincount(labels.ravel())[1:] / (heights * widths)
    if _differ(filled[fits]) < _SHAPES or _differ(heights[fits]) > _EVEN_LETTERS:
        return False
    return _fills_page(letters, round(float(np.median(heights[fits]))))


def _differ(sizes: npt.NDArray[np.number]) -> float:
    """How far values stray from their median: their quartiles' distance to it."""
    low, middle, high = np.quantile(sizes, (0.25, 0.5, 0.75))
    return float((high - low) / middle)


def _fills_page(letters: BoolArray, height_px: int) -> bool:
    """Whether letters form lines, with gaps between them, over most of the picture."""
    rows, columns = np.flatnonzero(letters.any(axis=1)), np.flatnonzero(letters.any(axis=0))
    page = letters[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if page.size < _PAGE * letters.size:
        return False
    lines = ndimage.binary_closing(page, np.ones((1, 2 * height_px + 1), bool)).mean(axis=1)
    free = float((lines < 0.25 * np.quantile(lines, 0.9)).mean())
    return float(np.quantile(lines, 0.8)) > _FILLED and _BREAKS[0] < free < _BREAKS[1]
