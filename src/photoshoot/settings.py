"""Settings: frozen, documented, checked when they are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from photoshoot.errors import SettingsError


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Hold ``low <= value <= high``.

    Raises:
        SettingsError: ``value`` is outside; NaN always is.
    """
    if not low <= value <= high:
        raise SettingsError(name, value, f"a number from {low:g} to {high:g}")


class Anchor(StrEnum):
    """Where the product stands in the canvas's safe area, horizontally."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Stance(StrEnum):
    """How the product is held by its scene."""

    UPRIGHT = "upright"
    """It stands on a support, seen from the front."""
    LYING = "lying"
    """It lies on a surface, seen from above (flat-lay)."""


class ImageFormat(StrEnum):
    """File formats that a shot is exported to."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"
    PDF = "pdf"


@dataclass(frozen=True, kw_only=True)
class PhotoLimits:
    """What is accepted as a product photo."""

    max_bytes: int = 22 * 2**20
    """Largest file, bytes."""
    max_pixels: int = 100_000_000
    """Largest picture, width x height."""

    def __post_init__(self) -> None:
        check_range("max_bytes", self.max_bytes, 1, 2**31)
        check_range("max_pixels", self.max_pixels, 1, 2**30)


@dataclass(frozen=True, kw_only=True)
class Placement:
    """How the product sits in the canvas. All of it is optional."""

    anchor: Anchor = Anchor.CENTER
    """Left, centre or right of the safe area."""
    scale: float = 1.0
    """Times the default size of the product, 0.1 to 3; it is cut down to what the safe area holds."""
    padding: float = 0.04
    """Least free space round the product inside the safe area, as a share of its shorter side, 0 to 0.45."""
    base: float | None = None
    """Where the product's base stands, as a share of the canvas height from the top, 0.2 to 1. None: by shape."""
    box_px: tuple[int, int, int, int] | None = None
    """Exact box (left, top, right, bottom) on the canvas, px; the product is fitted in it, on its lower edge."""
    stance: Stance | None = None
    """Upright or lying. None: chosen by the product's category."""

    def __post_init__(self) -> None:
        check_range("scale", self.scale, 0.1, 3)
        check_range("padding", self.padding, 0, 0.45)
        if self.base is not None:
            check_range("base", self.base, 0.2, 1)
        if self.box_px is not None and not (self.box_px[0] < self.box_px[2] and self.box_px[1] < self.box_px[3]):
            raise SettingsError("box_px", self.box_px, "(left, top, right, bottom) with left < right and top < bottom")


@dataclass(frozen=True, kw_only=True)
class ExportSettings:
    """How a shot is written to a file."""

    format: ImageFormat = ImageFormat.PNG
    """The file format."""
    quality: int = 92
    """For JPEG, WebP and AVIF: 1 (small) to 100 (best)."""
    dpi: int = 72
    """Dots per inch written to the file; it decides the page size of a PDF. 1 to 2400."""
    low_resolution: bool = False
    """Export the thumbnail: a JPEG of longest side 512 px, or that JPEG converted to PNG, WebP, AVIF or PDF."""

    def __post_init__(self) -> None:
        check_range("quality", self.quality, 1, 100)
        check_range("dpi", self.dpi, 1, 2400)


@dataclass(frozen=True, kw_only=True)
class SegmentationSettings:
    """How the product is cut out."""

    min_confidence: float = 0.5
    """Least confidence (0 to 1) at which a cut-out is accepted; under it ``NoProductFoundError`` is raised."""
    refine: bool = True
    """Look a second time at the product's box, and follow the photo's edges at full resolution."""
    drop_islands: bool = True
    """Drop small parts that are far from the product, such as specks and dust."""
    drop_soft_shadow: bool = True
    """Drop a soft shadow baked into the photo under the product."""

    def __post_init__(self) -> None:
        check_range("min_confidence", self.min_confidence, 0, 1)


@dataclass(frozen=True, kw_only=True)
class StudioSettings:
    """How the studio renders."""

    samples: int = 4
    """Paths a pixel, 1 to 4096. 4 with the denoiser is enough for final pictures."""
    max_depth: int = 6
    """Longest light path, 2 to 64. Six keeps all but 1.5 % of the energy of twelve."""
    denoise: bool = True
    """Denoise with Open Image Denoise."""
    variant: str | None = None
    """Mitsuba variant, such as ``"scalar_rgb"``. None: CUDA, then LLVM, then scalar, by what is there."""
    relight: float = 0.0
    """How far the product's colours follow the scene's light, 0 (exact product pixels) to 1."""

    def __post_init__(self) -> None:
        check_range("samples", self.samples, 1, 4096)
        check_range("max_depth", self.max_depth, 2, 64)
        check_range("relight", self.relight, 0, 1)
