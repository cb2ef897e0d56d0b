"""The size a canvas is painted at: near what the network was trained on, whatever the ad's own size and shape.

A small canvas is painted larger and brought down; a large one is painted small first and refined at its own size. A
long one is painted as the middle of a picture of a usual shape: the ad is cut out of it.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from photoshoot.pixels.imaging import build_layer
from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX, Grid
from photoshoot.records import Box, Canvas, Edge, ProductLayer, ShotRequest
from photoshoot.settings import DiffusionSettings, Stance

LEAST_AREA, MOST_AREA = 0.7, 1.4
"""What is first painted has this much of the network's native area."""
MOST_ASPECT = 2.7
"""Longer side over shorter of what is painted: the landscape ad with its margin, 1674x628, is painted whole.
Source: Stable Diffusion XL was trained on shapes up to 4, seldom that long (arXiv 2307.01952, appendix I)."""
_PLAIN_SCALES = (1.0, 0.5, 2.0)  # the canvas itself, or each cell of two halved or doubled: preferred where they serve
_ABOVE = 0.75  # share of what is added to a long canvas's height that goes above: its base comes to 0.8 of the height


@dataclass(frozen=True, kw_only=True)
class WorkingSize:
    """How one canvas size is painted; shots that have the same are painted together."""

    canvas_px: tuple[int, int]
    """(width, height) of the ad."""
    ad: Box
    """The ad's part of the picture that is painted, in the pixels of that picture."""
    width_px: int
    """Of that picture."""
    height_px: int
    """Of that picture."""
    multiple_px: int = CELL_PX
    """Sides of what the network paints are multiples of this."""
    base_scale: float = 1.0
    """Side at which it is painted first, as a share of its own, to 1; below 1 it is refined at its own size after."""

    @property
    def grid(self) -> Grid:
        """The network's cells over the picture; a half-size painting needs cells that halve."""
        return Grid(self.width_px, self.height_px, self.multiple_px * (2 if self.base_scale == 0.5 else 1))

    @property
    def base_grid(self) -> Grid:
        """The cells of the first painting."""
        return self.grid.scaled(self.base_scale, self.multiple_px) if self.two_stages else self.grid

    @property
    def two_stages(self) -> bool:
        """Whether the scene is painted small and refined after."""
        return self.base_scale < 1

    def enlarge(self, request: ShotRequest, layers: dict[int, ProductLayer]) -> ShotRequest:
        """A shot as it is painted: its canvas is the whole picture, and the product lies on it at that size.

        Args:
            request: Of this size.
            layers: Products that were laid on pictures of this size, by the ``id`` of their own layer: shots that share
                a product share its layer here, too. What is missing is added.
        """
        if (self.width_px, self.height_px) == self.canvas_px:
            return request
        canvas = self._enlarge_canvas(request.canvas)
        key = id(request.layer)
        if key not in layers:
            layers[key] = build_layer(request.product.cutout, canvas)
        return dataclasses.replace(request, canvas=canvas, layer=layers[key])

    def _enlarge_canvas(self, canvas: Canvas) -> Canvas:
        return dataclasses.replace(
            canvas,
            width_px=self.width_px,
            height_px=self.height_px,
            product_box=self._enlarge_box(canvas.product_box),
            safe_area=self._enlarge_box(canvas.safe_area),
        )

    def _enlarge_box(self, box: Box) -> Box:
        across, down = self.ad.width / self.canvas_px[0], self.ad.height / self.canvas_px[1]
        left, top = self.ad.left + round(box.left * across), self.ad.top + round(box.top * down)
        right, bottom = self.ad.left + round(box.right * across), self.ad.top + round(box.bottom * down)
        return Box(left=left, top=top, right=max(right, left + 1), bottom=max(bottom, top + 1))


def choose_working_size(
    canvas: Canvas, native_px: int, settings: DiffusionSettings, multiple_px: int = CELL_PX
) -> WorkingSize:
    """Decide how a canvas is painted.

    Args:
        canvas: The ad.
        native_px: Area of the pictures that the network was trained on, px.
        settings: A given ``base_scale`` is taken as it is; without ``refine_steps`` all is painted at once.
        multiple_px: Sides of what the network paints are multiples of this.
    """
    size = WorkingSize(
        canvas_px=(canvas.width_px, canvas.height_px),
        ad=Box(left=0, top=0, right=canvas.width_px, bottom=canvas.height_px),
        width_px=canvas.width_px,
        height_px=canvas.height_px,
        multiple_px=multiple_px,
    )
    if settings.base_scale is not None:
        return dataclasses.replace(size, base_scale=settings.base_scale if settings.refine_steps else 1.0)
    size = _widen(size, canvas)
    scale = _choose_scale(size, native_px)
    if scale > 1:
        return _multiply(size, scale)
    return dataclasses.replace(size, base_scale=scale if settings.refine_steps else 1.0)


def _widen(size: WorkingSize, canvas: Canvas) -> WorkingSize:
    """Add scene round a long canvas, but not beyond an edge that the product is cut at: there is no more of it."""
    above = _ABOVE if canvas.stance is Stance.UPRIGHT else 0.5
    left, right = _add(size.width_px, size.height_px, 0.5, {Edge.LEFT, Edge.RIGHT} & canvas.snapped)
    top, bottom = _add(size.height_px, size.width_px, above, {Edge.TOP, Edge.BOTTOM} & canvas.snapped)
    ad = Box(left=left, top=top, right=left + size.width_px, bottom=top + size.height_px)
    return dataclasses.replace(size, ad=ad, width_px=ad.right + right, height_px=ad.bottom + bottom)


def _add(side_px: int, other_px: int, share_before: float, snapped: set[Edge]) -> tuple[int, int]:
    """Pixels to add before and after a side, so that the other one is not too long beside it."""
    spare = max(0, math.ceil(other_px / MOST_ASPECT) - side_px)
    if len(snapped) == 2:
        return 0, 0
    if snapped:
        return (0, spare) if snapped <= {Edge.LEFT, Edge.TOP} else (spare, 0)
    before = round(spare * share_before)
    return before, spare - before


def _choose_scale(size: WorkingSize, native_px: int) -> float:
    """Of the first painting's sides: a plain one where its area serves, else the one that makes it native."""
    for scale in _PLAIN_SCALES:
        tried = dataclasses.replace(size, base_scale=scale) if scale <= 1 else _multiply(size, scale)
        if LEAST_AREA <= tried.base_grid.area_px / native_px <= MOST_AREA:
            return scale
    return math.sqrt(native_px / (size.width_px * size.height_px))


def _multiply(size: WorkingSize, scale: float) -> WorkingSize:
    left, top, right, bottom = (round(edge * scale) for edge in size.ad.as_tuple())
    return dataclasses.replace(
        size,
        ad=Box(left=left, top=top, right=right, bottom=bottom),
        width_px=max(right, round(size.width_px * scale)),
        height_px=max(bottom, round(size.height_px * scale)),
    )
