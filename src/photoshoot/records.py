"""What travels between the stages: frozen records, checked when they are made.

Pixels: ``rgb`` is uint8 (H, W, 3) sRGB. ``alpha_matte`` is float32 (H, W) in [0, 1], 1 = product.
Boxes are in pixels, left and top inside, right and bottom outside.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from photoshoot.errors import ExportError, SettingsError
from photoshoot.reports import QualityReport as QualityReport
from photoshoot.sets import SetDesign
from photoshoot.settings import ExportSettings, ImageFormat, SegmentationSettings, ShotSettings, Stance

RgbImage = npt.NDArray[np.uint8]
"""uint8 (H, W, 3), sRGB."""
AlphaMatte = npt.NDArray[np.float32]
"""float32 (H, W), [0, 1], 1 = product."""
LinearImage = npt.NDArray[np.float32]
"""float32 (H, W, 3), scene-linear, sRGB primaries, >= 0."""


_ASSETS: Final = uuid.UUID("6f0c2b9e-51d4-4c8e-9b7a-3d1f0e5a8c42")  # namespace of our assets' ids, drawn once


class Edge(StrEnum):
    """A side of a picture."""

    LEFT = "left"
    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"


class Category(StrEnum):
    """What kind of thing a product is, as a shop sorts its shelves."""

    DRINK = "drink"
    FOOD = "food"
    BEAUTY = "beauty"
    FOOTWEAR = "footwear"
    GARMENT = "garment"
    HEADWEAR = "headwear"
    EYEWEAR = "eyewear"
    BAG = "bag"
    JEWELRY = "jewelry"
    ELECTRONICS = "electronics"
    BOOK = "book"
    TABLEWARE = "tableware"
    HOME = "home"
    TOY = "toy"
    SPORT = "sport"
    BOX = "box"
    OTHER = "other"

    @property
    def stance(self) -> Stance:
        """Garments lie (flat-lay); all else stands."""
        return Stance.LYING if self is Category.GARMENT else Stance.UPRIGHT


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle of whole pixels."""

    left: int
    """First column inside."""
    top: int
    """First row inside."""
    right: int
    """First column outside."""
    bottom: int
    """First row outside."""

    def __post_init__(self) -> None:
        if self.left >= self.right or self.top >= self.bottom:
            raise SettingsError("box", self.as_tuple(), "left < right and top < bottom")

    @property
    def width(self) -> int:
        """Columns, px."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Rows, px."""
        return self.bottom - self.top

    def as_tuple(self) -> tuple[int, int, int, int]:
        """(left, top, right, bottom), as Pillow has it."""
        return self.left, self.top, self.right, self.bottom

    def contains(self, other: Box) -> bool:
        """Whether ``other`` lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def slices(self) -> tuple[slice, slice]:
        """(rows, columns), to index an array with."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


@dataclass(frozen=True, kw_only=True, eq=False)
class Photo:
    """A photo as it was read: upright, sRGB, eight bits."""

    rgb: RgbImage
    """Colours; where ``alpha_matte`` is 0 they mean nothing."""
    alpha_matte: AlphaMatte | None
    """The file's own transparency, or None for an opaque photo."""
    name: str
    """The file's stem, or ``"photo"``; for messages and file names."""
    sha256: str
    """Hex digest of the decoded pixels: the same picture has the same digest."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cutout:
    """A product cut from its photo, at the photo's full resolution."""

    rgb: RgbImage
    """Foreground colours, decontaminated: the old background is gone from the soft edge."""
    alpha_matte: AlphaMatte
    """Soft matte, same size as ``rgb``."""
    box: Box
    """Tight box of the pixels with matte above 0.5."""
    touches: frozenset[Edge]
    """Photo edges where the product is cut off."""
    confidence: float
    """0 to 1: how sure the segmenter is that this is the product."""
    segmenter: str
    """Which segmenter made it, with its version; ``"alpha"`` where the photo brought its own matte."""
    photo_name: str
    """The photo's name."""
    photo_sha256: str
    """The photo's digest."""
    segmentation: SegmentationSettings | None = None
    """How it was cut out; None where no segmenter did."""

    @cached_property
    def sha256(self) -> str:
        """Hex digest of matte and visible colours in eight bits: the same cut-out has the same digest."""
        alpha = np.round(self.alpha_matte * 255).astype(np.uint8)
        digest = hashlib.sha256(f"{alpha.shape}".encode())
        digest.update(alpha.tobytes())
        digest.update((self.rgb * (alpha > 0)[..., None]).tobytes())
        return digest.hexdigest()

    @property
    def asset_id(self) -> str:
        """A GUID for the cut-out, by its digest: the seed API's ``backgroundRemovedImageAssetId``."""
        return str(uuid.uuid5(_ASSETS, self.sha256))


