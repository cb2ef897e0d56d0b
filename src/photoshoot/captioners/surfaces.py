"""What a product's surface shows: gloss, a pattern, and its own colours."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.palette import dominant_colors
from photoshoot.color.space import bytes_to_linear, find_skin, hex_to_oklab, linear_to_oklab
from photoshoot.records import AlphaMatte, Category, Cutout, RgbImage, Swatch

_SIDE = 192  # samples along the longer side
_FINE_SIDE = 672  # the same where skin or a screen is left out, a multiple of what palettes take of them
_HARD = frozenset({Category.DRINK, Category.BEAUTY, Category.TABLEWARE, Category.ELECTRONICS, Category.JEWELRY})
"""Shelves of hard things; on cloth and paper a soft light patch is a fold, not a reflection."""
_HIGHLIGHT = 0.08  # OKLab lightness over the surface round it
_HIGHLIGHT_WIDTH = 0.16  # widest highlight, as a share of the product's width
_JUMP = 0.045  # OKLab lightness a pixel from which an edge is hard
_SOFT_OUTLINE = 0.3  # share of a patch's outline that may be hard on a highlight
_GLOSSY_SHARE = 0.012  # share of the surface that soft, narrow highlights cover on a glossy thing
_GLARE = 0.155  # OKLab lightness over the surface that the brightest of them reach; satin's are softer
_PATCHES = 12  # separate patches of a second colour that make a pattern
_SPREAD = 0.4  # share of the product's width and height that four in five patches span
_OTHER_HUE, _MUCH = 0.06, 0.1  # OKLab distance in hue and chroma of another paint, and share of what needs none
_SCATTERED = 0.5  # share of the other colours' area that lies in patches, not in panels
_FRAME = 0.06  # width of the frame round a screen, as a share of the product's shorter side
_SHADE_SHARE = 0.15  # of a second colour that may be the shade of the first
_PAINT, _HUE = 0.06, 30.0  # OKLab chroma from which hues are compared, and degrees within which they are one
_MOSTLY, _ON_RIM = 0.5, 0.25  # share of a thing that its face has, and of its rim
_ONE_COLOR, _IN_SHADE = 0.06, 0.25  # OKLab distance of one colour, and of its shade on a round edge
_WEAVE = 0.02  # OKLab step a sample of a seam, a weave or a print
_EDGE, _FADING = 0.045, 0.5  # OKLab step a sample of an edge, and the share of a border that may have one
_FACE, _DARK_GLASS, _NO_HUE = 0.4, 0.35, 0.03  # share of what lies inside a rim; OKLab lightness, chroma of glass
_BODY_SHARE = 0.15  # of a vessel's area that must show beside a label to be its body
_NEAR_LABEL, _FRAMED = 0.03, 0.6  # of a vessel's height, above and below its label; and what of that is its body
_ONE_PIECE = 0.7  # of its colour's area that is the label; a cap may be of that colour too
_GROUND, _WHITE_PART, _WHITE_FROM = 0.05, 0.9, 238  # alpha of a ground; quantile of its white, and its least sRGB
_BROW = 0.35  # share of skin in a row of somebody who wears a hat, from which it is a face's
_LEAST_LEFT = 0.15  # share of the product that is left to take colours from; less: all of it is taken


class Finish(StrEnum):
    """What a surface shows."""

    PLAIN = "plain"
    """Nothing that could be measured."""
    GLOSSY = "glossy"
    """Soft, narrow highlights."""
    PATTERNED = "patterned"
    """Many patches of a second colour all over."""


def find_own_colors(
    cutout: Cutout, *, worn: bool = False, on_head: bool = False, screen: bool = False
) -> tuple[Swatch, ...]:
    """The colours of the product itself, largest share first.

    Args:
        cutout: The product.
        worn: Somebody wears or holds it: colours of skin are left out.
        on_head: And it is on somebody's head: hair, face and clothes below it are left out, too.
        screen: It has a screen: only its rim counts, what it shows is no colour of it.
    """
    if not worn and not screen:
        return dominant_colors(cutout.rgb, cutout.alpha_matte)
    rows, columns = cutout.box.slices()
    step = max(1, max(cutout.box.width, cutout.box.height) // _FINE_SIDE)
    window = slice(rows.start, rows.stop, step), slice(columns.start, columns.stop, step)
    rgb, matte = cutout.rgb[window], cutout.alpha_matte[window]
    own = np.where(find_skin(rgb), np.float32(0), matte) if worn else matte
    if on_head:
        own[_find_brow(rgb, matte) :] = 0
    if screen:
        own = _leave_screen(rgb, own)
    kept = float((own > 0.5).sum()) >= _LEAST_LEFT * float((matte > 0.5).sum())
    colors = dominant_colors(rgb, own if kept or screen else matte)
    return _put_face_first(colors, dominant_colors(cutout.rgb, cutout.alpha_matte)) if screen else colors


def _put_face_first(rim: tuple[Swatch, ...], whole: tuple[Swatch, ...]) -> tuple[Swatch, ...]:
    """The rim's colours, but that of most of the thing before its own shade: a round edge lies in it."""
    if len(rim) < 2 or not whole or whole[0].share < _MOSTLY or rim[1].share < _ON_RIM:
        return rim
    face, shade, second = (hex_to_oklab(swatch.hex) for swatch in (whole[0], *rim[:2]))
    shaded = np.linalg.norm(second - face) < _ONE_COLOR and np.linalg.norm(shade - face) < _IN_SHADE
    return (rim[1], rim[0], *rim[2:]) if shaded else rim


