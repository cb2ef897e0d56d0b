"""What lists call what photoshoot needs of a product: its own names, and those of the exports of shops."""

import html
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

_TAG = re.compile(r"<[^>]*>")
_SEVERAL = ", "  # between the addresses of a cell; a comma alone may be part of one


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of one kind of list; their names are written as ``plain_name`` writes them."""

    photo: str = "photo"
    """Column of the photo's path or address."""
    id: str = "id"
    """Column of what tells a product from the others."""
    name: str = "name"
    """Column of the product's name."""
    description: str = "description"
    """Column of the product's description."""
    has_several: bool = False
    """Whether a photo's cell holds all photos, with commas and spaces between them."""

    def rename(self, row: Mapping[str, object]) -> dict[str, object]:
        """A row's cells by photoshoot's own names; None where the row has none."""
        names = {"photo": self.photo, "id": self.id, "name": self.name, "description": self.description}
        return {own: row.get(column) for own, column in names.items()}

    def read_cell(self, name: str, text: str | None) -> str | None:
        """A shop's cell, by its own name, as photoshoot has it: of several photos the first; a text without HTML."""
        if text is None:
            return None
        if name == "photo":
            return text.split(_SEVERAL)[0] if self.has_several else text
        return " ".join(html.unescape(_TAG.sub(" ", text)).split()) or None


OWN: Final = Columns()
"""Photoshoot's own lists: a row a product, each with a photo."""

_WOOCOMMERCE: Final = (
    ("images", "name", "short_description"),
    ("bilder", "name", "kurzbeschreibung"),
    ("images", "nom", "description_courte"),
    ("imágenes", "nombre", "descripción_corta"),
    ("immagini", "nome", "breve_descrizione"),
    ("imagens", "nome", "descrição_curta"),
    ("imagens", "nome", "breve_descrição"),
    ("afbeeldingen", "naam", "korte_beschrijving"),
    ("bilder", "namn", "kort_beskrivning"),
    ("billeder", "navn", "kort_beskrivelse"),
    ("obrazki", "nazwa", "krótki_opis"),
)
"""Photos, name and description in the languages that WooCommerce writes its exports in: that of the shop's pages."""

SHOPS: Final = (
    Columns(photo="image_link", name="title"),  # Google Merchant Center, Meta, Pinterest
    Columns(photo="image_src", id="handle", name="title", description="body_(html)"),  # Shopify
    Columns(photo="product_image_url", id="url_handle", name="title"),  # Shopify, since 2024
    *(Columns(photo=p, name=n, description=d, has_several=True) for p, n, d in _WOOCOMMERCE),
    Columns(photo="base_image", id="sku", description="short_description"),  # Magento
)
"""Exports of shops: further rows of a product hold what its first one leaves out, such as more photos.

Sources: Google, "Product data specification"; Shopify, "Using CSV files to import and export products"; WooCommerce,
"Product CSV importer schema"; Adobe Commerce, "Product attributes for import".
"""


def plain_name(column: str) -> str:
    """A column's name as it is compared: without case, and with underscores for spaces."""
    return column.strip().lower().replace(" ", "_")


def find_columns(names: Collection[str]) -> Columns | None:
    """The kind of list that has columns of these names; None: it names no photo.

    Where several kinds call it the same, it is the one of which most is there.
    """
    known = [columns for columns in (OWN, *SHOPS) if columns.photo in names]
    return max(known, key=lambda columns: len({columns.name, columns.description}.intersection(names)), default=None)
