"""Settings: frozen, documented, checked when they are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from photoshoot.errors import SettingsError

_HEX = re.compile(r"#[0-9a-f]{6}")


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Hold ``low <= value <= high``.

    Raises:
        SettingsError: ``value`` is outside; NaN always is.
    """
    if not low <= value <= high:
        raise SettingsError(name, value, f"a number from {low:g} to {high:g}")


def check_color(name: str, value: object) -> None:
    """Hold that ``value`` is ``#rrggbb`` in lower case.

    Raises:
        SettingsError: It is not.
    """
    if not (isinstance(value, str) and _HEX.fullmatch(value)):
        raise SettingsError(name, value, "a colour as #rrggbb, lower case")


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
    HANGING = "hanging"
    """It hangs before a wall: a garment on a hanger, anything else in the air."""


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
    """Upright, lying or hanging. None: the scene's own where it can hold a product one way only (a flat-lay, a hanging
    wall), else by the product's category: garments lie, all else stands."""

    def __post_init__(self) -> None:
        check_range("scale", self.scale, 0.1, 3)
        check_range("padding", self.padding, 0, 0.45)
        if self.base is not None:
            check_range("base", self.base, 0.2, 1)
        if self.box_px is not None and not (self.box_px[0] < self.box_px[2] and self.box_px[1] < self.box_px[3]):
            raise SettingsError("box_px", self.box_px, "(left, top, right, bottom) with left < right and top < bottom")


@dataclass(frozen=True, kw_only=True)
class LightOverride:
    """What of a scene's light the caller decides. What is None stays as the scene has it.

    Shadows fall away from the key light, so its direction is theirs: light from the left throws shadows to the right,
    low light long ones. A direction or softness that is given holds in every shot, while a scene's own varies a little
    from seed to seed.
    """

    azimuth_deg: float | None = None
    """Where the key comes from: 0 = from the camera, -90 = from the left, 90 = from the right, 180 = from behind. On
    what is seen from above, and before a wall, light from behind comes from the picture's top."""
    elevation_deg: float | None = None
    """Height of the key over the horizon, 5 (long shadows) to 88 (short ones)."""
    shadow_softness: float | None = None
    """0 = hard-edged shadows as in the sun, 1 = wide soft ones as of a huge softbox."""
    shadow_intensity: float | None = None
    """0 = nearly no shadows, 1 = black ones. It is 1 less the light that fills the shadows."""
    brightness: float | None = None
    """Of the picture, 0.3 to 1.5; 1 is a balanced exposure, 0.7 moody, 1.1 high key."""
    color: str | None = None
    """Colour of the key, ``#rrggbb``."""
    rim: float | None = None
    """Light from behind along the edges, 0 to 1."""

    def __post_init__(self) -> None:
        for name, low, high in _LIGHT_RANGES:
            value = getattr(self, name)
            if value is not None:
                check_range(name, value, low, high)
        if self.color is not None:
            check_color("color", self.color)


_LIGHT_RANGES = (
    ("azimuth_deg", -180, 180),
    ("elevation_deg", 5, 88),
    ("shadow_softness", 0, 1),
    ("shadow_intensity", 0, 1),
    ("brightness", 0.3, 1.5),
    ("rim", 0, 1),
)


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
    """Follow the photo's edges at full resolution, and look a second time at a product that is small or not sharp."""
    drop_islands: bool = True
    """Drop small parts that are far from the product, such as specks and dust."""
    drop_soft_shadow: bool = True
    """Drop a soft shadow baked into the photo under the product."""

    def __post_init__(self) -> None:
        check_range("min_confidence", self.min_confidence, 0, 1)


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