def _find_brow(rgb: RgbImage, alpha_matte: AlphaMatte) -> int:
    """The first row of a wearer's face below the top; the height where there is none."""
    solid = alpha_matte > 0.5
    shares = (find_skin(rgb) & solid).sum(axis=1) / np.maximum(1, solid.sum(axis=1))
    rows = np.flatnonzero(shares >= _BROW)
    return int(rows[0]) if len(rows) else len(solid)


def _leave_screen(rgb: RgbImage, alpha_matte: AlphaMatte) -> AlphaMatte:
    """The matte (H, W) without what is lit up on a screen: a face in the rim's own paint stays, as does black glass."""
    inside = _find_inside(alpha_matte) & (alpha_matte > 0.5)
    rim = dominant_colors(rgb, np.where(inside, np.float32(0), alpha_matte))
    if not rim or not inside.any():
        return alpha_matte
    face = dominant_colors(rgb, np.where(inside, np.float32(1), np.float32(0)))
    if any(swatch.share >= _FACE and _is_near(swatch, rim[0]) for swatch in face[:1]):
        return alpha_matte
    lab = linear_to_oklab(bytes_to_linear(rgb))
    glass = inside & (lab[..., 0] < _DARK_GLASS) & (np.hypot(lab[..., 1], lab[..., 2]) < _NO_HUE)
    keep = ~inside | (glass if glass.sum() >= _FACE * inside.sum() else False)
    return np.where(keep, alpha_matte, np.float32(0))


def _is_near(one: Swatch, other: Swatch) -> bool:
    difference = np.abs(hex_to_oklab(one.hex) - hex_to_oklab(other.hex))
    chroma = float(np.hypot(*hex_to_oklab(one.hex)[1:]))
    return bool(chroma >= _PAINT and difference[0] < 0.15 and np.hypot(*difference[1:]) < _PAINT)


def _find_inside(alpha_matte: AlphaMatte) -> npt.NDArray[np.bool_]:
    """Where a product that fills its matte (H, W) is farther from its outline than a screen's frame is wide."""
    width = max(3.0, _FRAME * min(alpha_matte.shape))
    solid = np.pad(alpha_matte > 0.5, 1)
    return np.asarray(ndimage.distance_transform_edt(solid)[1:-1, 1:-1] > width, np.bool_)


def find_finish(cutout: Cutout, palette: Sequence[Swatch], category: Category) -> Finish:
    """Find what a product's surface shows; ``PLAIN`` wherever it is not clear."""
    lab, solid = sample_surface(cutout)
    if not solid.any() or not palette:
        return Finish.PLAIN
    if _is_patterned(lab, solid, palette):
        return Finish.PATTERNED
    if category in _HARD and _measure_highlights(lab, solid) >= _GLOSSY_SHARE:
        return Finish.GLOSSY
    return Finish.PLAIN


