"""What of a picture is shown to the network, and what it is to paint."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.records import AlphaMatte
from photoshoot.training.random_streams import Stream, draw
from photoshoot.training.settings import MaskSettings

_MOST_HOLES = 3
_LEAST_SIDE, _MOST_SIDE = 0.15, 0.6  # of a box, as a share of the picture's
_STROKE_WIDTH = (0.08, 0.25)  # of the shorter side
_CORNERS = (3, 8)


def draw_keep_matte(alpha_matte: AlphaMatte, variant: int, seed: int, settings: MaskSettings) -> AlphaMatte:
    """What is kept in one of a picture's variants: 1 = shown to the network, 0 = it paints there.

    The variants have product masks and random masks in exactly the ratio asked for, rounded.

    Args:
        alpha_matte: The product's matte, float32 (H, W).
        variant: 0 to ``settings.variants - 1``.
        seed: Of the picture.
        settings: Ratio and jitter.

    Returns:
        float32 (H, W) in [0, 1].
    """
    rng = draw(seed, Stream.MASK, variant)
    if variant < round(settings.random_share * settings.variants):
        return 1 - _draw_hole(alpha_matte.shape, rng)
    return move_edge(alpha_matte, int(rng.integers(-settings.jitter_px, settings.jitter_px + 1)))


def move_edge(alpha_matte: AlphaMatte, by_px: int) -> AlphaMatte:
    """Dilate a matte by some pixels, or erode it where they are negative."""
    if by_px == 0:
        return alpha_matte
    reach = 2 * abs(by_px) + 1
    moved = (ndimage.maximum_filter if by_px > 0 else ndimage.minimum_filter)(alpha_matte, reach)
    return np.asarray(moved, np.float32)


def _draw_hole(shape: tuple[int, ...], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Up to three boxes or brush strokes."""
    height, width = shape
    picture = Image.new("L", (width, height))
    pen = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(1, _MOST_HOLES + 1))):
        if rng.random() < 0.5:
            _draw_box(pen, width, height, rng)
        else:
            _draw_stroke(pen, width, height, rng)
    return np.asarray(picture, np.float32) / np.float32(255)


def _draw_box(pen: ImageDraw.ImageDraw, width: int, height: int, rng: np.random.Generator) -> None:
    across, down = rng.uniform(_LEAST_SIDE, _MOST_SIDE, 2) * (width, height)
    left, top = rng.uniform(0, width - across), rng.uniform(0, height - down)
    pen.rectangle((left, top, left + across, top + down), fill=255)


def _draw_stroke(pen: ImageDraw.ImageDraw, width: int, height: int, rng: np.random.Generator) -> None:
    corners = rng.uniform(0, 1, (int(rng.integers(*_CORNERS)), 2)) * (width, height)
    thickness = max(8, round(rng.uniform(*_STROKE_WIDTH) * min(width, height)))
    points = [(float(x), float(y)) for x, y in corners]
    pen.line(points, fill=255, width=thickness, joint="curve")
    for x, y in points:
        pen.ellipse((x - thickness / 2, y - thickness / 2, x + thickness / 2, y + thickness / 2), fill=255)
