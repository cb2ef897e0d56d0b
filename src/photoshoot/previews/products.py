"""The products that presets are shown with, and which of them suits a preset."""

import types
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from photoshoot.color.palette import dominant_colors
from photoshoot.engines.registry import load_class
from photoshoot.errors import InputError
from photoshoot.files import find_data
from photoshoot.pixels.photos import PhotoSource, read_photo
from photoshoot.presets import Preset
from photoshoot.recommenders.backdrops import backdrop_colors
from photoshoot.recommenders.harmony import measure_contrast
from photoshoot.records import Category, Product
from photoshoot.seeds import PREVIEW
from photoshoot.stages import Segmenter

EXAMPLES: Mapping[str, Category] = types.MappingProxyType(
    {
        "bottle": Category.BEAUTY,
        "mug": Category.TABLEWARE,
        "tea_carton": Category.BOX,
        "sneaker": Category.FOOTWEAR,
        "headphones": Category.ELECTRONICS,
    }
)
"""The example products, by the names of their photos in ``examples/``."""

_CLEAR, _SEEN = 0.285, 0.14
"""Contrasts (0 to 1) from which on a product stands out in a set, and from which on it is not lost in it."""
_BY_TAG: Mapping[str, tuple[str, ...]] = {
    "technology": ("headphones",),
    "nightlife": ("headphones", "sneaker"),
    "office": ("headphones", "mug"),
    "school": ("headphones", "sneaker", "mug"),
    "sport": ("sneaker",),
    "urban": ("sneaker", "headphones"),
    "apparel": ("sneaker", "bottle", "headphones"),
    "beauty": ("bottle",),
    "spa": ("bottle",),
    "books": ("mug", "headphones"),
    "coffee": ("mug",),
    "cozy": ("mug", "tea_carton"),
    "drink": ("bottle", "mug"),
    "food": ("tea_carton", "mug"),
    "furniture": ("mug", "headphones"),
    "stars": ("bottle", "headphones"),  # seen from the side, so that a sky is
}
"""Tag → the products that suit it."""


def load_examples() -> dict[str, Product]:
    """The example products, cut out by their true mattes.

    Raises:
        InputError: This is an installed photoshoot: the examples are in a checkout alone.
    """
    try:
        folder = find_data("examples")
    except FileNotFoundError as error:
        raise InputError(
            "the example products do not come with an installed photoshoot: give a product of your own with "
            "--product PHOTO, or run this in a checkout of the repository"
        ) from error
    segmenter: Segmenter = load_class("segmenter", "u2netp")()
    return {name: _read_example(folder, name, category, segmenter) for name, category in EXAMPLES.items()}


def load_product(photo: PhotoSource) -> dict[str, Product]:
    """A product of the caller's own, cut from its photo, in place of the examples.

    Raises:
        PhotoError: The photo can't be read.
        NoProductFoundError: The photo shows no product.
    """
    source = read_photo(photo)
    segmenter: Segmenter = load_class("segmenter", "u2netp")()
    return {source.name: _build_product(source, source.name, Category.OTHER, segmenter)}


def choose_product(preset: Preset, products: Mapping[str, Product]) -> str:
    """Name of the product that a preset is shown with.

    Those that suit its tags come first, then those that suit its set, then the others, each group from one on that its
    id decides; the first of them that stands out before the set's colours is taken, or the one that stands out most.
    Flat-lays and walls to hang on show only what suits the set; elsewhere others are shown where all of that is lost.
    """
    colors = backdrop_colors(preset.design)
    suited, others = _order(preset, products)
    contrasts = {name: measure_contrast(products[name].palette, colors) for name in (*suited, *others)}
    for names, least in ((suited, _SEEN), (others, _CLEAR)):
        if seen := [name for name in names if contrasts[name] >= least]:
            return next((name for name in seen if contrasts[name] >= _CLEAR), max(seen, key=contrasts.__getitem__))
    return max(contrasts, key=contrasts.__getitem__)


def preset_seed(preset: Preset) -> int:
    """The seed of a preset's pictures, by its id alone."""
    return PREVIEW.seed(preset.id)


def _order(preset: Preset, products: Mapping[str, Product]) -> tuple[list[str], list[str]]:
    """The products that a preset may be shown with, best first: what suits its tags or its set, and the others."""
    suits = preset.design.shown_with
    frontal = preset.design.only_stance is not None  # a photo from the side does not lie flat
    allowed = [name for name in products if name in suits or not frontal] or [*products]
    tagged = dict.fromkeys(name for tag in preset.tags for name in _BY_TAG.get(tag, ()))
    groups = [[name for name in group if name in allowed] for group in (tagged, suits, products)]
    by_tag, by_set, any_of_them = (_turned(group, preset_seed(preset)) for group in groups)
    suited = [*dict.fromkeys((*by_tag, *by_set))]
    return suited, [name for name in any_of_them if name not in suited]


def _turned(names: Sequence[str], start: int) -> list[str]:
    start %= max(1, len(names))
    return [*names[start:], *names[:start]]


def _read_example(folder: Path, name: str, category: Category, segmenter: Segmenter) -> Product:
    with Image.open(folder / f"{name}.jpg") as photo, Image.open(folder / "mattes" / f"{name}.png") as matte:
        cut = photo.convert("RGB")
        cut.putalpha(matte.convert("L"))
    return _build_product(cut, name.replace("_", " "), category, segmenter)


def _build_product(photo: PhotoSource, name: str, category: Category, segmenter: Segmenter) -> Product:
    (cutout,) = segmenter.segment([read_photo(photo)])
    palette = dominant_colors(cutout.rgb, cutout.alpha_matte)
    return Product(cutout=cutout, name=name, description=f"{name}.", category=category, palette=palette, confidence=1.0)
