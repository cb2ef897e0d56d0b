"""Tells from the photo whether a product on a plain backdrop is of clear glass.

Four things must agree, for what is wrongly taken for glass becomes a ghost. Inside the product, lids and all that is
dark apart, much looks like the backdrop; what does is crossed by fine lines, since glass bends what is behind it, and
china does not; it ends in a rim that is darker, or lighter, than what lies on either side of it; and it does not
lighten the backdrop broadly, as a mirror of steel may. Then a classifier is asked whether it is a vessel at all, since
a white shirt on white is none; the less sure it is, the more lines it takes. Lines as dark as ink are print, which a
pale label bears: they and what is near to them count for nothing, and beside print it takes many lines.

Chosen on half of 68 strangers' photos and half of 28 renders of glass, china and steel; others, made after, are counted
by ``benchmarks/bench_glass.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import ImageOps
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.records import AlphaMatte, Box, RgbImage
from photoshoot.segmenters.ground.backdrop import Backdrop
from photoshoot.segmenters.matte.glass import find_solid, measure_darkness, measure_opacity
from photoshoot.segmenters.regions import fill_holes, find_boxes, grow, measure_distance, opened, widen
from photoshoot.vision.image_classes import crop_place, load_classifier

VESSELS = {
    438: "beaker",
    440: "beer bottle",
    441: "beer glass",
    503: "cocktail shaker",
    551: "face powder",
    572: "goblet",
    604: "hourglass",
    631: "lotion",
    647: "measuring cup",
    659: "mixing bowl",
    711: "perfume",
    712: "Petri dish",
    720: "pill bottle",
    725: "pitcher",
    737: "pop bottle",
    773: "saltshaker",
    883: "vase",
    898: "water bottle",
    899: "water jug",
    901: "whiskey jug",
    907: "wine bottle",
    966: "red wine",
    971: "bubble",
}
"""ImageNet's classes of what is often of glass, by number."""
_LEAST_VESSEL = 0.3  # of all probability
_LEAST_CLEAR = 0.35  # of the product's inside looks like the backdrop
_LEAST_LINES = 0.018  # of that is crossed by lines, times how sure the classifier is
_MOST_SOLID = 0.75  # of the product: lids, knobs, labels and contents; what is clear is looked for in the rest
_CLEAR_WHOLE, _CLEAR_REST, _LITTLE = 0.72, 0.88, 0.05  # mostly clear is a whole; or what lies beside more solid parts
_MORE_LINES = 5  # what is less clear, or printed, must have so many times more of them: steel is partly clear
_INK, _PRINTED = 0.4, 0.65  # share of the backdrop's light that ink takes; and of lines near to it, where all is print
_LEAST_RIM = 0.43  # of the outline before it is a rim
_MOST_LIGHT = 0.45  # of it may be broadly lighter than the backdrop
_STEP = 4  # every fourth pixel both ways tells whether a closer look is worth while
_CLEAR = np.float32(0.3)  # least opacity of what is not clear
_INNER = 0.1  # of the product's greatest depth, from which on it is inside
_LINE, _FAINTEST = 2.5, 0.012  # px: lines are finer than this; and sRGB units by which they differ at least
_BROAD, _LIGHTER = 5, 0.03  # px and sRGB units of a broad lightening
_RIM, _RIM_PX, _BESIDE = 0.035, 4, 8  # sRGB units of a rim, px of its width, and px from the outline to its inner side
_LIKE = 0.15  # sRGB units between the backdrop and what lies inside a rim of clear glass
_LEAST_PLACE, _LEAST_CARD = 0.04, 0.25  # of the product: a clear place that is judged by its tones, and a card
_ONE_TONE, _OTHER = 0.09, 0.02  # sRGB units: nine tenths of a card's tones less one tenth; and its least distance
_ROOMS = (1.1, 1.35)  # side of a view of the product in its place, over its longer side


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What speaks for glass, all 0 to 1."""

    clear: float
    """Share of its inside, solid parts apart, that looks like the backdrop."""
    lines: float = 0.0
    """Share of that which fine lines cross."""
    rim: float = 0.0
    """Share of the outline before it that is a rim."""
    light: float = 0.0
    """Share of it that is broadly lighter than the backdrop."""
    solid: float = 0.0
    """Share of the product that is a lid, a label or the like, and was left out."""
    ink: float = 0.0
    """Share of all lines that is print or near to it, and was left out."""

    @property
    def agree(self) -> bool:
        """Whether all of them speak for glass, if it is a vessel."""
        seen = self.clear >= _LEAST_CLEAR and self.lines >= _LEAST_LINES and self.rim >= _LEAST_RIM
        return seen and self.light <= _MOST_LIGHT

    def tell_glass(self, vessel: float) -> bool:
        """Whether it is glass, by how surely it is a vessel, 0 to 1."""
        clear = self.clear >= (_CLEAR_WHOLE if self.solid < _LITTLE else _CLEAR_REST)
        least = _LEAST_LINES * (1 if clear and self.ink < _PRINTED else _MORE_LINES)
        return self.agree and vessel >= _LEAST_VESSEL and self.lines * vessel >= least


def read_signs(
    planes: Float32Array, alpha: AlphaMatte, backdrop: Backdrop, box: tuple[float, float, float, float]
) -> Signs:
    """Measure what speaks for glass, sign by sign, until one speaks against it; the rest are 0 then.

    Args:
        planes: (3, h, w), the window at the working size, sRGB in [0, 1].
        alpha: (h, w), the product's matte there.
        backdrop: What is behind it.
        box: The window: left, top, right, bottom as shares of the photo.
    """
    few, small = np.ascontiguousarray(planes[:, ::_STEP, ::_STEP]), alpha[::_STEP, ::_STEP]
    clear = measure_opacity(few, _colors(backdrop, box, small), backdrop.spread)[small > 0.5] < _CLEAR
    share = float(clear.mean()) if clear.size else 0.0
    return Signs(clear=share) if share < _LEAST_CLEAR / 2 else _look_closely(planes, alpha, backdrop, box)


def find_cards(
    planes: Float32Array, alpha: AlphaMatte, backdrop: Backdrop, box: tuple[float, float, float, float]
) -> BoolArray:
    """Pale places of one tone that is not the backdrop's, beside clear ones of many: a carton beside its bottle.

    What is behind glass is bent by it, so that a bottle has many tones; the face of a carton has one.

    Args:
        planes: (3, h, w), the window at the working size, sRGB in [0, 1].
        alpha: (h, w), the product's matte there.
        backdrop: What is behind it.
        box: The window: left, top, right, bottom as shares of the photo.

    Returns:
        (h, w); nowhere where all clear places have one tone: then that tells nothing.
    """
    behind, product = _colors(backdrop, box, alpha), alpha > 0.5
    clear = product & (measure_opacity(planes, behind, backdrop.spread) < _CLEAR)
    labels, count = ndimage.label(opened(clear, 2))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    distance, cards, others = np.abs(planes - behind).max(axis=0), np.zeros_like(product), False
    for label in np.flatnonzero(sizes[1:] >= _LEAST_PLACE * product.sum()) + 1:
        place = labels == label
        least, most = np.quantile(distance[place], (0.1, 0.9))
        one_tone = most - least < _ONE_TONE and least > _OTHER + backdrop.spread
        if one_tone and sizes[label] >= _LEAST_CARD * product.sum():
            cards |= fill_holes(place)
        else:
            others = others or not one_tone
    return grow(cards, _RIM_PX) & product if others else np.zeros_like(product)


def rate_vessel(rgb: RgbImage, box: Box) -> float:
    """How surely, 0 to 1, a photo (H, W, 3) shows in a box what is often of glass."""
    places = [crop_place(rgb, box, room) for room in _ROOMS]
    seen = load_classifier("cpu").classify([view for place in places for view in (place, ImageOps.mirror(place))])
    return float(seen[list(VESSELS)].sum())


def _colors(backdrop: Backdrop, box: tuple[float, float, float, float], alpha: AlphaMatte) -> Float32Array:
    return np.clip(backdrop.colors(box, (alpha.shape[0], alpha.shape[1])), 0, 1)


def _look_closely(
    planes: Float32Array, alpha: AlphaMatte, backdrop: Backdrop, box: tuple[float, float, float, float]
) -> Signs:
    behind = _colors(backdrop, box, alpha)
    solid = grow(find_solid(planes, alpha, behind, whole=False), _RIM_PX)
    covered = float(solid[alpha > 0.5].mean())
    if covered > _MOST_SOLID:
        return Signs(clear=0.0, solid=covered)
    alpha = np.where(solid, np.float32(0), alpha)
    opacity = measure_opacity(planes, behind, backdrop.spread)
    within = widen(find_boxes(alpha > 0.5)[0], 2 * _RIM_PX)  # with room for its rim
    product, depth = alpha > 0.5, np.zeros_like(alpha)
    product[within] = fill_holes(product[within])
    depth[within] = measure_distance(~product[within])
    inside = depth > _INNER * depth.max()
    opaque = opacity >= _CLEAR
    clear = inside & ~grow(opened(opaque, 2), _RIM_PX)
    share = float(clear.sum() / max(1, int(inside.sum())))
    if share < _LEAST_CLEAR:
        return Signs(clear=share, solid=covered)
    light, expected = planes.mean(axis=0), behind.mean(axis=0)
    calm = ~grow(product, 2 * _RIM_PX) & (np.abs(light - expected) < 3 * backdrop.spread + 0.01)
    lines, ink = _weigh_lines(_find_lines(light, calm) & clear, clear, planes, behind)
    if lines < _LEAST_LINES:
        return Signs(clear=share, lines=lines, solid=covered, ink=ink)
    rim = _measure_rim(light[within], expected[within], depth[within])
    if rim < _LEAST_RIM:
        return Signs(clear=share, lines=lines, rim=rim, solid=covered, ink=ink)
    lighter = ndimage.gaussian_filter(light - expected, _BROAD) > _LIGHTER
    return Signs(clear=share, lines=lines, rim=rim, light=float(lighter[clear].mean()), solid=covered, ink=ink)


def _weigh_lines(lines: BoolArray, clear: BoolArray, planes: Float32Array, behind: Float32Array) -> tuple[float, float]:
    """The share of what is clear that lines cross, where no print is near; and the share of the lines where it is."""
    printed = grow(lines & (measure_darkness(planes, behind) > _INK), 2 * _RIM_PX)
    rest = clear & ~printed
    apart, count = int((lines & rest).sum()), int(lines.sum())
    return apart / max(1, int(rest.sum())), (count - apart) / max(1, count)


def _find_lines(light: Float32Array, calm: BoolArray) -> BoolArray:
    """Where the brightness differs from its surroundings more than the grain of the calm backdrop does."""
    detail = np.abs(light - ndimage.gaussian_filter(light, _LINE))
    grain = 4 * float(np.median(detail[calm])) if calm.any() else 0.0
    return np.asarray(detail > max(_FAINTEST, grain))


def _measure_rim(light: Float32Array, expected: Float32Array, depth: Float32Array) -> float:
    """Of the outline, where it is like the backdrop inside: the share that is darker or lighter than both sides."""
    beside = (depth >= _BESIDE - 1) & (depth <= _BESIDE + 1)
    outline = (depth > 0) & (depth <= 1.5)
    if not beside.any():
        return 0.0
    rows, columns = ndimage.distance_transform_edt(~beside, return_distances=False, return_indices=True)
    inner, outer = light[rows[outline], columns[outline]], expected[outline]
    side = 2 * _RIM_PX + 1
    darkest, lightest = (extreme(light, side)[outline] for extreme in (ndimage.minimum_filter, ndimage.maximum_filter))
    step = np.maximum(np.minimum(inner, outer) - darkest, lightest - np.maximum(inner, outer))
    like = np.abs(inner - outer) < _LIKE
    return float((step > _RIM)[like].mean()) if like.any() else 0.0
