"""A photo's own transparency: whether it is a product's matte, and whether its rim still holds the old backdrop."""

import math
from dataclasses import replace

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, ByteArray, Float32Array, Indices
from photoshoot.records import AlphaMatte, Photo, RgbImage
from photoshoot.segmenters.regions import drop_islands, find_boxes, grow, shrink, widen
from photoshoot.settings import SegmentationSettings

_CLEAR, _SOLID = 0.05, 0.9  # matte under which a pixel is background, and over which it is product
_LEAST_CLEAR = 0.01  # of the photo; less is a stray pixel or a rounded corner
_LEAST_BORDER = 0.02  # of the photo's border that is clear: a product has background round it
_LEAST_SOLID, _LEAST_SOLID_PX = 0.0005, 64  # of the photo, and in all
_MOST_SOFT = 0.8  # of all that is visible
_MOST_RIM = 0.6  # of the solid pixels that touch others; more is noise
_PURE = 0.98  # matte over which a pixel holds no backdrop
_TELLS = (
    0.2  # matte over which a rim pixel tells of the product's colour: under it shadows lie that a file brings along
)
_RIM_PX, _RIM_INSIDE_PX = (
    7,
    2,
)  # how far from a rim pixel the product's colour is looked for, and how far in it is clean
_LEAST_RIM_PX = 50  # fewer tell nothing
_LEAST_APART, _MOST_LEFT = 0.12, 0.65  # the rim's distance to the product in RGB, and how much of it a backdrop leaves
_STIFFNESS = 0.1  # how much a rim pixel's colour is held to the product's
_OPAQUE = 0.75  # a part of the product is this opaque somewhere; a baked shadow is not
_SHADOW = 0.5  # a shadow's matte stays under this
_DARK = 90  # and its colour under this, 8-bit sRGB
_EDGE = 0.006  # of the longer side: the product's own soft edge is no wider
_EDGE_PX, _DARKER = 2.0, 60  # nor than this, where haze is so much darker than the product beside it, 8-bit sRGB
_EIGHT = [(down, across) for down in (-1, 0, 1) for across in (-1, 0, 1) if (down, across) != (0, 0)]


def judge_alpha(alpha_matte: AlphaMatte) -> str | None:
    """Why a photo's own transparency is no matte of a product; None where it may be one.

    Args:
        alpha_matte: (H, W) in [0, 1].
    """
    clear, solid = alpha_matte < _CLEAR, alpha_matte > _SOLID
    share = float(clear.mean())
    if share < _LEAST_CLEAR:
        return f"only {share:.2%} of it is clear"
    border = float(np.concatenate([clear[0], clear[-1], clear[:, 0], clear[:, -1]]).mean())
    if border < _LEAST_BORDER:
        return f"only {border:.0%} of its border is clear"
    soft = float(1 - solid.sum() / max(1, int((~clear).sum())))
    if soft > _MOST_SOFT:
        return f"{soft:.0%} of what it shows is half transparent"
    return "it is speckled" if _is_noise(solid) else None


def is_empty(alpha_matte: AlphaMatte) -> bool:
    """Whether next to nothing is visible: hidden colours are no photo."""
    visible = int((alpha_matte > _CLEAR).sum())
    return visible < max(_LEAST_SOLID_PX, _LEAST_SOLID * alpha_matte.size)


def cover(photo: Photo) -> Photo:
    """The photo without its transparency: what lies under clear pixels means nothing, and becomes white."""
    if photo.alpha_matte is None:
        return photo
    clear = photo.alpha_matte < 1 / 255
    return replace(photo, rgb=np.where(clear[..., None], np.uint8(255), photo.rgb), alpha_matte=None)


def clean_own(alpha_matte: AlphaMatte, rgb: RgbImage, settings: SegmentationSettings) -> AlphaMatte:
    """A photo's own matte without specks and soft shadow."""
    alpha = alpha_matte
    if settings.drop_soft_shadow:
        alpha = drop_soft_shadow(alpha, rgb)
    return drop_islands(alpha) if settings.drop_islands else alpha


def _is_noise(solid: BoolArray) -> bool:
    return float((solid & ~shrink(solid)).sum()) > _MOST_RIM * max(1, int(solid.sum()))


