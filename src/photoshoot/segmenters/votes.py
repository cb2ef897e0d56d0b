"""Half-seen places decided whole: patches of one colour vote, each with the neighbours it has no edge to.

A network often sees a part of a thing clearly, such as a table's legs, and the rest like a ghost. The picture knows
where the thing ends. Patches (a watershed of the colour's slope) form a graph; each pulls toward what the network says
of it, the more so the surer that is, and toward its neighbours, the more so the less the colour steps between them.
Source: the harmonic labels of Grady, "Random walks for image segmentation" (2006), with a prior for each node.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage, sparse
from scipy.sparse.linalg import spsolve

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.looks import find_doubt
from photoshoot.segmenters.regions import grow

_PATCH = 9  # pixels of the saliency between the patches' seeds
_PULL = 0.06  # of the network's word against the neighbours', for each pixel of a patch
_STEP = 0.05  # sRGB units of colour between patches that already count as an edge, at least
_CONTRAST = 4  # how steeply a patch's vote becomes a decision
_LEAST_SHARE = 0.01  # of what is seen: so much thick doubt is worth a vote

Patches = npt.NDArray[np.int32]


def vote(picture: Image.Image, saliency: Float32Array) -> Float32Array:
    """Decide doubtful places by patches of colour.

    Args:
        picture: The saliency's view, in mode RGB, of any size.
        saliency: (h, w) in [0, 1].

    Returns:
        (h, w) in [0, 1]; the saliency itself where nothing thicker than an outline is in doubt.
    """
    doubt = find_doubt(saliency)
    if doubt.sum() < _LEAST_SHARE * max(1, int((saliency > 0.5).sum())):
        return saliency
    size = saliency.shape[1], saliency.shape[0]
    colors = np.asarray(picture.resize(size, Image.Resampling.BOX), np.float32) / np.float32(255)
    patches = divide(colors)
    trust = np.float32(_PULL) * np.abs(2 * saliency - 1) ** 2
    decided = np.clip((settle(patches, colors, saliency, trust) - 0.5) * _CONTRAST + 0.5, 0, 1).astype(np.float32)
    near = ndimage.gaussian_filter(grow(doubt, 1).astype(np.float32), 1)
    return np.asarray(saliency + near * (decided[patches] - saliency), np.float32)


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
