"""What the network is told: the scene without the product, and what must not be painted."""

import math
import re
from collections.abc import Iterable
from typing import Final

from photoshoot.color.space import hex_to_oklab
from photoshoot.prompt_text import join_name
from photoshoot.records import Category, Product, ShotRequest

MOST_ACCENTS: Final = 2
"""Colour names of the product that go into a prompt."""

_LEAST_SHARE = 0.05  # a smaller part of the product, such as a label's print, gives no accent
_LEAST_CHROMA = 0.025  # OKLab chroma under which a colour is a grey
_GREYS = frozenset({"black", "charcoal", "dark grey", "grey", "light grey", "silver", "white"})
_NOWHERE = "a plain studio background"
_ARTICLE = r"(?:(?:a|an|the|my|our|this|these)\s+)?"
_CLASS_WORDS = {
    Category.FOOTWEAR: "footwear",
    Category.GARMENT: "clothing",
    Category.HEADWEAR: "headwear",
    Category.EYEWEAR: "eyewear",
    Category.BAG: "bag",
    Category.JEWELRY: "jewelry",
    Category.ELECTRONICS: "electronic device",
    Category.BOOK: "book",
    Category.TOY: "toy",
}
"""Shelves whose goods no set is dressed with; fruit, drinks, boxes and tableware stand in many scenes."""


def describe_scene(request: ShotRequest) -> str:
    """The prompt: the scene, and with a style reference the product's colours as accents.

    A name of the product at the beginning is left out, so that the network does not paint a second one.
    """
    text = _without_product(request.scene.text, request.product)
    accents = [] if request.scene.style_reference is None else _accents(request.product, text)
    return f"{text}, accents of {' and '.join(accents)}" if accents else text


def describe_shot(request: ShotRequest) -> str:
    """The product before its scene: what a network is told that does not paint either of them."""
    return join_name(request.product.name, _without_product(request.scene.text, request.product))


def exclude(request: ShotRequest) -> str:
    """The negative prompt: the scene's own, and the product's names where the scene does not ask for such things."""
    names = names_of(request.product)
    unwanted = [name for name in names if not mentions(request.scene.text, name)]
    doubles = [f"duplicate {names[0]}"] if names else []
    return ", ".join(_unique([*request.scene.negative_text.split(","), *doubles, *unwanted]))


def names_of(product: Product) -> list[str]:
    """What it may be called: its name, the last word of it, and its kind; none where it is not known what it is."""
    if product.name in ("", "product"):
        return []
    return [name for name in (product.name, _class_word(product), _CLASS_WORDS.get(product.category, "")) if name]


def mentions(text: str, name: str) -> bool:
    """Whether a text has a name as a whole word, in singular or plural."""
    stem = re.sub(r"(?<=\w\w)s$", "", name)
    return re.search(rf"(?<!\w){re.escape(stem)}(?:s|es)?(?!\w)", text, re.IGNORECASE) is not None


def _without_product(text: str, product: Product) -> str:
    for name in (product.name, _class_word(product)):
        opening = re.match(rf"{_ARTICLE}{re.escape(name)}(?!\w)\s*", text, re.IGNORECASE) if name else None
        rest = text[opening.end() :] if opening else ""
        if opening and not rest:
            return _NOWHERE
        if rest and (rest[0] in ",.;:" or not join_name(name, rest).startswith(f"{name},")):
            return join_name("", rest) or _NOWHERE
    return text


def _accents(product: Product, text: str) -> list[str]:
    names = [
        swatch.name
        for swatch in product.palette
        if swatch.share >= _LEAST_SHARE and swatch.name not in _GREYS and _chroma(swatch.hex) >= _LEAST_CHROMA
    ]
    return [name for name in _unique(names) if not mentions(text, name)][:MOST_ACCENTS]


def _chroma(color: str) -> float:
    _, a, b = (float(part) for part in hex_to_oklab(color))
    return math.hypot(a, b)


def _class_word(product: Product) -> str:
    """The last word of its name, which says what it is."""
    return product.name.split()[-1] if product.name.split() else ""


def _unique(items: Iterable[str]) -> list[str]:
    """In order, without white space around, empty ones and repetitions."""
    kept: dict[str, str] = {}
    for item in items:
        kept.setdefault(item.strip().lower(), item.strip())
    return [item for item in kept.values() if item]
