"""Colours between colours, mixed in OKLab so that the steps look even, and gradients of them over the canvas."""

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import (
    format_hex,
    hex_to_linear,
    hex_to_oklab,
    linear_to_oklab,
    linear_to_srgb,
    oklab_to_linear,
)
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.textures.procedural import smoothstep


def mix_hex(first: str, second: str, share: float) -> Float32Array:
    """The colour ``share`` of the way from one ``#rrggbb`` to another in OKLab, as linear RGB (3,)."""
    labs = [linear_to_oklab(hex_to_linear(color)) for color in (first, second)]
    return np.clip(oklab_to_linear(labs[0] * (1 - share) + labs[1] * share), 0, 1)


def mix_colors(colors: tuple[str, ...], share: npt.ArrayLike) -> Float32Array:
    """Colours at ``share`` (…) of the way from the first to the last, in OKLab; linear RGB (…, 3)."""
    labs = np.stack([hex_to_oklab(color) for color in colors])
    t = np.clip(np.asarray(share, np.float32), 0, 1) * (len(colors) - 1)
    marks = np.arange(len(colors))
    mixed = np.stack([np.interp(t, marks, labs[:, channel]) for channel in range(3)], -1)
    return np.clip(oklab_to_linear(mixed), 0, 1)


def canvas_gradient(
    colors: tuple[str, ...], direction: str, view: View, size_px: int = 512, bottom: float = 0.0
) -> Float32Array:
    """A gradient over the canvas as a linear image (size, size, 3), stretched over it; mixed evenly to the eye.

    Args:
        colors: One to four, first at the bottom, left or centre.
        direction: ``vertical``, ``horizontal``, ``diagonal``, ``radial``, or ``split``: side by side, unmixed.
        view: Tells the canvas's shape and where the product is, the centre of a radial one.
        size_px: Side of the image.
        bottom: Share of the canvas's height, from below, that is the first colour of a vertical or diagonal one.
    """
    axis = (np.arange(size_px, dtype=np.float32) + 0.5) / size_px
    across, up = np.meshgrid(axis, 1 - axis)
    if direction == "split":
        return mix_colors(colors, np.floor(across * len(colors)) / max(1, len(colors) - 1))
    if direction != "radial":
        up = np.maximum(0, (up - bottom) / (1 - bottom))
    return mix_colors(colors, _gradient_share(direction, across, up, view))


def _gradient_share(
    direction: str, across: npt.NDArray[np.floating], up: npt.NDArray[np.floating], view: View
) -> Float32Array:
    # the ends stay clean: the mix begins and finishes a little inside the picture
    if direction == "vertical":
        return np.asarray(np.interp(up, [0.06, 0.94], [0, 1]), np.float32)
    if direction == "horizontal":
        return np.asarray(np.interp(across, [0.06, 0.94], [0, 1]), np.float32)
    if direction == "diagonal":
        return np.asarray(np.interp((across + up) / 2, [0.08, 0.92], [0, 1]), np.float32)
    x = (across - 0.5) * 2 * view.half_width - view.product_x
    y = (up - 0.5) * (view.top - view.bottom) - 0.05
    reach = 0.55 * (view.top - view.bottom) + 0.35 * min(view.half_width, view.top - view.bottom)
    return smoothstep(0.0, 1.0, np.hypot(x, y) / reach)


def tint(first: str, second: str, share: float) -> str:
    """The colour ``share`` of the way from one to another, ``#rrggbb``."""
    return format_hex(linear_to_srgb(mix_hex(first, second, share)))


def velvet_albedo(color: str, facing: Float64Array) -> Float32Array:
    """What a pile shows: dark where it is seen from its tips, bright in the fibres' sides where it turns away.

    Args:
        color: Of the cloth, ``#rrggbb``.
        facing: Cosine between the cloth and the camera, (rows, columns).
    """
    turned = 1 - np.asarray(facing, np.float64)
    shade, sheen = hex_to_linear(color), mix_hex(color, "#ffffff", 0.10)
    share = np.clip(2.0 * turned, 0, 1)[..., None] ** 1.3
    pile = 1 + 0.05 * np.random.default_rng(4).standard_normal(facing.shape)[..., None]
    return np.asarray(np.clip((0.55 * shade * (1 - share) + 1.7 * sheen * share) * pile, 0, 0.92), np.float32)