def measure_exposure(cutout: Cutout) -> float | None:
    """Factor on sRGB values that makes a photo's white ground white; None where it is coloured, dark or cut off."""
    step = max(1, max(cutout.rgb.shape) // _FINE_SIDE)
    rgb = cutout.rgb[::step, ::step]
    darkest = np.minimum(np.minimum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])  # NumPy takes ten times as long as ``min``
    ground = darkest[cutout.alpha_matte[::step, ::step] < _GROUND]
    white = float(np.quantile(ground, _WHITE_PART)) if len(ground) else 0.0
    return 255 / white if white >= _WHITE_FROM else None


def measure_texture(cutout: Cutout) -> float:
    """Share of a surface (0 to 1) where its colour changes: cloth of one dye has folds and seams, a weave has more."""
    lab, solid = sample_surface(cutout)
    inside = ndimage.binary_erosion(solid, iterations=4)
    return float((measure_steps(lab)[inside] > _WEAVE).mean()) if inside.any() else 0.0


def measure_steps(lab: Float32Array) -> Float32Array:
    """OKLab step a sample, everywhere."""
    steps = [ndimage.gaussian_gradient_magnitude(lab[..., axis], 1.0) ** 2 for axis in range(3)]
    return np.asarray(np.sqrt(sum(steps)), np.float32)


