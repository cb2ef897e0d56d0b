"""Drafts: what a picture will be, at a third of its size; its set, light and composition are the picture's own."""

from __future__ import annotations

import dataclasses

from photoshoot.pixels.imaging import reduce_layer
from photoshoot.records import Box, Canvas, ShotRequest
from photoshoot.records.light_map import LightMap
from photoshoot.settings.studio import DRAFT_SHARE

_LEAST_SIDE_PX = 64  # under which nothing is judged


def draft(shot: ShotRequest) -> ShotRequest:
    """The draft of a planned picture: the product's pixels and its geometry made smaller, the rest as it is."""
    canvas = shrink_canvas(shot.canvas)
    layer = reduce_layer(shot.layer, (canvas.width_px, canvas.height_px))
    return dataclasses.replace(shot, canvas=canvas, layer=layer, draft_of=shot)


def shrink_canvas(canvas: Canvas) -> Canvas:
    """The canvas of a draft: a third of the size, but no side under 64 px; nothing is laid out anew."""
    factor = min(1.0, max(1 / DRAFT_SHARE, _LEAST_SIDE_PX / min(canvas.width_px, canvas.height_px)))
    size = round(canvas.width_px * factor), round(canvas.height_px * factor)
    return dataclasses.replace(
        canvas,
        width_px=size[0],
        height_px=size[1],
        product_box=shrink_box(canvas.product_box, canvas, size),
        safe_area=shrink_box(canvas.safe_area, canvas, size),
        m_per_px=None if canvas.m_per_px is None else canvas.m_per_px / factor,
    )


def shrink_box(box: Box, canvas: Canvas, size: tuple[int, int]) -> Box:
    """Where a box of a canvas lies on one of ``size`` (width, height), px; at least a pixel of it is left."""
    x, y = size[0] / canvas.width_px, size[1] / canvas.height_px
    left, top = min(round(box.left * x), size[0] - 1), min(round(box.top * y), size[1] - 1)
    return Box(
        left=left, top=top, right=max(left + 1, round(box.right * x)), bottom=max(top + 1, round(box.bottom * y))
    )


def shrink_light(light: LightMap, request: ShotRequest) -> LightMap:
    """A light map of the full picture's canvas, on the draft's."""
    if request.draft_of is None:
        return light
    size = request.canvas.width_px, request.canvas.height_px
    return dataclasses.replace(light, box=shrink_box(light.box, request.draft_of.canvas, size))
