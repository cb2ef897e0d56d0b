"""How near one picture of a product is to another: colours, structure, and where light ends; for ``bench_relight``."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from photoshoot.color.difference import delta_e, rgb_to_lab
from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.records import Box, RgbImage

_WINDOW = 1.5  # blur of structure, px
_C1, _C2 = 0.01**2, 0.03**2  # Source: Wang et al. 2004, Image Quality Assessment: From Error Visibility to SSIM
_BLUR_PX = 2.0  # what is smaller is print, not light
_STEEPEST = 0.1  # share of the product's pixels that shadows are said to end at


def compare(shown: RgbImage, truth: RgbImage, core: np.ndarray, *, level: bool = False) -> float:
    """Mean CIEDE2000 over a core; with ``level``, after lightness was shifted to the truth's mean."""
    first, second = rgb_to_lab(shown[core]), rgb_to_lab(truth[core])
    if level:
        first = first + np.array([1.0, 0, 0]) * (second[:, 0].mean() - first[:, 0].mean())
    return float(delta_e(first, second).mean())


def ssim(shown: RgbImage, truth: RgbImage, core: np.ndarray) -> float:
    """Mean structural similarity of lightness over a core; what lies round the product is no part of it."""
    first, second = (_lightness(image) / 100 for image in (shown, truth))
    weight = np.maximum(_blur(core.astype(float), _WINDOW), 1e-6)
    mean = lambda plane: _blur(np.where(core, plane, 0), _WINDOW) / weight  # noqa: E731
    mu, nu = mean(first), mean(second)
    var, other, both = mean(first**2) - mu**2, mean(second**2) - nu**2, mean(first * second) - mu * nu
    found = (2 * mu * nu + _C1) * (2 * both + _C2) / ((mu**2 + nu**2 + _C1) * (var + other + _C2))
    return float(found[core].mean())


def shadow_edges(shown: RgbImage, photo: RgbImage, truth: RgbImage, core: np.ndarray) -> float:
    """What a picture lacks of the light's steps, where the light that the truth has over the photo's is steepest.

    0: all its steps are there, of the same height at the same place. 1: as many are wrong as with none.
    """
    weight = np.maximum(_blur(core.astype(float), _BLUR_PX), 1e-6)
    logs = [np.log2(bytes_to_linear(image) @ LUMINANCE + 0.004) for image in (shown, photo, truth)]
    blurred = [_blur(np.where(core, log, 0), _BLUR_PX) / weight for log in logs]
    wanted, missing = (np.stack(np.gradient(blurred[2] - blurred[which])) for which in (1, 0))
    inside = ndimage.binary_erosion(core, iterations=2)
    if not inside.any():
        return 1.0
    height = np.hypot(*wanted)
    steep = inside & (height >= np.quantile(height[inside], 1 - _STEEPEST))
    return float(np.hypot(*missing)[steep].sum() / max(height[steep].sum(), 1e-9))


def angles(true: np.ndarray, found: np.ndarray, box: Box, core: np.ndarray) -> dict[str, float]:
    """How far normals that were found on a box's grid are from true ones (H, W, 3), degrees."""
    rows, columns = np.nonzero(core)
    row = np.clip(((rows + 0.5 - box.top) / box.height * found.shape[0]).astype(int), 0, found.shape[0] - 1)
    column = np.clip(((columns + 0.5 - box.left) / box.width * found.shape[1]).astype(int), 0, found.shape[1] - 1)
    real = true[core] / np.maximum(np.linalg.norm(true[core], axis=1, keepdims=True), 1e-6)
    off = np.degrees(np.arccos(np.clip((real * found[row, column]).sum(1), -1, 1)))
    return {"normal_deg": float(off.mean()), "under_20_deg": float((off < 20).mean())}


def _lightness(image: RgbImage) -> np.ndarray:
    return np.asarray(rgb_to_lab(image)[..., 0])


def _blur(plane: np.ndarray, width: float) -> np.ndarray:
    return np.asarray(ndimage.gaussian_filter(plane, width))