def sample_surface(cutout: Cutout, *, worn: bool = False) -> tuple[Float32Array, npt.NDArray[np.bool_]]:
    """OKLab (h, w, 3) of the product's box at some of its pixels, and where it is solid and no wearer's skin."""
    rows, columns = cutout.box.slices()
    step = max(1, max(cutout.box.width, cutout.box.height) // _SIDE)
    window = slice(rows.start, rows.stop, step), slice(columns.start, columns.stop, step)
    solid = ndimage.binary_erosion(cutout.alpha_matte[window] > 0.5, iterations=3)
    solid &= ~find_skin(cutout.rgb[window]) if worn else True
    return linear_to_oklab(bytes_to_linear(cutout.rgb[window])), np.asarray(solid, np.bool_)


def _measure_highlights(lab: Float32Array, solid: npt.NDArray[np.bool_]) -> float:
    """Share of the surface under soft, narrow highlights, 0 where none glares. Print is left out: it has hard outlines.

    On satin and matt surfaces light fades softly over a wide field and lifts it little.
    """
    lightness = np.where(solid, lab[..., 0], np.median(lab[..., 0][solid]))
    smooth = ndimage.gaussian_filter(lightness, 1.0)
    width = max(7, int(_HIGHLIGHT_WIDTH * solid.sum(axis=1).max()) | 1)
    lifted = smooth - ndimage.gaussian_filter(ndimage.grey_opening(smooth, (width, width)), width / 4)
    labels, count = ndimage.label(solid & (lifted > _HIGHLIGHT))
    steps = ndimage.gaussian_gradient_magnitude(lightness, 1.0)
    soft = np.flatnonzero(_outline_hardness(labels, count, steps) < _SOFT_OUTLINE) + 1
    lit = lifted[np.isin(labels, soft)]
    return float(lit.size / solid.sum()) if lit.size and np.quantile(lit, 0.95) >= _GLARE else 0.0


def _outline_hardness(
    labels: npt.NDArray[np.signedinteger], count: int, steps: Float32Array
) -> npt.NDArray[np.float64]:
    """For each patch, the share of its outline where lightness jumps within a pixel or two."""
    grown = ndimage.grey_dilation(labels, size=(3, 3))
    outline = np.where(ndimage.grey_erosion(labels, size=(3, 3)) == 0, grown, 0)
    lengths = np.bincount(outline.ravel(), minlength=count + 1)[1:]
    hard = np.bincount(outline.ravel(), (steps > _JUMP).ravel(), count + 1)[1:]
    return np.asarray(hard / np.maximum(lengths, 1), np.float64)


def _is_patterned(lab: Float32Array, solid: npt.NDArray[np.bool_], palette: Sequence[Swatch]) -> bool:
    """Whether colours other than the first make many patches that span the product."""
    own = [index for index, swatch in enumerate(palette) if index and _is_other_paint(swatch, palette[0])]
    labels, count = ndimage.label(solid & np.isin(find_nearest(lab, palette), own))
    areas = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    kept = 1 + np.flatnonzero((areas >= 4) & (areas < 0.05 * solid.sum()))
    if len(kept) < _PATCHES or areas[kept - 1].sum() < _SCATTERED * areas.sum():
        return False
    if _median_hardness(lab, labels, count, kept) < _SOFT_OUTLINE:  # light and shade of knitting, not print
        return False
    centers = np.array(ndimage.center_of_mass(labels > 0, labels, kept)) / solid.shape
    low, high = np.quantile(centers, (0.1, 0.9), axis=0)
    return bool(np.all(high - low >= _SPREAD))


def _is_other_paint(swatch: Swatch, first: Swatch) -> bool:
    """Whether it is no light or shade on the first, as a little of what differs in lightness alone is."""
    difference = hex_to_oklab(swatch.hex) - hex_to_oklab(first.hex)
    return swatch.share >= _MUCH or float(np.hypot(*difference[1:])) >= _OTHER_HUE


def _median_hardness(
    lab: Float32Array, labels: npt.NDArray[np.signedinteger], count: int, kept: npt.NDArray[np.intp]
) -> float:
    steps = measure_steps(lab)
    return float(np.median(_outline_hardness(labels, count, steps)[kept - 1]))


def join_shades(cutout: Cutout, colors: tuple[Swatch, ...]) -> tuple[Swatch, ...]:
    """The same colours, but the two largest as one where they are light and shade of one paint.

    They have one hue, and one fades into the other; between two paints there is an edge.
    """
    if len(colors) < 2 or colors[1].share < _SHADE_SHARE:
        return colors
    first, second = (hex_to_oklab(swatch.hex) for swatch in colors[:2])
    hues = [float(np.degrees(np.arctan2(lab[2], lab[1]))) for lab in (first, second)]
    if min(np.hypot(*first[1:]), np.hypot(*second[1:])) < _PAINT or abs((hues[0] - hues[1] + 180) % 360 - 180) > _HUE:
        return colors
    lab, solid = sample_surface(cutout)
    nearest = np.where(solid, find_nearest(lab, colors[:2]), -1)
    border = (nearest == 0) & ndimage.binary_dilation(nearest == 1)
    steps = measure_steps(lab)
    if not border.any() or float((steps[border] > _EDGE).mean()) > _FADING:
        return colors
    lit = max(colors[:2], key=lambda swatch: float(hex_to_oklab(swatch.hex)[0]))
    return (replace(lit, share=min(1.0, colors[0].share + colors[1].share)), *colors[2:])


def put_body_first(cutout: Cutout, colors: tuple[Swatch, ...]) -> tuple[Swatch, ...]:
    """The same colours, but a vessel's own before its label's, however large that is.

    A label is one piece of a colour, and above and below it the vessel shows.
    """
    if len(colors) < 2 or colors[1].share < _BODY_SHARE:
        return colors
    lab, solid = sample_surface(cutout)
    nearest = find_nearest(lab, colors)
    pieces, count = ndimage.label(solid & (nearest == 0))
    if not count:
        return colors
    areas = np.bincount(pieces.ravel())[1:]
    rows = np.flatnonzero((pieces == areas.argmax() + 1).any(axis=1))
    near = max(1, round(_NEAR_LABEL * solid.any(axis=1).sum()))
    beside = (slice(max(0, rows[0] - near), rows[0]), slice(rows[-1] + 1, rows[-1] + 1 + near))
    framed = [(solid & (nearest == 1))[part].sum() > _FRAMED * max(1, int(solid[part].sum())) for part in beside]
    whole = areas.max() >= _ONE_PIECE * areas.sum()
    return (colors[1], colors[0], *colors[2:]) if all(framed) and whole else colors


def find_nearest(lab: Float32Array, palette: Sequence[Swatch]) -> npt.NDArray[np.intp]:
    """Index of the colour (h, w) that each pixel is nearest to."""
    paints = np.stack([hex_to_oklab(swatch.hex) for swatch in palette])
    return np.asarray(np.argmin(np.sum((lab[..., None, :] - paints) ** 2, axis=-1), axis=-1), np.intp)
