"""What is known of a product, from its photo to its name: frozen records, checked when they are made.

Pixels: ``rgb`` is uint8 (H, W, 3) sRGB. ``alpha_matte`` is float32 (H, W) in [0, 1], 1 = product.
Boxes are in pixels, left and top inside, right and bottom outside.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from photoshoot.records.figures import Shown, build_figure, build_swatches
from photoshoot.records.parts import CLEAREST_GLASS, PartLike, keep_parts, list_parts, pick_parts
from photoshoot.records.parts import Box as Box
from photoshoot.records.parts import Part as Part
from photoshoot.records.transparency import build_picture, save_picture
from photoshoot.settings import Choice, SegmentationSettings, Stance, check_fields

if TYPE_CHECKING:
    from PIL import Image

RgbImage = npt.NDArray[np.uint8]
"""uint8 (H, W, 3), sRGB."""
AlphaMatte = npt.NDArray[np.float32]
"""float32 (H, W), [0, 1], 1 = product."""
LinearImage = npt.NDArray[np.float32]
"""float32 (H, W, 3), scene-linear, sRGB primaries, >= 0."""


_ASSETS: Final = uuid.UUID("6f0c2b9e-51d4-4c8e-9b7a-3d1f0e5a8c42")  # namespace of our assets' ids, drawn once


class Edge(Choice):
    """A side of a picture."""

    LEFT = "left"
    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"

    def meets(self, box: Box, shape: tuple[int, ...]) -> bool:
        """Whether a box reaches this side of a picture of that height and width."""
        at = {Edge.LEFT: box.left == 0, Edge.TOP: box.top == 0}
        return at.get(self, box.right == shape[1] if self is Edge.RIGHT else box.bottom == shape[0])


class Category(Choice):
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Photo(Shown):
    """A photo as it was read: upright, sRGB, eight bits."""

    rgb: RgbImage
    """Colours; where ``alpha_matte`` is 0 they mean nothing."""
    alpha_matte: AlphaMatte | None
    """The file's own transparency, or None for an opaque photo."""
    name: str
    """The file's stem, or ``"photo"``; for messages and file names."""
    sha256: str
    """Hex digest of the decoded pixels: the same picture has the same digest."""
    missing: str = ""
    """What of its file was not there, in words: ``"its lowest 20 of 400 rows are missing and left out"``; of a whole
    file nothing."""

    def _picture(self) -> Image.Image:
        opaque = np.ones(self.rgb.shape[:2], np.float32)
        return build_picture(self.rgb, opaque if self.alpha_matte is None else self.alpha_matte, None, False)

    def _line(self) -> str:
        height, width = self.rgb.shape[:2]
        return f"of {self.name}, {width}x{height} px"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Cutout(Shown):
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
    """0 to 1: how sure the segmenter is that this is the product, and that it is whole and clean."""
    segmenter: str
    """Which segmenter made it, with its version; ``"alpha"`` where the photo brought its own matte."""
    photo_name: str
    """The photo's name."""
    photo_sha256: str
    """The photo's digest."""
    segmentation: SegmentationSettings | None = None
    """How it was cut out; None where no segmenter did."""
    notes: tuple[str, ...] = ()
    """What was odd about the photo, for people, such as why its own transparency was not used."""

    @cached_property
    def sha256(self) -> str:
        """Hex digest of matte and visible colours in eight bits: the same cut-out has the same digest."""
        alpha = np.round(self.alpha_matte * 255).astype(np.uint8)
        digest = hashlib.sha256(f"{alpha.shape}".encode())
        digest.update(alpha.tobytes())
        digest.update((self.rgb * (alpha > 0)[..., None]).tobytes())
        return digest.hexdigest()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The things it shows that do not touch each other, the largest first."""
        return list_parts(self.solid_matte)

    @property
    def solid_matte(self) -> AlphaMatte:
        """The matte as it would be if no scene showed through its glass."""
        if self.segmentation is None or not self.segmentation.glass:
            return self.alpha_matte
        return np.asarray(np.minimum(self.alpha_matte / np.float32(CLEAREST_GLASS), 1), np.float32)

    def select(self, which: PartLike) -> Cutout:
        """The cut-out of some of its parts alone.

        Args:
            which: A number of ``parts``; a point (x, y) or a box of photo pixels that meets them; or words such as
                ``"the left one"``, ``"largest"``, ``"2"``, ``"0 and 2"`` or ``"640, 380"``.

        Raises:
            SettingsError: No part is meant by it.
        """
        chosen = pick_parts(self.parts, which)
        alpha, box = keep_parts(self.alpha_matte, self.solid_matte, chosen)
        touches = frozenset(edge for edge in self.touches if getattr(box, edge) == getattr(self.box, edge))
        share = sum(part.confidence * part.share for part in chosen) / sum(part.share for part in chosen)
        confidence = self.confidence * min(1.0, share)
        told = self.segmentation
        if told is not None and told.select is None:  # else the numbers are those of a choice, and tell nothing
            told = replace(told, select=" and ".join(str(part.number) for part in chosen))
        return replace(self, alpha_matte=alpha, box=box, touches=touches, confidence=confidence, segmentation=told)

    @property
    def asset_id(self) -> str:
        """A GUID for the cut-out, by its digest: the HTTP API's ``backgroundRemovedImageAssetId``."""
        return str(uuid.uuid5(_ASSETS, self.sha256))

    def to_pil(self, *, background: str | None = None, matte: bool = False) -> Image.Image:
        """The cut-out as a Pillow image of the photo's size; where the matte is 0, no old pixel is kept.

        Args:
            background: Lay it over this colour, such as ``"#ffffff"``: an RGB image. None: RGBA.
            matte: The matte alone, 255 = product: a grey image.

        Raises:
            SettingsError: The colour is none, or a colour and the matte alone are asked for at once.
        """
        return build_picture(self.rgb, self.alpha_matte, background, matte)

    def save(
        self, target: str | Path, *, background: str | None = None, matte: bool = False, overwrite: bool | None = None
    ) -> Path:
        """Write the cut-out to a file, whole or not at all, and return its path.

        Args:
            target: A file (.png and .webp, without loss; .jpg or .avif for what has no transparency), or a folder, in
                which the file is ``<photo>_cutout.png`` or ``<photo>_matte.png``.
            background: As in ``to_pil``.
            matte: As in ``to_pil``.
            overwrite: Whether another file of that name is replaced; if not, the new one is numbered. None: a file that
                is named is replaced, and none in a folder.

        Raises:
            SettingsError: The colour is none, or the suffix is no picture's or can't hold transparency.
            ExportError: The file can't be written.
        """
        path, image = Path(target), self.to_pil(background=background, matte=matte)
        is_folder = path.is_dir() or not path.suffix
        if is_folder:
            path /= f"{self.photo_name}_{'matte' if matte else 'cutout'}.png"
        return save_picture(image, path, overwrite=not is_folder if overwrite is None else overwrite)

    def _picture(self) -> Image.Image:
        return self.to_pil()

    def _line(self) -> str:
        height, width = self.alpha_matte.shape
        return f"of {self.photo_name}, {width}x{height} px, by {self.segmenter}, confidence {self.confidence:.2f}"


