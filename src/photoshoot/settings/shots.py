"""How a shot is made: what is read and cut out, how the product sits and is lit, and how its picture is written."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from photoshoot.settings.checks import Choice, OneOf, Range, check_color, check_fields, read_box
from photoshoot.settings.style_image import StyleImage


class Anchor(Choice):
    """Where the product stands in the canvas's safe area, horizontally."""

    AUTO = "auto"
    """As its shape asks for: the left third where it is wide, which leaves room for words; else the middle."""
    LEFT = "left"
    LEFT_THIRD = "left_third"
    """Its middle a third of the width from the left, or as near to that as the product's width lets it be."""
    CENTER = "center"
    RIGHT_THIRD = "right_third"
    RIGHT = "right"

    @classmethod
    def _spellings(cls) -> dict[str, str]:
        return {"centre": "center", "left-third": "left_third", "right-third": "right_third"}


class Stance(Choice):
    """How the product is held by its scene."""

    UPRIGHT = "upright"
    """It stands on a support, seen from the front."""
    LYING = "lying"
    """It lies on a surface, seen from above (flat-lay)."""
    HANGING = "hanging"
    """It hangs before a wall: a garment on a hanger, anything else in the air."""


class SizeClass(Choice):
    """What a product is large enough for: where it stands in life, and so which sets carry it."""

    HAND_HELD = "hand_held"
    """It is held in one hand: bottles, phones, lipsticks."""
    TABLE_TOP = "table_top"
    """It stands on a table: lamps, toasters, vases; and whatever is not known."""
    WEARABLE = "wearable"
    """It is worn or carried: shoes, garments, hats, bags."""
    FURNITURE = "furniture"
    """It stands on a room's floor: chairs, sofas, floor lamps, washing machines."""
    GEAR = "gear"
    """It stands on the ground, mostly outdoors: vehicles, bicycles, tents, boards."""
    WALL = "wall"
    """It hangs on a wall: pictures, mirrors, wall lamps."""
    FLOOR = "floor"
    """It covers a floor: rugs and mats."""

    @classmethod
    def _spellings(cls) -> dict[str, str]:
        return {"hand-held": "hand_held", "table-top": "table_top", "tabletop": "table_top", "rug": "floor"}


