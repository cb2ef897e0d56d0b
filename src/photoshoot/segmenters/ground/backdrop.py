"""A plain backdrop's colour, what stands in front of it, and the soft shadow on it.

Most product photos are taken before paper, a wall or a sweep: one colour that changes slowly. Where that is so, colour
alone tells the backdrop from the product far more finely than any network.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.enclosures import (
    find_highlights,
    find_holes,
    find_keyed,
    find_paint,
    has_hue,
    is_vivid,
)
from photoshoot.segmenters.ground.shade import (
    compare,
    find_black,
    find_contact_shadow,
    find_edges,
    find_soft_shade,
    find_tinted_shade,
)
from photoshoot.segmenters.regions import find_largest, pick_parts

_LARGEST_SPREAD = 0.025  # sRGB units; a backdrop of more grain or pattern is not plain
_LEAST_SHARE = 0.6  # of the surroundings that one smooth colour must explain
_ROUNDS = 6
_STRIDE = 4  # every fourth pixel both ways carries a smooth colour
_SURE_SHADOW = 0.4  # saliency under which what lies in contact shadow is shadow; above, it may be the product's edge
_DEGREE = 3  # of the colour's polynomial: the colour is smooth
_EXPONENTS = tuple(np.array([(i, j) for i in range(_DEGREE + 1) for j in range(_DEGREE + 1 - i)]).T)  # of x and of y
_ROWS = 32  # at a time: few enough for the processor's cache and for one thread, since others' waiting costs more
_FLAT, _ODD = 0.012, 0.025  # sRGB units: spread of a flat backdrop, and what differs more from it than its own
_QUARTILE = 3.138  # standard deviations to one lower quartile of a Gaussian's absolute values
_UNSEEN = 0.05  # saliency of nothing
_COARSE, _MOST_ODD = 0.012, 0.05  # sRGB units of grain, and share of the unseen that differs, of what is not plain
_HALF = 0.5  # saliency under which even a product of the backdrop's own hue may be its shadow
_CERTAIN = 0.9  # from here on it is the product, whatever its colour


@dataclass(frozen=True, kw_only=True, eq=False)
class Backdrop:
    """A smooth colour over the photo: a cubic in both directions for each channel."""

    coefficients: Float32Array
    """(10, 3): of each power of x and y, for red, green and blue; sRGB units in [0, 1]."""
    spread: float
    """Standard deviation of the backdrop's pixels round that colour, sRGB units."""

    def colors(self, box: tuple[float, float, float, float], shape: tuple[int, int]) -> Float32Array:
        """The backdrop's colour, (3, H, W), in ``box`` (left, top, right, bottom as shares of the photo)."""
        across = _powers(box[0] + (box[2] - box[0]) * (np.arange(shape[1]) + 0.5) / shape[1])
        down = _powers(box[1] + (box[3] - box[1]) * (np.arange(shape[0]) + 0.5) / shape[0])
        squares = np.zeros((3, _DEGREE + 1, _DEGREE + 1), np.float32)
        squares[:, *_EXPONENTS[::-1]] = self.coefficients.T
        colors = np.empty((3, *shape), np.float32)
        for top in range(0, shape[0], _ROWS):
            part = slice(top, top + _ROWS)
            np.matmul(down[:, part].T @ squares, across, out=colors[:, part])
        return colors

    def explain(self, planes: Float32Array, box: tuple[float, float, float, float], unseen: BoolArray) -> Float32Array:
        """The colour behind a picture (3, H, W) of ``box``, in which nothing is seen in some places (H, W)."""
        del unseen
        return self.colors(box, (planes.shape[1], planes.shape[2]))


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """What a plain backdrop says about each pixel."""

    product: BoolArray
    """Certainly not backdrop, nor a soft shadow on it; and highlights that are as bright as the backdrop."""
    backdrop: BoolArray
    """Looks like the backdrop and is joined to it."""
    enclosed: BoolArray
    """Looks like the backdrop, but is surrounded by product: a hole, or a part of the same colour."""
    shadow: BoolArray
    """A soft darkening of the backdrop, joined to it."""
    hole: BoolArray
    """Enclosed or in doubt, but of a backdrop so colourful that hardly a product has just that hue; and gaps."""
    darker: BoolArray
    """The backdrop's own hue, darkened, whatever its edge: a hard shadow, or a part of that hue."""
    black: BoolArray
    """Darker than any shadow on the backdrop."""
    factor: Float32Array
    """By which the backdrop is darkened."""
    distance: Float32Array
    """Difference from the backdrop, sRGB units."""
    spread: float
    """How far the backdrop strays from its colour, sRGB units."""
    gap: BoolArray | None = None
    """What of the enclosed is a gap, since the network sees less than the product there. None: not looked for."""


