"""Views of the tests of landscapes: wide, tall and square pictures with a product in the middle."""

from __future__ import annotations

from photoshoot.placers.studio.camera import View
from photoshoot.records import Box, Canvas
from photoshoot.settings import Stance


def view_of(width: int, height: int, camera_y: float = 1.3) -> View:
    """A view whose product stands in the middle, on the lower part of the picture."""
    box = Box(
        left=width // 2 - width // 12, top=height // 5, right=width // 2 + width // 12, bottom=round(0.86 * height)
    )
    canvas = Canvas(label="t", width_px=width, height_px=height, product_box=box, safe_area=box, stance=Stance.UPRIGHT)
    return View.of(canvas, camera_y)


VIEWS = (view_of(840, 314), view_of(160, 600), view_of(400, 400))
