"""Refuses files that are a photo and something else besides.

What is stored and served is always encoded anew from pixels, so nothing that hides in an upload gets through; a file
that is also a page, a script or an archive is refused all the same, since no camera or editor makes one.
"""

import re
from typing import Final

from photoshoot.errors import PhotoError

_MARKUP: Final = re.compile(rb"<script[\s>]|<\?php\s|<!doctype html|<html[\s>]|<iframe[\s>]", re.IGNORECASE)
_PDF_HEADER: Final = b"%PDF-"
_PDF_WINDOW_BYTES: Final = 1024
"""Readers look for a PDF's header this far. Source: ISO 32000-1, annex H, note 13."""
_ZIP_END: Final = b"PK\x05\x06\x00\x00\x00\x00"
"""The end record of a ZIP on a single disk: signature and both disk numbers. Source: APPNOTE.TXT, 4.3.16."""


def screen_photo(data: bytes) -> None:
    """Refuse a file with a second nature.

    Raises:
        PhotoError: It holds a PDF, an archive, a web page or a script.
    """
    natures = {
        "a PDF": _PDF_HEADER in data[:_PDF_WINDOW_BYTES],
        "an archive": _ZIP_END in data,
        "markup or a script": _MARKUP.search(data) is not None,
    }
    for nature, found in natures.items():
        if found:
            raise PhotoError(f"the file holds {nature}, which no photo does: save it again as JPEG or PNG")
