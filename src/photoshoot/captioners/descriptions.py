"""Descriptions that a shop may publish, in three lengths, in which each word stands for something measured.

The noun is the captioner's; colours are those of the product itself (not of its wearer's skin, nor of what a screen
shows), with the part that has them where they lie together; a finish, a pattern, green leaves, proportions, a handle
and separate pieces are named where the picture shows them clearly. Nothing else is said. ``Evidence`` names what each
part rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from photoshoot.captioners.color_words import CLOTH, ColorNamer
from photoshoot.captioners.look import Look
from photoshoot.captioners.noun import ROOT, Noun
from photoshoot.captioners.product_parts import (
    SHAPED,
    explain_parts,
    explain_print,
    find_parts,
    has_handle,
    name_print,
    say_one,
)
from photoshoot.captioners.surfaces import Finish
from photoshoot.color.space import NAMED_COLORS
from photoshoot.records import Category, Evidence
from photoshoot.records.product import SHOWN_ON_A_PERSON

ALT_TEXT = 125
"""Most characters of an alternative text. Source: what screen readers read in one go, as accessibility guides say."""

_PLAIN_SHARE = 0.9
_TALL, _SQUARE = 0.6, (0.87, 1.15)  # width over height
_ROUND = 0.955
_LEAVES = 0.1  # share of leaf green from which a plant is said to have green leaves
_LONG, _SLENDER = 4.0, (1.5, 0.35)  # elongation; the same and share of the box that is filled
_WOVEN = 0.1  # share of a surface where its colour changes from which cloth is not plain
_KNITS = frozenset({Category.GARMENT, Category.HEADWEAR})
_ALL_ONE = 0.995  # share of one colour from which a thing is said to be all of it: a small print is under 2 %
_UNPATTERNED = frozenset({Category.GARMENT, Category.HEADWEAR})
_MOST_BEFORE = 2  # colours that stand before a noun
_OWN_SHAPES = CLOTH | SHAPED  # shelves whose outlines say little, or are told in a sentence
_SMOOTH = 0.05  # most of a smooth surface where its colour changes
_SYMMETRICAL = 0.92  # overlap of an outline with its mirror image
_OPEN = 0.4  # share of the box that what has slender parts fills
_OF_RIM, _NEUTRAL = 0.6, ("black", "grey", "white")  # least share of the rim of a screen for all other colours
_EVEN = 0.8  # share of one colour over another's from which neither comes first
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True, kw_only=True)
class Texts:
    """A product in words."""

    alt_text: str
    """A phrase of at most 125 characters, without a full stop."""
    sentence: str
    """One sentence with a full stop."""
    paragraph: str
    """Up to three sentences, the first of which is ``sentence``."""
    evidence: tuple[Evidence, ...]
    """What each part of the texts rests on."""


def write_texts(noun: Noun, look: Look, confidence: float = 1.0) -> Texts:
    """Describe a product, such as ``"A green and white bottle with a glossy finish."``."""
    say = ColorNamer(noun, look.exposure, look.dim)
    colors, details = say.name_colors(look.colors, worn=look.worn)
    if noun.has_screen:  # what is lit up colours its rim, too
        colors = [name for name in colors[:1] if name in _NEUTRAL or say.share(name, look.colors) >= _OF_RIM]
    leafy = noun.is_plant and look.silhouette.leaves >= _LEAVES
    hidden = look.worn or noun.has_screen  # what is lit up on it, and what its wearer shows, is no colour of it
    if leafy:
        colors, details = [], []
    elif hidden:
        details = []
    elif noun.name in NAMED_COLORS:  # "a yellow orange"
        colors, details = [], []
    prints = say.name_prints(look.colors, look.prints)
    many = [] if leafy or hidden or prints or noun.parent is None else say.name_many(look.colors)
    colors, details = (many, []) if many else (colors, details)
    colors = _order(colors, look, say)
    told = [*colors, *details]
    more = [] if hidden or many or noun.is_grown else say.name_more(look.colors, told, leafy=leafy)
    parts = {} if hidden or many else find_parts(noun, look, say, [*colors[1:], *details, *more], leafy=leafy)
    plain = _tell_plainness(noun, look, say, told)
    elsewhere = {*parts, *prints}
    colors, details = ([n for n in names if n not in elsewhere] for names in (colors, details))
    own = [name_print(prints), *(part for name, part in parts.items() if name not in prints)]
    phrase = _say_phrase(noun, look, colors, plain) + _extras(own, details, look, leafy=leafy)
    sentence = end_sentence(phrase if noun.plural else say_one(phrase))
    form = _tell_form(noun, look)
    found = _find_evidence(noun, look, say, [*colors, *details], form, confidence)
    return Texts(
        alt_text=_cut(phrase[0].upper() + phrase[1:]),
        sentence=sentence,
        paragraph=" ".join((sentence, *form)),
        evidence=(
            *found,
            *_explain(phrase, plain, look),
            *explain_parts({name: part for name, part in parts.items() if name not in prints}, look, say),
            *explain_print(prints, look, say),
        ),
    )


def end_sentence(text: str) -> str:
    """The same with a capital first letter and a full stop."""
    return text[0].upper() + text[1:].rstrip(" .,;") + ("" if text[-1] in "!?" else ".")


def _say_phrase(noun: Noun, look: Look, colors: Sequence[str], plain: str) -> str:
    """The noun with its shape, its colours and its make before it."""
    outline = _tell_outline(noun, look)
    knit = look.knitted and noun.category in _KNITS
    marks = ("patterned" if _is_patterned(noun, look) else "", "knitted" if knit else "", noun.said)
    if len(colors) > _MOST_BEFORE:
        return _join_words("multicoloured", *marks, f"in {_join(colors)}")
    return _join_words(outline, plain or _join(colors), *marks)


def _is_patterned(noun: Noun, look: Look) -> bool:
    """Whether cloth has print or weave of other colours all over."""
    return noun.category in CLOTH and (look.finish is Finish.PATTERNED or (look.strewn and not look.prints))


def _order(colors: list[str], look: Look, say: ColorNamer) -> list[str]:
    """Two colours of nearly the same share by their letters: neither is the product's own before the other."""
    shares = [say.share(name, look.colors) for name in colors]
    return sorted(colors) if len(colors) == _MOST_BEFORE and min(shares) >= _EVEN * max(shares) else colors


