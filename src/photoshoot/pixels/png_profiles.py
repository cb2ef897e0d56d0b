"""Large ICC profiles of PNGs, which Pillow refuses as though the photo were damaged: printers' may have megabytes."""

import struct
import zlib
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PILLOWS_LIMIT_BYTES: Final = 2**20
"""What Pillow inflates a chunk to at most. Source: ``PIL.PngImagePlugin.MAX_TEXT_CHUNK``."""
_LARGEST_BYTES: Final = 16 * 2**20
"""Beyond it a profile is no profile: a JPEG can hold no more than 255 segments of 64 KB."""


def take_profile(data: bytes) -> tuple[bytes, bytes | None]:
    """A PNG without its profile, and the profile, where that is larger than Pillow takes; any other file as it is.

    Returns:
        The file, and the profile: empty where it is larger than any that is one; None where it stays in the file.
    """
    start = len(_SIGNATURE)
    while data.startswith(_SIGNATURE) and start + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[start : start + 8])
        end = start + 12 + length
        if kind == b"IDAT":  # profiles come before the pixels
            break
        if kind == b"iCCP":
            profile = _inflate(data[start + 8 : end - 4])
            if profile is not None and len(profile) > _PILLOWS_LIMIT_BYTES:
                return data[:start] + data[end:], profile if len(profile) <= _LARGEST_BYTES else b""
            break
        start = end
    return data, None


def _inflate(chunk: bytes) -> bytes | None:
    """A chunk's profile, cut off just beyond the largest; None where it can't be inflated."""
    _, _, packed = chunk.partition(b"\x00")
    try:
        return zlib.decompressobj().decompress(packed[1:], _LARGEST_BYTES + 1)
    except zlib.error:
        return None
