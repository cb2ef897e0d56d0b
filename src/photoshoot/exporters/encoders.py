"""File formats: pixels and notes to the bytes of a file, one encoder a format.

Every file carries the sRGB profile, the DPI and the notes. The same pixels and notes give the same bytes.
"""

import functools
import io
import types
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from photoshoot.exporters.metadata import FileNotes
from photoshoot.records import RgbImage
from photoshoot.settings import ImageFormat

Encoder = Callable[[RgbImage, int, FileNotes], bytes]
"""(pixels, quality 1 to 100, notes) to a file's bytes."""

_PNG_TEXT = "photoshoot"
_PNG_XMP = "XML:com.adobe.xmp"
"""Keyword of an XMP text chunk. Source: XMP specification part 3, 1.1.5."""
_INCHES = 2
"""EXIF ResolutionUnit. Source: EXIF 2.32, 4.6.4."""
_CREATED = slice(24, 36)
"""Creation date in a profile's header, six big-endian 16-bit numbers. Source: ICC.1:2022, 7.2.8."""
_FIXED_DATE = b"".join(number.to_bytes(2, "big") for number in (2000, 1, 1, 0, 0, 0))


def encode_png(image: RgbImage, _quality: int, notes: FileNotes) -> bytes:
    """Lossless. Pictures are dithered, so nothing repeats but runs: to look for more takes twice as long, in vain."""
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt(_PNG_TEXT, notes.record)
    chunks.add_itxt(_PNG_XMP, notes.xmp.decode())
    return _save(image, "PNG", {"compress_type": zlib.Z_RLE, "pnginfo": chunks, "dpi": (notes.dpi, notes.dpi)})


def encode_jpeg(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Full colour resolution (4:4:4), progressive with optimised tables.

    Pillow gives an optimised JPEG a fixed buffer, which a very noisy picture overruns; such a picture keeps the
    standard tables, with the same pixels.
    """
    options = {"quality": quality, "subsampling": "4:4:4", "dpi": (notes.dpi, notes.dpi), "xmp": notes.xmp}
    plain = _save(image, "JPEG", {**options, "optimize": False, "progressive": False})
    buffer_bytes = image.shape[0] * image.shape[1] * (2 if quality >= 95 else 1)
    if len(plain) > 0.9 * buffer_bytes:
        return plain
    return min(plain, _save(image, "JPEG", {**options, "optimize": True, "progressive": True}), key=len)


def encode_webp(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Lossy, with the encoder's most careful search."""
    return _save(image, "WEBP", {"quality": quality, "method": 6, "exif": _exif(notes.dpi), "xmp": notes.xmp})


def encode_avif(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Full colour resolution (4:4:4), at the encoder's default effort."""
    options = {"quality": quality, "subsampling": "4:4:4", "speed": 6, "exif": _exif(notes.dpi), "xmp": notes.xmp}
    return _save(image, "AVIF", options)


def _save(image: RgbImage, kind: str, options: Mapping[str, Any]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, kind, icc_profile=build_srgb_profile(), **options)
    return file.getvalue()


def _exif(dpi: int) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.XResolution] = float(dpi)
    exif[ExifTags.Base.YResolution] = float(dpi)
    exif[ExifTags.Base.ResolutionUnit] = _INCHES
    return exif.tobytes()


ENCODERS: Mapping[ImageFormat, Encoder] = types.MappingProxyType(
    {
        ImageFormat.PNG: encode_png,
        ImageFormat.JPEG: encode_jpeg,
        ImageFormat.WEBP: encode_webp,
        ImageFormat.AVIF: encode_avif,
    }
)
"""Every raster format's encoder; a PDF holds one of these files."""


@functools.cache
def build_srgb_profile() -> bytes:
    """The ICC profile of sRGB, about 600 bytes, always the same bytes.

    LittleCMS stamps the profiles that it makes with the present time; the stamp is replaced by a fixed date, so that
    the same picture gives the same file.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATED] = _FIXED_DATE
    return bytes(profile)
