"""Denoisers: Open Image Denoise on CPUs, OptiX on NVIDIA GPUs. Both bring their weights, nothing is downloaded.

Weaves and grain are taken out of light before it is denoised: texture as fine as the film's pixels hides its noise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import mitsuba as mi
import mitsuba_oidn as oidn
import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.errors import DeviceError
from photoshoot.machine.cancellation import current_check
from photoshoot.machine.process_state import give_memory_back
from photoshoot.pixels.bands import grown, in_planes, mean_of_channels
from photoshoot.placers.studio.renderer.aov import Aovs, mean_around
from photoshoot.records import LinearImage

Denoise = Callable[[LinearImage, Aovs], LinearImage]
"""Light without noise (h, w, 3), from noisy light and AOVs of the same size."""
MARGIN_PX = 8
"""Outermost rows and columns that keep noise and a shift in level after denoising: trace that many more."""

_LUMINANCE = (0.212671, 0.715160, 0.072169)
_KEY, _TILE_PX = 0.18, 16
_LARGE_PX = 100_000  # of a film from which on denoising takes more memory than anything else of a picture

_WORLD_TO_CAMERA = np.diag(np.array([-1, 1, -1], np.float32))  # Mitsuba's cameras look along +z with x to the left


class Denoiser(Protocol):
    """Takes the noise out of traced light. Made once; not thread-safe."""

    name: str
    """Which one it is, in lower case."""
    version: str
    """The version of what denoises; records tell it."""

    def denoise(self, noisy: LinearImage, aovs: Aovs, *, quick: bool = False, trusted: bool = False) -> LinearImage:
        """Denoise radiance (H, W, 3); the same input gives the same bytes.

        Args:
            noisy: As it was traced.
            aovs: Of the same pixels.
            quick: With a smaller network where there is one: about half of the time, a little more error.
            trusted: The AOVs have no noise: what they show is kept, with a network of its own where there is one.

        Raises:
            DeviceError: The library reports a failure, or the denoiser is closed.
        """

    def close(self) -> None:
        """Give the memory back; safe to call twice."""


def build_denoiser(name: str, quality: str = "auto") -> Denoiser | None:
    """Build the denoiser of settings, see ``StudioSettings.denoiser``; None for ``"none"``.

    Raises:
        DeviceError: OptiX was asked for without Mitsuba's CUDA variant.
    """
    cuda = str(mi.variant()).startswith("cuda")
    if name == "none":
        return None
    if name == "optix" and not cuda:
        raise DeviceError(f"denoiser='optix' needs the variant cuda_ad_rgb, not {mi.variant()}; use 'oidn'")
    return OptixDenoiser() if cuda and name != "oidn" else OidnDenoiser(quality)


class OptixDenoiser:
    """OptiX's denoiser, on the GPU that renders."""

    name = "optix"
    version = str(mi.__version__)
    """Mitsuba's: the denoiser itself is part of the GPU's driver."""

    def __init__(self) -> None:
        self._models: dict[tuple[int, int], mi.OptixDenoiser] = {}
        self._closed = False

    def denoise(
        self,
        noisy: LinearImage,
        aovs: Aovs,
        *,
        quick: bool = False,  # noqa: ARG002
        trusted: bool = False,  # noqa: ARG002
    ) -> LinearImage:
        """See ``Denoiser.denoise``; it has one network."""
        if self._closed:
            raise DeviceError("this denoiser is closed")
        size = (noisy.shape[1], noisy.shape[0])
        if size not in self._models:
            self._models = {
                size: mi.OptixDenoiser(input_size=mi.ScalarVector2u(*size), albedo=True, normals=True, temporal=False)
            }
        normals = aovs.normals @ _WORLD_TO_CAMERA.T
        images = (mi.TensorXf(image) for image in (noisy, aovs.guide, normals))
        clean = self._models[size](*images)  # type: ignore[call-overload]  # the variant's own tensors
        return np.ascontiguousarray(np.array(clean), np.float32)

    def close(self) -> None:
        """See ``Denoiser.close``."""
        self._models, self._closed = {}, True


