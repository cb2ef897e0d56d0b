"""A plain backdrop's colour, and what stands before it.

Most product photos are taken before paper, a wall or a sweep: one colour that changes slowly. Where that is so, colour
alone tells the backdrop from the product far more finely than any network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.segmenters.regions import pick_parts
from photoshoot.segmenters.shadow import compare, find_contact_shadow, find_edges, find_soft_shade

Floats = npt.NDArray[np.float32]
Region = npt.NDArray[np.bool_]

_LARGEST_SPREAD = 0.025  # sRGB units; a backdrop of more grain or pattern is not plain
_LEAST_SHARE = 0.6  # of the surroundings that one smooth colour must explain
_ROUNDS = 6
_STRIDE = 4  # every fourth pixel both ways carries a smooth colour
_SURE_SHADOW = 0.4  # saliency under which what lies in contact shadow is shadow; above, it may be the product's edge
_GRID = 48  # the colour is smooth: this many points a side carry it


@dataclass(frozen=True, kw_only=True, eq=False)
class Backdrop:
    """A smooth colour over the photo: a cubic in both directions for each channel."""

    coefficients: Floats
    """(10, 3)."""
    spread: float
    """Standard deviation of the backdrop's pixels round that colour, sRGB units."""

    def colors(self, box: tuple[float, float, float, float], shape: tuple[int, int]) -> Floats:
        """The backdrop's colour, (H, W, 3), in ``box`` (left, top, right, bottom as shares of the photo)."""
        x = np.linspace(box[0], box[2], _GRID, dtype=np.float32)
        y = np.linspace(box[1], box[3], _GRID, dtype=np.float32)
        grid = _basis(*np.meshgrid(x, y)) @ self.coefficients
        channels = [Image.fromarray(channel) for channel in np.moveaxis(grid.reshape(_GRID, _GRID, 3), 2, 0)]
        half = 0.5  # the grid's outer points lie on the box's border, so its outer half cells are left out
        inner = (half, half, _GRID - half, _GRID - half)
        size = (shape[1], shape[0])
        return np.dstack([np.asarray(c.resize(size, Image.Resampling.BILINEAR, box=inner)) for c in channels])


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """What a plain backdrop says about each pixel."""

    product: Region
    """Certainly not backdrop, nor a soft shadow on it."""
    backdrop: Region
    """Looks like the backdrop and is joined to it."""
    enclosed: Region
    """Looks like the backdrop, but is surrounded by product: a hole, or a part of the same colour."""
    shadow: Region
    """A soft darkening of the backdrop, joined to it."""


def fit_backdrop(rgb: Floats, saliency: Floats) -> Backdrop | None:
    """Fit the backdrop's colour round the product.

    Args:
        rgb: (H, W, 3), the whole photo, small.
        saliency: (H, W) in [0, 1].

    Returns:
        The backdrop, or None where the surroundings are not plain.
    """
    rgb, saliency = rgb[::_STRIDE, ::_STRIDE], saliency[::_STRIDE, ::_STRIDE]
    outside = ndimage.maximum_filter(saliency, 5) < 0.1
    if outside.sum() < 0.05 * outside.size:
        return None
    height, width = saliency.shape
    x, y = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    basis, colors = _basis(x[outside], y[outside]), rgb[outside]
    weight = np.ones(len(colors), np.float32)
    for _ in range(_ROUNDS):
        normal = (basis * weight[:, None]).T @ basis + 1e-4 * np.eye(10, dtype=np.float32)
        coefficients = np.linalg.solve(normal, (basis * weight[:, None]).T @ colors)
        error = np.abs(colors - basis @ coefficients).max(axis=1)
        spread = max(1.4826 * float(np.median(error)), 0.5 / 255)
        weight = (1 / (1 + (error / (2 * spread)) ** 4)).astype(np.float32)
    share = float((error < 3 * spread + 0.01).mean())
    plain = spread < _LARGEST_SPREAD and share > _LEAST_SHARE
    return Backdrop(coefficients=coefficients.astype(np.float32), spread=spread) if plain else None


def weigh_evidence(rgb: Floats, behind: Floats, spread: float, saliency: Floats) -> Evidence:
    """Tell product, backdrop, holes and soft shadow apart by colour.

    Args:
        rgb: (H, W, 3), the product's part of the photo.
        behind: (H, W, 3), the backdrop's colour there.
        spread: How far the backdrop strays from it, sRGB units; more where more grain is found.
        saliency: (H, W); where it is certain of the product, nothing counts as shadow or backdrop.
    """
    shade = compare(rgb, behind)
    spread = max(spread, _grain(shade.distance, saliency))
    alike = shade.distance < 3 * spread + 0.006
    light = rgb @ np.full(3, 1 / 3, np.float32)
    soft = find_soft_shade(shade, spread) & ~find_edges(light, shade.distance, spread)
    reached = pick_parts((alike | soft) & (saliency < 0.9), alike & (saliency < 0.05), diagonal=False)
    found = (shade.distance > 5 * spread + 0.02) & ~reached
    contact = find_contact_shadow(shade, spread, found, saliency)
    return Evidence(
        product=found & ~contact,
        backdrop=reached & alike,
        enclosed=alike & ~reached,
        shadow=(reached & ~alike) | (contact & (saliency < _SURE_SHADOW)),
    )


def _grain(distance: Floats, saliency: Floats) -> float:
    """Standard deviation at this size, by the median where the network sees nothing."""
    outside = distance[saliency < 0.05][:: _STRIDE * _STRIDE]
    return min(1.4826 * float(np.median(outside)), _LARGEST_SPREAD) if outside.size else 0.0


def _basis(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Floats:
    """All products of powers of x and y up to the third degree: (N, 10), for x and y in [0, 1]."""
    u, v = 2 * x.ravel() - 1, 2 * y.ravel() - 1
    powers = [u**i * v**j for i in range(4) for j in range(4 - i)]
    return np.stack(powers, axis=1).astype(np.float32)
