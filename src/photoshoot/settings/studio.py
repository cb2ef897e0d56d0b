"""How the studio renders."""

from __future__ import annotations

from dataclasses import dataclass

from photoshoot.errors import SettingsError
from photoshoot.settings.checks import check_range


@dataclass(frozen=True, kw_only=True)
class StudioSettings:
    """How the studio renders."""

    samples: int = 8
    """Paths a traced pixel, 1 to 4096. 8 with the denoiser are enough for final pictures."""
    light_stride: float | None = None
    """Side of a traced pixel in the picture's pixels, 1 to 4: light is traced coarsely, paint is seen at full size.
    1 traces every pixel. None: 2 on CPUs, 1 on GPUs and for small pictures."""
    max_depth: int = 6
    """Longest light path, 2 to 64. Six keeps all but 1.5 % of the energy of twelve."""
    denoiser: str = "auto"
    """``"oidn"`` (Open Image Denoise), ``"optix"`` (needs CUDA), ``"none"``; ``"auto"``: OptiX with CUDA, else OIDN."""
    variant: str | None = None
    """Mitsuba variant, such as ``"scalar_rgb"``. None: CUDA, then LLVM, then scalar, by what is there."""
    relight: float = 0.0
    """How far the product's colours follow the scene's light, 0 (exact product pixels) to 1."""

    def __post_init__(self) -> None:
        check_range("samples", self.samples, 1, 4096)
        check_range("max_depth", self.max_depth, 2, 64)
        if self.denoiser not in ("auto", "oidn", "optix", "none"):
            raise SettingsError("denoiser", self.denoiser, "auto, oidn, optix or none")
        if self.light_stride is not None:
            check_range("light_stride", self.light_stride, 1, 4)
        check_range("relight", self.relight, 0, 1)