@dataclass(frozen=True, kw_only=True)
class Placement:
    """How the product sits in the canvas. All of it is optional."""

    anchor: Anchor = Anchor.AUTO
    """Left, left third, centre, right third or right of the safe area; auto: by its shape."""
    center_x: Annotated[float | None, Range(0, 1)] = None
    """Where the product's centre is, as a share of the safe area's width from the left, 0 to 1; the product is kept
    inside the padded safe area. None: by ``anchor``."""
    scale: Annotated[float, Range(0.1, 3)] = 1.0
    """Size of the product relative to its default, 0.1 to 3; limited to what fits into the safe area."""
    padding: Annotated[float, Range(0, 0.45)] = 0.04
    """Least free space around the product inside the safe area, as a share of its shorter side, 0 to 0.45."""
    base: Annotated[float | None, Range(0.2, 1)] = None
    """Where the product's base stands, as a share of the canvas height from the top, 0.2 to 1. None: by shape."""
    box_px: tuple[int, int, int, int] | None = None
    """Exact box (left, top, right, bottom) on the canvas, px; the product is fitted in it, on its lower edge."""
    stance: Stance | None = None
    """Upright, lying or hanging. None: the scene's own where it can hold a product one way only (a flat-lay, a hanging
    wall), else by the product's category: garments lie, all else stands, unless it would topple. A person who wears
    it stands, whatever is asked."""
    pitch_deg: Annotated[float | None, Range(0, 90)] = None
    """How steeply the photo looks down on the product, 0 (from its side) to 90 (from above): what stands is seen as
    steeply in its set, and from 45 on it lies. None: as rims, bases and edges tell; where they don't, as the set is."""
    size_class: SizeClass | None = None
    """What kind of place carries the product: hand_held, table_top, wearable, furniture, gear, wall or floor. None: by
    the product's name."""
    size_m: Annotated[float | None, Range(0.01, 20)] = None
    """The product's real longer side, 0.01 to 20 metres. None: by its name, or as large as such things usually are."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.box_px is not None:
            object.__setattr__(self, "box_px", read_box("box_px", self.box_px))


@dataclass(frozen=True, kw_only=True)
class LightOverride:
    """What of a scene's light the caller decides. What is None stays as the scene has it.

    Shadows fall away from the key light, so its direction is theirs: light from the left throws shadows to the right,
    low light long ones. A direction or softness that is given holds in every shot, while a scene's own varies a little
    from seed to seed.
    """

    azimuth_deg: Annotated[float | None, Range(-180, 180)] = None
    """Where the key comes from: 0 = from the camera, -90 = from the left, 90 = from the right, 180 = from behind. On
    what is seen from above, and before a wall, light from behind comes from the picture's top."""
    elevation_deg: Annotated[float | None, Range(5, 88)] = None
    """Height of the key light above the horizon, in degrees, 5 (long shadows) to 88 (short ones)."""
    shadow_softness: Annotated[float | None, Range(0, 1)] = None
    """0 = hard-edged shadows as in the sun, 1 = wide soft ones as of a huge softbox."""
    shadow_intensity: Annotated[float | None, Range(0, 1)] = None
    """0 = nearly no shadows, 1 = black ones. It is 1 minus the light that fills the shadows."""
    brightness: Annotated[float | None, Range(0.3, 1.5)] = None
    """Brightness of the picture, 0.3 to 1.5; 1 is a balanced exposure, 0.7 moody, 1.1 high key."""
    color: str | None = None
    """Colour of the key, ``#rrggbb``."""
    rim: Annotated[float | None, Range(0, 1)] = None
    """Light from behind along the edges, 0 to 1."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.color is not None:
            check_color("color", self.color)


@dataclass(frozen=True, kw_only=True)
class ShotSettings:
    """What a request, and the record of each of its shots, says of how they are made."""

    safe_margin: bool = True
    """Widen the canvas (1674x628 for 1200x628) and keep the product inside the centred original width."""
    lean_palette: bool = True
    """Lean a preset's accents a little toward the product's colours."""
    style_reference: bool = True
    """Attach a preset's plate as the style picture of diffusion engines, where no ``style_image`` is given."""
    style_image: StyleImage | None = None
    """A picture whose style all shots follow: the studio takes its colours and the side of its light, networks with a
    style adapter its colours, materials and light. Any picture will do; a small copy of it is kept."""
    style_strength: Annotated[float, Range(0, 1)] = 0.5
    """How far ``style_image`` is followed, 0 (not at all) to 1. In the studio, hues are the picture's from 0.5 on, and
    lightness at 1; the weight of a style adapter is twice this, times ``DiffusionSettings.ip_adapter_scale``."""
    placement: Placement = field(default_factory=Placement)
    """Where and how large the product stands."""
    light: LightOverride | None = None
    """What of the scenes' light the caller decides. None: all stays as the scenes have it."""
    light_on_product: Annotated[float, Range(0, 1)] = 0.0
    """How far the scene's light falls on the product, 0 (its own pixels, exactly) to 1. Only smooth light is
    multiplied, never a shape or a letter, and the record keeps it; the studio's scenes alone can do it."""
    max_redraws: Annotated[int, Range(0, 10)] = 2
    """How often a picture that fails a hard check of the quality gate is drawn again with another seed, 0 to 10."""
    measure_expansion: bool | None = None
    """Whether the gate cuts the product out of the picture to see whether it grew; takes about a second. None: where a
    network painted the scene."""
    draft: bool = False
    """Make drafts: the same set, light and composition at a third of the size, in a fraction of the time; the studio's
    scenes alone have them."""
    plain_if_unread: bool = False
    """Whether the studio gives a prompt of which nothing was understood a plain backdrop, instead of refusing it."""

    def __post_init__(self) -> None:
        check_fields(self)


class ImageFormat(Choice):
    """File formats that a shot is exported to."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"
    PDF = "pdf"

    @classmethod
    def _spellings(cls) -> dict[str, str]:
        return {"jpg": "jpeg"}

    @classmethod
    def of_file(cls, path: Path) -> "ImageFormat":
        """That of a file's suffix; PNG where that says none."""
        try:
            return cls(path.suffix.lstrip("."))
        except ValueError:
            return cls.PNG


@dataclass(frozen=True, kw_only=True)
class PhotoLimits:
    """What is accepted as a product photo."""

    max_bytes: Annotated[int, Range(1, 2**31)] = 22 * 2**20
    """Largest file, bytes."""
    max_pixels: Annotated[int, Range(1, 2**30)] = 100_000_000
    """Largest picture, width x height."""
    min_side_px: Annotated[int, Range(16, 4096)] = 32
    """Least width and height; on smaller ones nothing can be told from anything."""

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
    record: bool = True
    """Whether the file says how it was made: prompt, product, seed, digests. False, for publishing: it says what made
    it and that it is partly synthetic, and nothing of the prompt, the product or its photo, in its name neither."""

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
    select: str | None = None
    """Which of the things in the photo is the product: its number from 0, the largest first, or several, ``"0 and 2"``;
    a point ``"x, y"`` or a box ``"left, top, right, bottom"`` of photo pixels; or words such as ``"the left one"`` or
    ``"largest"``; with a segmenter that finds words, names of things, too: ``"the left mug"``. None: all that stands
    out, see ``Cutout.parts``."""
    glass: bool | None = None
    """Whether the product is of clear glass: before a plain backdrop it becomes transparent, with its edges and
    highlights, and the old backdrop inside it goes. None: the photo tells; where it tells of glass, the cut-out's own
    settings say True, and its notes say so."""
    text_page: Annotated[str, OneOf("error", "warn")] = "error"
    """What a photo that is a page of text, and shows no product, comes to: ``"error"`` (``NoProductFoundError``) or
    ``"warn"``, which cuts out what there is and notes it."""

    def __post_init__(self) -> None:
        check_fields(self)
