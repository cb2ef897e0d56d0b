"""Denoisers: Open Image Denoise on CPUs, OptiX on NVIDIA GPUs. Both bring their weights, nothing is downloaded."""

from __future__ import annotations

from typing import Any, Protocol

import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.errors import DeviceError, MissingExtraError
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.records import LinearImage

MARGIN_PX = 8
"""Outermost rows and columns that keep noise and a shift in level after denoising: trace that many more."""

_WORLD_TO_CAMERA = np.diag(np.array([-1, 1, -1], np.float32))  # Mitsuba's cameras look along +z with x to the left


class Denoiser(Protocol):
    """Takes the noise out of traced light. Made once; not thread-safe."""

    name: str
    """Which one it is, in lower case."""
    version: str
    """The version of what denoises; records tell it."""

    def denoise(self, noisy: LinearImage, aovs: Aovs) -> LinearImage:
        """Denoise radiance (H, W, 3); the same input gives the same bytes.

        Raises:
            DeviceError: The library reports a failure, or the denoiser is closed.
        """

    def close(self) -> None:
        """Give the memory back; safe to call twice."""


def build_denoiser(name: str) -> Denoiser | None:
    """Build the denoiser of a setting, see ``StudioSettings.denoiser``; None for ``"none"``.

    Raises:
        DeviceError: OptiX was asked for without Mitsuba's CUDA variant.
    """
    cuda = str(mi.variant()).startswith("cuda")
    if name == "none":
        return None
    if name == "optix" and not cuda:
        raise DeviceError(f"denoiser='optix' needs the variant cuda_ad_rgb, not {mi.variant()}; use 'oidn'")
    return OptixDenoiser() if cuda and name != "oidn" else OidnDenoiser()


class OptixDenoiser:
    """OptiX's denoiser, on the GPU that renders."""

    name = "optix"
    version = str(mi.__version__)
    """Mitsuba's: the denoiser itself is part of the GPU's driver."""

    def __init__(self) -> None:
        self._models: dict[tuple[int, int], mi.OptixDenoiser] = {}
        self._closed = False

    def denoise(self, noisy: LinearImage, aovs: Aovs) -> LinearImage:
        """See ``Denoiser.denoise``."""
        if self._closed:
            raise DeviceError("this denoiser is closed")
        size = (noisy.shape[1], noisy.shape[0])
        if size not in self._models:
            self._models = {
                size: mi.OptixDenoiser(input_size=mi.ScalarVector2u(*size), albedo=True, normals=True, temporal=False)
            }
        normals = aovs.normals @ _WORLD_TO_CAMERA.T
        images = (mi.TensorXf(image) for image in (noisy, aovs.albedo, normals))
        clean = self._models[size](*images)  # type: ignore[call-overload]  # the variant's own tensors
        return np.ascontiguousarray(np.array(clean), np.float32)

    def close(self) -> None:
        """See ``Denoiser.close``."""
        self._models, self._closed = {}, True


class OidnDenoiser:
    """Open Image Denoise, through pyoidn."""

    name = "oidn"

    def __init__(self) -> None:
        try:
            import pyoidn  # here, since it imports PyTorch where that is installed
        except ImportError as error:
            raise MissingExtraError("the studio's denoiser (pyoidn)", "cpu") from error
        self._oidn: Any = pyoidn
        self.version: str = pyoidn.version.oidn_version
        self._device: Any = pyoidn.Device()
        self._device.set_bool("setAffinity", False)  # pinned threads starve on a machine that others use, too
        self._device.commit()
        self._check("start")

    def denoise(self, noisy: LinearImage, aovs: Aovs) -> LinearImage:
        """See ``Denoiser.denoise``."""
        if self._device is None:
            raise DeviceError("this denoiser is closed")
        images = {
            self._oidn.OIDN_IMAGE_COLOR: np.ascontiguousarray(noisy, np.float32),
            self._oidn.OIDN_IMAGE_ALBEDO: np.ascontiguousarray(aovs.albedo, np.float32),
            self._oidn.OIDN_IMAGE_NORMAL: np.ascontiguousarray(aovs.normals, np.float32),
        }
        output = np.empty_like(images[self._oidn.OIDN_IMAGE_COLOR])
        images[self._oidn.OIDN_IMAGE_OUTPUT] = output
        self._run(images)
        return output

    def close(self) -> None:
        """See ``Denoiser.close``."""
        if self._device is not None:
            self._device.release()
            self._device = None

    def _run(self, images: dict[str, npt.NDArray[np.float32]]) -> None:
        with self._oidn.Filter(self._device, self._oidn.OIDN_FILTER_TYPE_RT) as rt_filter:
            for name, image in images.items():
                rt_filter.set_image(name, image, self._oidn.OIDN_FORMAT_FLOAT3)
            rt_filter.set_bool("hdr", True)
            rt_filter.set_quality(self._oidn.OIDN_QUALITY_HIGH)
            rt_filter.commit()
            rt_filter.execute()
        self._check("denoise")

    def _check(self, action: str) -> None:
        message = self._device.get_error() if self._device else None
        if message is not None:
            raise DeviceError(f"Open Image Denoise can't {action}: {message}")
