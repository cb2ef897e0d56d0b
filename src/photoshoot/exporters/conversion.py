"""Turns an exported picture into another format, with what the file says about itself."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.encoders import ENCODERS
from photoshoot.exporters.metadata import NAMESPACES, FileNotes
from photoshoot.exporters.pdf import wrap_in_pdf
from photoshoot.records import RgbImage
from photoshoot.settings import ImageFormat

_TITLE = "dc:title/rdf:Alt/rdf:li"
_UNREADABLE = (OSError, ValueError, KeyError, ElementTree.ParseError, Image.DecompressionBombError)


def convert(file: bytes, format: ImageFormat, quality: int = 92) -> bytes:
    """Convert a PNG or JPEG that photoshoot wrote.

    An original converted is byte for byte what ``photoshoot.exporters.files.encode`` makes of its shot, and a
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
            notes = _read_notes(picture)
    except _UNREADABLE as error:
        raise PhotoError(f"this is no picture that photoshoot wrote: {error}") from error
    return wrap_in_pdf(file, notes) if format is ImageFormat.PDF else ENCODERS[format](image, quality, notes)


def _read_notes(picture: Image.Image) -> FileNotes:
    xmp: bytes | str = picture.info["xmp"]
    xmp = xmp if isinstance(xmp, bytes) else xmp.encode()
    about = ElementTree.fromstring(xmp).find("rdf:RDF/rdf:Description", NAMESPACES)
    if about is None:
        raise ValueError("its XMP is not photoshoot's")
    return FileNotes(
        title=about.findtext(_TITLE, "", NAMESPACES),
        software=about.attrib[f"{{{NAMESPACES['xmp']}}}CreatorTool"],
        record=about.findtext("photoshoot:record", "", NAMESPACES),
        xmp=xmp,
        dpi=round(picture.info["dpi"][0]),
    )
