"""From saliency and colour to a trimap: sure product, sure backdrop, and a band between with a first guess."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.color_odds import rate_colors
from photoshoot.segmenters.ground.backdrop import Evidence
from photoshoot.segmenters.matte.blurred_edges import find_blurred, find_mixed
from photoshoot.segmenters.regions import find_largest, grow, local_colors, pick_parts, shrink

_SURE_PRODUCT, _SURE_BACKGROUND = 0.9, 0.1
_MOST_SURE = 0.9  # of the largest saliency, where looks that deny each other leave none that is sure
_HOLE = 0.25  # least saliency inside a doubtful spot that is no hole
_THIN = 2.7  # saliency pixels, half of the width from which a thing is too thick for the network to overlook
_FAINT = 0.25  # saliency under which what has the backdrop's hue is its shadow
_ROUND, _LEAST_ROUND = 0.65, 0.35  # of a region's rim that is seen, against the backdrop and in all, if it's product
_EVEN = 0.004  # sRGB units: a backdrop more even than this shows each thing before it
_LEAST_PART, _MOST_DARKER = 0.01, 0.5  # of what is seen, of one of its parts; and of a region, of its shadow
_REACH = 2  # saliency pixels by which the network's edges may be wrong
_COLOR_TRUST, _EVIDENCE_TRUST, _LEAST_TRUST = 0.02, 0.05, 0.003  # pulls against the matting Laplacian
_SOFT_TRUST = 0.2  # of a colour's share in an evenly blurred outline
_AGREED_TRUST = 0.5  # where colour, evidence and saliency agree on product: a colour line bends that by little
_LIKELY, _ALSO_SEEN = 0.6, 0.8  # guess by colours, and saliency, from which they agree
_RIM = 4  # saliency pixels from both what is sure product and what is sure ground, within which is the outline
_MOST_SEEN = 0.95  # saliency that counts, and 1 less it
_MOST_ODDS, _SALIENCY_COUNTS = 3.0, 3.0  # of a colour, natural logarithm; and the network's odds, against a colour's
_SQUARE = np.ones((3, 3), bool)


@dataclass(frozen=True, kw_only=True, eq=False)
class Trimap:
    """What the matting starts from; all (H, W)."""

    unknown: BoolArray
    """Where the matte is to be found."""
    prior: Float32Array
    """The matte: exact where known, a guess where not."""
    weight: Float32Array
    """How far the guess is trusted; 0 where known."""


def build_trimap(
    planes: Float32Array,
    saliency: Float32Array,
    evidence: Evidence | None,
    unit_px: float,
    *,
    most: Float32Array | None = None,
    doubtful: BoolArray | None = None,
) -> Trimap | None:
    """Build the trimap.

    Args:
        planes: (3, H, W) sRGB in [0, 1].
        saliency: (H, W) in [0, 1].
        evidence: What a plain backdrop tells, if it is plain.
        unit_px: Pixels of ``planes`` to one of the network.
        most: (H, W), the largest saliency that any view of the network had. None: there was one view.
        doubtful: (H, W), what the evidence takes for product, but is left to the matting. None: nothing.

    Returns:
        The trimap; None where nothing is sure enough to start from.
    """
    most = saliency if most is None else most
    reach = max(2, round(_REACH * unit_px))
    product = shrink(saliency > _SURE_PRODUCT, reach)
    background = shrink(saliency < _SURE_BACKGROUND, reach)
    if not product.any():
        product = saliency > min(_SURE_PRODUCT, _MOST_SURE * float(saliency.max()))
    joined, mixed = None, None
    if evidence is not None:
        sure = evidence.product & ~_unseen(evidence, saliency, most, unit_px)
        sure = sure if doubtful is None else sure & ~doubtful
        seeds = product
        joined = pick_parts(sure, seeds, diagonal=True)
        joined |= _find_near(sure, joined, seeds, evidence)
        mixed = find_mixed(planes, _ground(evidence, saliency), joined, saliency)
        blurred = find_blurred(evidence) | mixed.found | mixed.soft
        product, background = _sharpen(product, background, saliency, evidence, joined)
        product &= ~blurred
        joined &= ~blurred
    if not product.any() or not background.any():
        return None
    unknown = ~(product | background)
    doubtless = _filled_doubts(unknown, background, most if evidence is None else most * ~evidence.hole)
    product, unknown = product | doubtless, unknown & ~doubtless
    prior, weight = product.astype(np.float32), np.zeros(product.shape, np.float32)
    prior[unknown], weight[unknown] = _guess(planes, saliency, product, background, unknown)
    if evidence is None:
        reach = max(2, round(_RIM * unit_px))
        rim = unknown & grow(product, reach) & grow(background, reach)
        prior[rim], weight[rim] = _weigh_odds(planes, saliency, product, background, rim)
    elif joined is not None and mixed is not None:
        _apply(evidence, joined, saliency, unknown, prior, weight)
        soft = mixed.soft & unknown
        prior[soft], weight[soft] = mixed.shares[soft], _SOFT_TRUST
    return Trimap(unknown=unknown, prior=prior, weight=weight)


def _find_near(sure: BoolArray, joined: BoolArray, seeds: BoolArray, evidence: Evidence) -> BoolArray:
    """Large parts that a line of two pixels parts from the rest, and that are no shadow: a chair's legs."""
    more = sure & ~joined
    if not more.any():
        return more
    more &= pick_parts(grow(sure), seeds, diagonal=True)
    labels, count = ndimage.label(grow(more), _SQUARE)
    sizes = np.bincount(labels[more], minlength=count + 1)
    darker = np.bincount(labels[more & evidence.darker], minlength=count + 1)
    kept = (sizes >= _LEAST_PART * int(joined.sum())) & (darker < _MOST_DARKER * sizes)
    return more & kept.take(labels)


