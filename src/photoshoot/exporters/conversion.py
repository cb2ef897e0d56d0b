"""Turns an exported picture into another format, with what the file says about itself."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.encoders import ENCODERS, wrap_in_pdf
from photoshoot.exporters.metadata import write_notes
from photoshoot.exporters.reading import UNREADABLE, read_xmp
from photoshoot.records import RgbImage
from photoshoot.records_io import Json
from photoshoot.settings import ImageFormat


def convert(file: bytes, format: ImageFormat, quality: int = 92) -> bytes:
    """Convert a PNG or JPEG that photoshoot wrote.

    An original converted is byte for byte what ``photoshoot.exporters.file_exporter.encode`` makes of its shot, and a
    thumbnail likewise. A file that has the format already stays as it is; a PDF embeds the file as it is.

    Args:
        file: The PNG or JPEG.
        format: What it is to be.
        quality: For lossy formats, 1 to 100.

    Raises:
        PhotoError: It is no file that photoshoot wrote.
    """
    try:
        with Image.open(io.BytesIO(file), formats=("PNG", "JPEG")) as picture:
            if picture.format == format.upper():
                return file
            image: RgbImage = np.asarray(picture)
            record, _ = read_xmp(picture.info["xmp"])
            notes = write_notes({**record, "file": _of_format(record["file"], format, quality)})
    except UNREADABLE as error:
        raise PhotoError(f"this is no picture that photoshoot wrote: {error}") from error
    return wrap_in_pdf(file, notes) if format is ImageFormat.PDF else ENCODERS[format](image, quality, notes)


def _of_format(file: Json, format: ImageFormat, quality: int) -> dict[str, Json]:
    """A record's note of its file, for another format."""
    if not isinstance(file, dict):
        raise ValueError("its record does not say what file it is")
    return {**file, "format": format.value, "quality": quality}
