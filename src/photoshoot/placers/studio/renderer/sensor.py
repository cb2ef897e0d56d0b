"""The camera that a picture is traced with: a grid of pixels, the canvas's or a coarser one, behind a lens."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import mitsuba as mi
import numpy as np
from PIL import Image

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.tiling import Tile

PASS_SPP = 4
"""Samples a pixel in one pass, at most: no wider than the narrowest vector unit (SSE), see ``renderer``."""
COARSE_BLUR_PX = 8.0
"""Circle of confusion, canvas pixels, from which on a coarse film shows what is blurred as well as a fine one."""
SKY_DISTANCE = 1e6
"""World units that the sky is taken to be away."""
_AT_ONCE = 2  # planes that are resized: few enough for any machine, and there are nine at most


@dataclass(frozen=True, kw_only=True)
class Film:
    """A grid of square pixels behind the lens; the optical axis runs through a corner of four of them."""

    view: View
    """Whose canvas it covers."""
    scale: float = 1.0
    """Film pixels a canvas pixel, along a side: see ``StudioSettings.render_scale``."""
    margin: int = 0
    """Least film pixels past each edge of the canvas: denoisers leave noise in the outermost rows."""

    @property
    def stride(self) -> float:
        """Side of a film pixel in canvas pixels, at least 1; rounded, such that the inverse of 1 / 3.7 is 3.7."""
        return round(1 / self.scale, 12)

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
        """Rows, with the margin above and below."""
        below = self.view.height_px - self.view.axis_row_px
        return self.axis_row_px + math.ceil(below / self.stride) + self.margin

    @property
    def whole(self) -> Tile:
        """All its rows and columns."""
        return slice(0, self.height_px), slice(0, self.width_px)

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

    def to_draft(self, image: Float32Array, size: tuple[int, int]) -> Float32Array:
        """What an image (film height, film width, C) shows of the canvas, on a smaller one: width and height, px."""
        return _resize_planes(image, size, self.window)

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
        return _resize_planes(image, (right - left, bottom - top), (x[0], y[0], x[1], y[1]))

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

    def corners(self, where: BoolArray) -> Float64Array:
        """Row and column (N, 2) on the film where chosen pixels begin, of the canvas or of it and the film's margin."""
        left, top, _, _ = self.window
        return np.asarray(np.argwhere(where) + np.array([top - self.margin, left - self.margin]))


@dataclass(frozen=True, kw_only=True)
class Camera:
    """A film and the lens before it."""

    film: Film
    """What it records."""
    aperture: float = 0.0
    """Radius of the lens, world units; 0 = all sharp. The focus is on the plane ``z = 0``."""
    least_patch: float = 0.0
    """As of ``SetParts``."""
    lawn: bool = False
    """As of ``SetParts``."""
    untold_db: float = 0.0
    """As of ``SetParts``."""

    def load_sensor(self, part: Tile | None = None) -> mi.Sensor:
        """Mitsuba's camera: its film is a window, shifted up or down, of a taller one centred on the optical axis.

        Args:
            part: Record these rows and columns of the film only.
        """
        film, view = self.film, self.film.view
        rows, columns = part or film.whole
        half_height = max(abs(film.axis_row_px), abs(film.height_px - film.axis_row_px)) + 1
        recorded = {
            "type": "hdrfilm",
            "width": film.width_px,
            "height": 2 * half_height,
            "crop_offset_x": columns.start,
            "crop_offset_y": half_height - film.axis_row_px + rows.start,
            "crop_width": columns.stop - columns.start,
            "crop_height": rows.stop - rows.start,
            "rfilter": {"type": "box"},
            "pixel_format": "rgb",
            "component_format": "float32",
        }
        eye = [0.0, view.camera_y, view.distance]
        entry: dict[str, object] = {
            "type": "thinlens" if self.aperture > 0 else "perspective",
            "fov": 2 * math.degrees(math.atan(film.half_width / view.distance)),
            "fov_axis": "x",
            "near_clip": 0.05,
            "far_clip": 500.0,
            "to_world": mi.ScalarTransform4f().look_at(origin=eye, target=[0.0, view.camera_y, 0.0], up=[0, 1, 0]),
            "film": recorded,
            "sampler": {"type": "multijitter", "sample_count": PASS_SPP},
        }
        if self.aperture > 0:
            entry |= {"aperture_radius": self.aperture, "focus_distance": view.distance}
        sensor: mi.Sensor = mi.load_dict(entry)
        return sensor

    def blur_px(self, distance: Float32Array, where: BoolArray | None = None) -> Float64Array:
        """Width of the circle of confusion of what pixels show, in canvas pixels.

        Args:
            distance: Along the pixels' rays, world units: of the film (h, w), or of chosen canvas pixels (N,).
            where: Those pixels, row by row, of the canvas (H, W) or of it and an even margin; None = the film's.
        """
        view = self.film.view
        depth = self.depth(distance, where)
        width = 2 * self.aperture * view.px_per_unit * np.abs(depth - view.distance) / np.maximum(depth, 1e-3)
        return np.asarray(width)

    def film_blur(self, distance: Float32Array) -> Float32Array | None:
        """Width of the circle of confusion of what a film's pixels show (h, w), film pixels; None without a lens.

        Args:
            distance: As of ``blur_px``; 0 where there is nothing but the sky.
        """
        if self.aperture <= 0:
            return None
        far = np.where(distance > 0, distance, np.float32(SKY_DISTANCE))
        return np.asarray(self.blur_px(far) / self.film.stride, np.float32)

    def blurs(self, distance: Float32Array, least_px: float = COARSE_BLUR_PX) -> BoolArray:
        """Where circles of confusion of what a film's pixels show (h, w) are so wide, canvas pixels."""
        if self.aperture <= 0:
            return np.zeros(distance.shape, np.bool_)
        return np.asarray(self.blur_px(distance) >= least_px)

    def depth(self, distance: Float32Array, where: BoolArray | None = None) -> Float64Array:
        """Distances along pixels' rays, as ``blur_px`` takes them, as distances along the optical axis."""
        return np.asarray(distance * self._cosines(where))

    def _cosines(self, where: BoolArray | None) -> Float64Array:
        """Cosine between the optical axis and the rays of pixels, see ``blur_px``."""
        film, view = self.film, self.film.view
        if where is None:
            right_px = film.stride * (np.arange(film.width_px) + 0.5 - film.width_px / 2)[None, :]
            down_px = film.stride * (np.arange(film.height_px) + 0.5 - film.axis_row_px)[:, None]
        else:
            rows, columns = np.nonzero(where)
            margin = (where.shape[0] - view.height_px) // 2
            right_px, down_px = columns - margin + 0.5 - view.width_px / 2, rows - margin + 0.5 - view.axis_row_px
        focal = view.distance * view.px_per_unit
        return np.asarray(1 / np.sqrt(1 + (right_px / focal) ** 2 + (down_px / focal) ** 2))


def _resize_planes(
    image: Float32Array, size: tuple[int, int], window: tuple[float, float, float, float]
) -> Float32Array:
    """A window (left, top, right, bottom) of an image (h, w, C) at ``size`` (width, height), bicubic."""
    resized = np.empty((size[1], size[0], image.shape[-1]), np.float32)

    def resize(channel: int) -> None:
        plane = Image.fromarray(np.ascontiguousarray(image[..., channel]))
        resized[..., channel] = np.asarray(plane.resize(size, Image.Resampling.BICUBIC, box=window))

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(resize, range(image.shape[-1])):
            pass
    return resized
