"""JPEGs without their end: what browsers show of them, as far as it is there."""

from __future__ import annotations

import io
import logging
import re
from typing import Final

import numpy as np
from PIL import Image, JpegImagePlugin

from photoshoot.errors import PhotoError

_END: Final = b"\xff\xd9"
_SCAN: Final = b"\xff\xda"
_START_BYTES: Final = 2
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE: Final = (0xC2, 0xCA)
"""Markers. Source: ITU-T T.81, table B.1."""
_NOISE: Final = bytes(range(1, 255)) * 256
_WHOLE: Final = frozenset(range(64))
"""A block's coefficients."""
_MOST: Final = 0.75
"""The least share of a photo's rows that is still the photo."""
_DAMAGED: Final = "it is damaged or cut short"
_log = logging.getLogger("photoshoot")


def mend(image: Image.Image, name: str) -> tuple[Image.Image, str]:
    """A JPEG that Pillow found cut short, with the rows that are there.

    What a decoder makes of the rows that are missing depends on what stands in their place: that tells them.

    Args:
        image: As Pillow opened it from bytes.
        name: What messages call it.

    Returns:
        The picture, decoded, as high as it has rows, and what is left out, in words; a warning says that, too.

    Raises:
        PhotoError: Less than three quarters of its rows are there, or, where it is progressive, no row in every detail.
    """
    stream = getattr(image, "fp", None)
    data = stream.getvalue() if isinstance(stream, io.BytesIO) else b""
    start, kind = _find_scan(data)
    if start is None or data.find(_END, start) >= 0:
        raise PhotoError(_DAMAGED)
    kept = data.rstrip(b"\xff")
    mended = _decode(kept)
    progressive = kind in _PROGRESSIVE
    rows = 0 if progressive and not _has_every_detail(kept, start) else _count_rows(mended, _decode(kept + _NOISE))
    if rows < _MOST * mended.height:
        raise PhotoError(f"{_DAMAGED}: {rows} of its {mended.height} rows are whole")
    lost = 0 if progressive else mended.height - rows  # a progressive one's have all but their last bit
    told = f"its lowest {lost} of {mended.height} rows are missing and left out" if lost else "its picture is there"
    _log.warning("%s is cut short, without its end marker: %s", name, told)
    return mended.crop((0, 0, mended.width, rows)) if lost else mended, told


def _find_scan(data: bytes) -> tuple[int | None, int]:
    """Where a JPEG's first scan begins, and its frame's marker; previews, JPEGs too, lie in segments before it."""
    at, kind = _START_BYTES, 0
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == _SCAN[1]:
            return at, kind
        if marker in _FRAMES:
            kind = marker
        at += 2 + length
    return None, kind


def _decode(data: bytes) -> Image.Image:
    image = JpegImagePlugin.JpegImageFile(io.BytesIO(data + _END), "")
    image.load()
    return image


def _count_rows(image: Image.Image, other: Image.Image) -> int:
    """How many rows are the same in both, from the top."""
    differs = (np.asarray(image) != np.asarray(other)).reshape(image.height, -1).any(axis=1)
    return int(differs.argmax()) if differs.any() else image.height


def _has_every_detail(data: bytes, start: int) -> bool:
    """Whether the scans of a progressive JPEG have come, for every component, to each coefficient's last bit."""
    there: dict[int, set[int]] = {}
    for match in re.finditer(re.escape(_SCAN), data[start:]):
        head = data[start + match.end() + 2 :][:32]
        count = head[0] if head else 0
        if len(head) < 2 * count + 4:
            return False
        first, last, bits = head[1 + 2 * count : 4 + 2 * count]
        for component in head[1 : 1 + 2 * count : 2]:
            there.setdefault(component, set()).update(range(first, last + 1) if not bits & 15 else ())
    return all(found == _WHOLE for found in there.values())
