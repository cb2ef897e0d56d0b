"""Glass on a plain backdrop: what lets the backdrop through becomes transparent, and loses the backdrop's colour.

Each pixel is the least of some colour laid over the backdrop that explains it: clear glass is nothing, its dark edges
and its highlights are something. The colour is what is left without the backdrop. Toward its outline glass mirrors more
and lets less through, so that it shows before dark ground, too. Whatever is dark over more than a line's width is no
glass, but a lid, a knob or what is inside.
Source: Smith and Blinn, "Blue screen matting" (1996): the bound that one known backdrop sets.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Indices
from photoshoot.records import AlphaMatte, RgbImage
from photoshoot.records.parts import CLEAREST_GLASS
from photoshoot.segmenters.ground.backdrop import Backdrop
from photoshoot.segmenters.matte.outline_curves import Curve, draw_outlines, is_long, trace_outlines
from photoshoot.segmenters.matte.snapped_outline import near_thin, read_edges
from photoshoot.segmenters.regions import grow, measure_distance, opened, shrink

_ROWS = 128  # at a time
_GAIN = np.float32(1.3)  # the least opacity is a bound from below; glass that is seen takes somewhat more
_FLOOR = np.float32(CLEAREST_GLASS)
_RIM, _RIM_WIDTH = 0.4, 0.012  # more at its outline, and how soon that fades, over the product's longer side
_LEAST_ROOM = np.float32(0.2)  # sRGB units between the backdrop and white or black in which a highlight can be told
_SOLID, _THICK = 0.4, 0.008  # least darkness of what may be solid, and half of its least width, over that side
_CLOSES, _LEAST = 0.022, 0.05  # half of what is closed between them, over it; and the root of the least one's area
_NEAR, _DARKER = 0.05, 0.15  # of that side, how near to one what is darker than the rest by so much is of it, too
_DENSE = np.float32(0.5), np.float32(0.9)  # least opacities from which a line is more than that, and is wholly so
_SOFT_PX = 1.5  # of a solid part's edge
_FAIR, _EVENS = 10.0, 4.0  # px, standard deviations of the blurs along a fair outline, and along what it is moved by
_SNAPS = 9  # px to either side of it that lines draw it
_CLEAR, _OF_CHANCE = 2.5e-5, 9.0  # square of sRGB units of a line that counts half, and times the middle one's
_OUT, _TURNS = 0.02, 1.0  # what each px outward counts, since highlights lie within; and by which neighbours differ
_SEEN, _OPAQUE = 0.5, 0.9  # matte of the product, and body of a solid part
_BESIDE = 4  # px beside one in which its own outline stays
_GRAIN = 3  # standard deviations of the backdrop that are no glass


def see_through(
    rgb: RgbImage,
    alpha: AlphaMatte,
    backdrop: Backdrop,
    box: tuple[float, float, float, float],
    seen: RgbImage,
    least: Float32Array,
    change: Float32Array,
) -> None:
    """Make a cut-out's glass transparent, in place.

    Args:
        rgb: (H, W, 3), the cut-out's colours in the window.
        alpha: (H, W), its matte there.
        backdrop: What is behind it.
        box: The window: left, top, right, bottom as shares of the photo.
        seen: (H, W, 3), the photo's own colours in the window.
        least: (h, w), of any size: the opacity that it has at least, as of ``rate_body``; what has 1 stays as it is.
        change: (h, w): what is added to its matte before, as of ``fair_outline``.
    """
    behind, (height, width) = backdrop.colors(box, (alpha.shape[0], alpha.shape[1])), alpha.shape
    scale, maps = len(least) / height, [Image.fromarray(values) for values in (least, change)]
    for top in range(0, height, _ROWS):
        part = slice(top, min(top + _ROWS, height))
        back = np.clip(behind[:, part], 0, 1)
        color = seen[part].transpose(2, 0, 1).astype(np.float32) / np.float32(255)
        area, size = (0, scale * top, maps[0].width, scale * part.stop), (width, part.stop - top)
        body, more = (np.asarray(field.resize(size, Image.Resampling.BILINEAR, box=area)) for field in maps)
        opacity = np.maximum(measure_opacity(color, back, backdrop.spread), body)
        own = np.clip((color - (1 - opacity) * back) / np.maximum(opacity, np.float32(1e-3)), 0, 1)
        glass = body < 1
        rgb[part][glass] = np.round(own * 255).astype(np.uint8).transpose(1, 2, 0)[glass]
        alpha[part][glass] = (np.clip(alpha[part] + more, 0, 1) * opacity)[glass]


def fair_outline(alpha: AlphaMatte, planes: Float32Array, body: Float32Array) -> Float32Array:
    """What must be added to a matte (h, w) so that glass, whose edges hardly show, has a fair outline.

    A smooth curve along it goes to the clearest lines near by, and turns little; solid parts keep their outline.
    Source of the way: Viterbi, "Error bounds for convolutional codes" (1967).

    Args:
        alpha: (h, w), the product's matte.
        planes: (3, h, w), the picture, sRGB in [0, 1].
        body: (h, w), as of ``rate_body``.
    """
    light, curves = ndimage.gaussian_filter(planes.mean(axis=0), 1), []
    for curve in trace_outlines(ndimage.gaussian_filter(alpha, 1)):
        if is_long(curve):
            smooth = ndimage.gaussian_filter1d(curve, _FAIR, axis=1, mode="wrap")
            slope = np.roll(smooth, -1, axis=1) - np.roll(smooth, 1, axis=1)
            normals = np.stack([-slope[1], slope[0]]) / np.maximum(np.hypot(*slope), 1e-6)
            offsets = np.arange(-_SNAPS, _SNAPS + 0.5)
            edges = np.square(read_edges(smooth, normals, light, offsets[:, None]))
            edges /= edges + max(_CLEAR, _OF_CHANCE * float(np.median(edges)))
            moved = ndimage.gaussian_filter1d(
                offsets[_follow(edges + _outward(smooth, normals) * offsets[:, None])], _EVENS, mode="wrap"
            )
            curve = smooth + normals * moved
        curves.append(curve)
    drawn = ndimage.gaussian_filter(draw_outlines(curves, (alpha.shape[0], alpha.shape[1])), 0.5)
    near = grow(drawn != alpha, 2) & ~grow(body > _OPAQUE, _BESIDE) & ~near_thin(alpha > _SEEN)
    return np.asarray(ndimage.uniform_filter(near.astype(np.float32), 5) * (drawn - alpha), np.float32)


def _outward(curve: Curve, normals: Curve) -> float:
    """What each px along the normals of a closed curve counts: positive where they point out of it."""
    x, y = curve
    area = float(x @ np.roll(y, -1) - np.roll(x, -1) @ y)
    moved_x, moved_y = curve + normals
    return _OUT if abs(float(moved_x @ np.roll(moved_y, -1) - np.roll(moved_x, -1) @ moved_y)) > abs(area) else -_OUT


def _follow(edges: npt.NDArray[np.floating]) -> Indices:
    """The way (N,) along a closed curve through offsets' edges (K, N) that is the clearest and turns little."""
    count, length = edges.shape
    turns = _TURNS * np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    total, origins = np.zeros(count), np.zeros((2 * length, count), np.intp)
    for step in range(2 * length):  # the second time round it starts where the first one ended
        ways = total - turns
        origins[step] = ways.argmax(axis=1)
        total = ways.max(axis=1) + edges[:, step % length]
    way, at = np.zeros(length, np.intp), int(total.argmax())
    for step in range(2 * length - 1, length - 1, -1):
        way[step - length], at = at, origins[step, at]
    return way


