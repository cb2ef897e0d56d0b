"""How far a matte is from the true one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Scores:
    """One cut-out's scores; see ``bench_segment.py`` for their definitions."""

    iou: float
    mae: float
    boundary_f: float
    weighted_f: float
    fringe: float


def score(rgb: Floats, alpha: Floats, premultiplied: Floats, true: Floats) -> Scores:
    """Score colours (H, W, 3) and matte (H, W) against the true premultiplied colours and matte."""
    found, solid = alpha > 0.5, true > 0.5
    band = ndimage.binary_dilation(solid, iterations=3) & ~ndimage.binary_erosion(solid, iterations=3)
    return Scores(
        iou=float((found & solid).sum() / max(1, (found | solid).sum())),
        mae=float(np.abs(alpha - true).mean()) * 1000,
        boundary_f=boundary_f(alpha, true),
        weighted_f=weighted_f(alpha, true),
        fringe=float(np.abs(rgb * alpha[..., None] - premultiplied)[band].mean() * 255),
    )


def boundary_f(found: Floats, true: Floats, tolerance_px: int = 2) -> float:
    """F-measure of the contours at matte 0.5, which match where they are this near."""
    edges = [(m > 0.5) ^ ndimage.binary_erosion(m > 0.5, border_value=1) for m in (found, true)]
    reach = [ndimage.distance_transform_edt(~edge) <= tolerance_px for edge in edges]
    precision = float((edges[0] & reach[1]).sum() / max(1, edges[0].sum()))
    recall = float((edges[1] & reach[0]).sum() / max(1, edges[1].sum()))
    return 2 * precision * recall / max(1e-9, precision + recall)


def weighted_f(found: Floats, true: Floats) -> float:
    """Weighted F-measure, beta 1: errors beside the product count less than those far from it.

    Source: Margolin, Zelnik-Manor and Tal, "How to evaluate foreground maps?" (2014), section 4: a Gaussian of 7x7
    pixels and sigma 5 makes neighbouring errors depend on each other, and a background error's weight doubles with the
    distance from the product, half of the way at 5 pixels.
    """
    product = true > 0.5
    error = np.abs(found - product)
    distance, nearest = ndimage.distance_transform_edt(~product, return_indices=True)
    spread = error[nearest[0], nearest[1]]
    smooth = ndimage.gaussian_filter(spread, 5, mode="constant", radius=3)
    eased = np.where(product, np.minimum(error, smooth), error)
    weighted = eased * np.where(product, 1, 2 - np.exp(np.log(0.5) / 5 * distance))
    lost = float(weighted[product].sum())
    hits, false_hits = float(product.sum()) - lost, float(weighted[~product].sum())
    recall, precision = 1 - lost / max(1, int(product.sum())), hits / max(1e-9, hits + false_hits)
    return 2 * recall * precision / max(1e-9, recall + precision)