def _tell_plainness(noun: Noun, look: Look, say: ColorNamer, told: Sequence[str]) -> str:
    """Such as "plain red" of cloth; "" where it shows more than one colour, a print, a weave or a wearer."""
    other = look.finish is Finish.PATTERNED or look.prints or look.knitted or look.worn or look.texture > _WOVEN
    plain = noun.category in _UNPATTERNED and len(told) == 1 and not other
    return f"plain {told[0]}" if plain and say.share(told[0], look.colors) >= _ALL_ONE else ""


def _tell_outline(noun: Noun, look: Look) -> str:
    """An adjective for the shape of what has a broad name or none; "" where it has none that goes without doubt."""
    outline = look.silhouette
    narrow = noun.parent not in (None, ROOT) or noun.name == "furniture"
    if look.worn or look.pieces > 1 or noun.category in _OWN_SHAPES or narrow:
        return ""
    if outline.elongation >= _LONG:
        return "long, slim"
    if outline.round >= _ROUND:
        return "round"
    if outline.fill > _PLAIN_SHARE:
        return "rectangular"
    if outline.elongation >= _SLENDER[0] and outline.fill < _SLENDER[1]:
        return "slender"
    return "" if noun.parent else "tall" if outline.aspect <= _TALL else "wide" if outline.aspect >= 1 / _TALL else ""


def _extras(parts: Sequence[str], details: Sequence[str], look: Look, *, leafy: bool) -> str:
    told = ["green leaves"] if leafy else ["a glossy finish"] if look.finish is Finish.GLOSSY else []
    told = [*filter(None, parts), *told, *(f"{name} details" for name in details)]
    return (f" with {_join(told)}" if told else "") + (f", {SHOWN_ON_A_PERSON}" if look.worn else "")


