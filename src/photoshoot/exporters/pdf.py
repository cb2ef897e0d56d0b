"""PDF: a picture's file on a page of its own size, and what such a page holds. Loaded only where there is a PDF."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf

from photoshoot.exporters.encoders import FileNotes
from photoshoot.records import RgbImage

_VERSION = "1.6"
_POINTS_PER_INCH = 72


def wrap_in_pdf(image_file: bytes, notes: FileNotes) -> bytes:
    """Put a PNG or JPEG file on a page of its own size at ``notes.dpi``.

    The picture is not encoded again: a PDF holds the compressed pixels of either format. A page over 200 inches gets a
    user unit, which PDF has since 1.6.
    """
    layout = img2pdf.get_fixed_dpi_layout_fun((notes.dpi, notes.dpi))
    page = img2pdf.convert(image_file, layout_fun=layout, nodate=True)
    with pikepdf.open(io.BytesIO(page)) as pdf:
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]  # made from the time; saving derives one from the content
        _annotate(pdf, notes)
        file = io.BytesIO()
        pdf.save(file, force_version=_VERSION, deterministic_id=True)
    return file.getvalue()


def _annotate(pdf: pikepdf.Pdf, notes: FileNotes) -> None:
    pdf.docinfo[pikepdf.Name.Title] = pikepdf.String(notes.title)
    pdf.docinfo[pikepdf.Name.Creator] = pikepdf.String(notes.software)
    packet = pikepdf.Stream(pdf, notes.xmp)
    packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = packet


def read_pdf(path: Path) -> tuple[bytes, float]:
    """The XMP packet of a PDF that holds one picture, and the picture's dots per inch.

    Raises:
        ValueError: It is no such PDF, or is damaged.
    """
    with _open(path) as pdf:
        page = pdf.pages[0]
        width_inches = float(page.mediabox[2]) * float(page.get("/UserUnit", 1)) / _POINTS_PER_INCH
        (image,) = page.get_images().values()
        return pdf.Root.Metadata.read_bytes(), int(image.Width) / width_inches


def read_pdf_pixels(path: Path) -> RgbImage | None:
    """The exact pixels (H, W, 3) of a PDF that holds one picture; None where that is a JPEG.

    Raises:
        ValueError: It is no such PDF, or is damaged.
    """
    with _open(path) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        if image.get("/Filter") not in ("/FlateDecode", None):
            return None
        picture = pikepdf.PdfImage(image).as_pil_image()  # type: ignore[arg-type]  # get_images gives its streams
        return np.asarray(picture.convert("RGB"))


@contextmanager
def _open(path: Path) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(path) as pdf:
            yield pdf
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
