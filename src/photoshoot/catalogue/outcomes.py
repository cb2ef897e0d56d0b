"""What came of a product: pictures as the bytes of their files, or the reason why there are none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TypeAlias

from photoshoot.catalogue.items import Item


@dataclass(frozen=True, kw_only=True)
class EncodedFile:
    """A file that is still to be written."""

    name: str
    """Its name in the product's folder."""
    data: bytes = field(repr=False)
    """The whole file, encoded."""

    @property
    def sha256(self) -> str:
        """Hex digest of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True)
class MadeShot:
    """One picture of a product, and what is in its files."""

    files: tuple[str, ...]
    """File names, one a format, in the recipe's order."""
    thumbnail: str
    """File name of its small JPEG."""
    preset_id: str | None
    """The preset, or None for a text."""
    prompt: str
    """The scene's text."""
    label: str
    """The size's name."""
    width_px: int
    """Width of the picture."""
    height_px: int
    """Height of the picture."""
    seed: int
    """Of this shot alone."""
    passed: bool
    """Whether the quality gate let it through."""
    shared_set: str | None = None
    """What set products of nearly one size share, see ``StudioSettings.share_plates``; None: it has one of its own."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A product's pictures are made."""

    item: Item
    """The product of the catalogue that it is about."""
    photo_sha256: str
    """``identify_photo`` of the photo as it was when the pictures were made."""
    product_name: str
    """As recognised or given."""
    description: str
    """As written or given."""
    category: str
    """The product's ``Category``, as its text."""
    shots: tuple[MadeShot, ...]
    """In the recipe's order."""
    encoded: tuple[EncodedFile, ...]
    """Every file of the product."""


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A product could not be made; the rest of the catalogue could."""

    item: Item
    """The product of the catalogue that it is about."""
    error: str
    """The error's class, such as ``"PhotoError"``."""
    message: str
    """What was wrong, in one line."""

    @classmethod
    def of(cls, item: Item, error: Exception) -> Failed:
        """The failure that an error is."""
        message = " ".join(str(error).split()) or "no message"
        return cls(item=item, error=type(error).__name__, message=message)


Outcome: TypeAlias = "Made | Failed"
"""What came of a product."""