def _unseen(evidence: Evidence, saliency: Float32Array, most: Float32Array, unit_px: float) -> BoolArray:
    """What differs from the backdrop, but which the network sees nothing of though it's thick enough to be seen.

    A table's corner, say, or a shadow; a strap or a leaf is thin, and stays. A table's grain leaves gaps, which count
    as closed, and crumbs round it, which go too. What is seen all round, like a pale shirt between its sleeves, stays.
    """
    reach = max(2, round(_THIN * unit_px))
    shadowy = evidence.darker & (saliency < _FAINT)
    unseen = evidence.product & ((most < _SURE_BACKGROUND) | shadowy)
    closed = shrink(grow(unseen, reach // 2), reach // 2)
    thick = shrink(closed, reach)
    if not thick.any():
        return thick
    regions = grow(thick, reach)
    kept = _surrounded(regions, evidence, saliency, most)
    return unseen & grow(thick & ~kept, 3 * reach)


def _surrounded(regions: BoolArray, evidence: Evidence, saliency: Float32Array, most: Float32Array) -> BoolArray:
    """The regions whose rim is mostly seen, by one look where it is surely no shadow; the photo's border is no rim."""
    labels, count = ndimage.label(regions, _SQUARE)
    around = find_largest(labels, 3)
    around[regions] = 0
    other = evidence.product & (~evidence.darker | evidence.black) & (most > 0.5)
    seen = np.bincount(around[(saliency > 0.5) | other], minlength=count + 1)
    behind = np.bincount(around[_ground(evidence, saliency)], minlength=count + 1)
    rim = np.bincount(around.ravel(), minlength=count + 1)
    for edge in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]):
        if not (saliency[edge] > 0.5).any():  # the view ends there, not the product
            behind += np.bincount(labels[edge], minlength=count + 1)
    kept = (seen > _ROUND * (seen + behind)) & (seen > _LEAST_ROUND * rim)
    kept[0] = False
    return kept.take(labels)


def _sharpen(
    product: BoolArray, background: BoolArray, saliency: Float32Array, evidence: Evidence, joined: BoolArray
) -> tuple[BoolArray, BoolArray]:
    """Correct what is sure by the evidence: missed parts in, backdrop out, all but a thin edge known."""
    ground = _ground(evidence, saliency)
    core = shrink(joined, 2)
    doubtful = ground | (evidence.enclosed & (saliency < _SURE_PRODUCT))
    product = (product | core) & ~(doubtful | grow(evidence.hole, 3))
    far = shrink(ground, 2)
    if evidence.gap is not None and evidence.spread < _EVEN:  # however narrow, it has the ground's very colour
        far |= shrink(evidence.gap)
    background = far | (background & ~grow(joined, 3))
    return product, background & ~product


