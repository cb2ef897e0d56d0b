"""Whether a photo is a page of text, such as a scanned letter, rather than of a product."""

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray

_PX = 900  # longest side at which letters are looked for
_INK = 0.18  # by how much ink differs from the paper, of the whole range
_PAPER = 0.08  # by how much the paper's own brightness may change over the page, standard deviation
_LETTERS = 120  # at least
_HEIGHTS = (4, 40)  # px, of a letter
_MOST_INK = 0.3  # of the page
_LETTERS_SHARE = 0.6  # of all ink that is letters'
_EVEN = 0.6  # quartile distance of the letters' heights to their median, at most
_FILLED = 0.45  # of a line that its letters and the gaps between them cover
_BREAKS = (0.15, 0.85)  # of the page's height that is free between lines
_PAGE = 0.35  # of the photo that the lines span


def is_text_page(picture: Image.Image) -> bool:
    """Whether a photo shows nothing but lines of letters on even paper.

    Args:
        picture: The photo, in any mode.
    """
    small = picture.convert("L")
    small.thumbnail((_PX, _PX), Image.Resampling.BOX)
    light = np.asarray(small, np.float32) / np.float32(255)
    paper = np.asarray(small.resize((max(1, small.width // 8), max(1, small.height // 8))), np.float32) / 255
    paper = ndimage.percentile_filter(paper, 80 if is_mostly_light(small) else 20, 9)
    if float(paper.std()) > _PAPER:
        return False
    behind = np.asarray(Image.fromarray(paper.astype(np.float32)).resize(small.size, Image.Resampling.BILINEAR))
    ink = np.abs(light - behind) > _INK
    return 0 < ink.mean() < _MOST_INK and not _is_solid(ink) and _is_lines(ink)


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
    heights = np.array([rows.stop - rows.start for rows, _ in ndimage.find_objects(labels)])
    fits = (heights >= _HEIGHTS[0]) & (heights <= _HEIGHTS[1])
    letters = np.concatenate([[False], fits])[labels]
    if fits.sum() < _LETTERS or letters.sum() < _LETTERS_SHARE * ink.sum():
        return False
    low, middle, high = np.quantile(heights[fits], (0.25, 0.5, 0.75))
    return bool((high - low) <= _EVEN * middle) and _fills_page(letters, round(float(middle)))


def _fills_page(letters: BoolArray, height_px: int) -> bool:
    """Whether letters form lines, with gaps between them, over most of the picture."""
    rows, columns = np.flatnonzero(letters.any(axis=1)), np.flatnonzero(letters.any(axis=0))
    page = letters[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if page.size < _PAGE * letters.size:
        return False
    lines = ndimage.binary_closing(page, np.ones((1, 2 * height_px + 1), bool)).mean(axis=1)
    free = float((lines < 0.25 * np.quantile(lines, 0.9)).mean())
    return float(np.quantile(lines, 0.8)) > _FILLED and _BREAKS[0] < free < _BREAKS[1]
