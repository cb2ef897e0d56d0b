"""Files that Pillow refuses or reads wrong though they are whole: PNGs with large profiles, and TIFFs of many kinds."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final

import numpy as np
from PIL import Image, PngImagePlugin, TiffImagePlugin

from photoshoot.errors import PhotoError

_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PILLOWS_LIMIT_BYTES: Final = 2**20
"""What Pillow inflates a chunk to at most. Source: ``PIL.PngImagePlugin.MAX_TEXT_CHUNK``."""
_LARGEST_PROFILE_BYTES: Final = 16 * 2**20
"""Beyond it a profile is no profile: a JPEG can hold no more than 255 segments of 64 KB."""
_SUBFILE, _PHOTOMETRIC, _PLANES, _DNG = 254, 262, 284, 50706
"""TIFF's tags. Source: TIFF 6.0, section 8; DNG 1.4."""
_REDUCED: Final = 1
_WHITE_IS_ZERO, _YCBCR = 0, 6
_APART: Final = 2
_OF_CANON: Final = slice(8, 10), b"CR"
"""What stands at byte 8 of Canon's raw files, which otherwise begin as TIFFs."""
_SAVE_AS: Final = "save it as RGB of 8 or 16 bits a channel, or as PNG"


def open_png(data: bytes) -> Image.Image:
    """A PNG that is not decoded yet, with its profile, whatever its size."""
    data, profile = _take_profile(data)
    image = PngImagePlugin.PngImageFile(io.BytesIO(data), "")
    if profile is not None:
        image.info["icc_profile"] = profile or b"too large"
    return image


def open_tiff(data: bytes, name: str) -> Image.Image:
    """A TIFF that is not decoded yet, and whose pixels will come out right.

    Raises:
        PhotoError: It is a camera's raw file, of which only a small preview could be read, or of pixels that Pillow
            has no way to read.
    """
    where, canon = _OF_CANON
    if data[where] == canon:
        raise _is_raw(name)
    try:
        image = TiffImagePlugin.TiffImageFile(io.BytesIO(data), "")
    except SyntaxError as error:  # Pillow's word for kinds that it does not know
        raise PhotoError(f"{name} is a TIFF of a kind that can't be read ({error}): {_SAVE_AS}") from error
    tags = image.tag_v2
    if _DNG in tags or tags.get(_SUBFILE, 0) & _REDUCED:
        raise _is_raw(name)
    bits = max(tags.get(TiffImagePlugin.BITSPERSAMPLE, (1,)))
    if tags.get(_PLANES) == _APART and bits > 8:
        raise PhotoError(f"{name} is a TIFF of a kind that can't be read (planes of {bits} bits): {_SAVE_AS}")
    if tags.get(_PHOTOMETRIC) == _YCBCR and image.tile and image.tile[0].codec_name == "raw":
        # Pillow unpacks such bytes as RGB with a fourth; libtiff knows what they are, as it does in compressed files.
        told = ("RGBX", "raw", False, tags.offset)
        image.tile = [image.tile[0]._replace(codec_name="libtiff", extents=(0, 0, *image.size), offset=0, args=told)]
        image.use_load_libtiff = True
    return image


def turn_over_grey(image: Image.Image, file: Image.Image) -> Image.Image:
    """A picture whose black is 0: of grey in 16 bits Pillow takes it as it is where a TIFF says that 0 is white.

    Args:
        image: The decoded picture.
        file: The TIFF that it is of.
    """
    white_is_zero = isinstance(file, TiffImagePlugin.TiffImageFile) and file.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO
    if not white_is_zero or not image.mode.startswith("I;16"):
        return image
    return Image.fromarray(np.uint16(65535) - np.asarray(image).astype(np.uint16))


def _is_raw(name: str) -> PhotoError:
    return PhotoError(f"{name} is a camera's raw file: develop it, and give JPEG, PNG or TIFF")


def _take_profile(data: bytes) -> tuple[bytes, bytes | None]:
    """A PNG without its profile, and the profile, where Pillow would refuse it as damage: printers' may have megabytes.

    Returns:
        The file (any other as it is), and the profile: empty where it is larger than any that is one; None where it
        stays in the file.
    """
    start = len(_PNG_SIGNATURE)
    while data.startswith(_PNG_SIGNATURE) and start + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[start : start + 8])
        end = start + 12 + length
        if kind == b"IDAT":  # profiles come before the pixels
            break
        if kind == b"iCCP":
            profile = _inflate_profile(data[start + 8 : end - 4])
            if profile is not None and len(profile) > _PILLOWS_LIMIT_BYTES:
                return data[:start] + data[end:], profile if len(profile) <= _LARGEST_PROFILE_BYTES else b""
            break
        start = end
    return data, None


def _inflate_profile(chunk: bytes) -> bytes | None:
    """A chunk's profile, cut off just beyond the largest; None where it can't be inflated."""
    _, _, packed = chunk.partition(b"\x00")
    try:
        return zlib.decompressobj().decompress(packed[1:], _LARGEST_PROFILE_BYTES + 1)
    except zlib.error:
        return None
