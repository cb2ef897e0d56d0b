"""A cut-out corrected by its user's own strokes: this belongs to it, that does not.

Strokes are seeds: patches of the photo that they touch are decided, and their word goes on to neighbours of the same
colour until a clear edge stops it, or what the cut-out had before outweighs it. Only there is the matte solved anew.

A picture as patches of one colour, which settle what is said of their pixels among themselves.

Patches (a watershed of the colour's slope) form a graph; each pulls toward what is said of it, the more so the surer
that is, and toward its neighbours, the more so the less the colour steps between them.
Source: the harmonic labels of Grady, "Random walks for image segmentation" (2006), with a prior for each node.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage, sparse
from scipy.sparse.linalg import spsolve

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.errors import InputError, NoProductFoundError, SettingsError
from photoshoot.pixels.imaging import tight_box
from photoshoot.records import AlphaMatte, Cutout, Edge
from photoshoot.segmenters.matte.matte_upsampling import WorkingMatte, finish
from photoshoot.segmenters.matte.matting import solve_matte
from photoshoot.segmenters.regions import grow, shrink

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


_WORKING_PX = 480  # longest side at which strokes are spread and the matte is solved
_BEFORE = 0.002  # pull of the cut-out as it was against the neighbours, a pixel
_STROKE = 100.0  # pull of a stroke: it decides its patches
_TOUCHED = 0.3  # of a working pixel that a stroke covers where it counts
_CHANGED = 0.5  # of the matte, from which a place is decided anew
_BAND = 3  # working pixels to both sides of a new edge that are solved
_TRUST = 0.02  # of the decision against the photo's own edges there
_AROUND = 4  # working pixels round what changes that are written again


def refine(
    cutout: Cutout, *, keep: npt.NDArray[np.generic] | None = None, remove: npt.NDArray[np.generic] | None = None
) -> Cutout:
    """Correct a cut-out by strokes over its photo.

    Args:
        cutout: As a segmenter made it, with the photo's colours still behind its matte.
        keep: (H, W) of the photo's size: what is not 0 is product, and what is like it beside it. None: nothing.
        remove: Likewise, what does not belong to it.

    Returns:
        The cut-out with another matte, and colours decontaminated along its new edges.

    Raises:
        InputError: It is no cut-out.
        SettingsError: A mask is of another size, or both have the same pixel.
        NoProductFoundError: Nothing is left.
    """
    if not isinstance(cutout, Cutout):
        raise InputError(f"a cut-out is refined, as cut_out([photo])[0] gives it, not {type(cutout).__name__}")
    strokes = [_read(name, mask, cutout) for name, mask in (("keep", keep), ("remove", remove))]
    if (strokes[0] & strokes[1]).any():
        raise SettingsError("keep", "pixels that remove has, too", "strokes that have no pixel in common with remove")
    height, width = cutout.alpha_matte.shape
    scale = min(1.0, _WORKING_PX / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    small = np.asarray(Image.fromarray(cutout.rgb).resize(size, Image.Resampling.BOX), np.float32) / np.float32(255)
    before = np.asarray(Image.fromarray(cutout.solid_matte).resize(size, Image.Resampling.BOX), np.float32)
    kept, removed = (_shrink(stroke, size) for stroke in strokes)
    decided = _spread_strokes(small, before, kept, removed)
    after, changed = _solve(small, before, decided)
    return _write(cutout, after, changed, strokes)


def _read(name: str, mask: npt.NDArray[np.generic] | None, cutout: Cutout) -> BoolArray:
    shape = cutout.alpha_matte.shape
    if mask is None:
        return np.zeros(shape, bool)
    if np.shape(mask) != shape:
        raise SettingsError(name, f"a mask of shape {np.shape(mask)}", f"one of the photo's, {shape}")
    return np.asarray(np.asarray(mask) != 0)


def _shrink(stroke: BoolArray, size: tuple[int, int]) -> BoolArray:
    grey = Image.fromarray(stroke.astype(np.uint8) * 255).resize(size, Image.Resampling.BOX)
    share = np.asarray(grey, np.float32) / np.float32(255)
    return np.asarray(share > min(_TOUCHED, 0.9 * float(share.max())))


def _spread_strokes(small: Float32Array, before: Float32Array, kept: BoolArray, removed: BoolArray) -> BoolArray:
    """What is product: as before, but where a stroke's word outweighs all others'."""
    patches = divide(small)
    trust = np.where(kept | removed, _STROKE, _BEFORE * np.abs(2 * before - 1)).astype(np.float32)
    decided = before > 0.5
    for stroke, value in ((kept, True), (removed, False)):
        if stroke.any():
            word = settle(patches, small, stroke.astype(np.float32), trust)
            decided = np.where((word > 0.5)[patches] | stroke, value, decided)
    return (decided | kept) & ~removed


def _solve(small: Float32Array, before: Float32Array, decided: BoolArray) -> tuple[WorkingMatte, BoolArray]:
    """The matte at working size, and where it may differ from before."""
    turned = shrink(np.abs(decided - before) > _CHANGED)
    changed = grow(turned, 1 + _AROUND)
    product = np.where(changed, decided, before > 0.5)
    unknown = (grow(product, _BAND) & grow(~product, _BAND)) & changed
    planes = np.ascontiguousarray(small.transpose(2, 0, 1))
    prior = np.where(changed, product, before).astype(np.float32)
    alpha, lines = solve_matte(planes, prior, np.where(unknown, _TRUST, 0).astype(np.float32), unknown)
    return WorkingMatte(planes=planes, alpha=alpha, lines=lines), changed


def _write(cutout: Cutout, after: WorkingMatte, changed: BoolArray, strokes: list[BoolArray]) -> Cutout:
    """Bring the changed part to the photo's size and lay it over the rest; strokes are exact."""
    size = cutout.alpha_matte.shape[1], cutout.alpha_matte.shape[0]
    rgb, alpha = cutout.rgb.copy(), np.zeros(cutout.alpha_matte.shape, np.float32)
    finish(rgb, alpha, after)
    place = np.asarray(Image.fromarray(changed).resize(size, Image.Resampling.NEAREST))
    solid = cutout.solid_matte
    matte: AlphaMatte = np.where(place, alpha, solid)
    colors = np.where(place[..., None], rgb, cutout.rgb)
    matte[strokes[0]], matte[strokes[1]] = 1, 0
    box = tight_box(matte)
    if box is None:
        raise NoProductFoundError(f"{cutout.photo_name}: the strokes leave nothing of the product")
    touches = frozenset(edge for edge in Edge if edge.meets(box, matte.shape))
    if solid is not cutout.alpha_matte:  # glass stays what a scene shows through
        matte *= np.where(solid > 0, cutout.alpha_matte / np.maximum(solid, np.float32(1e-6)), np.float32(1))
    return replace(cutout, rgb=colors, alpha_matte=matte, box=box, touches=touches)