def _ground(evidence: Evidence, saliency: Float32Array) -> BoolArray:
    return ((evidence.backdrop | evidence.shadow) & (saliency < 0.5)) | evidence.hole


def _filled_doubts(unknown: BoolArray, background: BoolArray, saliency: Float32Array) -> BoolArray:
    """Doubtful spots wholly inside the product, such as print on it: no hole unless the network sees one."""
    open_or_seen_through = (grow(background) | (saliency <= _HOLE)) & unknown
    return unknown & ~pick_parts(unknown, open_or_seen_through, diagonal=True)


def _decide(saliency: Float32Array) -> Float32Array:
    """Saliency with more contrast: half-seen areas become rather one or the other than ghosts."""
    return np.asarray(np.clip((saliency - 0.25) * 2, 0, 1), np.float32)


def _guess(
    planes: Float32Array, saliency: Float32Array, product: BoolArray, background: BoolArray, unknown: BoolArray
) -> tuple[Float32Array, Float32Array]:
    """Matte of the unknown pixels by local colours where they differ, else by saliency; and the trust in it."""
    points = np.flatnonzero(unknown)
    (near, near_variance), (behind, behind_variance) = local_colors(planes, (product, background), points)
    step = near - behind
    length = _dot(step, step)
    offset = planes.reshape(3, -1).take(points, axis=1) - behind
    share = np.clip(_dot(offset, step) / (length + np.float32(1e-4)), 0, 1)
    telling = length / (length + 4 * (near_variance + behind_variance) + np.float32(0.01))
    seen = saliency.ravel().take(points)
    decided = _decide(seen)
    certain = telling + (1 - telling) * np.abs(2 * seen - 1)
    guess = np.asarray(decided + telling * (share - decided), np.float32)
    return guess, np.asarray(_COLOR_TRUST * certain + _LEAST_TRUST, np.float32)


def _weigh_odds(
    planes: Float32Array, saliency: Float32Array, product: BoolArray, background: BoolArray, rim: BoolArray
) -> tuple[Float32Array, Float32Array]:
    """Matte of an outline's pixels before what is not plain, by the network's odds and their colours'; and its trust.

    There mean colours tell less than how often each colour comes: a product has several, and so has a room.
    """
    rgb = np.round(255 * planes.transpose(1, 2, 0)).astype(np.uint8)
    seen = np.clip(saliency[rim], 1 - _MOST_SEEN, _MOST_SEEN)
    colors = np.clip(rate_colors(rgb, product, background)[rim], -_MOST_ODDS, _MOST_ODDS)
    guess = 1 / (1 + np.exp(-_SALIENCY_COUNTS * np.log(seen / (1 - seen)) - colors))
    return np.asarray(guess, np.float32), np.asarray(_COLOR_TRUST * np.abs(2 * guess - 1) + _LEAST_TRUST, np.float32)


def _dot(first: Float32Array, second: Float32Array) -> Float32Array:
    """(N,) of (3, N) and (3, N)."""
    return np.asarray(np.einsum("cn,cn->n", first, second), np.float32)


def _apply(
    evidence: Evidence,
    joined: BoolArray,
    saliency: Float32Array,
    unknown: BoolArray,
    prior: Float32Array,
    weight: Float32Array,
) -> None:
    """Write the evidence into the guess.

    A black tube before dark grey, with a highlight along it, is on no one line of colour with its ground: a matte that
    is linear in colour fades there. So what all agree on is trusted more.
    """
    ground = _ground(evidence, saliency)
    likely = (prior > _LIKELY) & (saliency > _ALSO_SEEN)
    inside = joined & ~grow(ground, 2) & unknown
    for region, value, trust in (
        (ground & unknown, 0, _EVIDENCE_TRUST),
        (inside, 1, _EVIDENCE_TRUST),
        (inside & likely, 1, _AGREED_TRUST),
    ):
        prior[region], weight[region] = value, trust
