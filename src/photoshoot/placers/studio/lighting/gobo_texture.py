"""How much of a small lamp is seen past a gobo, as a picture: shadows whose soft edges no chance is needed for.

Paths would find a penumbra by asking, each for itself, whether a point of the lamp is hidden; few of them make it
mottled, and denoisers keep that. But how much of a disc is hidden by what is flat is the mean of it over that disc: so
the gobo is drawn as seen from the lamp, and blurred with the lamp's image.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.pixels.bands import in_bands

_FINER = 2  # times as fine as the picture outlines are drawn, for smooth edges
_ACROSS_BLUR = 3.5  # pixels over the narrowest soft edge
_SMALLEST, _LARGEST = 256, 2048


def side_for(narrowest: float) -> int:
    """Side of a picture, px, that shows soft edges of a width, as a share of the picture's."""
    return int(np.clip(np.ceil(_ACROSS_BLUR / narrowest / 16) * 16, _SMALLEST, _LARGEST))


def clip_behind(triangles: Float64Array, near: float) -> Float64Array:
    """Triangles (N, 3, 3) cut off where z is less than ``near``: what reaches behind an eye can't be projected."""
    ahead = (triangles[..., 2] >= near).sum(1)
    cut: list[Float64Array] = [triangles[ahead == 3]]
    for corners in triangles[(ahead > 0) & (ahead < 3)]:
        kept = []
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            if start[2] >= near:
                kept.append(start)
            if (start[2] >= near) != (end[2] >= near):
                kept.append(start + (near - start[2]) / (end[2] - start[2]) * (end - start))
        cut.append(np.array([[kept[0], kept[i], kept[i + 1]] for i in range(1, len(kept) - 1)]))
    return np.concatenate(cut)


def draw_opaque(triangles: Float64Array, side: int) -> Float32Array:
    """What opaque triangles hide: 1 behind them, 0 elsewhere.

    Args:
        triangles: Corners (N, 3, 2) in the picture's coordinates, 0 to 1: column, row.
        side: The picture's side, px.

    Returns:
        Opacity, (side, side).
    """
    fine = _FINER * side
    canvas = Image.new("L", (fine, fine))
    pen = ImageDraw.Draw(canvas)
    corners = triangles.reshape(-1, 6) * fine - 0.5
    inside = (corners.max(1) > 0) & (corners.min(1) < fine)
    for corner in corners[inside].round(2).tolist():
        pen.polygon(corner, fill=255)
    return np.asarray(canvas.reduce(_FINER), np.float32) / np.float32(255)


def blur_with_disc(image: Float32Array, diameter: float) -> Float32Array:
    """Means over discs whose diameter is told in px; under 1.5 px the picture as it is."""
    radius = diameter / 2
    if diameter < 1.5:
        return image
    reach = int(radius)
    chords = [2 * int(np.sqrt(radius**2 - row**2)) + 1 for row in range(-reach, reach + 1)]
    rows = np.pad(image, ((reach, reach), (0, 0)), mode="edge")

    def mean_over(band: npt.NDArray[np.int64]) -> Float32Array:
        total = np.zeros((len(band), image.shape[1]), np.float32)
        for shift, chord in enumerate(chords):
            some = rows[band[0] + shift : band[-1] + 1 + shift]
            total += ndimage.uniform_filter1d(some, chord, axis=1, mode="nearest") * np.float32(chord)
        return np.asarray(total / np.float32(sum(chords)), np.float32)

    return np.asarray(in_bands(mean_over, np.arange(len(image))), np.float32)
