"""Denoisers: Open Image Denoise on CPUs, OptiX on NVIDIA GPUs. Both bring their weights, nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import mitsuba as mi
import mitsuba_oidn as oidn
import numpy as np

from photoshoot.errors import DeviceError
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.records import LinearImage

MARGIN_PX = 8
"""Outermost rows and columns that keep noise and a shift in level after denoising: trace that many more."""

_LUMINANCE = (0.212671, 0.715160, 0.072169)
_KEY, _TILE_PX = 0.18, 16

_WORLD_TO_CAMERA = np.diag(np.array([-1, 1, -1], np.float32))  # Mitsuba's cameras look along +z with x to the left


class Denoiser(Protocol):
    """Takes the noise out of traced light. Made once; not thread-safe."""

    name: str
    """Which one it is, in lower case."""
    version: str
    """The version of what denoises; records tell it."""

    def denoise(self, noisy: LinearImage, aovs: Aovs, *, quick: bool = False) -> LinearImage:
        """Denoise radiance (H, W, 3); the same input gives the same bytes.

        Args:
            noisy: As it was traced.
            aovs: Of the same pixels.
            quick: With a smaller network where there is one: about half of the time, a little more error.

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

    def denoise(self, noisy: LinearImage, aovs: Aovs, *, quick: bool = False) -> LinearImage:  # noqa: ARG002
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

    def denoise(self, noisy: LinearImage, aovs: Aovs, *, quick: bool = False) -> LinearImage:
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
            rt_filter.hdr = True
            rt_filter.input_scale = _measure_exposure(color)
            rt_filter.quality = oidn.Quality.Fast if quick else self._quality
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
