"""What a shop may publish of a product: three lengths of text, in which each word stands for something measured.

The noun is the captioner's; colours are those of the product itself (not of its wearer's skin, nor of what a screen
shows); a finish, a pattern, green leaves, proportions and a handle are named where the picture shows them clearly.
Nothing else is said. ``Evidence`` names what each part rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from photoshoot.captioners.color_words import CLOTH, ColorNamer
from photoshoot.captioners.nouns import Noun
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.captioners.surfaces import Finish
from photoshoot.records import Category, Evidence, Swatch

ALT_TEXT = 125
"""Most characters of an alternative text. Source: what screen readers read in one go, as accessibility guides say."""

_PLAIN_SHARE = 0.9
_TALL, _SQUARE = 0.6, (0.87, 1.15)  # width over height
_ROUND = 0.955
_LEAVES = 0.1  # share of leaf green from which a plant is said to have green leaves
_LONG, _SLENDER = 4.0, 0.35  # elongation; share of the box that is filled
_KNITS = frozenset({Category.GARMENT, Category.HEADWEAR})
_HANDLED = frozenset({Category.TABLEWARE, Category.BAG})
_SHAPED = frozenset({Category.DRINK, Category.BEAUTY, Category.TABLEWARE, Category.BOX})
"""Shelves on which proportions are worth a word: a phone is tall and slim anyway."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was measured of a product's looks."""

    colors: tuple[Swatch, ...]
    """Colours of the product itself, largest share first, but a vessel's own before its label's; may be empty."""
    finish: Finish
    """What its surface shows."""
    silhouette: Silhouette
    """Its outline, and how much skin and leaf green it shows."""
    worn: bool = False
    """Whether a person wears or holds it."""
    knitted: bool = False
    """Whether its surface is that of wool."""


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
    say = ColorNamer(noun)
    colors, details = say.name_colors(look.colors, worn=look.worn)
    leafy = noun.is_plant and look.silhouette.leaves >= _LEAVES
    if leafy:
        colors, details = [], []
    elif noun.has_screen or look.worn:  # what is lit up on it, and what its wearer shows, is no colour of it
        details = []
    phrase = _say_phrase(noun, look, colors) + _extras(details, look, leafy=leafy)
    article = "" if noun.plural else ("an " if phrase[0] in "aeiou" and not phrase.startswith("uni") else "a ")
    sentence = end_sentence(f"{article}{phrase}")
    hidden = look.worn or noun.has_screen
    touches = [] if hidden else say.name_touches(look.colors, [*colors, *details], leafy=leafy)
    form = _tell_form(noun, look, touches)
    return Texts(
        alt_text=_cut(phrase[0].upper() + phrase[1:]),
        sentence=sentence,
        paragraph=" ".join((sentence, *form)),
        evidence=_find_evidence(noun, look, say, [*colors, *details, *touches], form, confidence),
    )


def end_sentence(text: str) -> str:
    """The same with a capital first letter and a full stop."""
    return text[0].upper() + text[1:].rstrip(" .,;") + ("" if text[-1] in "!?" else ".")


def _say_phrase(noun: Noun, look: Look, colors: Sequence[str]) -> str:
    """The noun with its colours before it; "product" has them after it, and its shape before."""
    if noun.parent is None:
        return _join_words(_tell_outline(look.silhouette), noun.said, f"in {_join(colors)}" if colors else "")
    pattern = look.finish is Finish.PATTERNED and noun.category in CLOTH
    knit = look.knitted and noun.category in _KNITS
    marks = ("patterned" if pattern else "", "knitted" if knit else "", noun.said)
    return _join_words(_join(colors), *marks)


def _tell_outline(outline: Silhouette) -> str:
    """An adjective for the shape of what has no name; "" where it has none that goes without doubt."""
    if outline.elongation >= _LONG:
        return "long, slim"
    if outline.round >= _ROUND:
        return "round"
    if outline.fill > _PLAIN_SHARE:
        return "rectangular"
    return "slender" if outline.fill < _SLENDER else ""


def _extras(details: Sequence[str], look: Look, *, leafy: bool) -> str:
    parts = ["green leaves"] if leafy else ["a glossy finish"] if look.finish is Finish.GLOSSY else []
    parts += [f"{name} details" for name in details]
    return (f" with {' and '.join(parts)}" if parts else "") + (", shown on a person" if look.worn else "")


def _tell_form(noun: Noun, look: Look, touches: Sequence[str]) -> list[str]:
    """Up to two sentences: proportions, where they are worth a word; a handle and more colours."""
    outline = look.silhouette
    shape = ""
    if noun.category in _SHAPED and outline.round >= _ROUND:
        shape = "round"
    elif noun.category in _SHAPED and outline.aspect <= _TALL:
        shape = "tall and slim"
    elif noun.category in _SHAPED and outline.fill > _PLAIN_SHARE and _SQUARE[0] <= outline.aspect <= _SQUARE[1]:
        shape = "square"
    handle = noun.category in _HANDLED and outline.holes == 1 and not look.worn
    rest = f"{'Other' if noun.is_plant else 'Smaller'} parts are {_join(touches)}" if touches else ""
    parts = ["It has an open handle"] if handle else []
    parts += [f"{rest[0].lower()}{rest[1:]}" if handle else rest] if rest else []
    told = [f"{'They are' if noun.plural else 'It is'} {shape}."] if shape and not look.worn else []
    return [*told, f"{', and '.join(parts)}."] if parts else told


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
    if look.finish is Finish.GLOSSY or (look.finish is Finish.PATTERNED and noun.category in CLOTH):
        source = "soft, narrow highlights" if look.finish is Finish.GLOSSY else "patches of a second colour all over"
        found.append(Evidence(words=str(look.finish), source=source))
    if noun.parent is None and _tell_outline(outline):
        found.append(Evidence(words=_tell_outline(outline), source=measured))
    found += [Evidence(words="shown on a person", source=f"skin on {outline.skin:.0%} of it")] if look.worn else []
    return (*found, *(Evidence(words=sentence, source=measured) for sentence in form))


def _tell_share(share: float) -> str:
    return f"{share:.0%} of the product" if share else "its shades together"


def _cut(text: str) -> str:
    """Whole words of a phrase, at most as many as an alternative text has."""
    return text if len(text) <= ALT_TEXT else text[: ALT_TEXT + 1].rsplit(" ", 1)[0].rstrip(" ,")


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _join_words(*words: str) -> str:
    return " ".join(word for word in words if word)
