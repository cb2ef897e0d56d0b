"""Pictures side by side, to be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from photoshoot.records import RgbImage

_CELL_PX = (480, 360)  # a picture fits inside; it is never enlarged by more than a whole factor
_GAP_PX, _LABEL_PX, _FONT_PX = 8, 24, 14
_PAPER, _INK = "#ffffff", "#36383c"


def draw_grid(columns: Mapping[str, Sequence[RgbImage]]) -> RgbImage:
    """Lay pictures out.

    Args:
        columns: Heading → pictures uint8 (H, W, 3), from above; a row's pictures have one size.

    Returns:
        uint8 (H, W, 3).
    """
    rows = [[_fit(image) for image in row] for row in zip(*columns.values(), strict=True)]
    width = max(image.width for row in rows for image in row)
    page = Image.new(
        "RGB",
        (
            len(columns) * (width + _GAP_PX) + _GAP_PX,
            _LABEL_PX + _GAP_PX + sum(row[0].height + _GAP_PX for row in rows),
        ),
        _PAPER,
    )
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(_FONT_PX)
    lefts = [_GAP_PX + place * (width + _GAP_PX) for place in range(len(columns))]
    for left, heading in zip(lefts, columns, strict=True):
        pen.text((left, _GAP_PX), heading, _INK, font=font)
    top = _LABEL_PX + _GAP_PX
    for row in rows:
        for left, image in zip(lefts, row, strict=True):
            page.paste(image, (left, top))
        top += row[0].height + _GAP_PX
    return np.asarray(page, np.uint8)


def _fit(image: RgbImage) -> Image.Image:
    picture = Image.fromarray(image)
    scale = min(_CELL_PX[0] / picture.width, _CELL_PX[1] / picture.height)
    if scale >= 2:
        factor = int(scale)
        return picture.resize((picture.width * factor, picture.height * factor), Image.Resampling.NEAREST)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)
