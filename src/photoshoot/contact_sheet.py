"""A contact sheet: many shots on one page, each with its name, its words, its size and its seed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from photoshoot.errors import InputError
from photoshoot.exporters.thumbnails import scale
from photoshoot.records import RgbImage, Shot
from photoshoot.settings import check_range

_PAPER, _INK, _SOFT_INK, _FRAME = "#fbfaf8", "#1d1c1a", "#77736c", "#e2dfd9"
_MARGIN, _GUTTER, _GAP = 56, 36, 14
_TITLE_PX, _NAME_PX, _TEXT_PX = 46, 25, 19
_LEADING = 1.36
_MOST_LINES = 3
_PAGE_WIDTH = 2200
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def build_contact_sheet(shots: Sequence[Shot], columns: int | None = None, title: str | None = None) -> RgbImage:
    """Lay shots out on a page of 2200 px width, in their order, row by row.

    Args:
        shots: At least one.
        columns: Pictures beside each other, 1 to 12. None: by the number and shape of the shots.
        title: A heading. None: none.

    Raises:
        InputError: There are no shots.
        SettingsError: ``columns`` is out of range.
    """
    if not shots:
        raise InputError("a contact sheet needs at least one shot")
    columns = columns or _choose_columns(shots)
    check_range("columns", columns, 1, 12)
    width = (_PAGE_WIDTH - 2 * _MARGIN - (columns - 1) * _GUTTER) // columns
    cells = [_build_cell(shot, width) for shot in shots]
    rows = [_Row.of(cells[start : start + columns]) for start in range(0, len(cells), columns)]
    top = _MARGIN + (round(_TITLE_PX * 1.9) if title else 0)
    height = top + sum(row.height for row in rows) + _GUTTER * (len(rows) - 1) + _MARGIN
    page = Image.new("RGB", (_PAGE_WIDTH, height), _PAPER)
    if title:
        _write(page, (_MARGIN, _MARGIN), [_fit(title, _TITLE_PX, _PAGE_WIDTH - 2 * _MARGIN)], _TITLE_PX, _INK)
    for row in rows:
        row.draw(page, top, width)
        top += row.height + _GUTTER
    return np.asarray(page)


@dataclass(frozen=True)
class _Cell:
    """One shot, ready to be drawn."""

    picture: RgbImage
    name: str
    words: list[str]
    facts: str

    @property
    def caption_height(self) -> int:
        return _GAP + round((_NAME_PX + _TEXT_PX * (len(self.words) + 1)) * _LEADING)


@dataclass(frozen=True)
class _Row:
    """Cells beside each other: pictures stand on one line, captions hang from it."""

    cells: Sequence[_Cell]
    picture_height: int
    height: int

    @classmethod
    def of(cls, cells: Sequence[_Cell]) -> _Row:
        picture_height = max(cell.picture.shape[0] for cell in cells)
        return cls(cells, picture_height, picture_height + max(cell.caption_height for cell in cells))

    def draw(self, page: Image.Image, top: int, width: int) -> None:
        for index, cell in enumerate(self.cells):
            _draw_cell(page, cell, _MARGIN + index * (width + _GUTTER), top + self.picture_height)


def _choose_columns(shots: Sequence[Shot]) -> int:
    """As many as make the page about as high as wide."""
    shape = sum(shot.canvas.height_px / shot.canvas.width_px for shot in shots) / len(shots) + 0.2
    return min(len(shots), 8, max(1, round(math.sqrt(len(shots) * min(shape, 1.8)))))


def _build_cell(shot: Shot, width: int) -> _Cell:
    height, picture_width = shot.image.shape[:2]
    factor = min(1.0, width / picture_width, 1.25 * width / height)
    picture = scale(shot.image, (max(1, round(picture_width * factor)), max(1, round(height * factor))))
    name = (shot.scene.preset_id or f"custom prompt {shot.prompt_index + 1}").replace("_", " ").capitalize()
    label = shot.canvas.label.replace("_", " ")
    facts = f"{label}  {shot.canvas.width_px} × {shot.canvas.height_px}   seed {shot.seed}"
    if shot.quality is not None and not shot.quality.passed:
        facts += "   quality gate: failed"
    words = _wrap(shot.scene.text.strip(" ,"), _TEXT_PX, width)
    return _Cell(picture, _fit(name, _NAME_PX, width), words, _fit(facts, _TEXT_PX, width))


def _draw_cell(page: Image.Image, cell: _Cell, left: int, baseline: int) -> None:
    height, width = cell.picture.shape[:2]
    page.paste(Image.fromarray(cell.picture), (left, baseline - height))
    ImageDraw.Draw(page).rectangle((left - 1, baseline - height - 1, left + width, baseline), outline=_FRAME)
    y = _write(page, (left, baseline + _GAP), [cell.name], _NAME_PX, _INK)
    y = _write(page, (left, y), cell.words, _TEXT_PX, _SOFT_INK)
    _write(page, (left, y), [cell.facts], _TEXT_PX, _SOFT_INK)


def _write(page: Image.Image, at: tuple[int, int], lines: Sequence[str], size_px: int, color: str) -> int:
    """Write lines under each other; returns the row under the last."""
    x, y = at
    for line in lines:
        ImageDraw.Draw(page).text((x, y), line, color, font=ImageFont.load_default(size_px))
        y += round(size_px * _LEADING)
    return y


def _wrap(text: str, size_px: int, width: int) -> list[str]:
    """Break a text into at most three lines; what is left over is cut with an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _measure(longer, size_px) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = lines[: _MOST_LINES - 1] + [" ".join(lines[_MOST_LINES - 1 :])] * (len(lines) >= _MOST_LINES)
    return [_fit(line, size_px, width) for line in kept]


def _fit(text: str, size_px: int, width: int) -> str:
    """Cut a line with an ellipsis where it is too long."""
    if _measure(text, size_px) <= width:
        return text
    while text and _measure(text + "…", size_px) > width:
        text = text[:-1].rstrip()
    return text + "…"


def _measure(text: str, size_px: int) -> float:
    return ImageFont.load_default(size_px).getlength(text)
