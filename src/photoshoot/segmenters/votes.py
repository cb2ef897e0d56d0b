"""A picture as patches of one colour, which settle what is said of their pixels among themselves.

Patches (a watershed of the colour's slope) form a graph; each pulls toward what is said of it, the more so the surer
that is, and toward its neighbours, the more so the less the colour steps between them.
Source: the harmonic labels of Grady, "Random walks for image segmentation" (2006), with a prior for each node.
"""

import numpy as np
import numpy.typing as npt
from scipy import ndimage, sparse
from scipy.sparse.linalg import spsolve

from photoshoot.arrays import Float32Array

_PATCH = 9  # pixels of the saliency between the patches' seeds
_STEP = 0.05  # sRGB units of colour between patches that already count as an edge, at least

Patches = npt.NDArray[np.int32]


def divide(colors: Float32Array) -> Patches:
    """Label each pixel (h, w) of a small picture (h, w, 3) with its patch, from 0."""
    smooth = ndimage.gaussian_filter(colors, (1, 1, 0))
    slope = np.maximum.reduce([ndimage.gaussian_gradient_magnitude(smooth[..., i], 0.7) for i in range(3)])
    height, width = slope.shape
    rows, columns = (np.arange(_PATCH // 2, length, _PATCH) for length in (height, width))
    seeds = np.zeros(slope.shape, np.int32)
    seeds[np.ix_(rows, columns)] = np.arange(1, rows.size * columns.size + 1).reshape(rows.size, columns.size)
    levels = np.clip(slope * 2000, 0, 65535).astype(np.uint16)
    return np.asarray(ndimage.watershed_ift(levels, seeds), np.int32) - 1


def settle(patches: Patches, colors: Float32Array, word: Float32Array, trust: Float32Array) -> Float32Array:
    """What each patch comes to, between what is said of its pixels and its neighbours.

    Args:
        patches: (h, w), as of ``divide``.
        colors: (h, w, 3) in [0, 1].
        word: (h, w) in [0, 1]: what is said of each pixel.
        trust: (h, w): how far that counts against the neighbours; a pixel of border to a like patch counts 1.

    Returns:
        (patches,) in about [0, 1].
    """
    flat, count = patches.ravel(), int(patches.max()) + 1
    area = np.maximum(np.bincount(flat, minlength=count), 1)
    color = np.stack([np.bincount(flat, colors[..., i].ravel(), count) / area for i in range(3)])
    first, second, border = _neighbours(patches)
    step = np.abs(color[:, first] - color[:, second]).max(axis=0)
    scale = max(_STEP, float(np.median(step)))
    pull = border * np.exp(-((step / scale) ** 2)) + 1e-4
    graph = sparse.coo_array((np.concatenate([pull, pull]), _both(first, second)), (count, count)).tocsr()
    said = np.bincount(flat, trust.ravel(), count)
    matrix = sparse.diags_array(graph.sum(axis=1) + said + 1e-6) - graph
    right = np.bincount(flat, (trust * word).ravel(), count) + 1e-6 * np.bincount(flat, word.ravel(), count) / area
    return np.asarray(spsolve(matrix.tocsc(), right), np.float32)


def _both(first: Patches, second: Patches) -> tuple[Patches, Patches]:
    return np.concatenate([first, second]), np.concatenate([second, first])


def _neighbours(patches: Patches) -> tuple[Patches, Patches, npt.NDArray[np.float64]]:
    """Pairs of patches that touch, and how many pixels of border they share."""
    beside = [(patches[:, :-1], patches[:, 1:]), (patches[:-1], patches[1:])]
    pairs = np.concatenate([np.stack([a[a != b], b[a != b]]) for a, b in beside], axis=1)
    pairs.sort(axis=0)
    unique, border = np.unique(pairs, axis=1, return_counts=True)
    return unique[0], unique[1], border.astype(np.float64)