def drop_soft_shadow(alpha_matte: AlphaMatte, rgb: RgbImage) -> AlphaMatte:
    """Clear the soft shadow in a photo's own matte: parts solid nowhere, and dark haze round solid ones.

    A soft edge has the product's own colour: dark haze right under a pale sole is no edge, but the shadow's root.
    """
    labels, count = ndimage.label(alpha_matte > 0.01, np.ones((3, 3), bool))
    if count == 0:
        return alpha_matte
    solid = np.bincount(labels[alpha_matte >= _OPAQUE], minlength=count + 1) > 0
    faint = alpha_matte < _SHADOW
    brightness = np.maximum.reduce([rgb[..., channel] for channel in range(3)])
    haze = faint & (labels > 0) & (brightness < _DARK)
    dropped = faint & ~solid.take(labels)
    haze &= ~dropped
    if haze.any():
        dropped[haze] = _is_apart(haze, faint, brightness)
    return np.where(dropped, np.float32(0), alpha_matte)


def _is_apart(haze: BoolArray, faint: BoolArray, brightness: ByteArray) -> BoolArray:
    """Of each hazy pixel, (N,): whether it lies farther from what is not faint than the product's own soft edge."""
    edge = _EDGE * max(faint.shape)
    margin = math.ceil(max(edge, _EDGE_PX)) + 1
    near = widen(find_boxes(haze)[0], margin)
    rows, columns = np.nonzero(haze[near])
    if faint[near].all():
        return np.ones(rows.shape, bool)
    nearest = ndimage.distance_transform_edt(faint[near], return_distances=False, return_indices=True)
    down, across = nearest[:, rows, columns]
    light = brightness[near].astype(np.int16)
    darker = light[down, across] - light[rows, columns] > _DARKER
    return np.asarray(np.hypot(down - rows, across - columns) > np.where(darker, _EDGE_PX, edge))


def unmix_rim(rgb: RgbImage, alpha_matte: AlphaMatte) -> RgbImage:
    """A cut-out's colours (H, W, 3) without the backdrop that whoever made its matte left in the soft rim.

    Much software saves rim pixels as they were seen, mixed with a white or black backdrop, which is a pale or dark line
    in every new scene. The one backdrop is fitted, by least squares, to rim pixels and the colours a few pixels further
    in; where it explains the rim far better than the product's own colours do, and than a line of one colour, it is
    taken out. Solid pixels keep theirs, and so does a rim that is clean.

    Args:
        rgb: (H, W, 3), sRGB.
        alpha_matte: (H, W) in [0, 1].
    """
    inner = shrink(alpha_matte > _PURE, _RIM_INSIDE_PX)
    rows, columns = np.nonzero((alpha_matte > _CLEAR) & (alpha_matte <= _PURE) & grow(inner, _RIM_PX))
    own, found = _look_inside(rgb, inner, rows, columns)
    rows, columns, own = rows[found], columns[found], own[found]
    seen, share = rgb[rows, columns] / np.float32(255), alpha_matte[rows, columns, None]
    told = share[:, 0] > _TELLS
    if int(told.sum()) < _LEAST_RIM_PX:
        return rgb
    rest, weight = seen - share * own, 1 - share
    backdrop = np.clip((weight * rest)[told].sum(0) / (weight[told] ** 2).sum(0), 0, 1)
    apart = np.linalg.norm(seen - own, axis=1)
    error = rest - weight * backdrop
    left = np.linalg.norm(error, axis=1)
    line = np.linalg.norm(seen[told] - seen[told].mean(0), axis=1)  # what a line of one colour would leave
    least = min(_MOST_LEFT * float(np.median(apart[told])), float(np.median(line)))
    if np.median(apart[told]) < _LEAST_APART or np.median(left[told]) > least:
        return rgb
    mixed = left < apart
    clean = own + error * (share / (share**2 + weight**2 + _STIFFNESS))
    unmixed = rgb.copy()
    unmixed[rows[mixed], columns[mixed]] = np.round(np.clip(clean[mixed], 0, 1) * 255).astype(np.uint8)
    return unmixed


def _look_inside(rgb: RgbImage, inner: BoolArray, rows: Indices, columns: Indices) -> tuple[Float32Array, BoolArray]:
    """The mean colours (N, 3), 0 to 1, of the nearest inner pixels in eight directions, and where any are (N,)."""
    total, count = np.zeros((len(rows), 3), np.float32), np.zeros(len(rows), np.float32)
    height, width = inner.shape
    for away in range(1, _RIM_PX + 1):
        open_still = count == 0
        for down, across in _EIGHT:
            at = np.clip(rows + away * down, 0, height - 1), np.clip(columns + away * across, 0, width - 1)
            there = inner[at] & open_still
            total[there] += rgb[at][there]
            count += there
    found = count > 0
    return np.asarray(total / (255 * np.maximum(count, 1)[:, None]), np.float32), found
