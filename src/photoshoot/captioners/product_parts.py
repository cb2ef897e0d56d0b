"""Parts of a product that a picture shows by a colour of their own, and what a shop calls them."""

from collections.abc import Mapping, Sequence

from photoshoot.captioners.color_places import Place
from photoshoot.captioners.color_words import ColorNamer
from photoshoot.captioners.look import Look
from photoshoot.captioners.noun import Noun
from photoshoot.records import Category, Evidence

SHAPED = frozenset({Category.DRINK, Category.BEAUTY, Category.TABLEWARE, Category.BOX})
"""Shelves on which proportions are worth a word: a phone is tall and slim anyway."""
VESSELS = frozenset({Category.DRINK, Category.BEAUTY})
"""Shelves of bottles, jars and tubes: their label is no colour of theirs."""
_STANDING = SHAPED | {Category.HOME, Category.ELECTRONICS, Category.TOY, Category.FOOD}
"""Shelves of things that have a base."""
_TOLD_OF_PRINT = 2  # colours of a print that are told one by one
_HANDLED = frozenset({"cup", "mug", "coffee cup", "measuring cup", "jug", "pitcher", "teapot", "coffee pot", "basket"})
"""What an opening in the outline is the handle of."""


def find_parts(noun: Noun, look: Look, say: ColorNamer, names: Sequence[str], *, leafy: bool) -> dict[str, str]:
    """Colour → the part of the product that has it, such as "a white cap"; only colours that lie together have one."""
    parts: dict[str, str] = {}
    for name in names:
        places = {look.places.get(swatch.hex) for swatch in look.colors if say.name(swatch) == name}
        place = places.pop() if len(places) == 1 else None
        part = _name_part(noun, place, leafy=leafy) if place else ""
        if part and not any(other.endswith(f" {part}") for other in parts.values()):
            parts[name] = f"{name} {part}" if part.endswith("s") else say_one(f"{name} {part}")
    return parts


def explain_parts(parts: Mapping[str, str], look: Look, say: ColorNamer) -> list[Evidence]:
    """What the words for parts rest on."""
    found = []
    for name, part in parts.items():
        place = next(look.places[swatch.hex] for swatch in look.colors if say.name(swatch) == name)
        source = f"{name} on {say.share(name, look.colors):.0%} of the product, together at its {place}"
        found.append(Evidence(words=part, source=source))
    return found


def name_print(names: Sequence[str]) -> str:
    """What lies on a garment's chest, such as "a black and white print"; "" where nothing does."""
    if not names:
        return ""
    return say_one(f"{' and '.join(names) if len(names) <= _TOLD_OF_PRINT else 'multicoloured'} print")


def explain_print(names: Sequence[str], look: Look, say: ColorNamer) -> list[Evidence]:
    """What the words for a print rest on."""
    share = sum(say.share(name, look.colors) for name in names)
    source = f"{', '.join(names)} on {share:.0%} of the product, together on its chest, with crisp edges"
    return [Evidence(words=name_print(names), source=source)] if names else []


def has_handle(noun: Noun, look: Look) -> bool:
    """Whether one opening is seen through, and such things have handles."""
    may_have = noun.name in _HANDLED or noun.category is Category.BAG
    return may_have and look.silhouette.holes == 1 and not look.worn and look.pieces == 1


def say_one(phrase: str) -> str:
    """A phrase with its article."""
    return f"{'an' if phrase[0] in 'aeiou' and not phrase.startswith('uni') else 'a'} {phrase}"


def _name_part(noun: Noun, place: Place, *, leafy: bool) -> str:
    """What the part in a place is called; "" where a picture alone does not tell."""
    stands = noun.category in _STANDING
    match place:
        case Place.MIDDLE | Place.BAND if noun.category in VESSELS:
            return "label"
        case Place.MIDDLE:
            return "" if stands or leafy else "mark in the middle"
        case Place.TOP:
            return "" if leafy or not stands else "cap" if noun.said.endswith("bottle") else "top"
        case Place.BOTTOM | Place.FEET if noun.category is Category.FOOTWEAR:
            return "soles" if noun.plural else "sole"
        case Place.FEET:
            return "legs" if noun.parent == "furniture" else ""
        case Place.BOTTOM:
            return "" if not stands else "pot" if leafy else "base"
    return ""
