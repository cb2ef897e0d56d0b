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

Floats = npt.NDArray[np.float32]
Region = npt.NDArray[np.bool_]

_LARGEST_SPREAD = 0.025  # sRGB units; a backdrop of more grain or pattern is not plain
_LEAST_SHARE = 0.6  # of the surroundings that one smooth colour must explain
_ROUNDS = 6
_STRIDE = 2  # every second pixel both ways carries a smooth colour
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
    distance = np.abs(rgb - behind).max(axis=2)
    spread = max(spread, _grain(distance, saliency))
    alike = distance < 3 * spread + 0.006
    shade = _shade(rgb, behind, spread)
    open_ground = (alike | (shade & ~_is_edge(rgb, distance, spread))) & (saliency < 0.9)
    labels, _ = ndimage.label(open_ground)
    seeds = alike & (saliency < 0.05)
    reached = np.isin(labels, np.unique(labels[seeds])) & open_ground
    product = (distance > 5 * spread + 0.02) & ~reached
    contact = _contact_shadow(rgb, behind, spread, product, saliency) & product
    product &= ~contact
    return Evidence(
        product=product,
        backdrop=reached & alike,
        enclosed=alike & ~reached,
        shadow=reached & ~alike | contact,
    )


def _grain(distance: Floats, saliency: Floats) -> float:
    """Standard deviation at this size, by the median where the network sees nothing."""
    outside = distance[saliency < 0.05][:: _STRIDE * _STRIDE]
    return min(1.4826 * float(np.median(outside)), _LARGEST_SPREAD) if outside.size else 0.0


def _shade(rgb: Floats, behind: Floats, spread: float) -> Region:
    """Where the colour is the backdrop's times one factor below 1."""
    factor = (rgb * behind).sum(axis=2) / np.maximum((behind * behind).sum(axis=2), np.float32(1e-4))
    rest = np.abs(rgb - factor[..., None] * behind).max(axis=2)
    return np.asarray((rest < 0.02 + 2 * spread) & (factor < 1.02))


def _contact_shadow(rgb: Floats, behind: Floats, spread: float, found: Region, saliency: Floats) -> Region:
    seen = saliency > 0.45
    sure = found & seen
    under = np.maximum.accumulate(sure, axis=0) & ~np.maximum.accumulate(sure[::-1], axis=0)[::-1]
    factor = (rgb * behind).sum(axis=2) / np.maximum((behind * behind).sum(axis=2), np.float32(1e-4))
    rest = np.abs(rgb - factor[..., None] * behind).max(axis=2)
    return under & ~seen & (rest < 0.02 + 2 * spread + 0.1 * (1 - factor)) & (factor < 1.02)


def _is_edge(rgb: Floats, distance: Floats, spread: float) -> Region:
    """Where brightness steps, however little.

    A step's slope falls with the width that it is looked at with; the slope of a soft shadow does not. And a shadow
    begins slowly: what differs clearly next to the untouched backdrop is no shadow.
    """
    light = rgb.mean(axis=2)
    near = ndimage.gaussian_gradient_magnitude(light, 1.5, truncate=2.5)
    far = _coarse_slope(light)
    calm = distance < 3 * spread + 0.006
    onset = ndimage.binary_dilation(calm, np.ones((5, 5), bool)) & (distance > 4 * spread + 0.011)
    return np.asarray((near > 1.6 * far + 0.002 + 0.4 * spread) | onset)


def _coarse_slope(light: Floats) -> Floats:
    """Slope, a pixel, of the brightness smoothed by 5 px: at a quarter of the size, for speed."""
    height, width = light.shape
    small = Image.fromarray(light).resize((max(1, width // 4), max(1, height // 4)), Image.Resampling.BOX)
    slope = ndimage.gaussian_gradient_magnitude(np.asarray(small), 1.25) / np.float32(4)
    return np.asarray(Image.fromarray(slope).resize((width, height), Image.Resampling.BILINEAR))


def _basis(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Floats:
    """All products of powers of x and y up to the third degree: (N, 10), for x and y in [0, 1]."""
    u, v = 2 * x.ravel() - 1, 2 * y.ravel() - 1
    powers = [u**i * v**j for i in range(4) for j in range(4 - i)]
    return np.stack(powers, axis=1).astype(np.float32)
