"""The product's core in a picture, written down so small that a file can carry it, and the digest of its pixels.

The core is where the matte is at least 254/255: there a picture shows the product's own pixels. From a file alone it
can't be known, so the file carries it, packed: each row of the core's tight box is combined with the row above by
exclusive or, which leaves little but the outline; the bits are packed and deflated, and the bytes written in base 64::

    left,top,width,height,least_run:base64

A ragged core (fur, lace) would take too much room: runs of a row that are shorter than ``least_run`` pixels are left
out then, 1 (none), 2, 4… until the text fits. The digest, SHA-256 of the region's RGB bytes in row order, is over the
region as it is written.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib

import numpy as np

from photoshoot.arrays import BoolArray
from photoshoot.errors import PhotoError
from photoshoot.records import RgbImage

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
