"""How the studio renders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from photoshoot.settings.checks import OneOf, Range, check_fields


@dataclass(frozen=True, kw_only=True)
class StudioSettings:
    """How the studio renders."""

    samples: Annotated[int, Range(1, 4096)] = 8
    """Paths a traced pixel, 1 to 4096. 8 with the denoiser are enough for final pictures."""
    render_scale: Annotated[float | None, Range(0.25, 1)] = None
    """Film pixels a pixel of the picture, along a side, 0.25 to 1: light is traced on the film, albedo is seen at full
    size. 1 traces every pixel. None: 0.5 on CPUs, 1 on GPUs and for small pictures."""
    max_depth: Annotated[int, Range(2, 64)] = 6
    """Longest light path, 2 to 64. Six keeps all but 1.5 % of the energy of twelve."""
    denoiser: Annotated[str, OneOf("auto", "oidn", "optix", "none")] = "auto"
    """``"oidn"`` (Open Image Denoise), ``"optix"`` (needs CUDA), ``"none"``; ``"auto"``: OptiX with CUDA, else OIDN."""
    variant: str | None = None
    """Mitsuba variant, such as ``"scalar_rgb"``. None: CUDA, then LLVM, then scalar, by what is there."""
    relight: Annotated[float, Range(0, 1)] = 0.0
    """How far the product's colours follow the scene's light, 0 (exact product pixels) to 1."""

    def __post_init__(self) -> None:
        check_fields(self)


def rename_old_settings(values: Mapping[str, object]) -> dict[str, object]:
    """The settings of a record or a recipe, by today's names: ``light_stride`` was the inverse of ``render_scale``.

    Args:
        values: By name; the name may have a prefix, as where the studio makes what a network paints over.
    """
    return {
        name.replace("light_stride", "render_scale"): 1 / value
        if name.endswith("light_stride") and isinstance(value, (int, float)) and value > 0
        else value
        for name, value in values.items()
    }
