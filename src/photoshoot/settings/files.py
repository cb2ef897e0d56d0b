"""What is read, and how pictures are written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from photoshoot.settings.checks import check_range


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