@dataclass(frozen=True, kw_only=True)
class Swatch:
    """One colour of a palette."""

    hex: str
    """``#rrggbb``, sRGB."""
    name: str
    """Plain colour name, such as ``"navy blue"``."""
    share: float
    """Share of the area, 0 to 1."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Product:
    """A cut-out with its name and description."""

    cutout: Cutout
    """The product's pixels."""
    name: str
    """What a shop would call it, lower case, such as ``"sunglasses"``."""
    description: str
    """One sentence that ends with a full stop."""
    category: Category
    """The shelf it stands on."""
    palette: tuple[Swatch, ...]
    """Dominant colours, largest share first."""
    confidence: float
    """0 to 1: how sure the captioner is of the name; 1 where the caller gave it."""
    prompts: tuple[str, ...] = ()
    """Scene texts that the captioner wrote for just this product; empty where it writes none."""


@dataclass(frozen=True, kw_only=True)
class PresetScore:
    """Why a preset stands where it does; ``photoshoot.recommenders.affinity`` says how the parts make the total."""

    preset_id: str
    """The preset."""
    category: float
    """How it suits the product's category, 0 to 1."""
    contrast: float
    """How the product stands out in it, 0 to 1."""
    harmony: float
    """How the hues go together, 0 to 1."""
    season: float
    """A holiday's reach in its time, 0 to 1, -1 out of it; 0.2 for a season in its time, -0.2 out of it; else 0."""
    similarity: float | None = None
    """How a network finds picture and scene to go together against the other presets, -1 to 1; None: none was asked."""
    total: float
    """The score, before likeness is taken off; higher is better."""
    likeness: float = 0.0
    """Likeness to the nearest of those picked before it, 0 to 1."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Recommendation:
    """What suits a product: four prompts and six presets, best first."""

    product: Product
    """The product it is for."""
    prompts: tuple[str, ...]
    """Four scene texts, each usable as ``Prompt.custom``."""
    preset_ids: tuple[str, ...]
    """Six preset ids, best first."""
    scores: tuple[PresetScore, ...] = ()
    """Where it was asked to explain: every preset with the parts of its score, first the six; else empty."""

    def to_seed(self) -> dict[str, dict[str, str] | str | list[str]]:
        """The seed API's response to ``/Recommendations``, exactly its fields."""
        return {
            "productInfo": {"productName": self.product.name, "productDescription": self.product.description},
            "backgroundRemovedImageAssetId": self.product.cutout.asset_id,
            "recommendedPrompts": list(self.prompts),
            "recommendedPresetIds": list(self.preset_ids),
        }


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What stands round the product: words for a network, a set for the studio."""

    text: str
    """The scene alone, without the product's name."""
    full_text: str
    """Product name and scene, joined so that it reads right."""
    negative_text: str
    """What must not be in the picture; for diffusion engines."""
    preset_id: str | None
    """The preset it came from, or None for a custom prompt."""
    preset_sha256: str | None = None
    """Digest of that preset's data: its version."""
    design: SetDesign
    """What the studio builds."""
    style_reference: Path | None
    """The preset's plate, or None (custom prompt, or the reference was switched off)."""
    reading: str
    """How the prompt was read, for people: ``"preset white_background"`` or the words that were recognised."""
    native_text: str | None = None
    """A custom prompt in the caller's own language, as it was given; None where there was none."""


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """The picture to be made, and where the product goes in it. Independent of the scene."""

    label: str
    """Size name, such as ``"landscape"``."""
    width_px: int
    """Width of the picture."""
    height_px: int
    """Height of the picture."""
    product_box: Box
    """Where the product's tight box goes; its lower edge is the base the product stands on."""
    safe_area: Box
    """The product stays inside."""
    stance: Stance
    """Standing or lying."""
    snapped: frozenset[Edge] = frozenset()
    """Canvas edges that the product is snapped to, since the photo cut it there."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ProductLayer:
    """The product resampled once onto its canvas; every engine composites exactly these pixels."""

    rgb: RgbImage
    """(canvas height, canvas width, 3); colours are extended a little past the matte."""
    alpha_matte: AlphaMatte
    """(canvas height, canvas width)."""


@dataclass(frozen=True, kw_only=True)
class Recipe(ShotSettings):
    """What the caller asked for. With the photo, the engine and a size it is enough to make a shot again."""

    seed: int
    """The request's seed, given or drawn, 0 to 2**31 - 1."""
    prompt: Mapping[str, str | None]
    """The prompt, as ``Prompt.to_seed`` writes it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ShotRequest:
    """One picture to be placed."""

    product: Product
    """Who it is of."""
    layer: ProductLayer
    """The product's pixels on this canvas."""
    canvas: Canvas
    """The picture's geometry."""
    scene: Scene
    """What stands round the product."""
    seed: int
    """Seed of this shot alone, 0 to 2**32 - 1; mixed from the request's seed and the prompt's index."""
    prompt_index: int
    """Which prompt of the request it answers, from 0."""
    recipe: Recipe | None = None
    """The request that it is part of; None where it was planned by hand."""

    def answer(self, image: RgbImage, provenance: Provenance) -> Shot:
        """The shot that answers it: a finished picture, and what made it."""
        return Shot(
            image=image,
            product=self.product,
            canvas=self.canvas,
            scene=self.scene,
            seed=self.seed,
            prompt_index=self.prompt_index,
            provenance=provenance,
            recipe=self.recipe,
        )


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What made a shot; enough to make it again. No times or paths: the same shot has the same record."""

    engine: str
    """``"studio"`` or ``"diffusion"``."""
    versions: Mapping[str, str]
    """Package or model name → version or digest."""
    settings: Mapping[str, str | int | float | bool]
    """The engine's settings in force."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Shot:
    """A finished picture."""

    image: RgbImage
    """(height, width, 3), sRGB."""
    product: Product
    """Who it is of."""
    canvas: Canvas
    """The picture's geometry."""
    scene: Scene
    """What stands round the product."""
    seed: int
    """Seed of this shot alone."""
    prompt_index: int
    """Which prompt of the request it answers, from 0."""
    provenance: Provenance
    """What made it."""
    recipe: Recipe | None = None
    """The request that it answers; None where there was none."""
    quality: QualityReport | None = None
    """What the gate measured; None before inspection."""
    exporter: Callable[[Shot, Path, ExportSettings], Path] | None = field(default=None, repr=False)
    """Writes the shot to a file; set by ``Photoshoot``."""

    def save(
        self,
        target: str | Path,
        *,
        format: str | ImageFormat | None = None,
        quality: int = 92,
        dpi: int = 72,
        low_resolution: bool = False,
    ) -> Path:
        """Write the picture and return the path of the file.

        Args:
            target: A folder (the file name then says product, preset, size and seed) or a file; a name that ends
                with a known suffix is a file.
            format: ``"png"``, ``"jpeg"``, ``"webp"``, ``"avif"`` or ``"pdf"``. None: by the file's suffix, else PNG.
            quality: For lossy formats, 1 to 100.
            dpi: Dots per inch, 1 to 2400; it decides a PDF's page size.
            low_resolution: Write the thumbnail (longest side 512 px).

        Raises:
            ExportError: The file can't be written.
            SettingsError: A value is out of range, or the format is unknown.
        """
        if self.exporter is None:
            raise ExportError("this shot has no exporter: it was not made by a Photoshoot; use photoshoot.exporters")
        settings = ExportSettings(
            format=_format(format, Path(target)), quality=quality, dpi=dpi, low_resolution=low_resolution
        )
        return self.exporter(self, Path(target), settings)


def _format(name: str | ImageFormat | None, target: Path) -> ImageFormat:
    suffix = target.suffix.lower().lstrip(".").replace("jpg", "jpeg")
    if name is None:
        return ImageFormat(suffix) if suffix in list(ImageFormat) else ImageFormat.PNG
    try:
        return ImageFormat("jpeg" if name == "jpg" else name)
    except ValueError as error:
        raise SettingsError("format", name, ", ".join(ImageFormat)) from error


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a request stands."""

    stage: str
    """``"segment"``, ``"describe"``, ``"place"`` or ``"export"``; ``"pull"`` while weights are downloaded."""
    done: int
    """Items of this stage that are finished."""
    total: int
    """Items of this stage in all."""
    message: str
    """One line for people."""
    ahead: float = 0.0
    """Items' worth of work that is done on the next ones, such as 1.5 of a batch of six."""

    @property
    def percent(self) -> int:
        """0 to 100."""
        return int(100 * (self.done + self.ahead) / self.total) if self.total else 100
