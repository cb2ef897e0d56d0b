"""Open Image Denoise, through pyoidn: it comes with its weights, nothing is downloaded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photoshoot.errors import DeviceError, MissingExtraError
from photoshoot.records import LinearImage

try:
    import pyoidn
except ImportError as error:
    raise MissingExtraError("the studio's denoiser (pyoidn)", "cpu") from error

MARGIN_PX = 8
"""Outermost rows and columns that keep noise and a shift in level after denoising: trace that many more."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Guides:
    """Noise-free hints: what each pixel's surface is like."""

    albedo: LinearImage
    """(H, W, 3), [0, 1]."""
    normals: npt.NDArray[np.float32]
    """(H, W, 3), [-1, 1], world axes."""


class Denoiser:
    """A denoising device, made once. Not thread-safe."""

    version: str = pyoidn.version.oidn_version
    """Version of Open Image Denoise."""

    def __init__(self) -> None:
        self._device: pyoidn.Device | None = pyoidn.Device()
        self._device.set_bool("setAffinity", False)  # pinned threads starve on a machine that others use, too
        self._device.commit()
        self._check("start")

    def denoise(self, noisy: LinearImage, guides: Guides | None) -> LinearImage:
        """Denoise radiance (H, W, 3); the same input gives the same bytes.

        Raises:
            DeviceError: The library reports a failure.
        """
        if self._device is None:
            raise DeviceError("this denoiser is closed")
        images = {pyoidn.OIDN_IMAGE_COLOR: np.ascontiguousarray(noisy, np.float32)}
        if guides is not None:
            images[pyoidn.OIDN_IMAGE_ALBEDO] = np.ascontiguousarray(guides.albedo, np.float32)
            images[pyoidn.OIDN_IMAGE_NORMAL] = np.ascontiguousarray(guides.normals, np.float32)
        output = np.empty_like(images[pyoidn.OIDN_IMAGE_COLOR])
        images[pyoidn.OIDN_IMAGE_OUTPUT] = output
        self._run(images)
        return output

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        if self._device is not None:
            self._device.release()
            self._device = None

    def _run(self, images: dict[str, npt.NDArray[np.float32]]) -> None:
        with pyoidn.Filter(self._device, pyoidn.OIDN_FILTER_TYPE_RT) as rt_filter:
            for name, image in images.items():
                rt_filter.set_image(name, image, pyoidn.OIDN_FORMAT_FLOAT3)
            rt_filter.set_bool("hdr", True)
            rt_filter.set_quality(pyoidn.OIDN_QUALITY_HIGH)
            rt_filter.commit()
            rt_filter.execute()
        self._check("denoise")

    def _check(self, action: str) -> None:
        message = self._device.get_error() if self._device else None
        if message is not None:
            raise DeviceError(f"Open Image Denoise can't {action}: {message}")
