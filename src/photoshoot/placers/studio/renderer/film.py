"""The grid of pixels that a picture is traced on: the canvas's own or a coarser one, and a margin round it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.camera import View


@dataclass(frozen=True, kw_only=True)
class Film:
    """A grid of square pixels behind the lens; the optical axis runs through a corner of four of them."""

    view: View
    """Whose canvas it covers."""
    stride: float = 1.0
    """Side of a film pixel in canvas pixels, 1 to 8."""
    margin: int = 0
    """Least film pixels past each edge of the canvas: denoisers leave noise in the outermost rows."""

    @property
    def width_px(self) -> int:
        """Columns, an even number: the axis is in the middle."""
        return 2 * (math.ceil(self.view.width_px / 2 / self.stride) + self.margin)

    @property
    def axis_row_px(self) -> int:
        """Row of the optical axis; may lie outside the film."""
        return math.ceil(self.view.axis_row_px / self.stride) + self.margin

    @property
    def height_px(self) -> int:
        """Rows."""
        below = self.view.height_px - self.view.axis_row_px
        return self.axis_row_px + math.ceil(below / self.stride) + self.margin

    @property
    def half_width(self) -> float:
        """Half the film's width as seen at ``z = 0``, world units."""
        return 0.5 * self.width_px * self.stride / self.view.px_per_unit

    @property
    def window(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the canvas in film pixels."""
        left = self.width_px / 2 - self.view.width_px / 2 / self.stride
        top = self.axis_row_px - self.view.axis_row_px / self.stride
        return left, top, left + self.view.width_px / self.stride, top + self.view.height_px / self.stride

    def to_canvas(self, image: Float32Array, box: tuple[int, int, int, int] | None = None) -> Float32Array:
        """Enlarge an image (film height, film width, C) to the canvas, bicubic; cut it out where the pixels match.

        Args:
            image: On the film.
            box: Left, top, right and bottom of the wanted part in canvas pixels, which may reach into the film's
                margin; None = the canvas.
        """
        left, top, right, bottom = box or (0, 0, self.view.width_px, self.view.height_px)
        offset_x, offset_y, _, _ = self.window
        if self.stride == 1 and offset_x.is_integer():
            rows, columns = (
                slice(top + int(offset_y), bottom + int(offset_y)),
                slice(left + int(offset_x), right + int(offset_x)),
            )
            return np.ascontiguousarray(image[rows, columns])
        x, y = (np.array([[left, right], [top, bottom]]) / self.stride + [[offset_x], [offset_y]]).tolist()
        planes = [Image.fromarray(np.ascontiguousarray(image[..., channel])) for channel in range(image.shape[-1])]
        size, window = (right - left, bottom - top), (x[0], y[0], x[1], y[1])
        return np.dstack([np.asarray(plane.resize(size, Image.Resampling.BICUBIC, box=window)) for plane in planes])

    def from_canvas(self, plane: Float32Array) -> Float32Array:
        """Mean of a canvas plane (H, W) over each film pixel; 0 outside the canvas."""
        left, top, _, _ = self.window
        before = [math.ceil(offset * self.stride) + 1 for offset in (top, left)]
        size = (self.width_px, self.height_px)
        after = [
            math.ceil(film_px * self.stride) - canvas_px + 2
            for film_px, canvas_px in zip((self.height_px, self.width_px), plane.shape, strict=True)
        ]
        padded = np.pad(plane, [(lead, max(lag, 0)) for lead, lag in zip(before, after, strict=True)])
        corner = (before[1] - left * self.stride, before[0] - top * self.stride)
        box = (*corner, corner[0] + size[0] * self.stride, corner[1] + size[1] * self.stride)
        return np.asarray(Image.fromarray(padded).resize(size, Image.Resampling.BOX, box=box), np.float32)
