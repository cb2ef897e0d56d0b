"""The set's film grain and sharpness, which are those of the product's photo: one camera for both layers."""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import LUMINANCE, linear_to_srgb
from photoshoot.pixels.photo_texture import PhotoTexture, measure_texture
from photoshoot.records import LinearImage, ProductLayer
from photoshoot.settings import StudioSettings

_LEAST_NOISE, _MOST_NOISE = 1.2, 3.0  # steps of 1/255: less is not seen beside the dither; more is too much film
_LEAST_BLUR_PX, _MOST_BLUR_PX = 0.9, 1.2  # of photos that are blurred; what a set is blurred by at most
_OWN_BLUR_PX = 0.5  # of a traced picture
_USUAL_GRAIN_PX = 0.6  # where no photo tells it


def choose_texture(settings: StudioSettings, layer: ProductLayer) -> PhotoTexture:
    """What a set is given: as asked for, else the photo's own noise and blur, within bounds.

    Args:
        settings: What was asked for.
        layer: The product on the canvas.
    """
    if settings.grain is not None and settings.set_blur_px is not None:
        return PhotoTexture(noise=settings.grain, grain_px=_USUAL_GRAIN_PX, blur_px=settings.set_blur_px)
    photo = measure_texture(layer)
    noise = 0.0 if photo.noise < _LEAST_NOISE else min(photo.noise, _MOST_NOISE)
    blur = 0.0
    if photo.blur_px > _LEAST_BLUR_PX:
        blur = min(float(np.sqrt(photo.blur_px**2 - _OWN_BLUR_PX**2)), _MOST_BLUR_PX)
    return PhotoTexture(
        noise=noise if settings.grain is None else settings.grain,
        grain_px=photo.grain_px if photo.noise > 0 else _USUAL_GRAIN_PX,
        blur_px=blur if settings.set_blur_px is None else settings.set_blur_px,
    )


def soften(display: LinearImage, blur_px: float) -> LinearImage:
    """Blur a picture (H, W, 3), display-linear, by a Gaussian of that standard deviation; 0 returns it."""
    if blur_px == 0:
        return display
    return np.asarray(ndimage.gaussian_filter(display, (blur_px, blur_px, 0), mode="nearest"), np.float32)


def draw_grain(display: LinearImage, texture: PhotoTexture, rng: np.random.Generator) -> Float32Array | None:
    """Grain for a picture (H, W), steps of 1/255: full in mid greys, none in black and white.

    Args:
        display: The picture (H, W, 3), display-linear.
        texture: Its ``noise`` and ``grain_px`` are drawn.
        rng: The shot's generator.

    Returns:
        What to add to all channels; None where there is no noise.
    """
    if texture.noise == 0:
        return None
    grain = rng.standard_normal(display.shape[:2], np.float32)
    if texture.grain_px > 0:
        grain = ndimage.gaussian_filter(grain, texture.grain_px, mode="wrap")
        grain /= grain.std()
    shade = linear_to_srgb(display @ LUMINANCE)
    return np.asarray(grain * (4 * texture.noise * shade * (1 - shade)), np.float32)
