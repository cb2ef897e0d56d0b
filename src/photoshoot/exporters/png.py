"""Encodes PNGs on two threads: each filters and compresses half of the rows.

Source: Portable Network Graphics (PNG) Specification (Third Edition), W3C (2025), sections 5 (chunks), 9 (filters) and
10 (compression).
"""

import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from photoshoot.pixels.bands import two_at_once
from photoshoot.records import RgbImage

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BIT_RGB = bytes([8, 2, 0, 0, 0])  # bit depth, colour type, and the only compression, filters and interlacing
_ZLIB_HEADER = b"\x78\x01"  # a window of 32 kB, packed fast. Source: RFC 1950, section 2.2
_CHANNELS = 3
_ROWS = 32  # filtered at once, so that they stay in a core's cache
_Bytes = npt.NDArray[np.uint8]


def write_png(image: RgbImage, chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The file of a picture (H, W, 3).

    Each row is told from its left neighbours, from the row above, or from the mean of both: as the sum of what is left
    is least. Paeth's guess, which takes longer than these three together, makes pictures of the studio no smaller. They
    are dithered, so nothing repeats but runs: to look for more takes twice as long, in vain.

    Args:
        image: The picture.
        chunks: Type and data of what stands between its header and its pixels.
    """
    height, width = image.shape[:2]
    rows = np.ascontiguousarray(image).reshape(height, width * _CHANNELS)
    middle = (height + 1) // 2
    halves = two_at_once(lambda half: _pack(rows, *half), [(0, middle, False), (middle, height, True)])
    check = 1
    for filtered, _ in halves:
        check = zlib.adler32(filtered.data, check)
    packed = b"".join([_ZLIB_HEADER, *(data for _, data in halves), check.to_bytes(4, "big")])
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + _EIGHT_BIT_RGB
    parts = [(b"IHDR", header), *chunks, (b"IDAT", packed), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _pack(rows: _Bytes, start: int, stop: int, is_last: bool) -> tuple[_Bytes, bytes]:
    """Some rows filtered, and their part of the stream, which ends at a whole byte, so that another may follow."""
    filtered = np.empty((stop - start, 1 + rows.shape[1]), np.uint8)
    for row in range(start, stop, _ROWS):
        end = min(row + _ROWS, stop)
        filtered[row - start : end - start] = _filter(rows, row, end)
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_RLE)
    flush = zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH
    return filtered, packer.compress(filtered.data) + packer.flush(flush)


def _filter(rows: _Bytes, start: int, stop: int) -> _Bytes:
    """Rows as the file has them, with the number of each one's filter (section 9.2: 1 left, 2 up, 3 mean) before it."""
    own, left, above = rows[start:stop], np.zeros_like(rows[start:stop]), np.zeros_like(rows[start:stop])
    left[:, _CHANNELS:] = own[:, :-_CHANNELS]
    above[1:] = own[:-1]
    above[0] = rows[start - 1] if start else 0
    mean = (left & above) + ((left ^ above) >> 1)  # rounded down, without a ninth bit
    tried = np.stack([own - left, own - above, own - mean])
    sums = np.abs(tried.view(np.int8)).view(np.uint8).sum(axis=2, dtype=np.uint64)
    best = sums.argmin(axis=0)
    return np.concatenate([1 + best[:, None].astype(np.uint8), tried[best, np.arange(len(own))]], axis=1)


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Section 5.3."""
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(data, zlib.crc32(kind)).to_bytes(4, "big")
