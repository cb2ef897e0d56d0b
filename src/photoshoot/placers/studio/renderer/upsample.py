"""Upsampling by albedo demodulation: fine texture over light that was traced on a coarse film.

Light changes slowly over a picture and is what costs; albedo, grain and weave change from pixel to pixel and cost
little: one ray to the first surface. So light is traced and denoised on a coarse film and enlarged, and the albedo of
full size is put back by its ratio to the albedo that the coarse film saw.

Source: demodulation of albedo as in Schied et al., "Spatiotemporal Variance-Guided Filtering", HPG 2017, section 4.
"""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.placers.studio.renderer.aov import Aovs, FullResAovs, local_contrast
from photoshoot.placers.studio.renderer.bands import in_bands
from photoshoot.placers.studio.renderer.holdout import SET_ALONE, SPREAD_PX, Holdout, inpaint_under_holdout
from photoshoot.placers.studio.renderer.sensor import Camera
from photoshoot.records import LinearImage

_DARK = 0.02  # added to both albedos: ratios of nearly black ones are noise
_RATIO = (0.3, 3.0)
_NO_ALBEDO = 0.03  # albedo under which light does not come from it: lamps, black glass

_SMOOTH = 0.004  # local contrast of albedo that the enlarged film shows as well
_FINE_PX, _SLOPE_PX = 2.0, 31  # film pixels: finer albedo than that may be lost; its light is even over so many
_PLAIN = 1e-5  # mean square of fine steps of albedo under which a surface is plain
_OUTLIER = 6.0  # times the usual noise, at most
_REACH = 7  # film pixels across that a step changes once enlarged, and the next ones
_SHARP_PX, _BLURRED_PX = 0.9, 2.4  # width of the circle of confusion that keeps all, and that keeps no detail


def find_detail(aovs: Aovs, camera: Camera, coverage: Float32Array) -> BoolArray:
    """Which canvas pixels (H, W) may show detail of albedo that the enlarged film lacks.

    Args:
        aovs: What the coarse film saw.
        camera: Its film and lens.
        coverage: Share of each film pixel that the product hides.
    """
    film = camera.film
    found = (local_contrast(inpaint_under_holdout(aovs.albedo, coverage)) > _SMOOTH) & (coverage < 1)
    if camera.aperture > 0:
        found &= ndimage.maximum_filter(_sharpness(camera, aovs.distance), 3) > 0
    near = ndimage.maximum_filter(found, _REACH) & (coverage < 1)
    if not near.any():
        return np.zeros((film.view.height_px, film.view.width_px), np.bool_)
    return np.asarray(film.to_canvas(near[..., None].astype(np.float32))[..., 0] > 0.25)


def restore_albedo_detail(
    clean: LinearImage, noisy: LinearImage, albedo: LinearImage, coverage: Float32Array
) -> LinearImage:
    """Put back the fine albedo that a denoiser took for noise, on dark and glossy floors for one.

    What it took away is noise, which knows nothing of the albedo, and albedo. So its slope over the albedo's fine
    steps, by least squares over hundreds of pixels, is the light that they lack; it is near 0 where the denoiser kept
    them.

    Args:
        clean: Denoised light (h, w, 3).
        noisy: What it was made of.
        albedo: Of the same pixels, [0, 1].
        coverage: Share of each pixel that the product hides.
    """
    fine = albedo - ndimage.gaussian_filter(albedo, (_FINE_PX, _FINE_PX, 0))
    fine[ndimage.maximum_filter(coverage, 2 * SPREAD_PX + 1) > SET_ALONE] = 0
    energy = _mean_over(fine * fine, _SLOPE_PX)
    if energy.max() < _PLAIN:
        return clean
    lost = noisy - clean
    usual = _mean_over(np.abs(lost), _SLOPE_PX)
    slope = _mean_over(np.clip(lost, -_OUTLIER * usual, _OUTLIER * usual) * fine, _SLOPE_PX) / (energy + _PLAIN)
    return np.asarray(np.maximum(clean + _mean_over(np.maximum(slope, 0), _SLOPE_PX // 2) * fine, 0), np.float32)


def detail_factor(albedo: LinearImage, full_res: FullResAovs, share: Float32Array, holdout: Holdout) -> Float32Array:
    """What puts full-size albedo over enlarged light: a factor (H, W, 3), 1 where nothing is put over it.

    Args:
        albedo: Enlarged albedo (H, W, 3).
        full_res: The canvas's own albedo.
        share: How much of it shows (N,), [0, 1].
        holdout: Where the stand-in is.
    """
    fine = np.zeros((*albedo.shape[:2], 4), np.float32)
    fine[..., :3] = np.minimum(albedo, 1)
    fine[full_res.where] = np.column_stack([full_res.albedo, share])
    fine = inpaint_under_holdout(fine, holdout.mask)
    return np.asarray(in_bands(_factor, fine, albedo), np.float32)


def _factor(fine: Float32Array, albedo: LinearImage) -> Float32Array:
    ratio = np.clip((fine[..., :3] + _DARK) / (np.minimum(albedo, 1) + _DARK), *_RATIO)
    return np.asarray(1 + fine[..., 3:] * (ratio - 1), np.float32)


def detail_share(albedo: LinearImage, camera: Camera, full_res: FullResAovs) -> Float32Array:
    """How much of the detail shows, (N,): none on lamps and black glass, none where the lens blurs."""
    scatters = ndimage.minimum_filter((albedo.max(-1) >= _NO_ALBEDO).astype(np.float32), 3)
    share = np.clip(camera.film.to_canvas(scatters[..., None])[..., 0][full_res.where], 0, 1)
    if camera.aperture == 0:
        return np.asarray(share, np.float32)
    return np.asarray(share * _sharpness(camera, full_res.distance, full_res.where), np.float32)


def _mean_over(image: Float32Array, side_px: int) -> Float32Array:
    return np.asarray(ndimage.uniform_filter(image, (side_px, side_px, 0)), np.float32)


def _sharpness(camera: Camera, distance: Float32Array, where: BoolArray | None = None) -> Float32Array:
    """How much of the detail at a distance the lens leaves, [0, 1]; see ``Camera.blur_px``."""
    blur_px = camera.blur_px(distance, where)
    return np.asarray(np.clip((_BLURRED_PX - blur_px) / (_BLURRED_PX - _SHARP_PX), 0, 1), np.float32)