def fit_backdrop(rgb: Float32Array, saliency: Float32Array) -> Backdrop | None:
    """Fit the backdrop's colour round the product.

    Args:
        rgb: (H, W, 3), the whole photo, small.
        saliency: (H, W) in [0, 1].

    Returns:
        The backdrop, or None where the surroundings are not plain.
    """
    rgb, saliency = rgb[::_STRIDE, ::_STRIDE], saliency[::_STRIDE, ::_STRIDE]
    outside = find_largest(saliency, 2) < 0.1
    if outside.sum() < 0.05 * outside.size:
        return None
    rgb = _mend_parts(rgb, outside)
    height, width = saliency.shape
    x, y = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    basis, colors = _basis(x[outside], y[outside]), rgb[outside].T
    weight = np.ones(colors.shape[1], np.float32)
    for _ in range(_ROUNDS):
        weighted = basis * weight
        normal = weighted @ basis.T + 1e-4 * np.eye(len(basis), dtype=np.float32)
        coefficients = np.linalg.solve(normal, weighted @ colors.T)
        error = np.abs(colors - coefficients.T.astype(np.float32) @ basis).max(axis=0)
        spread = max(1.4826 * float(np.median(error)), 0.5 / 255)
        weight = (1 / (1 + (error / (2 * spread)) ** 4)).astype(np.float32)
    share = float((error < 3 * spread + 0.01).mean())
    plain = spread < _LARGEST_SPREAD and share > _LEAST_SHARE
    return Backdrop(coefficients=coefficients.astype(np.float32), spread=spread) if plain else None


def _mend_parts(rgb: Float32Array, outside: BoolArray) -> Float32Array:
    """The picture with odd parts of the surroundings painted over.

    Where a flat backdrop holds most of the photo's border, another unseen part of another colour, such as a pale shirt
    between its sleeves, is no backdrop.
    """
    labels, count = ndimage.label(outside)
    if count < 2:
        return rgb
    held = np.bincount(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]), minlength=count + 1)
    held[0] = 0
    main = labels == held.argmax()
    color = np.median(rgb[main], axis=0)
    if np.abs(rgb[main] - color).max(axis=1).mean() > _FLAT:
        return rgb
    means = np.stack([ndimage.mean(rgb[..., i], labels, np.arange(count + 1)) for i in range(3)], axis=1)
    odd = np.abs(means - color).max(axis=1) > _ODD
    odd[0] = False
    return np.where(odd.take(labels)[..., None], color, rgb).astype(np.float32)


def weigh_evidence(
    planes: Float32Array,
    behind: Float32Array,
    spread: float,
    saliency: Float32Array,
    *,
    most: Float32Array | None = None,
) -> Evidence:
    """Tell product, backdrop, holes and soft shadow apart by colour.

    Args:
        planes: (3, H, W), the product's part of the photo.
        behind: (3, H, W), the backdrop's colour there.
        spread: How far the backdrop strays from it, sRGB units; more where more grain is found.
        saliency: (H, W); where it is certain of the product, nothing counts as shadow or backdrop.
        most: (H, W), the largest saliency that any view had; what any has seen starts no backdrop. None: one view.
    """
    unseen = (saliency if most is None else most) < _UNSEEN
    shade = compare(planes, behind)
    spread = max(spread, _grain(shade.distance, saliency))
    alike = shade.distance < _tolerate(spread)
    darker = find_soft_shade(shade, spread)
    light = planes.mean(axis=0)
    soft = darker & ~find_edges(light, shade.distance, spread)
    reached = pick_parts((alike | soft) & (saliency < _CERTAIN), alike & unseen, diagonal=False)
    paint = find_paint(planes, behind, saliency)
    hueish, black = find_tinted_shade(shade, spread), find_black(shade)
    toned = paint is not behind or has_hue(behind, hueish & ~alike, saliency)
    tinted = (alike | darker) & (saliency < (_HALF if toned else _CERTAIN)) & is_vivid(behind * shade.factor)
    found = (shade.distance > 5 * spread + 0.02) & ~(reached | tinted)
    contact = find_contact_shadow(shade, spread, found, saliency, (hueish, black), (planes, behind))
    keyed = find_keyed(planes, paint, shade.factor, hueish, saliency)
    enclosed = alike & ~reached
    highlights = find_highlights(enclosed, paint, shade.distance, saliency if most is None else most)
    hole = tinted | keyed
    if not toned:
        hole |= find_holes(enclosed & ~highlights, paint, saliency, hueish, shade.distance)
    return Evidence(
        product=(found & ~(contact | keyed)) | highlights,
        backdrop=reached & alike,
        enclosed=enclosed & ~highlights,
        shadow=(reached & ~alike) | (contact & (saliency < _SURE_SHADOW)),
        hole=hole,
        darker=darker & ~alike,
        black=black,
        factor=shade.factor,
        distance=shade.distance,
        spread=spread,
    )


def _tolerate(spread: float) -> float:
    return 3 * spread + 0.006


def is_misfit(evidence: Evidence, most: Float32Array) -> bool:
    """Whether a grainy backdrop leaves much of what no look has seen (``most``, (H, W)) unexplained: it isn't plain."""
    unseen = most < _UNSEEN
    odd = int((evidence.product & unseen).sum())
    return evidence.spread > _COARSE and odd > _MOST_ODD * int(unseen.sum())


def _grain(distance: Float32Array, saliency: Float32Array) -> float:
    """Standard deviation at this size, where the network sees nothing; half of that may be something else."""
    outside = distance[saliency < _UNSEEN][:: _STRIDE * _STRIDE]
    return min(_QUARTILE * float(np.quantile(outside, 0.25)), _LARGEST_SPREAD) if outside.size else 0.0


def _basis(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Float32Array:
    """All products of powers of x and y up to the third degree: (10, N), for x and y in [0, 1]."""
    across, down = _EXPONENTS
    return np.asarray(_powers(x)[across] * _powers(y)[down], np.float32)


def _powers(x: npt.NDArray[np.floating]) -> Float32Array:
    """Powers 0 to 3 of x, stretched from [0, 1] to [-1, 1]: (4, N)."""
    wide = (2 * x - 1).astype(np.float32)
    return np.stack([np.ones_like(wide), wide, wide * wide, wide * wide * wide])
