"""Saliency and colour to a trimap with a guess: what is sure, what is left to the matting, and what is likely there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.segmenters.backdrop import Evidence
from photoshoot.segmenters.fill import spread

Floats = npt.NDArray[np.float32]
Region = npt.NDArray[np.bool_]

_SURE_PRODUCT, _SURE_BACKGROUND = 0.9, 0.1
_HOLE = 0.25  # least saliency inside a doubtful spot that is no hole
_REACH = 2  # saliency pixels by which the network's edges may be wrong
_COLOR_TRUST, _EVIDENCE_TRUST, _LEAST_TRUST = 0.02, 0.05, 0.003  # pulls against the matting Laplacian
_STRIDE = 4  # colour statistics are smooth: every fourth pixel both ways carries them
_SQUARE = np.ones((3, 3), bool)


@dataclass(frozen=True, kw_only=True, eq=False)
class Trimap:
    """What the matting starts from; all (H, W)."""

    unknown: Region
    """Where the matte is to be found."""
    prior: Floats
    """The matte: exact where known, a guess where not."""
    weight: Floats
    """How far the guess is trusted; 0 where known."""


def build_trimap(rgb: Floats, saliency: Floats, evidence: Evidence | None, unit_px: float) -> Trimap | None:
    """Build the trimap.

    Args:
        rgb: (H, W, 3) sRGB in [0, 1].
        saliency: (H, W) in [0, 1].
        evidence: What a plain backdrop tells, if it is plain.
        unit_px: Pixels of ``rgb`` to one of the network.

    Returns:
        The trimap; None where nothing is sure enough to start from.
    """
    reach = max(2, round(_REACH * unit_px)) * 2 + 1
    product = ndimage.minimum_filter(saliency, reach) > _SURE_PRODUCT
    background = ndimage.maximum_filter(saliency, reach) < _SURE_BACKGROUND
    if not product.any():
        product = saliency > _SURE_PRODUCT
    joined = None
    if evidence is not None:
        joined = _joined(evidence.product, product)
        product, background = _sharpen(product, background, saliency, evidence, joined)
    if not product.any() or not background.any():
        return None
    unknown = ~(product | background)
    doubtless = _filled_doubts(unknown, background, saliency)
    product, unknown = product | doubtless, unknown & ~doubtless
    prior, weight = _guess(rgb, saliency, product, background)
    if evidence is not None and joined is not None:
        _apply(evidence, joined, saliency, prior, weight)
    return Trimap(
        unknown=unknown,
        prior=np.where(unknown, prior, product).astype(np.float32),
        weight=np.where(unknown, weight, 0).astype(np.float32),
    )


def _joined(found: Region, product: Region) -> Region:
    """The parts of ``found`` that meet the product."""
    labels, _ = ndimage.label(found, _SQUARE)
    wanted = np.unique(labels[product & found])
    return np.isin(labels, wanted[wanted > 0])


def _sharpen(
    product: Region, background: Region, saliency: Floats, evidence: Evidence, joined: Region
) -> tuple[Region, Region]:
    """Correct what is sure by the evidence: missed parts in, backdrop out, all but a thin edge known."""
    ground = _ground(evidence, saliency)
    core = ndimage.binary_erosion(joined, _SQUARE, iterations=2, border_value=1)
    doubtful = ground | (evidence.enclosed & (saliency < _SURE_PRODUCT))
    product = (product | core) & ~doubtful
    far = ndimage.binary_erosion(ground, _SQUARE, iterations=2, border_value=1)
    background = far | (background & ~ndimage.binary_dilation(joined, _SQUARE, iterations=3))
    return product, background & ~product


def _ground(evidence: Evidence, saliency: Floats) -> Region:
    return (evidence.backdrop | evidence.shadow) & (saliency < 0.5)


def _filled_doubts(unknown: Region, background: Region, saliency: Floats) -> Region:
    """Doubtful spots wholly inside the product, such as print on it: no hole unless the network sees one."""
    labels, count = ndimage.label(unknown, _SQUARE)
    index = np.arange(count + 1)
    open_ = np.zeros(count + 1, bool)
    open_[np.unique(labels[ndimage.binary_dilation(background, _SQUARE) & unknown])] = True
    lowest = np.asarray(ndimage.minimum(saliency, labels, index))
    filled = ~open_ & (lowest > _HOLE)
    filled[0] = False
    return np.asarray(filled[labels])


def _decide(saliency: Floats) -> Floats:
    """Saliency with more contrast: half-seen areas become rather one or the other than ghosts."""
    return np.asarray(np.clip((saliency - 0.25) * 2, 0, 1), np.float32)


def _guess(rgb: Floats, saliency: Floats, product: Region, background: Region) -> tuple[Floats, Floats]:
    """Matte by local colours where they differ, by saliency where they do not, and the trust in it."""
    near, near_variance = _local_color(rgb, product)
    behind, behind_variance = _local_color(rgb, background)
    step = near - behind
    length = (step * step).sum(axis=2)
    share = np.clip(((rgb - behind) * step).sum(axis=2) / (length + 1e-4), 0, 1)
    telling = length / (length + 4 * (near_variance + behind_variance) + 0.01)
    decided = _decide(saliency)
    prior = decided + telling * (share - decided)
    certain = telling + (1 - telling) * np.abs(2 * saliency - 1)
    return prior, np.float32(_COLOR_TRUST) * certain + np.float32(_LEAST_TRUST)


def _local_color(rgb: Floats, known: Region) -> tuple[Floats, Floats]:
    """Mean colour (H, W, 3) and variance (H, W) of the nearest known pixels."""
    colors = rgb[::_STRIDE, ::_STRIDE]
    sample = known[::_STRIDE, ::_STRIDE]
    if not sample.any():  # known only in slivers: take them all
        sample, colors = known, rgb
    values = np.concatenate([colors, (colors * colors).sum(axis=2, keepdims=True)], axis=2)
    field = spread(values, sample.astype(np.float32))
    size = (known.shape[1], known.shape[0])
    planes = [
        np.asarray(Image.fromarray(np.ascontiguousarray(field[..., i])).resize(size, Image.Resampling.BILINEAR))
        for i in range(4)
    ]
    mean = np.dstack(planes[:3])
    return mean, np.maximum(planes[3] - (mean * mean).sum(axis=2), 0)


def _apply(evidence: Evidence, joined: Region, saliency: Floats, prior: Floats, weight: Floats) -> None:
    """Write the evidence into the guess."""
    ground = _ground(evidence, saliency)
    inside = joined & ~ndimage.binary_dilation(ground, _SQUARE, iterations=2)
    for region, value, trust in (
        (evidence.shadow & (saliency < 0.5), 0, _COLOR_TRUST),
        (ground, 0, _EVIDENCE_TRUST),
        (inside, 1, _EVIDENCE_TRUST),
    ):
        prior[region], weight[region] = value, trust
