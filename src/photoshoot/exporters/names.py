"""File names that say what is in the file: product, preset, size and seed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from photoshoot.records import Product, Shot
from photoshoot.settings import ExportSettings, ImageFormat

FORMAT_OF_SUFFIX: Mapping[str, ImageFormat] = {
    ".png": ImageFormat.PNG,
    ".jpg": ImageFormat.JPEG,
    ".jpeg": ImageFormat.JPEG,
    ".webp": ImageFormat.WEBP,
    ".avif": ImageFormat.AVIF,
    ".pdf": ImageFormat.PDF,
}
"""Known suffixes; a format's own is its first."""

_LONGEST_PART = 60
_SUFFIX_OF_FORMAT = {kind: suffix for suffix, kind in reversed(list(FORMAT_OF_SUFFIX.items()))}


class FileNames:
    """Names the files of one run: no two alike, and the same ones when the run is repeated."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def name(self, shot: Shot, settings: ExportSettings) -> str:
        """The next shot's file name, such as ``green-bottle_white-background_landscape_seed-7.png``.

        It is lower-case ASCII, safe on every system; a name that was given before gets ``-2``, ``-3`` and so on. A
        custom prompt is called ``custom-<its number>``; a thumbnail is marked as one.
        """
        scene = shot.scene.preset_id or f"custom-{shot.prompt_index + 1}"
        parts = [slug(shot.product.name, "product"), slug(scene, "scene"), slug(shot.canvas.label, "size")]
        parts += ["thumbnail"] * settings.low_resolution + [f"seed-{shot.seed}"]
        return self._give("_".join(parts), _SUFFIX_OF_FORMAT[settings.format])

    def name_sheet(self, product: Product) -> str:
        """The file name of a product's contact sheet, such as ``green-bottle_contact-sheet.png``."""
        return self._give(f"{slug(product.name, 'product')}_contact-sheet", ".png")

    def _give(self, stem: str, suffix: str) -> str:
        self._taken[stem + suffix] += 1
        times = self._taken[stem + suffix]
        return f"{stem}-{times}{suffix}" if times > 1 else f"{stem}{suffix}"


def slug(text: str, default: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens, at most 60; ``default`` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_PART].strip("-") or default
