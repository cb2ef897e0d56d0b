"""A contact sheet: many shots on one page, each with its name, its words, its size and its seed."""

import bisect
import io
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from photoshoot.errors import InputError
from photoshoot.exporters.encoders import build_srgb_profile
from photoshoot.files import AtomicFiles
from photoshoot.pixels.imaging import scale
from photoshoot.records import RgbImage, Shot
from photoshoot.settings import check_range

_PAGE_WIDTH = 2200
_MARGIN, _GUTTER, _GAP = 56, 36, 14
_TITLE_PX, _NAME_PX, _TEXT_PX = 46, 25, 19
_LEADING = 1.36
_MOST_LINES = 3
_MOST_COLUMNS = 12
_TALLEST = 1.25  # of a picture's height over its column's width
_PAPER, _INK, _SOFT_INK, _FACT_INK, _FRAME = "#fbfaf8", "#1d1c1a", "#6d6962", "#8f8a82", "#e2dfd9"
_WARNING_INK = "#a3431c"


def build_contact_sheet(
    shots: Sequence[Shot], columns: int | None = None, title: str | None = None, font: Path | None = None
) -> RgbImage:
    """Lay shots out on a page of 2200 px width, in their order; shapes may be mixed.

    Args:
        shots: At least one.
        columns: Pictures beside each other, 1 to 12. None: by the number and shape of the shots.
        title: A heading. None: none.
        font: A TrueType or OpenType file. None: the built-in one, which is ASCII alone: accents are dropped and other
            letters become ``?``.

    Raises:
        InputError: There are no shots, or the font can't be read.
        SettingsError: ``columns`` is out of range.
    """
    if not shots:
        raise InputError("a contact sheet needs at least one shot")
    columns = _choose_columns(shots) if columns is None else columns
    check_range("columns", columns, 1, _MOST_COLUMNS)
    page = _Page(font)
    width = (_PAGE_WIDTH - 2 * _MARGIN - (columns - 1) * _GUTTER) // columns
    cells = [_build_cell(shot, width, page) for shot in shots]
    if title:
        page.write(_MARGIN, [page.fit(title, _TITLE_PX, _PAGE_WIDTH - 2 * _MARGIN)], _TITLE_PX, _INK)
        page.row += _GAP
    _draw_cells(page, cells, columns, width)
    return page.finish()


def save_contact_sheet(shots: Sequence[Shot], path: Path, title: str | None = None, *, overwrite: bool = True) -> Path:
    """Write a contact sheet to a PNG file, whole or not at all, and return its path.

    Without ``overwrite``, a name that another file has gets the next free number.

    Raises:
        InputError: There are no shots.
        ExportError: The file can't be written.
    """
    file = io.BytesIO()
    Image.fromarray(build_contact_sheet(shots, title=title)).save(file, "PNG", icc_profile=build_srgb_profile())
    with AtomicFiles() as files:
        return files.place(path, file.getvalue(), overwrite=overwrite)


@dataclass(frozen=True)
class _Cell:
    """One shot, ready to be drawn."""

    picture: RgbImage
    """The shot, scaled to its column."""
    name: str
    """Preset or number of the prompt, on one line."""
    words: list[str]
    """The scene's text, in at most three lines."""
    unmet: list[str]
    """What of a prompt was not read, in at most three lines; none where all of it was."""
    facts: str
    """Size, seed and a failed gate, on one line."""

    @property
    def caption_height(self) -> int:
        return _GAP + sum(map(_advance, [_NAME_PX, *[_TEXT_PX] * (len(self.words) + len(self.unmet) + 1)]))


