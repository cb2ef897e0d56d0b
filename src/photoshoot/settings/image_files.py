"""What is read, how products are cut out of it, and how pictures are written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from photoshoot.settings.checks import Range, check_fields


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

    max_bytes: Annotated[int, Range(1, 2**31)] = 22 * 2**20
    """Largest file, bytes."""
    max_pixels: Annotated[int, Range(1, 2**30)] = 100_000_000
    """Largest picture, width x height."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class ExportSettings:
    """How a shot is written to a file."""

    format: ImageFormat = ImageFormat.PNG
    """The file format."""
    quality: Annotated[int, Range(1, 100)] = 92
    """For JPEG, WebP and AVIF: 1 (small) to 100 (best)."""
    dpi: Annotated[int, Range(1, 2400)] = 72
    """Dots per inch written to the file; it decides the page size of a PDF. 1 to 2400."""
    low_resolution: bool = False
    """Export the thumbnail: a JPEG of longest side 512 px, or that JPEG converted to PNG, WebP, AVIF or PDF."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class SegmentationSettings:
    """How the product is cut out."""

    min_confidence: Annotated[float, Range(0, 1)] = 0.5
    """Least confidence (0 to 1) at which a cut-out is accepted; under it ``NoProductFoundError`` is raised."""
    refine: bool = True
    """Follow the photo's edges at full resolution, and look a second time at a product that is small or not sharp."""
    drop_islands: bool = True
    """Drop small parts that are far from the product, such as specks and dust."""
    drop_soft_shadow: bool = True
    """Drop a soft shadow baked into the photo under the product."""

    def __post_init__(self) -> None:
        check_fields(self)
