"""The products that data are rendered with: cut out once, kept beside the data for all to look at.

``products/<id>.png`` is a cut-out, ``products/<id>.json`` what is known of it. A bad cut-out spoils every picture of
its product: look through that folder before a long run.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from photoshoot.catalogue import Item
from photoshoot.catalogue.identity import identify_photo
from photoshoot.catalogue.shooting import read_photo_file
from photoshoot.color.palette import dominant_colors
from photoshoot.errors import CaptionError, NoProductFoundError, PhotoError
from photoshoot.files import AtomicFiles
from photoshoot.machine.lookahead import map_ahead
from photoshoot.pixels.imaging import tight_box
from photoshoot.pixels.photos import read_photo
from photoshoot.records import Box, Category, Cutout, Edge, Product
from photoshoot.settings import PhotoLimits
from photoshoot.stages import Captioner, Segmenter
from photoshoot.training.data.tally import Refused

FOLDER: Final = "products"
"""In a data set's folder."""

_AT_ONCE = 2
_ROOM = 0.05  # kept round the tight box for the soft edge, of its longer side


@dataclass(frozen=True, kw_only=True)
class CutProduct:
    """A product that is cut out and described; its pixels are in a file."""

    id: str
    """Its photo: the path under the folder, without suffix."""
    product: str
    """Which product the photo shows: the subfolder that it is in, else the photo's own name."""
    photo_sha256: str
    """Digest of the photo's file."""
    cutter: str
    """The segmenter, by its name in the command."""
    name: str
    """As the captioner has it."""
    description: str
    """As the captioner has it."""
    category: Category
    """As the captioner has it."""
    touches: tuple[Edge, ...]
    """Where the photo cuts it off."""
    confidence: float
    """How sure the segmenter is of the cut-out, 0 to 1."""

    @property
    def stem(self) -> str:
        """Of its files' names."""
        return Item(id=self.id, photo=Path()).folder


def product_of(item: Item) -> str:
    """Photos in one subfolder show one product; any other photo shows its own."""
    return item.id.split("/")[0]


def cut_products(
    items: Sequence[Item], out: Path, cutter: str, segmenter: Segmenter, captioner: Captioner
) -> Iterator[CutProduct | Refused]:
    """Cut out and describe each product, or take what an earlier run left of the same photo, in order.

    Args:
        items: The photos.
        out: The data set's folder.
        cutter: The segmenter's name.
        segmenter: Cuts out.
        captioner: Names.

    Raises:
        ExportError: A cut-out can't be written.
    """

    def cut(item: Item) -> CutProduct | Refused:
        try:
            file = read_photo_file(item, PhotoLimits())
            done = _load_card(out, item, cutter)
            if done is not None:
                return done
            (cutout,) = segmenter.segment([replace(read_photo(file), name=item.photo_name)])
            (product,) = captioner.describe([cutout])
        except (PhotoError, NoProductFoundError, CaptionError) as error:
            return Refused.of(item.id, error)
        card = _describe(item, cutter, product)
        _save(out, card, cutout)
        return card

    return map_ahead(cut, items, min(_AT_ONCE, len(items)))


def read_card(file: Path) -> CutProduct:
    """Read what is known of a product.

    Raises:
        OSError: The file can't be read.
        ValueError: It is no such file.
        KeyError: Something is missing in it.
        TypeError: Something is too much in it.
    """
    data = json.loads(file.read_bytes())
    return CutProduct(**{**data, "category": Category(data["category"]), "touches": tuple(map(Edge, data["touches"]))})


def load_product(out: Path, card: CutProduct) -> Product:
    """Read a product that ``cut_products`` left.

    Raises:
        PhotoError: Its file is gone or damaged.
    """
    photo = read_photo(out / FOLDER / f"{card.stem}.png")
    alpha = np.ones(photo.rgb.shape[:2], np.float32) if photo.alpha_matte is None else photo.alpha_matte
    box = tight_box(alpha)
    if box is None:
        raise PhotoError(f"{out / FOLDER / card.stem}.png shows nothing: remove it, and it is cut out again")
    cutout = Cutout(
        rgb=photo.rgb,
        alpha_matte=alpha,
        box=box,
        touches=frozenset(card.touches),
        confidence=card.confidence,
        segmenter=card.cutter,
        photo_name=card.id,
        photo_sha256=card.photo_sha256,
    )
    return Product(
        cutout=cutout,
        name=card.name,
        description=card.description,
        category=card.category,
        palette=dominant_colors(cutout.rgb, cutout.alpha_matte),
        confidence=card.confidence,
    )


def _describe(item: Item, cutter: str, product: Product) -> CutProduct:
    return CutProduct(
        id=item.id,
        product=product_of(item),
        photo_sha256=identify_photo(item),
        cutter=cutter,
        name=product.name,
        description=product.description,
        category=product.category,
        touches=tuple(sorted(product.cutout.touches)),
        confidence=product.cutout.confidence,
    )


def _save(out: Path, card: CutProduct, cutout: Cutout) -> None:
    part = _with_room(cutout.box, cutout.alpha_matte.shape).slices()
    alpha = np.round(cutout.alpha_matte[part] * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.dstack([cutout.rgb[part], alpha])).save(file, "PNG", compress_level=1)
    with AtomicFiles() as files:
        files.write(out / FOLDER / f"{card.stem}.png", file.getvalue())
        files.write(out / FOLDER / f"{card.stem}.json", (json.dumps(asdict(card), indent=1) + "\n").encode())


def _with_room(box: Box, shape: tuple[int, ...]) -> Box:
    room = round(_ROOM * max(box.width, box.height)) + 1
    return Box(
        left=max(0, box.left - room),
        top=max(0, box.top - room),
        right=min(shape[1], box.right + room),
        bottom=min(shape[0], box.bottom + room),
    )


def _load_card(out: Path, item: Item, cutter: str) -> CutProduct | None:
    """What an earlier run knew of this very photo; None where it is another one, or was cut otherwise."""
    stem = out / FOLDER / item.folder
    try:
        card = read_card(stem.with_name(f"{item.folder}.json"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    there = stem.with_name(f"{item.folder}.png").exists()
    same = (card.id, card.cutter, card.photo_sha256) == (item.id, cutter, identify_photo(item))
    return card if there and same else None
