"""Raster formats: pixels and notes to the bytes of a file, one encoder a format.

Every file carries the sRGB profile, the DPI and the notes. The same pixels and notes give the same bytes.
"""

from __future__ import annotations

import io
import types
from collections.abc import Callable, Mapping

from PIL import ExifTags, Image, PngImagePlugin

from photoshoot.exporters.metadata import FileNotes
from photoshoot.exporters.profiles import build_srgb_profile
from photoshoot.records import RgbImage
from photoshoot.settings import ImageFormat

Encoder = Callable[[RgbImage, int, FileNotes], bytes]
"""(pixels, quality 1 to 100, notes) to a file's bytes."""

_PNG_TEXT = "photoshoot"
_PNG_XMP = "XML:com.adobe.xmp"
"""Keyword of an XMP text chunk. Source: XMP specification part 3, 1.1.5."""
_INCHES = 2
"""EXIF ResolutionUnit. Source: EXIF 2.32, 4.6.4."""


def encode_png(image: RgbImage, _quality: int, notes: FileNotes) -> bytes:
    """Lossless. Level 6 is within 4 % of the smallest file at a quarter of its time."""
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt(_PNG_TEXT, notes.record)
    chunks.add_itxt(_PNG_XMP, notes.xmp.decode())
    file = io.BytesIO()
    Image.fromarray(image).save(
        file,
        "PNG",
        compress_level=6,
        pnginfo=chunks,
        dpi=(notes.dpi, notes.dpi),
        icc_profile=build_srgb_profile(),
    )
    return file.getvalue()


def encode_jpeg(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Full colour resolution (4:4:4), progressive with optimised tables.

    Pillow gives an optimised JPEG a fixed buffer, which a very noisy picture overruns; such a picture keeps the
    standard tables, with the same pixels.
    """
    plain = _save_jpeg(image, quality, notes, optimize=False)
    buffer_bytes = image.shape[0] * image.shape[1] * (2 if quality >= 95 else 1)
    if len(plain) > 0.9 * buffer_bytes:
        return plain
    return min(plain, _save_jpeg(image, quality, notes, optimize=True), key=len)


def _save_jpeg(image: RgbImage, quality: int, notes: FileNotes, *, optimize: bool) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(
        file,
        "JPEG",
        quality=quality,
        subsampling="4:4:4",
        optimize=optimize,
        progressive=optimize,
        dpi=(notes.dpi, notes.dpi),
        icc_profile=build_srgb_profile(),
        xmp=notes.xmp,
    )
    return file.getvalue()


def encode_webp(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Lossy, with the encoder's most careful search."""
    file = io.BytesIO()
    Image.fromarray(image).save(
        file,
        "WEBP",
        quality=quality,
        method=6,
        exif=_exif(notes.dpi),
        icc_profile=build_srgb_profile(),
        xmp=notes.xmp,
    )
    return file.getvalue()


def encode_avif(image: RgbImage, quality: int, notes: FileNotes) -> bytes:
    """Full colour resolution (4:4:4), at the encoder's default effort."""
    file = io.BytesIO()
    Image.fromarray(image).save(
        file,
        "AVIF",
        quality=quality,
        subsampling="4:4:4",
        speed=6,
        exif=_exif(notes.dpi),
        icc_profile=build_srgb_profile(),
        xmp=notes.xmp,
    )
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