def rate_body(alpha: AlphaMatte, solid: BoolArray) -> Float32Array:
    """How opaque a thing of glass is at least, (h, w): little, but more toward its outline, and 1 in its solid parts.

    Args:
        alpha: (h, w), the product's matte.
        solid: (h, w), what is no glass.
    """
    product = alpha > _SEEN
    rim = np.exp(-measure_distance(~product) / np.float32(max(1.0, _RIM_WIDTH * _measure_side(product))))
    soft = ndimage.gaussian_filter(solid.astype(np.float32), _SOFT_PX, truncate=2)
    soft[shrink(solid, 2)] = 1
    return np.asarray(np.maximum(_FLOOR + np.float32(_RIM) * rim, soft), np.float32)


def find_solid(planes: Float32Array, alpha: AlphaMatte, behind: Float32Array, *, whole: bool = True) -> BoolArray:
    """Thick parts of a product that are much darker than the backdrop, and what they close in, (h, w).

    Args:
        planes: (3, h, w), the picture, sRGB in [0, 1].
        alpha: (h, w), the product's matte.
        behind: (3, h, w), the backdrop.
        whole: Whether what is near to them and less dark comes with them.
    """
    product, lacks = alpha > _SEEN, measure_darkness(planes, behind)
    side, dark = _measure_side(product), (lacks > _SOLID) & product
    thick = _close(~dark, max(1.0, _THICK * side)) & dark
    labels, _ = ndimage.label(thick)
    thick &= (np.bincount(labels.ravel()) >= np.square(_LEAST * side)).take(labels)
    if not thick.any():
        return thick
    if whole:
        rest = lacks[product & ~thick]
        tint = max(0.0, float(np.median(rest))) if rest.size else 0.0
        near = (measure_distance(thick) <= _NEAR * side) & (lacks > tint + _DARKER) & product
        thick |= opened(near)
    return np.asarray(thick | (~_close(thick, _CLOSES * side) & product))


def _close(region: BoolArray, reach: float) -> BoolArray:
    """What is left (h, w) beside a region that is grown by so many px and shrunk again: what it does not close."""
    far = measure_distance(region) > reach
    return np.asarray(measure_distance(far) <= reach) if far.any() else far


def _measure_side(product: BoolArray) -> int:
    """The longer side of a product's box, px; at least 1."""
    return max((int(np.ptp(at)) + 1 for at in np.nonzero(product) if at.size), default=1)


def measure_opacity(color: Float32Array, behind: Float32Array, spread: float) -> Float32Array:
    """How much of some colour must lie over a backdrop to make what is seen, 0 to 1, (H, W).

    Args:
        color: (3, H, W), what is seen, sRGB in [0, 1].
        behind: (3, H, W), the backdrop.
        spread: How far the backdrop strays from it, sRGB units.
    """
    lighter = (color - behind) / np.maximum(1 - behind, _LEAST_ROOM)
    least = np.maximum(lighter.max(axis=0), measure_darkness(color, behind))
    opacity = np.clip((least - _GRAIN * np.float32(spread)) * _GAIN, _FLOOR, 1)
    some, most = _DENSE
    rise = np.clip((opacity - some) / (most - some), 0, 1)
    return np.asarray(opacity + (1 - opacity) * rise * rise * (3 - 2 * rise), np.float32)


def measure_darkness(color: Float32Array, behind: Float32Array) -> Float32Array:
    """The share of a backdrop's light (3, H, W) missing in what is seen (3, H, W): (H, W); in highlights under 0."""
    return np.asarray(((behind - color) / np.maximum(behind, _LEAST_ROOM)).max(axis=0), np.float32)
