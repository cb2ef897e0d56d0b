"""Upsampling by albedo demodulation: fine texture over light that was traced on a coarse film.

Light changes slowly over a picture and is what costs; albedo, grain and weave change from pixel to pixel and cost
little: one ray to the first surface. So light is traced and denoised on a coarse film and enlarged, and what the
enlarged albedo lacks of the canvas's own is put back in the light that falls there: on one surface, what the film shows
over its albedo, as in Schied et al., "Spatiotemporal Variance-Guided Filtering", HPG 2017, section 4; at edges, see
``slope_over_albedo``.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, ByteArray, Float32Array
from photoshoot.pixels.bands import brightest, grown, in_planes, two_at_once
from photoshoot.placers.studio.renderer.aov import Aovs, local_contrast, mean_around
from photoshoot.placers.studio.renderer.full_res import FullResAovs
from photoshoot.placers.studio.renderer.holdout import SET_ALONE, SPREAD_PX, inpaint_under_holdout
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.records import LinearImage

_DARK = 0.02  # added to both albedos: ratios of nearly black ones are noise
_RATIO = (0.3, 3.0)  # of enlarged light, at most
_NO_ALBEDO = 0.03  # albedo under which light does not come from it: lamps, black glass

_SMOOTH, _SMOOTH_BLURRED = 0.004, 0.04  # local contrast of albedo that the enlarged film shows as well; out of focus
_RAYS, _RAYS_BLURRED = 7, 2  # at a canvas pixel: a prime number makes an even lattice
_FINE_PX, _SLOPE_PX = 2.0, 31  # film pixels: finer albedo than that may be lost; its light is even over so many
_SLOPE_FILM_PX, _RIDGE = 5, 0.008  # neighbours across; variance of albedo from which on they tell the slope
_PLAIN = 1e-5  # mean square of fine steps of albedo under which a surface is plain
_OUTLIER = 6.0  # times the usual noise, at most
_SIGMA_OF_MEAN = 1.25  # standard deviation of noise over its mean size
_SURE = 4.0  # a slope that noise alone may have, twice its standard error, is none
_REACH = 7  # film pixels across that a step changes once enlarged, and the next ones
_FADES_PX = (5.0, 0.9), (8.0, 2.4)
"""Width of the circle of confusion that keeps all detail, and that keeps none; each beside edges of shapes, too."""


def find_detail(aovs: Aovs, camera: Camera, coverage: Float32Array) -> ByteArray:
    """How many rays each canvas pixel (H, W) gets to surfaces: 0 where the enlarged film lacks no detail of albedo.

    What the lens blurs is looked at without blur, too, by a few each: ``FullResAovs.through`` means them over its disc.

    Args:
        aovs: What the coarse film saw.
        camera: Its film and lens.
        coverage: Share of each film pixel that the product hides.
    """
    film, contrast = camera.film, local_contrast(inpaint_under_holdout(aovs.albedo, coverage))
    sharp, blurred = contrast > _SMOOTH, np.zeros_like(coverage, np.bool_)
    if camera.aperture > 0:
        blur_px = camera.blur_px(aovs.surface_distance)
        blurred = (contrast > _SMOOTH_BLURRED) & ~aovs.edges & (blur_px < _FADES_PX[1][0])
        sharp &= grown(blur_px < _FADES_PX[1][1], 3)

    def on_canvas(found: BoolArray) -> BoolArray:
        near = grown(found & (coverage < 1), _REACH) & (coverage < 1)
        return np.asarray(film.to_canvas(near[..., None].astype(np.float32))[..., 0] > 0.25)

    rays = np.zeros((film.view.height_px, film.view.width_px), np.uint8)
    for found, number in ((blurred, _RAYS_BLURRED), (sharp, _RAYS)):
        if (found & (coverage < 1)).any():
            rays[on_canvas(found)] = number
    return rays


def restore_albedo_detail(
    clean: LinearImage, noisy: LinearImage, albedo: LinearImage, coverage: Float32Array
) -> LinearImage:
    """Put back the fine albedo that a denoiser took for noise, on dark and glossy floors for one.

    What it took away is noise, which knows nothing of the albedo, and albedo. So its slope over the albedo's fine
    steps, by least squares over hundreds of pixels, is the light that they lack; it is near 0 where the denoiser kept
    them. Noise alone has a slope over faint steps, too, with which it would roughen a shadow's edge on plaster; so what
    may be chance is taken off.

    Source: James, Stein, "Estimation with Quadratic Loss", 1961: the positive part.

    Args:
        clean: Denoised light (h, w, 3).
        noisy: What it was made of.
        albedo: Of the same pixels, [0, 1], as the denoiser was shown it.
        coverage: Share of each pixel that the product hides.
    """
    fine = albedo - in_planes(partial(ndimage.gaussian_filter, sigma=_FINE_PX), albedo)
    fine[grown(coverage > SET_ALONE, 2 * SPREAD_PX + 1)] = 0
    energy = mean_around(fine * fine, _SLOPE_PX)
    if energy.max() < _PLAIN:
        return clean
    lost = noisy - clean
    usual = mean_around(np.abs(lost), _SLOPE_PX)
    energy += _PLAIN
    slope = np.maximum(mean_around(np.clip(lost, -_OUTLIER * usual, _OUTLIER * usual) * fine, _SLOPE_PX) / energy, 0)
    by_chance = (_SIGMA_OF_MEAN * usual / _SLOPE_PX) ** 2 / energy  # the square that noise alone has in the mean
    slope *= np.maximum(1 - _SURE * by_chance / np.maximum(slope * slope, by_chance + 1e-12), 0)
    return np.asarray(np.maximum(clean + mean_around(slope, _SLOPE_PX // 2) * fine, 0), np.float32)


@dataclass(frozen=True, kw_only=True, eq=False)
class Detail:
    """Albedo that an enlarged film lacks: of a few pixels of a canvas, since most lack none."""

    where: BoolArray
    """Which pixels lack some (H, W), N of them."""
    albedo: Float32Array
    """What they lack (N, 3), [-1, 1]."""


def missing_detail(aovs: Aovs, camera: Camera, full_res: FullResAovs, holdout_mask: Float32Array) -> Detail:
    """What a film's albedo, enlarged, lacks of the canvas's own, as far as that shows.

    Args:
        aovs: Of the film (h, w, …), its albedo inpainted under the product.
        camera: Its film and lens.
        full_res: The canvas's own albedo, with the lens's blur.
        holdout_mask: Where the product's stand-in is (H, W), 0 or 1.
    """
    share = detail_share(aovs, camera, full_res)
    missing = np.empty_like(full_res.albedo)
    for channel in range(3):  # one after another: a denoiser works beside, and its memory is the most of a picture
        large = np.clip(camera.film.to_canvas(aovs.albedo[..., [channel]])[..., 0][full_res.where], 0, 1)
        missing[:, channel] = share * (full_res.albedo[:, channel] - large)
    row = np.full((*full_res.where.shape, 1), -1, np.int32)
    row[full_res.where, 0] = np.arange(len(missing), dtype=np.int32)
    row = inpaint_under_holdout(row, holdout_mask)[..., 0]
    where = row >= 0
    return Detail(where=where, albedo=missing[row[where]])


def slope_over_albedo(light: LinearImage, albedo: LinearImage) -> Float32Array:
    """How much brighter a film's pixels (h, w, 3) are for more albedo: by least squares over their neighbours.

    Over one surface that is the light that falls on it. At an edge between two it tells their light from each other's:
    a dark bean in the sun on marble in its shade would get a black rim by the light of either. Where neighbours have
    nearly one albedo it is the light that they reflect over it: a ridge regression towards that.

    Source: He, Sun, Tang, "Guided Image Filtering", TPAMI 2013, whose slope is drawn towards 0.

    Args:
        light: Clean light (h, w, 3).
        albedo: Of the same pixels, [0, 1].
    """

    def slope_of(channel: int) -> Float32Array:
        seen, scatters = light[..., channel], albedo[..., channel]
        mean, scattered = (ndimage.uniform_filter(image, _SLOPE_FILM_PX) for image in (seen, scatters))
        both, spread = (ndimage.uniform_filter(image * scatters, _SLOPE_FILM_PX) for image in (seen, scatters))
        usual = mean / (scattered + _DARK)
        slope = (both - mean * scattered + _RIDGE * usual) / (np.maximum(spread - scattered**2, 0) + _RIDGE)
        return np.asarray(slope, np.float32)

    return np.stack(two_at_once(slope_of, range(3)), -1)


def add_detail(large: LinearImage, light: LinearImage, albedo: LinearImage, film: Film, missing: Detail) -> None:
    """Give enlarged light the albedo that it lacks, ``missing_detail``, in the light of the film.

    Args:
        large: Enlarged light (H, W, 3), 0 or more; changed in place.
        light: Clean light of the film (h, w, 3).
        albedo: Of its pixels.
        film: Whose canvas it is.
        missing: See ``missing_detail``.
    """
    slopes = slope_over_albedo(light, albedo)

    def add(channel: int) -> None:
        slope = film.to_canvas(slopes[..., [channel]])[..., 0][missing.where]
        plane = large[..., channel]
        seen = plane[missing.where]
        most = _RATIO[1] * seen + _DARK * np.abs(slope)  # enlarging leaves nothing beside bright edges
        plane[missing.where] = np.clip(seen + slope * missing.albedo[:, channel], _RATIO[0] * seen, most)

    two_at_once(add, range(3))


def detail_share(aovs: Aovs, camera: Camera, full_res: FullResAovs) -> Float32Array:
    """How much of the detail shows, (N,): none on lamps and black glass, none where the lens blurs.

    Beside edges of shapes, whose blur nobody knows, it ends sooner.
    """

    def on_canvas(found: BoolArray) -> Float32Array:
        large = camera.film.to_canvas(found[..., None].astype(np.float32))[..., 0]
        return np.asarray(np.clip(large[full_res.where], 0, 1), np.float32)

    share = on_canvas(~grown(brightest(aovs.albedo) < _NO_ALBEDO, 3))
    if camera.aperture == 0:
        return share
    edge, blur_px = on_canvas(aovs.edges), camera.blur_px(full_res.distance, full_res.where)
    sharp, blurred = (far + edge * (near - far) for far, near in _FADES_PX)
    return np.asarray(share * np.clip((blurred - blur_px) / (blurred - sharp), 0, 1), np.float32)
