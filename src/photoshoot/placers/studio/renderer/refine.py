"""Full-size patches: light where a coarse film can't hold what a set shows, such as needles, grass and rims of lamps.

Nearly all of a picture is as good on a coarse film, see ``upsample``. Where many edges of shapes lie close together it
is undersampled: each has its light and its shade, and no albedo tells them apart. So are blades of grass, rims of lamps
in focus, and, in very noisy pictures, rims of what is in focus on a white cloth, with their shadows. Those pixels are
traced once more at full size, and denoised in rectangles that hold them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import mitsuba as mi
import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import grown, mean_of_channels
from photoshoot.placers.studio.renderer.aov import Aovs, without_sky
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, Denoise
from photoshoot.placers.studio.renderer.glints import find_lamp_rims
from photoshoot.placers.studio.renderer.holdout import SET_ALONE, Holdout, inpaint_under_holdout
from photoshoot.placers.studio.renderer.sensor import COARSE_BLUR_PX, Camera, Film
from photoshoot.placers.studio.renderer.tiling import cover_with_rectangles
from photoshoot.records import LinearImage

_BEND = 0.2  # of a unit normal, against the mean of nine pixels: an edge
_STEP = 0.05  # share of the distance, likewise
_BLADE_PAINT, _BLADE_BEND, _BLADE_STEP, _DARK = 0.1, 0.05, 0.01, 0.02  # of blades: share of albedo, and as above
_LAWN_BEND = 0.02  # likewise, where ``SetParts.lawn``
_BLADE_BLURRED_PX, _BLADED = 3.0, 0.3  # circle of confusion that a coarse film shows as well; share among neighbours
_NEIGHBOURS = 15  # film pixels across, in which edges are counted
_CROWDED = (0.14, 0.2, 0.3)  # share of edges there, more than a lone one: the first by which it takes no more than
_LARGE = _NEIGHBOURS**2  # film pixels that hang together in a patch, at least
_LEAST, _MOST = 0.004, 0.2  # of the picture: a patch's own price, whatever its size, is half a CPU s
_BRIGHT, _BRIGHT_NEAR = 0.6, 9  # albedo, within so many film pixels across, from which on lone edges count
_BESIDE = 11
"""Film pixels across round edges, their neighbours included, where shadows' edges lie: a table of fruit has .6 dB more,
and .7 at 17."""
_LAMP_BLURRED_PX, _BESIDE_LAMP = 4.0, 5
"""Circle of confusion from which on a lamp's rim has no steps, canvas pixels; film pixels across a sharp one: tubes of
neon in focus have 3.9 dB more of the whole picture, 2.7 at 3."""
_BESIDE_SHARP = 5  # film pixels across something in focus, in which rims are its own
_GROWN, _FEATHER = 7, 9  # film pixels across, canvas pixels across
_SHARP_NEAR = 9  # canvas pixels across, in which something sharp has a patch round it
_LOOKED_AT = 10  # channels of light and of what is seen of one pixel by itself
_RIM = 5  # canvas pixels across: more is traced, so that the denoiser's reach meets clean light outside


@dataclass(frozen=True, kw_only=True, eq=False)
class FullResPatch:
    """What was traced at full size."""

    weight: Float32Array
    """How much of it shows (H, W), [0, 1]; 0 in most of the canvas."""
    where: BoolArray
    """Which pixels were traced, of the canvas and a margin of ``MARGIN_PX`` round it; N of them."""
    light: Float32Array
    """Radiance of those pixels (N, 3), noisy."""
    aovs: Aovs
    """AOVs of those pixels, (N, …)."""


TracesPatch: TypeAlias = "Callable[[mi.Scene, int], Callable[[], FullResPatch]]"
"""Begins to trace a patch in a lit scene, with so many paths a pixel; what it gives waits for it."""


def find_undersampled(aovs: Aovs, camera: Camera, coverage: Float32Array, *, lone_edges: bool = False) -> Float32Array:
    """How much of a patch the canvas should show (H, W), [0, 1]: 1 where edges of shapes lie close together.

    Args:
        aovs: What the coarse film saw.
        camera: Its film and lens; there is no need where it blurs.
        coverage: Share of each film pixel that the product hides.
        lone_edges: Whether rims of what is in focus have one, too, where something is bright.
    """
    film, shown = camera.film, ~grown(coverage >= SET_ALONE, 3)  # beside the product all steps are to its stand-in

    def share_around(found: BoolArray, distance: Float32Array) -> Float32Array:
        sharp = found & shown & ~camera.blurs(distance)
        return np.asarray(ndimage.uniform_filter(sharp.astype(np.float32), _NEIGHBOURS), np.float32)

    crowd = share_around((aovs.bend > _BEND) | (aovs.step > _STEP), aovs.surface_distance)
    blades = share_around(
        _find_blades(aovs, _LAWN_BEND if camera.lawn else _BLADE_BEND)
        & ~camera.blurs(aovs.surface_distance, _BLADE_BLURRED_PX),
        aovs.surface_distance,
    )
    crowd = np.where(blades > _BLADED, np.maximum(blades, crowd), crowd)
    for least in _CROWDED:
        found = grown(crowd > least, _GROWN)
        if found.mean() <= _MOST:
            break
    else:
        found = crowd > np.quantile(crowd, 1 - _MOST)
    found = _without_scraps(found)
    rims = [_find_sharp_lamp_rims(aovs, camera, shown)]
    rims += [_find_bright_rims(aovs, camera, shown)] if lone_edges else []
    for more in rims:
        found = found if (found | more).mean() > _MOST else found | more
    if found.mean() < max(_LEAST, camera.least_patch):
        return np.zeros((film.view.height_px, film.view.width_px), np.float32)
    weight = ndimage.uniform_filter(film.to_canvas(found[..., None].astype(np.float32))[..., 0], _FEATHER)
    return np.asarray(np.where(weight > 1e-3, np.clip(weight, 0, 1), 0), np.float32)


def _without_scraps(found: BoolArray) -> BoolArray:
    """Film pixels (h, w) of patches that are large enough to be denoised.

    A denoiser takes a scrap's noise, amid enlarged light that has none, for texture, and leaves it there as specks.
    """
    scraps, _ = ndimage.label(found)
    large = np.bincount(scraps.ravel()) >= _LARGE
    return np.asarray(found & large[scraps], np.bool_)


def _find_blades(aovs: Aovs, least_bend: float) -> BoolArray:
    """Film pixels (h, w) whose neighbours differ a little in shape and much in albedo, as blades of grass do.

    A weave and print differ in albedo only, and creases in shape.
    """
    contrast = aovs.paint > _BLADE_PAINT * (mean_of_channels(aovs.albedo) + _DARK)
    return np.asarray(contrast & ((aovs.bend > least_bend) | (aovs.step > _BLADE_STEP)), np.bool_)


def _find_bright_rims(aovs: Aovs, camera: Camera, shown: BoolArray) -> BoolArray:
    """Film pixels (h, w) in focus at and beside edges of shapes where something is bright, of those that are ``shown``.

    A hard edge shows most there, and so does that of its shadow, which neither albedo nor shape tells of. None without
    a lens, which makes them few.
    """
    if camera.aperture <= 0:
        return np.zeros_like(shown)
    sharp = ~camera.blurs(aovs.surface_distance)
    bright = ndimage.maximum_filter(mean_of_channels(aovs.albedo), _BRIGHT_NEAR) > _BRIGHT
    return grown(aovs.edges & bright & sharp & shown, _BESIDE) & sharp


def _find_sharp_lamp_rims(aovs: Aovs, camera: Camera, shown: BoolArray) -> BoolArray:
    """Film pixels (h, w) in focus at and beside rims of lamps, of those that are ``shown``.

    A lamp is times as bright as white, so that a coarse pixel that it fills by a tenth is all lamp on a screen: its rim
    is drawn in steps. No albedo tells of it. Nor is it told of by its own distance where something in focus, such as a
    rail, stands before a lamp that is not, a place out of focus: it shows both, and is as sharp as the nearer.
    """
    sharp = grown(~camera.blurs(aovs.surface_distance, _LAMP_BLURRED_PX), _BESIDE_SHARP)
    return grown(find_lamp_rims(aovs) & shown & sharp, _BESIDE_LAMP) & sharp


def with_margin(weight: Float32Array) -> BoolArray:
    """The pixels to trace: of the canvas and a margin, those that show and those that the denoiser needs round them."""
    return grown(np.pad(weight > 0, MARGIN_PX), _RIM)


def fade_blurred(weight: Float32Array, where: BoolArray, aovs: Aovs, camera: Camera) -> Float32Array:
    """How much of a patch shows (H, W): nothing where the lens blurs what is seen, and nothing sharp is near it.

    A coarse film shows that as well, with several times as many paths for the same light.

    Args:
        weight: How much shows of each pixel (H, W), as the coarse film told.
        where: Which pixels were looked at, of the canvas and its margin; N of them.
        aovs: What was seen there (N, …).
        camera: What it was seen with; its film is of full size, with that margin.
    """
    if camera.aperture <= 0:
        return weight
    seen = aovs.distance if aovs.lamp is None else without_sky(aovs.distance, aovs.lamp)  # leaves would be near
    sharp = np.zeros(where.shape)
    sharp[where] = np.clip(2 - camera.blur_px(seen, where) / COARSE_BLUR_PX, 0, 1)
    near = ndimage.uniform_filter(ndimage.maximum_filter(sharp, _SHARP_NEAR), _SHARP_NEAR - 2)
    inner = slice(MARGIN_PX, -MARGIN_PX)
    return np.asarray(weight * near[inner, inner], np.float32)


def blend_patch(
    large: LinearImage, coarse: tuple[Film, Float32Array], patch: FullResPatch, holdout: Holdout, denoise: Denoise
) -> None:
    """Put what was traced at full size over enlarged light.

    Args:
        large: Enlarged light (H, W, 3); changed in place.
        coarse: The coarse film and what it shows (h, w, 13): clean light, and what denoisers are told.
        patch: What was traced at full size.
        holdout: Where the product's stand-in is.
        denoise: Takes the noise out of a rectangle.
    """
    film, shown = coarse
    traced = np.concatenate([patch.light, patch.aovs.told], -1)
    hidden = np.pad(holdout.mask, MARGIN_PX)
    number = np.cumsum(patch.where).reshape(patch.where.shape) - 1
    inner = slice(MARGIN_PX, -MARGIN_PX)
    for rows, columns in cover_with_rectangles(patch.weight > 0):
        box = (columns.start - MARGIN_PX, rows.start - MARGIN_PX, columns.stop + MARGIN_PX, rows.stop + MARGIN_PX)
        around = slice(rows.start, rows.stop + 2 * MARGIN_PX), slice(columns.start, columns.stop + 2 * MARGIN_PX)
        seen, here = film.to_canvas(shown, box), patch.where[around]
        seen[here, :_LOOKED_AT] = traced[number[around][here], :_LOOKED_AT]  # how bright lamps are the film alone knows
        aovs = Aovs.of_told(seen[..., 3:]).without_stand_in(hidden[around])
        clean = denoise(np.maximum(seen[..., :3], 0), aovs)[inner, inner]
        whole = np.maximum(inpaint_under_holdout(clean, holdout.mask[rows, columns]), 0)
        large[rows, columns] += patch.weight[rows, columns, None] * (whole - large[rows, columns])
