"""A contact sheet of presets: their previews on one page, each over its id."""

import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from photoshoot.errors import InputError
from photoshoot.files import AtomicFiles
from photoshoot.pixels.imaging import scale
from photoshoot.presets import Preset
from photoshoot.records import RgbImage
from photoshoot.settings import check_range

_MARGIN, _GUTTER, _LABEL_ROWS = 24, 14, 24
_LABEL_PX, _LEAST_PX = 15, 9
_PAPER, _INK = "#fbfaf8", "#1d1c1a"
_MOST_COLUMNS = 12
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_QUALITY = 82


def build_sheet(presets: Sequence[Preset], columns: int | None = None, width_px: int = 1600) -> RgbImage:
    """Lay the previews of presets out in rows, in their order.

    Args:
        presets: At least one; each has a preview.
        columns: Pictures beside each other, 1 to 12. None: up to five.
        width_px: Width of the page, 400 to 8000.

    Raises:
        InputError: There are no presets, or one has no preview.
        SettingsError: ``columns`` or ``width_px`` is out of range.
    """
    if not presets:
        raise InputError("a sheet needs at least one preset")
    columns = min(5, len(presets)) if columns is None else columns
    check_range("columns", columns, 1, _MOST_COLUMNS)
    check_range("width_px", width_px, 400, 8000)
    cell = (width_px - 2 * _MARGIN - (columns - 1) * _GUTTER) // columns
    pictures = [_read(preset, cell) for preset in presets]
    step = max(len(picture) for picture in pictures) + _LABEL_ROWS + _GUTTER
    page = Image.new("RGB", (width_px, 2 * _MARGIN - _GUTTER + math.ceil(len(presets) / columns) * step), _PAPER)
    for index, (preset, picture) in enumerate(zip(presets, pictures, strict=True)):
        left = _MARGIN + index % columns * (cell + _GUTTER)
        top = _MARGIN + index // columns * step
        page.paste(Image.fromarray(picture), (left, top))
        _write(page, preset.id, (left, top + len(picture) + 4), cell)
    return np.asarray(page)


def save_sheet(presets: Sequence[Preset], path: Path, columns: int | None = None, width_px: int = 1600) -> None:
    """Write a sheet to a JPEG, PNG or WebP file, whole or not at all.

    Raises:
        InputError: There are no presets, one has no preview, or the file's suffix is another.
        ExportError: The file can't be written.
    """
    if path.suffix.lower() not in _FORMATS:
        raise InputError(f"{path}: a sheet is a file that ends with {', '.join(_FORMATS)}")
    file = io.BytesIO()
    page = Image.fromarray(build_sheet(presets, columns, width_px))
    page.save(file, _FORMATS[path.suffix.lower()], quality=_QUALITY, optimize=True)
    with AtomicFiles() as files:
        files.write(path, file.getvalue())


def _read(preset: Preset, width: int) -> RgbImage:
    if preset.preview_path is None:
        raise InputError(f"{preset.id} has no preview; make it with: photoshoot presets render {preset.id}")
    with Image.open(preset.preview_path) as image:
        picture = np.asarray(image.convert("RGB"))
    return scale(picture, (width, max(1, round(width * picture.shape[0] / picture.shape[1]))))


def _write(page: Image.Image, text: str, place: tuple[int, int], width: int) -> None:
    """A label, cut where it is wider than its picture."""
    font = _font(max(_LEAST_PX, min(_LABEL_PX, width // 14)))
    kept = text
    while kept and font.getlength(text) > width:
        kept = kept[:-1]
        text = f"{kept}..."
    ImageDraw.Draw(page).text(place, text, _INK, font=font)


def _font(size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size_px)