class OidnDenoiser:
    """Open Image Denoise on the CPU, through Mitsuba's binding, which shares Dr.Jit's threads."""

    name = "oidn"

    def __init__(self, quality: str = "auto") -> None:
        self._quality: Any = {"balanced": oidn.Quality.Balanced, "fast": oidn.Quality.Fast}.get(
            quality, oidn.Quality.High
        )
        self.version: str = oidn.oidn_version()
        with _errors("start"):
            self._device: Any = oidn.Device(oidn.DeviceType.CPU)
            self._device.commit()

    def denoise(self, noisy: LinearImage, aovs: Aovs, *, quick: bool = False, trusted: bool = False) -> LinearImage:
        """See ``Denoiser.denoise``."""
        if self._device is None:
            raise DeviceError("this denoiser is closed")
        color = np.ascontiguousarray(noisy, np.float32)
        output = np.empty_like(color)
        with _errors("denoise"):
            rt_filter = self._device.new_filter("RT")
            for name, image in (("color", color), ("albedo", aovs.guide), ("normal", aovs.normals)):
                rt_filter.set_image(name, np.ascontiguousarray(image, np.float32))
            rt_filter.set_image("output", output)
            rt_filter.hdr, rt_filter.clean_aux = True, trusted
            rt_filter.input_scale = _measure_exposure(color)
            rt_filter.quality = oidn.Quality.Fast if quick else self._quality
            if color.shape[0] * color.shape[1] > _LARGE_PX:
                give_memory_back()  # what tracing has freed: the denoiser takes as much in pages of its own
            with _stopping_where_cancelled(rt_filter):
                rt_filter.execute()
        return output

    def close(self) -> None:
        """See ``Denoiser.close``."""
        self._device = None


