"""PDF 1.6: one page that is exactly the picture, with the picture's file embedded as it is."""

from __future__ import annotations

import io

import img2pdf
import pikepdf

from photoshoot.exporters.metadata import FileNotes

_VERSION = "1.6"


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
