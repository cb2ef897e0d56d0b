"""Printed matter: a sheet that labels and boxes are drawn on, with Pillow's built-in typeface."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from photoshoot.color.space import srgb_to_linear

_OVERSAMPLING = 2


class Sheet:
    """A piece of paper to draw on. Lengths and places are in pixels of the finished sheet, from the top left."""

    def __init__(self, width: int, height: int, paper: str) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * _OVERSAMPLING, height * _OVERSAMPLING), paper)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self, middle: tuple[float, float], words: str, size: float, ink: str, *, spacing: float = 0.0, bold: float = 0.0
    ) -> None:
        """Write one line centred on a place; ``spacing`` and ``bold`` (stroke) are shares of the size."""
        font = ImageFont.load_default(size * _OVERSAMPLING)
        gap, stroke = spacing * size * _OVERSAMPLING, bold * size * _OVERSAMPLING
        widths = [font.getlength(letter) for letter in words]
        x = middle[0] * _OVERSAMPLING - (sum(widths) + gap * (len(words) - 1)) / 2
        for letter, width in zip(words, widths, strict=True):
            self._draw.text(
                (x, middle[1] * _OVERSAMPLING), letter, ink, font, anchor="lm", stroke_width=stroke, stroke_fill=ink
            )
            x += width + gap

    def paragraph(self, corner: tuple[float, float], lines: Sequence[str], size: float, ink: str) -> None:
        """Write lines from a top left corner."""
        font = ImageFont.load_default(size * _OVERSAMPLING)
        for number, line in enumerate(lines):
            place = (corner[0] * _OVERSAMPLING, (corner[1] + 1.45 * size * number) * _OVERSAMPLING)
            self._draw.text(place, line, ink, font)

    def box(self, corners: tuple[float, float, float, float], ink: str) -> None:
        """Fill a rectangle (left, top, right, bottom)."""
        self._draw.rectangle([value * _OVERSAMPLING for value in corners], fill=ink)

    def disc(self, middle: tuple[float, float], radius: float, ink: str) -> None:
        """Fill a circle."""
        self._draw.circle([value * _OVERSAMPLING for value in middle], radius * _OVERSAMPLING, fill=ink)

    def ring(self, middle: tuple[float, float], radius: float, width: float, ink: str) -> None:
        """Draw a circle's line."""
        self._draw.circle(
            [value * _OVERSAMPLING for value in middle],
            radius * _OVERSAMPLING,
            outline=ink,
            width=round(width * _OVERSAMPLING),
        )

    def shape(self, outline: npt.ArrayLike, ink: str) -> None:
        """Fill a polygon, (k, 2)."""
        points = np.asarray(outline, np.float64) * _OVERSAMPLING
        self._draw.polygon([tuple(point) for point in points], fill=ink)

    def line(self, points: npt.ArrayLike, width: float, ink: str) -> None:
        """Draw a line through points, (k, 2)."""
        path = [tuple(point) for point in np.asarray(points, np.float64) * _OVERSAMPLING]
        self._draw.line(path, fill=ink, width=round(width * _OVERSAMPLING), joint="curve")

    def sprig(self, foot: tuple[float, float], height: float, ink: str) -> None:
        """Draw an upright twig with seven pairs of leaves and one at the tip."""
        share = np.linspace(0, 1, 40)
        stem = np.stack([foot[0] + 0.05 * height * np.sin(2.4 * share), foot[1] - height * share], 1)
        self.line(stem, 0.012 * height, ink)
        for number in range(7):
            base = stem[5 + 5 * number - number // 7]
            for side in (-1, 1):
                self.shape(
                    _leaf_outline(base, -90 + side * (52 - 4 * number), 0.27 * height * (1 - 0.07 * number)), ink
                )
        self.shape(_leaf_outline(stem[-1], -88, 0.16 * height), ink)

    def barcode(self, corner: tuple[float, float], size: tuple[float, float], seed: int) -> None:
        """Draw bars on white that scan as nothing."""
        left, top = corner
        self.box((left - 12, top - 12, left + size[0] + 12, top + size[1] + 12), "#ffffff")
        edges = np.cumsum(np.random.default_rng(seed).choice([1, 1, 2, 3], 60)).astype(float)
        edges *= size[0] / edges[-1]
        for start, end in zip(edges[0::2], edges[1::2], strict=True):
            self.box((left + start, top, left + end - 1, top + size[1]), "#16181a")

    def printed(self) -> npt.NDArray[np.float32]:
        """The finished sheet, scene-linear (height, width, 3)."""
        small = self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        return srgb_to_linear(np.asarray(small, np.float32) / 255)


def _leaf_outline(foot: npt.NDArray[np.float64], angle_deg: float, length: float) -> npt.NDArray[np.float64]:
    along = np.linspace(0, 1, 16)
    half = 0.17 * np.sin(np.pi * along**0.85)
    local = np.concatenate([np.stack([along, half], 1), np.stack([along, -half], 1)[::-1]]) * length
    cos, sin = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return foot + local @ np.array([[cos, sin], [-sin, cos]])
