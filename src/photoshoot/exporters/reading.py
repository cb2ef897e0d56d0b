"""Reads back what an exported file says about its picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from PIL import ExifTags, Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.packets import read_xmp
from photoshoot.records.plain_data import Json

UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
    ElementTree.ParseError,
    Image.DecompressionBombError,
)
"""What reading a file raises that photoshoot did not write, or that is damaged."""


@dataclass(frozen=True, kw_only=True)
class FileMetadata:
    """What a file says about its picture."""

    record: Mapping[str, Json]
    """The shot's record: engine, versions, settings, seed, prompt, product, canvas, quality."""
    digital_source_type: str
    """IPTC digital source type, a URI."""
    dpi: float
    """Dots per inch."""


def read_metadata(path: str | Path) -> FileMetadata:
    """Read what photoshoot wrote in a PNG, JPEG, WebP, AVIF or PDF.

    Raises:
        PhotoError: The file can't be read, or photoshoot did not write it.
    """
    path = Path(path)
    try:
        xmp, dpi = _read_pdf(path) if is_pdf(path) else _read_image(path)
        record, source = read_xmp(xmp)
    except FileNotFoundError as error:
        raise PhotoError(f"{path} is not there") from error
    except IsADirectoryError as error:
        raise PhotoError(f"{path} is a folder: give a file that photoshoot wrote") from error
    except UNREADABLE as error:
        why = f": {error}" if isinstance(error, ValueError) else ""  # a KeyError's text is but the key
        raise PhotoError(
            f"{path} has no record of photoshoot: it was made elsewhere, or saved again since{why}"
        ) from error
    return FileMetadata(record=record, digital_source_type=source, dpi=dpi)


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, by its first bytes."""
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"


def _read_image(path: Path) -> tuple[bytes | str, float]:
    with Image.open(path) as picture:
        dpi = picture.info["dpi"][0] if "dpi" in picture.info else picture.getexif()[ExifTags.Base.XResolution]
        return picture.info["xmp"], float(dpi)


def _read_pdf(path: Path) -> tuple[bytes, float]:
    from photoshoot.exporters.pdf import read_pdf  # 0.1 s to import, which the other formats need not wait for

    return read_pdf(path)
