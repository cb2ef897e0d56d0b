"""How large a product is, by its name or its legs; what kind of place carries it, and the set that does.

``presets/sizes.json`` holds the nouns of each class with the longer side of such things in metres. A name is read by
its head, the noun that says what the thing is: a bicycle helmet is a helmet, an armchair with cushions an armchair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from photoshoot.color.space import NAMED_COLORS
from photoshoot.files import JsonObject, find_data, load_json
from photoshoot.framing.toppling import stands_on_legs
from photoshoot.records import Canvas, Category, Product, Scene
from photoshoot.records.product import SHOWN_ON_A_PERSON
from photoshoot.sets import SetDesign, carry, hold, set_name
from photoshoot.sets.named import left_behind, told_from_above, unseen_from_above
from photoshoot.settings import Placement, SizeClass, Stance

_LEAST_CONFIDENCE = 0.4  # of the captioner, under which a product stays on the table
_TALL = 2.3  # height over width from which on a lamp stands on the floor
_MOST_WORDS = 3
_PERSON_WIDE, _PERSON_TALL = 0.5, 1.75  # metres; arms hang or bend a little
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENDS = re.compile(
    r"[,;:(/|]|\s[-–]\s|(?<!\w)(?:with|for|in|on|by|from|at|to|against|before|and|made|without|featuring)(?!\w)"
)
_OF = re.compile(r"^(?:an?|the|one|two|three|four|\d+)?\s*(?:set|pair|piece|pack|bundle|stack|roll)s? of ")
_WORN: Final = frozenset({Category.GARMENT, Category.FOOTWEAR, Category.HEADWEAR, Category.EYEWEAR, Category.BAG})
_ON_LEGS: Final = frozenset({Category.HOME, Category.OTHER})
_OF_CATEGORY: Final = {Category.JEWELRY: 0.04, Category.EYEWEAR: 0.15, Category.GARMENT: 0.72}
"""Metres of the longer side of what no noun tells more of: the categories whose things are nearly of one size."""
_BY_SHAPE: Final = {"lamp": "floor lamp", "fan": "fan", "mirror": "floor mirror"}
"""Nouns of which the tall ones are another thing."""


@dataclass(frozen=True, kw_only=True)
class ProductSize:
    """How large a product is."""

    size_class: SizeClass
    """What kind of place carries it."""
    metres: float | None
    """Its longer side in life; None: not known, and it is taken to be as things of its class mostly are."""
    noun: str | None = None
    """The noun that says so; None: the caller, the category or nothing does."""


def find_size(product: Product, placement: Placement | None = None) -> ProductSize:
    """How large a product is: as the caller says, else by its name, else as its shelf is.

    A name that the captioner is not sure of leaves the product on the table, where it always stood, but for what stands
    on high and thin legs: that is furniture, whatever it is called.
    """
    placement = placement or Placement()
    known = _by_name(product) if product.confidence >= _LEAST_CONFIDENCE else None
    known = known or _by_legs(product) or _by_category(product.category)
    size_class = placement.size_class or known.size_class
    in_life = _on_a_person(product) or known.metres
    metres = placement.size_m or (in_life if size_class is known.size_class else None)
    return ProductSize(size_class=size_class, metres=metres, noun=known.noun if placement.size_class is None else None)


def settle(scene: Scene, stance: Stance, size: ProductSize) -> Scene:
    """The scene in which a product of a size is held so: in its own set, or in the nearest one that takes such things.

    Where that is another set than was asked for, ``reading`` says so, and no style is taken from the preset's plate;
    and it says which of the named things (props, season, materials) did not go along, and what tells of a place that is
    not seen from above.
    """
    held, design = hold(scene.design, stance), carry(scene.design, stance, size.size_class)
    left = left_behind(scene.design, design)
    if stance is Stance.LYING:
        left += (*unseen_from_above(scene.design, design), *_unseen_colors(scene, design))
    told = [f"not shown so: {', '.join(left)}"] if left else []
    if hints := told_from_above(scene.design, design):
        told.append(f"the place is told by: {', '.join(hints)}")
    if design == held:
        return replace(scene, design=held).telling(*told)
    asked, built = (set_name(kind).replace("_", " ") for kind in (scene.design, design))
    what = f"{size.noun} is {_SAID[size.size_class]}" if size.noun else _SAID[size.size_class]
    told.append(f"placed in: {built}, since {what} and {asked} can't carry it")
    return replace(scene, design=design, style_reference=None).telling(*told)


def _unseen_colors(scene: Scene, built: SetDesign) -> tuple[str, ...]:
    """What a prompt calls the colour of a wall that is not seen, and that nothing has that is."""
    asked, fades = getattr(scene.design, "backdrop_color", None), getattr(scene.design, "fade_colors", ())
    return () if fades or asked in {seen.color for seen in built.seen_colors()} else scene.behind


def scale(canvas: Canvas, size: ProductSize) -> Canvas:
    """The canvas with how large the product is in it."""
    box = canvas.product_box
    metres = size.metres or _USUAL[size.size_class]
    return replace(canvas, size_class=size.size_class, m_per_px=metres / max(box.width, box.height))


_SAID: Final[Mapping[SizeClass, str]] = {
    SizeClass.HAND_HELD: "hand-held",
    SizeClass.TABLE_TOP: "for a table",
    SizeClass.WEARABLE: "worn or carried",
    SizeClass.FURNITURE: "furniture",
    SizeClass.GEAR: "for the ground outdoors",
    SizeClass.WALL: "for a wall",
    SizeClass.FLOOR: "for a floor",
}
_USUAL: Final[Mapping[SizeClass, float]] = {
    SizeClass.HAND_HELD: 0.15,
    SizeClass.TABLE_TOP: 0.3,
    SizeClass.WEARABLE: 0.35,
    SizeClass.FURNITURE: 1.0,
    SizeClass.GEAR: 1.5,
    SizeClass.WALL: 0.7,
    SizeClass.FLOOR: 2.0,
}
"""The longer side of what is only known to be of a class, metres."""


def _by_name(product: Product) -> ProductSize | None:
    found = find_noun(product.name) or find_noun(product.description)
    if found is None:
        return None
    box = product.cutout.box
    tall = _BY_SHAPE.get(found) if box.height > _TALL * box.width else None
    noun = tall or found
    size_class, metres = load_nouns()[noun]
    return ProductSize(size_class=size_class, metres=metres, noun=noun)


def _on_a_person(product: Product) -> float | None:
    """Longer side, metres, of a garment in which somebody stands: by how wide people are; None where nobody does."""
    box = product.cutout.box
    if product.category is not Category.GARMENT or all(why.words != SHOWN_ON_A_PERSON for why in product.evidence):
        return None
    tall = _PERSON_WIDE * box.height / box.width
    return min(tall, _PERSON_TALL) if box.height > box.width else None


def _by_legs(product: Product) -> ProductSize | None:
    """Furniture, where no category says that it is worn, and no noun what it is."""
    if product.category not in _ON_LEGS or not stands_on_legs(product.cutout):
        return None
    return ProductSize(size_class=SizeClass.FURNITURE, metres=None)


def _by_category(category: Category) -> ProductSize:
    worn = category in _WORN
    size_class = SizeClass.WEARABLE if worn else SizeClass.TABLE_TOP
    return ProductSize(size_class=size_class, metres=_OF_CATEGORY.get(category))


def find_noun(text: str) -> str | None:
    """The noun of ``load_nouns`` that is the head of a name or of a sentence's subject; None where it is not known."""
    words = _head(text.lower())
    while words and (words[-1] in NAMED_COLORS or any(char.isdigit() for char in words[-1])):
        words.pop()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        tail = words[-count:]
        for last in _singulars(tail[-1]):
            if (noun := " ".join([*tail[:-1], last])) in load_nouns():
                return noun
    return None


@cache
def load_nouns() -> Mapping[str, tuple[SizeClass, float]]:
    """Noun → its class and the longer side of such things, metres.

    Raises:
        PresetError: The file is damaged.
    """
    file = find_data("presets") / "sizes.json"
    data = JsonObject(file, "", load_json(file), required=[str(kind) for kind in SizeClass])
    return {
        noun: (kind, float(metres)) for kind in SizeClass for noun, metres in data.value(str(kind), dict, {}).items()
    }


def _head(text: str) -> list[str]:
    """The words before what only tells more of the thing."""
    whole = _OF.sub("", text.strip())
    parts: Iterable[str] = re.split(r"(?<!\w)of(?!\w)", _ENDS.split(whole.rstrip("."), maxsplit=1)[0], maxsplit=1)
    return _TOKEN.findall(next(iter(parts)))


def _singulars(word: str) -> tuple[str, ...]:
    """A word, and what it may be one of."""
    if not word.endswith("s") or word.endswith("ss"):
        return (word,)
    if word.endswith("ies"):
        return (word, f"{word[:-3]}y")
    shelves = (f"{word[:-3]}f",) if word.endswith("ves") else ()
    return (word, word[:-1], *((word[:-2],) if word.endswith("es") else ()), *shelves)