class _Page:
    """A sheet of paper that grows downwards, and the type that is set on it."""

    def __init__(self, font: Path | None) -> None:
        self._font = font
        self._image = Image.new("RGB", (_PAGE_WIDTH, _MARGIN), _PAPER)
        self.row = _MARGIN

    def draw(self, cell: _Cell, left: int) -> None:
        """Draw a picture at the present row, and its caption under it."""
        height, width = cell.picture.shape[:2]
        self._grow(self.row + height + 1)
        self._image.paste(Image.fromarray(cell.picture), (left, self.row))
        ImageDraw.Draw(self._image).rectangle((left - 1, self.row - 1, left + width, self.row + height), outline=_FRAME)
        self.row += height + _GAP
        self.write(left, [cell.name], _NAME_PX, _INK)
        self.write(left, cell.words, _TEXT_PX, _SOFT_INK)
        self.write(left, cell.unmet, _TEXT_PX, _WARNING_INK)
        self.write(left, [cell.facts], _TEXT_PX, _FACT_INK)

    def write(self, left: int, lines: Sequence[str], size_px: int, color: str) -> None:
        """Write lines under each other from the present row on, and move it down."""
        self._grow(self.row + len(lines) * _advance(size_px))
        for line in lines:
            ImageDraw.Draw(self._image).text((left, self.row), line, color, font=self._load(size_px))
            self.row += _advance(size_px)

    def wrap(self, text: str, size_px: int, width: int) -> list[str]:
        """Break a text into at most three lines; what is left over is cut."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            fits = len(lines) == _MOST_LINES or self._measure(longer, size_px) <= width or not lines[-1]
            lines = [*lines[:-1], longer] if fits else [*lines, word]
        return [self.fit(line, size_px, width) for line in lines]

    def fit(self, text: str, size_px: int, width: int) -> str:
        """Cut a line that is too long, and end it with dots."""
        text = text if self._font else _to_ascii(text)
        if self._measure(text, size_px) <= width:
            return text
        lengths = range(len(text))
        over = bisect.bisect_right(
            lengths, width, key=lambda kept: math.ceil(self._measure(text[:kept] + "...", size_px))
        )
        return text[: max(0, over - 1)].rstrip() + "..."

    def finish(self) -> RgbImage:
        """The page, with a margin under the present row."""
        self._grow(self.row)
        return np.asarray(self._image.crop((0, 0, _PAGE_WIDTH, self.row + _MARGIN)))

    def _grow(self, bottom: int) -> None:
        if bottom + _MARGIN > self._image.height:
            taller = Image.new("RGB", (_PAGE_WIDTH, bottom + _MARGIN), _PAPER)
            taller.paste(self._image)
            self._image = taller

    def _measure(self, text: str, size_px: int) -> float:
        return self._load(size_px).getlength(text)

    def _load(self, size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
        if self._font is None:
            return ImageFont.load_default(size_px)
        try:
            return ImageFont.truetype(str(self._font), size_px)
        except OSError as error:
            raise InputError(f"{self._font} can't be read as a font: {error}") from error


def _draw_cells(page: _Page, cells: Sequence[_Cell], columns: int, width: int) -> None:
    """Hang each cell in the column that is shortest so far; pictures of one shape make straight rows."""
    one_shape = len({cell.picture.shape for cell in cells}) == 1
    tallest = max(cell.caption_height for cell in cells)
    bottoms = [page.row] * columns
    for cell in cells:
        column = bottoms.index(min(bottoms))
        page.row = bottoms[column]
        page.draw(cell, _MARGIN + column * (width + _GUTTER))
        bottoms[column] += cell.picture.shape[0] + (tallest if one_shape else cell.caption_height) + _GUTTER
    page.row = max(bottoms) - _GUTTER


def _choose_columns(shots: Sequence[Shot]) -> int:
    """As many as make the page about as high as wide."""
    tall = sum(min(_TALLEST, shot.canvas.height_px / shot.canvas.width_px) + 0.2 for shot in shots) / len(shots)
    return min(len(shots), 8, max(1, round(math.sqrt(len(shots) * tall))))


def _build_cell(shot: Shot, width: int, page: _Page) -> _Cell:
    picture_height, picture_width = shot.image.shape[:2]
    factor = min(1.0, width / picture_width, _TALLEST * width / picture_height)
    picture = scale(shot.image, (max(1, round(picture_width * factor)), max(1, round(picture_height * factor))))
    name = (shot.scene.preset_id or f"custom prompt {shot.prompt_index + 1}").replace("_", " ").capitalize()
    label = shot.canvas.label.replace("_", " ").capitalize()
    facts = f"{label}, {shot.canvas.width_px} x {shot.canvas.height_px} px, seed {shot.seed}"
    if shot.quality is not None and not shot.quality.passed:
        facts = f"QUALITY GATE FAILED. {facts}"
    words = page.wrap(shot.scene.text.strip(" ,"), _TEXT_PX, width)
    unmet = page.wrap("; ".join(shot.unmet), _TEXT_PX, width) if shot.unmet else []
    return _Cell(picture, page.fit(name, _NAME_PX, width), words, unmet, page.fit(facts, _TEXT_PX, width))


def _to_ascii(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.replace("×", "x"))
    return "".join(part for part in parts if not unicodedata.combining(part)).encode("ascii", "replace").decode()


def _advance(size_px: int) -> int:
    return round(size_px * _LEADING)
