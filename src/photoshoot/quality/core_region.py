"""The product's core in a picture, encoded small enough for a file's metadata, and the digest of its pixels.

The core is where the matte is at least 254/255: there a picture shows the product's own pixels. From a file alone it
can't be known, so the file carries it, packed: each row of the core's tight box is combined with the row above by
exclusive or, which leaves little but the outline; the bits are packed and deflated, and the bytes written in base 64::

    left,top,width,height,least_run:base64

A ragged core (fur, lace) would take too much room: runs of a row that are shorter than ``least_run`` pixels are left
out then, 1 (none), 2, 4… until the text fits. The digest, SHA-256 of the region's RGB bytes in row order, is over the
region as it is written.

Fidelity is measured on it: does the picture show exactly the product's own pixels?
"""

import base64
import binascii
import hashlib
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray
from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.color.space import LUMINANCE
from photoshoot.errors import PhotoError
from photoshoot.records import ProductLayer, RgbImage

MAX_CHARACTERS = 12_000
"""Longest packed region; what a JPEG's one XMP packet (65 kB) holds with room for the rest of the record."""


def simplify(core: BoolArray) -> tuple[BoolArray, str]:
    """The largest part of a core that can be written down, and how it is written.

    Args:
        core: (H, W).

    Returns:
        The region (H, W), and its text of at most ``MAX_CHARACTERS``; empty for an empty core.
    """
    least_run = 1
    while True:
        region = _drop_short_runs(core, least_run)
        text = _pack(region, least_run)
        if len(text) <= MAX_CHARACTERS:
            return region, text
        least_run *= 2


def unpack(text: str, width_px: int, height_px: int) -> BoolArray:
    """The region (``height_px``, ``width_px``) that ``simplify`` wrote down.

    Raises:
        PhotoError: The text is damaged, or of another picture's size.
    """
    region = np.zeros((height_px, width_px), bool)
    if not text:
        return region
    try:
        head, body = text.split(":", 1)
        left, top, width, height, _ = map(int, head.split(","))
        if not (0 < width <= width_px and 0 < height <= height_px):
            raise ValueError(f"it is {width}x{height} px")
        packed = zlib.decompressobj().decompress(base64.b64decode(body, validate=True), width * height // 8 + 1)
        changes = np.unpackbits(np.frombuffer(packed, np.uint8), count=width * height).reshape(height, width)
        rows = np.bitwise_xor.accumulate(changes, axis=0).astype(bool)
        region[top : top + height, left : left + width] = rows
    except (ValueError, binascii.Error, zlib.error) as error:
        raise PhotoError(f"the record's core region is damaged: {error}") from error
    return region


def digest(image: RgbImage, region: BoolArray) -> str:
    """SHA-256 (hex) of the RGB bytes of a region's pixels, in row order."""
    return hashlib.sha256(image[region].tobytes()).hexdigest()


def _pack(region: BoolArray, least_run: int) -> str:
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    if not rows.size:
        return ""
    left, top = int(columns[0]), int(rows[0])
    cut = region[top : rows[-1] + 1, left : columns[-1] + 1]
    changes = cut.copy()
    changes[1:] ^= cut[:-1]
    body = base64.b64encode(zlib.compress(np.packbits(changes).tobytes(), 9)).decode()
    return f"{left},{top},{cut.shape[1]},{cut.shape[0]},{least_run}:{body}"


def _drop_short_runs(core: BoolArray, least_run: int) -> BoolArray:
    """A core without runs of a row that are shorter than ``least_run``."""
    if least_run == 1:
        return core
    edges = np.diff(np.pad(core, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    stops = np.nonzero(edges == -1)[1]
    kept = stops - starts >= least_run
    marks = np.zeros((core.shape[0], core.shape[1] + 1), np.int8)
    marks[rows[kept], starts[kept]] = 1
    marks[rows[kept], stops[kept]] = -1
    return np.asarray(np.cumsum(marks[:, :-1], axis=1, dtype=np.int8) > 0)


_TILE_PX = 24
_FLOOR = 24.0  # gradient energy of a tile, in squared bytes a pixel: what is flatter has no writing
_SAMPLES = 40_000  # pixels that colour differences are taken of; more don't move the percentile


@dataclass(frozen=True, kw_only=True)
class Fidelity:
    """How a picture's core differs from the product layer's."""

    changed_share: float
    """Share of core pixels that differ at all, 0 to 1."""
    max_difference: int
    """Largest difference of a channel, 0 to 255."""
    delta_e_p95: float
    """95th percentile of CIEDE2000; 1 is about the least that is seen."""
    gradient_correlation: float
    """-1 to 1: how far edges are where they were, in the worst tile of 24 px: writing, logos."""


def measure_fidelity(image: RgbImage, layer: ProductLayer, core: BoolArray) -> Fidelity:
    """Compare a picture's core with the layer it was made from.

    Args:
        image: (H, W, 3).
        layer: The product's own pixels.
        core: (H, W): where the matte is at least 254/255.
    """
    shown, expected = image[core], layer.rgb[core]
    if np.array_equal(shown, expected):
        return Fidelity(changed_share=0.0, max_difference=0, delta_e_p95=0.0, gradient_correlation=1.0)
    difference = np.abs(shown.astype(np.int16) - expected).max(axis=1)
    step = max(1, len(shown) // _SAMPLES)
    apart = delta_e(rgb_to_lab(shown[::step]), rgb_to_lab(expected[::step]))
    return Fidelity(
        changed_share=float((difference > 0).mean()),
        max_difference=int(difference.max()),
        delta_e_p95=float(np.percentile(apart, 95)),
        gradient_correlation=_correlate(image, layer.rgb, core),
    )


def _correlate(image: RgbImage, expected: RgbImage, core: BoolArray) -> float:
    """The least correlation over tiles of the two gradient fields, each with a floor of energy.

    A tile's is ``(a·b + f) / sqrt((a·a + f)(b·b + f))`` over its inner core pixels: 1 for equal fields and for two flat
    ones, near 0 where either has edges that the other lacks.
    """
    rows, columns = np.flatnonzero(core.any(axis=1)), np.flatnonzero(core.any(axis=0))
    window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    inner = ndimage.binary_erosion(core[window], np.ones((3, 3), bool))
    first, second = (_gradient(pixels[window]) * inner for pixels in (image, expected))
    both, one, two = _tiles(first * second), _tiles(first**2), _tiles(second**2)
    floor = _FLOOR * _TILE_PX**2
    return float(((both + floor) / np.sqrt((one + floor) * (two + floor))).min(initial=1.0))


def _gradient(rgb: RgbImage) -> npt.NDArray[np.float32]:
    """(2, h, w): of luma, bytes a pixel."""
    luma = rgb.astype(np.float32) @ LUMINANCE
    if min(luma.shape) < 2:
        return np.zeros((2, *luma.shape), np.float32)
    return np.stack([np.gradient(luma, axis=axis) for axis in range(2)])


def _tiles(field: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Sums of (2, h, w) over tiles."""
    summed: npt.NDArray[np.float64] = field.sum(axis=0, dtype=np.float64)
    for axis in range(2):
        summed = np.asarray(np.add.reduceat(summed, np.arange(0, summed.shape[axis], _TILE_PX), axis=axis))
    return summed