def _measure_exposure(radiance: LinearImage) -> float:
    """The scale that brings radiance (H, W, 3) into the network's range, by the mean logarithm of its tiles' luminance.

    The library's own is added up by as many threads as there are, and its last digits differ with their number.

    Source: Open Image Denoise, its autoexposure kernel.
    """
    luminance = sum(weight * radiance[..., channel] for channel, weight in enumerate(_LUMINANCE))
    luminance = np.maximum(np.nan_to_num(np.asarray(luminance, np.float32)), 0).astype(np.float64)
    for axis in (0, 1):
        size = luminance.shape[axis]
        count = -(-size // _TILE_PX)
        edges = np.arange(count + 1) * size // count
        sizes = np.diff(edges).reshape((-1, 1) if axis == 0 else (1, -1))
        luminance = np.add.reduceat(luminance, edges[:-1], axis=axis) / sizes
    lit = luminance[luminance > 1e-8]
    return float(_KEY / np.exp2(np.log2(lit).mean())) if lit.size else 1.0


@contextmanager
def _errors(action: str) -> Iterator[None]:
    try:
        yield
    except oidn.Error as error:
        raise DeviceError(f"Open Image Denoise can't {action}: {error}") from error


@contextmanager
def _stopping_where_cancelled(rt_filter: Any) -> Iterator[None]:
    """Have a filter stop between its layers once its picture is not wanted any longer; raises what says so."""
    check, raised = current_check(), list[Exception]()

    def go_on(_: float) -> bool:  # in a thread of the library's
        try:
            check()
        except Exception as error:
            raised.append(error)
        return not raised

    rt_filter.set_progress_monitor(go_on)
    try:
        yield
    except oidn.Error:
        if raised:
            raise raised.pop() from None  # it is kept nowhere, or its frames, and their pictures, would be
        raise


_FINE_PX, _AROUND_PX = 1.0, 31  # steps finer than that; what they are like is told over so many
_BLOTCH_PX = 9  # where there are such, steps up to twice so many pixels across are taken out: plaster's blotches, too
_DARK = 0.02  # added to albedo before it is divided by
_BEND, _STEP = 0.1, 0.03  # of normals, of log distance: an edge of a shape, whose sides have each their own light
_BESIDE_EDGE = 9  # film pixels across in which an edge of a shape makes steps: pavement beside a rod was no weave
_FAINT = 2e-4  # mean square of fine steps under which denoisers see the noise beside them
_DENSE = (0.4, 0.55)
"""Square of the mean step over the mean of squares: 0 and 1 of the share. Noise has .64, linen .7, print .1 to .4."""
_FOLLOWS = (0.35, 0.6)
"""How far light goes with the steps, 1 = as on matte surfaces: 0 and 1 of the share. Linen has .86, wet asphalt .1."""
_SEEN = (0.1, 0.005)  # share from which on it counts, and how much of the picture must have it
_LEAST = 0.2  # of the factor


def denoise_under_weave(denoise: Denoise, light: LinearImage, aovs: Aovs) -> LinearImage:
    """Light (h, w, 3) without noise, and with its weave.

    A denoiser can't tell the noise of a soft shadow on linen from the linen, and leaves it there as stipple. On a matte
    surface light is its irradiance times its albedo, and the albedo is known; so what is denoised is the light over the
    albedo's fine steps, and they are multiplied in again afterwards. Where texture is sparse (edges, print) a denoiser
    does better with light and albedo as they are, and where a surface mirrors, light does not follow the albedo:
    neither is touched.

    Args:
        denoise: Takes the noise out.
        light: Noisy radiance (h, w, 3).
        aovs: Of the same pixels.
    """
    weave = find_weave(light, aovs)
    if weave is None:
        return denoise(light, aovs)
    plain = replace(aovs, albedo=np.clip(aovs.albedo / weave, 0, 1))
    return np.asarray(denoise(light / weave, plain) * weave, np.float32)


def find_weave(light: LinearImage, aovs: Aovs) -> Float32Array | None:
    """What the steps of dense texture multiply light by (h, w, 3), 1 where there is none; None where nowhere.

    Args:
        light: Noisy radiance (h, w, 3).
        aovs: Of the same pixels.
    """
    edges = grown((aovs.bend > _BEND) | (aovs.step > _STEP), _BESIDE_EDGE)
    grey = np.asarray(np.where(edges, 0, _steps(mean_of_channels(aovs.albedo)[..., None])[..., 0]), np.float32)
    energy = _mean_around(grey * grey)
    if (energy / (energy + _FAINT) > _SEEN[0]).mean() < _SEEN[1]:  # nor is what is dense of it
        return None
    clear = np.maximum(_mean_around((~edges).astype(np.float32)), 1e-3)
    dense = _ramp(_mean_around(np.abs(grey)) ** 2 / (energy * clear + 1e-6), _DENSE) * energy / (energy + _FAINT)
    if (dense > _SEEN[0]).mean() < _SEEN[1]:
        return None
    seen = mean_of_channels(light)
    lit: Float32Array = np.clip(seen / (ndimage.gaussian_filter(seen, _FINE_PX) + 1e-6) - 1, -1, 2)
    follows = np.clip(_mean_around(lit * grey) / (energy + _FAINT), 0, 1)
    share = np.where(edges, 0, dense * follows * _ramp(follows, _FOLLOWS)).astype(np.float32)
    if (share > _SEEN[0]).mean() < _SEEN[1]:
        return None
    around = mean_around(mean_around(aovs.albedo, _BLOTCH_PX), _BLOTCH_PX)
    return np.asarray(np.maximum(1 + share[..., None] * _over(aovs.albedo, around), _LEAST), np.float32)


def _steps(albedo: Float32Array) -> Float32Array:
    """By what share albedo (h, w, C) is more or less than round each pixel."""
    return _over(albedo, in_planes(partial(ndimage.gaussian_filter, sigma=_FINE_PX), albedo))


def _over(albedo: Float32Array, around: Float32Array) -> Float32Array:
    return np.asarray((albedo + _DARK) / (around + _DARK) - 1, np.float32)


def _mean_around(plane: Float32Array) -> Float32Array:
    return np.asarray(ndimage.uniform_filter(plane, _AROUND_PX), np.float32)


def _ramp(value: Float32Array, ends: tuple[float, float]) -> Float32Array:
    return np.asarray(np.clip((value - ends[0]) / (ends[1] - ends[0]), 0, 1), np.float32)