@dataclass(frozen=True, kw_only=True)
class Swatch:
    """One colour of a palette."""

    hex: str
    """The colour as ``#rrggbb``, sRGB."""
    name: str
    """Plain colour name, such as ``"navy blue"``."""
    share: float
    """Share of the area, 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why words of a description are said."""

    words: str
    """The words, as they stand in the text."""
    source: str
    """What was measured, such as ``"62% of the product"``."""


SHOWN_ON_A_PERSON: Final = "shown on a person"
"""``Evidence.words`` of what somebody wears in the photo: the cut-out is then as large as that person's part is."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Product(Shown):
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
    alt_text: str = ""
    """A phrase of at most 125 characters for screen readers; empty where the captioner writes none."""
    long_description: str = ""
    """Up to three sentences, the first of which is ``description``; empty where the captioner writes none."""
    evidence: tuple[Evidence, ...] = ()
    """What the texts' words rest on; empty where the captioner can't tell."""

    def __post_init__(self) -> None:
        check_fields(self)

    def _picture(self) -> Image.Image:
        return self.cutout.to_pil()

    def _line(self) -> str:
        return f"{self.name} ({self.category}, confidence {self.confidence:.2f}): {self.description}"

    def _repr_html_(self) -> str:
        named = [(swatch.hex, f"{swatch.name} {swatch.hex}, {swatch.share:.0%}") for swatch in self.palette]
        return build_figure(self._picture(), self._line(), build_swatches(named))
