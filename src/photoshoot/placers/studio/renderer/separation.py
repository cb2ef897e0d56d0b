"""A patch of light on the set behind a product that would be lost in it, as photographers light a backdrop.

It is laid in linear light and before the product's pixels, so that it changes none of them. A product that stands out
by itself gets none.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import LUMINANCE, bytes_to_linear, linear_to_oklab
from photoshoot.pixels.bands import brightest, in_bands
from photoshoot.pixels.imaging import resize_plane, tight_box
from photoshoot.records import LinearImage, ProductLayer

_SIDE_PX = 180  # of the longer side of what is measured, at least
_BESIDE_PX = 2.0  # standard deviation of what counts as one side of the outline, there
_ABOUT_PX, _HIDDEN = 9.0, 0.02  # that of what is round about, and the least of the set that is seen there
_OUTLINE = (0.3, 0.7)  # shares of the product in what is near the outline
_CLEAR: Final = 0.14  # OKLab distance from which on two sides of an outline are told apart at a glance
_LOST: Final = (0.84, 0.7)
"""How well an outline is told apart (``told_apart``) under which there is a patch, and under which it is as bright as
it has to be; between them it comes in softly."""
_FOUND, _NEARLY = 0.84, 0.85  # up to which it is lit, or to that share of what the most light would bring
_MOST, _STEPS = (2.6, 0.1), 17
"""How many times as bright a set may become, or how bright, display-linear, if that is more; and gains tried."""
_USUAL, _DARK = (1.75, 0.022), (0.06, 0.025)
"""The same of every patch before a dark backdrop, and the display-linear values between which one becomes dark."""
_HALF = 0.25  # how much of a patch there has to be where a part of it would be worse than all and than none
_DIM = (0.09, 0.045)  # the same, between which a set becomes so dim that a patch spares its shadows
_PAYS: Final = (0.12, 0.03)
"""How much better told apart the most light makes it where there is a patch, and where there is none."""
_LOSES = 0.03  # of that, which the patch before a dark backdrop may take at most
_LEAST_HALF = 0.3  # of the product's longer side: least half size of a patch either way
_REACH = 1.35  # half sizes of the product from its middle at which a patch has lost half its gain
_BRIGHT: Final = (0.12, 0.5)  # display-linear values between which what is seen gets no more light: lamps, skies
_BLACK: Final = (0.05, 0.002)
"""What is nearly black takes several times as much more light to be seen to get any: what is as bright as the first,
display-linear, takes twice as much, and blacker things the more, as if nothing were blacker than the second."""
_FLARE: Final = 0.01  # display-linear light that a screen in a lit room adds to everything: blacks are one in it


def separate(picture: LinearImage, layer: ProductLayer, gain: float) -> LinearImage:
    """A set's picture (H, W, 3), display-linear [0, 1], ``gain`` times as bright behind its product where it is dark.

    Args:
        picture: The set, without the product's pixels.
        layer: The product.
        gain: See ``measure_gain``; 1 returns ``picture``.
    """
    if gain == 1.0:
        return picture
    share, most = (resize_plane(plane, picture.shape[:2]) for plane in _shares(picture, layer))
    return in_bands(_lit, picture, np.float32(gain - 1) * share, most)


def measure_gain(picture: LinearImage, layer: ProductLayer) -> float:
    """How much more light behind a product its picture gains by, from 1 on; the arguments are ``separate``'s.

    As much as its outline needs to be seen; and some before a dark backdrop, which without a patch is a void.
    """
    sides = measure_outline(picture, layer)
    if sides is None:
        return 1.0
    own, behind, share, most = sides

    def seen_with(gain: float) -> float:
        return told_apart(own, _lit(behind, np.float32(gain - 1) * share, most))

    level = float(np.median(behind @ LUMINANCE))
    deepest = float(np.median(brightest(behind)))  # navy is no black: so much light would make it another blue
    gains = np.linspace(1, _gain_to(deepest, *_MOST), _STEPS)
    seen = np.array([seen_with(gain) for gain in gains])
    reached = np.maximum.accumulate(seen)
    wanted = float(seen[0] + _NEARLY * (reached[-1] - seen[0]))
    enough = float(np.interp(min(_FOUND, wanted), reached, gains))
    pays = 1 - _between(float(reached[-1] - seen[0]), _PAYS)
    weight = pays * _between(float(seen[0]), _LOST) * _between(level, _DIM)
    needed = 1 + (enough - 1) * weight
    if seen_with(needed) < seen[0]:  # there both sides are as bright: it is lit past that, or not at all
        needed = enough if weight > _HALF else 1.0
    usual = 1 + (_gain_to(deepest, *_USUAL) - 1) * _between(level, _DARK)
    lose_nothing = (gain for gain in np.linspace(1, usual, _STEPS) if seen_with(gain) > min(seen[0], _FOUND) - _LOSES)
    return float(max(needed, *lose_nothing))


def _gain_to(level: float, times: float, least: float) -> float:
    """The gain that makes what is so bright so many times as bright, or so bright if that is more."""
    return 1 + (max(times, least / max(level, _BLACK[1])) - 1) / float(_more(np.array(level, np.float32)))


def _between(value: float, ends: tuple[float, float]) -> float:
    """0 at the first end, 1 at the second."""
    return float(np.clip((ends[0] - value) / (ends[0] - ends[1]), 0, 1))


def told_apart(own: LinearImage, behind: LinearImage) -> float:
    """How well colours (N, 3) beside each other are told apart, linear: 0 not at all, 1 at a glance."""
    away = np.linalg.norm(linear_to_oklab(own + _FLARE) - linear_to_oklab(behind + _FLARE), axis=-1)
    return float(np.minimum(away / _CLEAR, 1).mean())


def _lit(rows: LinearImage, share: Float32Array, most: Float32Array) -> LinearImage:
    """Colours (…, 3) with a share more of light (…), up to so many times that where it is black, none where bright."""
    level = np.asarray(rows @ LUMINANCE, np.float32)
    more = share * _spared(level) * np.minimum(_more(brightest(rows)), most)
    return np.asarray(np.minimum(rows * (1 + more)[..., None], 1), np.float32)


def _more(level: Float32Array) -> Float32Array:
    """How many times as much more light what is so bright takes."""
    return np.asarray(1 + _BLACK[0] / (level + _BLACK[1]), np.float32)


def _spared(level: Float32Array) -> Float32Array:
    """1 where it is dark, 0 where it is bright."""
    return np.asarray(1 - np.clip((level - _BRIGHT[0]) / (_BRIGHT[1] - _BRIGHT[0]), 0, 1), np.float32)


def measure_outline(picture: LinearImage, layer: ProductLayer) -> tuple[LinearImage, ...] | None:
    """Both sides of a product's outline; None: it has none.

    Args:
        picture: The set (H, W, 3), display-linear.
        layer: The product, of its size.

    Returns:
        The product's colours (N, 3) and those behind it, linear; and ``_shares`` there (N,).
    """
    step = _step(layer)
    alpha = np.asarray(layer.alpha_matte[::step, ::step], np.float32)
    share = _blurred(alpha)
    outline: BoolArray = (share > _OUTLINE[0]) & (share < _OUTLINE[1])
    if not outline.any():
        return None
    own = _blurred(bytes_to_linear(layer.rgb[::step, ::step]) * alpha[..., None])[outline]
    behind = _blurred(picture[::step, ::step] * (1 - alpha[..., None]))[outline]
    light = (plane[outline] for plane in _shares(picture, layer))
    return own / share[outline, None], behind / (1 - share[outline, None]), *light


def _step(layer: ProductLayer) -> int:
    """Each how manyth pixel is measured."""
    return max(1, int(max(layer.alpha_matte.shape)) // _SIDE_PX)


def _shares(picture: LinearImage, layer: ProductLayer) -> tuple[Float32Array, Float32Array]:
    """Share of the gain that the set gets where it is measured (h, w), and up to how many times that where it is black.

    Both are less where it is bright round about: a shadow in a bright place gets as little as that place, or there
    would be less of it.
    """
    step = _step(layer)
    free = 1 - np.asarray(layer.alpha_matte[::step, ::step], np.float32)
    rows, seen = picture[::step, ::step], np.maximum(_blurred(free, _ABOUT_PX), _HIDDEN)
    about, deepest = (
        np.asarray(_blurred(np.asarray(level * free, np.float32), _ABOUT_PX) / seen, np.float32)
        for level in (rows @ LUMINANCE, brightest(rows))
    )
    return np.asarray(np.multiply(_patch(layer, step), _spared(about)), np.float32), _more(deepest)


def _blurred(image: Float32Array, spread_px: float = _BESIDE_PX) -> Float32Array:
    """An image (h, w) or (h, w, C) with each pixel's neighbours in it."""
    spread = (spread_px, spread_px, 0)[: image.ndim]
    return np.asarray(ndimage.gaussian_filter(image, spread, mode="nearest"), np.float32)


def _patch(layer: ProductLayer, step: int) -> Float32Array:
    """Share of the gain at each ``step``-th pixel (h, w): an ellipse round the product with no edge to be seen."""
    box = tight_box(layer.alpha_matte)
    height, width = layer.alpha_matte.shape
    if box is None:
        return np.zeros(layer.alpha_matte[::step, ::step].shape, np.float32)
    least = _LEAST_HALF * max(box.width, box.height)
    rows = (np.arange(height)[::step] + 0.5 - (box.top + box.bottom) / 2) / max(box.height / 2, least)
    columns = (np.arange(width)[::step] + 0.5 - (box.left + box.right) / 2) / max(box.width / 2, least)
    squared = (rows[:, None] ** 2 + columns[None] ** 2) / _REACH**2
    return np.asarray(1 / (1 + squared**2), np.float32)