def _tell_form(noun: Noun, look: Look) -> list[str]:
    """Up to two sentences: proportions, where they are worth a word, or pieces; a handle, or how an item is made."""
    hinged = noun.has_screen  # a lid whose hinge is dark or thin is no second thing
    shape, several = _tell_shape(noun, look), look.pieces > 1 and not look.worn and not hinged
    it, have = ("They are", "They have") if noun.plural else ("It is", "It has")
    parts = ["an open handle"] if has_handle(noun, look) else _tell_make(look) if noun.parent is None else []
    if several:
        shown = f"{_NUMBERS[look.pieces].capitalize()} separate pieces are shown"
        return [f"{shown}, with {_join(parts)}." if parts else f"{shown}."]
    return [*([f"{it} {shape}."] if shape else []), *([f"{have} {_join(parts)}."] if parts else [])]


def _tell_make(look: Look) -> list[str]:
    """What shows of a thing whose name is not known: its surface, its shape and what is seen through."""
    outline = look.silhouette
    found = ["a smooth surface"] if look.colors and look.texture < _SMOOTH else []
    if look.pieces > 1 or outline.round >= _ROUND:
        return found
    if outline.fill <= _OPEN:
        return [*found, "an open shape of slender parts"]
    found += ["a symmetrical shape"] if outline.symmetry >= _SYMMETRICAL else []
    if look.sure and 1 <= outline.holes < len(_NUMBERS):
        found.append("an opening" if outline.holes == 1 else f"{_NUMBERS[outline.holes]} openings")
    return found


def _tell_shape(noun: Noun, look: Look) -> str:
    outline = look.silhouette
    if look.worn:
        return ""
    if noun.category in SHAPED:
        if outline.round >= _ROUND:
            return "round"
        if outline.aspect <= _TALL:
            return "tall and slim"
        return "square" if outline.fill > _PLAIN_SHARE and _SQUARE[0] <= outline.aspect <= _SQUARE[1] else ""
    told = _tell_outline(noun, look) or noun.parent is None
    return "long and slender" if noun.category is Category.OTHER and outline.elongation >= _LONG and not told else ""


def _find_evidence(
    noun: Noun, look: Look, say: ColorNamer, names: Sequence[str], form: Sequence[str], confidence: float
) -> tuple[Evidence, ...]:
    outline = look.silhouette
    measured = f"width over height {outline.aspect:.2f}, fill {outline.fill:.2f}, openings {outline.holes}"
    found = [Evidence(words=noun.said, source=f"classifier, detector and outline, confidence {confidence:.2f}")]
    found += [Evidence(words=name, source=_tell_share(say.share(name, look.colors))) for name in names]
    if noun.is_plant and outline.leaves >= _LEAVES:
        found.append(Evidence(words="green leaves", source=f"leaf green on {outline.leaves:.0%} of it"))
    if look.knitted and noun.category in _KNITS:
        found.append(Evidence(words="knitted", source="the classifier sees wool"))
    if look.finish is Finish.GLOSSY:
        found.append(Evidence(words="glossy", source="soft, narrow highlights"))
    if _is_patterned(noun, look):
        found.append(Evidence(words="patterned", source="patches of a second colour all over"))
    if _tell_outline(noun, look):
        found.append(Evidence(words=_tell_outline(noun, look), source=measured))
    found += [Evidence(words=SHOWN_ON_A_PERSON, source=f"skin on {outline.skin:.0%} of it")] if look.worn else []
    measured = f"{measured}, pieces {look.pieces}"
    return (*found, *(Evidence(words=sentence, source=measured) for sentence in form))


def _explain(phrase: str, plain: str, look: Look) -> list[Evidence]:
    """What the words for one colour and for many rest on."""
    found = [Evidence(words=plain, source=f"one colour on {_ALL_ONE:.1%} of it or more")] if plain else []
    many = [Evidence(words="multicoloured", source=f"{len(look.colors)} colours of some share, three of them no grey")]
    return found + (many if phrase.startswith("multicoloured") else [])


def _tell_share(share: float) -> str:
    return f"{share:.0%} of the product" if share else "its shades together"


def _cut(text: str) -> str:
    """Whole words of a phrase, at most as many as an alternative text has."""
    return text if len(text) <= ALT_TEXT else text[: ALT_TEXT + 1].rsplit(" ", 1)[0].rstrip(" ,")


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _join_words(*words: str) -> str:
    return " ".join(word for word in words if word)
