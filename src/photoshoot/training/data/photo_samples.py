"""Photos of products in real scenes as samples: the matte is a segmenter's, the caption lies beside the photo."""

import hashlib
import logging
import math
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.catalogue import Item
from photoshoot.catalogue.identity import PACKAGES, identify_photo, list_versions
from photoshoot.catalogue.shooting import read_photo_file
from photoshoot.errors import CaptionError, NoProductFoundError, PhotoError
from photoshoot.machine.lookahead import map_ahead
from photoshoot.pixels.imaging import scale
from photoshoot.pixels.photos import read_photo
from photoshoot.records import AlphaMatte, RgbImage
from photoshoot.segmenters.regions import spread
from photoshoot.settings import PhotoLimits, Range, check_fields
from photoshoot.stages import SceneCaptioner, Segmenter
from photoshoot.training.data.product_cutouts import product_of
from photoshoot.training.data.shard_manifest import Skipped
from photoshoot.training.data.tally import FailedSample, MadeSample
from photoshoot.training.data.tars import PictureFormat, encode_sample
from photoshoot.training.samples import TrainingSample

CAPTION_SUFFIX = ".txt"
"""Of the file beside a photo that says what is behind the product."""

_AT_ONCE = 2
_SEEN, _MARGIN_PX = 0.02, 9  # opacity from which on a pixel is hidden, and the side of the square round it
_log = logging.getLogger("photoshoot")


@dataclass(frozen=True, kw_only=True)
class PhotoSettings:
    """How photos become samples."""

    megapixels: Annotated[float, Range(0.005, 16)] = 1.0
    """Largest area of a picture, 0.005 to 16; a larger photo is made smaller."""
    segmenter: str = "u2netp"
    """What cuts products out, see ``Photoshoot.embedded``."""
    captioner: str | None = None
    """What says what is behind the product where no text file does: ``"blip"``, ``"florence2"``, or a folder with such
    a model. None: nothing."""
    picture: PictureFormat = "png"
    """File format of the pictures; mattes are PNG."""
    shard_size: Annotated[int, Range(1, 100_000)] = 100
    """Samples a shard, 1 to 100000."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class CutPhotos:
    """Work on photos by their numbers."""

    items: Sequence[Item]
    """The photos, in the order of the samples' numbers."""
    settings: PhotoSettings
    """How they become samples."""
    segmenter: Segmenter
    """Cuts the product out of each."""
    captioner: SceneCaptioner | None = None
    """Says what is behind the product where no text file does."""

    def __call__(self, indices: Iterable[int]) -> Generator[MadeSample | FailedSample | Skipped, None, None]:
        """Cut photos out, two at a time."""
        yield from map_ahead(self._make, indices, _AT_ONCE)

    def identify(self) -> dict[str, object]:
        """All that the samples depend on."""
        return {
            "source": "photo",
            "megapixels": self.settings.megapixels,
            "segmenter": self.settings.segmenter,
            "captioner": self.settings.captioner,
            "picture": self.settings.picture,
            "photos": {item.id: _digest(item) for item in self.items},
            "versions": list_versions(PACKAGES),
        }

    def _make(self, index: int) -> MadeSample | FailedSample | Skipped:
        item = self.items[index]
        try:
            return MadeSample(index=index, data=self._cut(index, item))
        except (PhotoError, NoProductFoundError, CaptionError) as error:
            return Skipped(index=index, id=item.id, reason=" ".join(str(error).split()))
        except Exception as error:  # one photo that no one foresaw must not end a long run
            _log.exception("%s: an error that no one foresaw", item.id)
            return FailedSample(index=index, id=item.id, reason=" ".join(str(error).split()) or type(error).__name__)

    def _cut(self, index: int, item: Item) -> bytes:
        photo = replace(read_photo(read_photo_file(item, PhotoLimits())), name=item.photo_name)
        if photo.alpha_matte is not None:
            raise PhotoError(f"{photo.name} is cut out already, and shows no scene: give it to render-data")
        (cutout,) = self.segmenter.segment([photo])
        image, alpha = shrink(photo.rgb, cutout.alpha_matte, self.settings.megapixels)
        sample = TrainingSample(
            key=f"{index:08}",
            image=image,
            alpha_matte=alpha,
            shadow=None,
            caption=read_caption(item.photo) or self._describe_scene(image, alpha),
            product=product_of(item),
            source="photo",
        )
        facts = {"photo": item.id, "confidence": round(cutout.confidence, 4), "segmenter": cutout.segmenter}
        return encode_sample(sample, self.settings.picture, facts)

    def _describe_scene(self, image: RgbImage, alpha_matte: AlphaMatte) -> str:
        return "" if self.captioner is None else self.captioner.describe_scenes([hide_product(image, alpha_matte)])[0]


def hide_product(image: RgbImage, alpha_matte: AlphaMatte) -> RgbImage:
    """The picture (H, W, 3) with its surroundings' colours in the product's place: what is not seen is not named."""
    known = 1 - ndimage.maximum_filter(alpha_matte > _SEEN, _MARGIN_PX).astype(np.float32)
    filled = spread(np.moveaxis(image.astype(np.float32), -1, 0), known)
    return np.round(np.clip(np.moveaxis(filled, 0, -1), 0, 255)).astype(np.uint8)


def read_caption(photo: Path | str) -> str:
    """What the text file beside a photo says, on one line; empty where there is none, as for an address.

    Raises:
        PhotoError: It is no UTF-8 text.
    """
    if isinstance(photo, str):
        return ""
    file = photo.with_suffix(CAPTION_SUFFIX)
    try:
        return " ".join(file.read_text(encoding="utf-8").split())
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise PhotoError(f"{file.name} can't be read as UTF-8 text: {error}") from error


def shrink(rgb: RgbImage, alpha_matte: AlphaMatte, megapixels: float) -> tuple[RgbImage, AlphaMatte]:
    """A picture (H, W, 3) and its matte (H, W), both made smaller where they have more pixels."""
    height, width = alpha_matte.shape
    factor = math.sqrt(megapixels * 1e6 / (height * width))
    if factor >= 1:
        return rgb, alpha_matte
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = Image.fromarray(alpha_matte).resize(size, Image.Resampling.LANCZOS)
    return scale(rgb, size), np.clip(np.asarray(small, np.float32), 0, 1)


def _digest(item: Item) -> str | None:
    """Of a photo and its caption; None where they can't be read, which making the sample will say."""
    try:
        caption = hashlib.sha256(read_caption(item.photo).encode()).hexdigest()
        return f"{identify_photo(item)[:16]}-{caption[:16]}"
    except (OSError, PhotoError):
        return None
