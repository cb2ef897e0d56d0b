"""What a shop may publish of a product: three lengths of text, in which each word stands for something measured.

The noun is the captioner's; colours are those of the product itself (not of its wearer's skin, nor of what a screen
shows); a finish, a pattern, green leaves, proportions and a handle are named where the picture shows them clearly.
Nothing else is said. ``Evidence`` names what each part rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.captioners.nouns import Noun
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.captioners.surfaces import Finish
from photoshoot.color.space import hex_to_oklab
from photoshoot.records import Category, Evidence, Swatch

ALT_TEXT = 125
"""Most characters of an alternative text. Source: what screen readers read in one go, as accessibility guides say."""

_MAIN_SHARE = 0.18  # a colour of this share is one of the product's colours
_DETAIL_SHARE = 0.02  # a smaller one, if it stands out, is a detail
_TOUCH_SHARE = 0.08  # one that is told of in a sentence of its own
_STANDS_OUT = 0.14  # OKLab distance from every main colour
_CHROMATIC = 0.06  # OKLab chroma under which a detail is taken for shade or glare
_TINTED = 0.03  # OKLab chroma from which a colour has a hue
_ONE_HUE = 30.0  # degrees
_MOST_COLORS = 2
_PLAIN_SHARE = 0.9
_DARK, _PALE = 0.4, 0.93  # OKLab lightness under and over which a grey is said to be black and white
_GREY = 0.03  # OKLab chroma of what counts as grey
_TALL, _SQUARE = 0.6, (0.87, 1.15)  # width over height
_ROUND = 0.955
_LEAVES = 0.1  # share of leaf green from which a plant is said to have green leaves
_CLOTH = frozenset({Category.GARMENT, Category.HEADWEAR, Category.BAG, Category.FOOTWEAR})
_STYLED = _CLOTH | {Category.BEAUTY, Category.JEWELRY, Category.HOME, Category.TABLEWARE, Category.EYEWEAR}
"""Shelves whose colours have names of fashion; on the others they have plain ones."""
_HANDLED = frozenset({Category.TABLEWARE, Category.BAG})
_SHAPED = frozenset({Category.DRINK, Category.BEAUTY, Category.TABLEWARE, Category.BOX})
"""Shelves on which proportions are worth a word: a phone is tall and slim anyway."""
_GREYS = ("black", "dark grey", "grey", "light grey", "white")
"""From dark to light: neighbours are light and shade of one paint."""
_MERGED = ("black", "grey", "grey", "white")
"""What two neighbours of ``_GREYS`` are said to be together."""
_ONE_PAINT = {"charcoal": "dark grey", "silver": "light grey", "ivory": "white", "navy blue": "navy"}
_PLAIN_NAMES = {
    "charcoal": "dark grey",
    "blush": "pale pink",
    "camel": "light brown",
    "chocolate": "dark brown",
    "crimson": "red",
    "dark violet": "dark purple",
    "rose": "pink",
    "rust": "reddish brown",
    "sand": "beige",
    "slate blue": "blue-grey",
    "steel blue": "blue-grey",
    "tan": "light brown",
    "taupe": "grey-brown",
}
_LEAF_NAMES = frozenset(
    {"olive", "sage", "lime", "green", "dark green", "forest green", "emerald", "mint", "sea green"}
)


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
    say = _Namer(noun)
    colors, details = say.name_colors(look.colors)
    leafy = noun.is_plant and look.silhouette.leaves >= _LEAVES
    if leafy:
        colors, details = [], []
    elif noun.has_screen:  # what is lit up on it is no colour of it
        details = []
    pattern = look.finish is Finish.PATTERNED and noun.category in _CLOTH
    extras = _extras(details, look, leafy=leafy)
    if noun.parent is None:  # there is no noun that a colour could stand before
        phrase = noun.said + (f" in {_join(colors)}" if colors else "") + extras
    else:
        phrase = _join_words(_join(colors), "patterned" if pattern else "", noun.said) + extras
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


@dataclass(frozen=True)
class _Namer:
    """Says colours as the shelf of a product does."""

    noun: Noun

    def name(self, swatch: Swatch) -> str:
        """Its name; near black and near white are said to be so: a shop has no charcoal for what lay in light."""
        lightness, a, b = hex_to_oklab(swatch.hex)
        if a * a + b * b < _GREY**2 and (lightness < _DARK or lightness > _PALE):
            return "black" if lightness < _DARK else "white"
        return swatch.name if self.noun.category in _STYLED else _PLAIN_NAMES.get(swatch.name, swatch.name)

    def name_colors(self, palette: Sequence[Swatch]) -> tuple[list[str], list[str]]:
        """Names of at most two colours that cover a product, largest first, and of at most one detail."""
        names = [self.name(swatch) for swatch in palette if swatch.share >= _MAIN_SHARE]
        main = list(dict.fromkeys(names))[:_MOST_COLORS] or [self.name(swatch) for swatch in palette[:1]]
        main = _merge(main)
        details = [name for name in map(self.name, _find_details(palette)) if name not in main][:1]
        return main, details

    def name_touches(self, palette: Sequence[Swatch], told: Sequence[str], *, leafy: bool) -> list[str]:
        """Names of at most two more colours of some share that are no shade of those told."""
        touches: list[str] = []
        main = [hex_to_oklab(swatch.hex) for swatch in palette if self.name(swatch) in told]
        for swatch in palette:
            name, lab = self.name(swatch), hex_to_oklab(swatch.hex)
            shade = any(_is_shade(lab, other) or np.linalg.norm(lab - other) < _STANDS_OUT for other in main)
            known = any(len(_merge([name, other])) < 2 for other in [*told, *touches])
            if swatch.share >= _TOUCH_SHARE and not (shade or known or (leafy and name in _LEAF_NAMES)):
                touches.append(name)
        return touches[:_MOST_COLORS]

    def share(self, name: str, palette: Sequence[Swatch]) -> float:
        """Share of the colours of that name, 0 where light and shade of one paint were said together."""
        return sum(swatch.share for swatch in palette if self.name(swatch) == name)


def _merge(names: Sequence[str]) -> list[str]:
    """Two names as one where they are light and shade of one paint: black and dark grey are black."""
    plain = [_ONE_PAINT.get(name, name) for name in names]
    if len(plain) == 2 and plain[0] == plain[1]:
        return list(plain[:1])
    if len(plain) == 2 and all(name in _GREYS for name in plain):
        first, second = sorted(map(_GREYS.index, plain))
        if second - first == 1:
            return [_MERGED[first]]
        if (first, second) == (1, 3):
            return ["grey"]
    return list(names)


def _find_details(palette: Sequence[Swatch]) -> list[Swatch]:
    labs = [hex_to_oklab(swatch.hex) for swatch in palette]
    main = [lab for lab, swatch in zip(labs, palette, strict=True) if swatch.share >= _MAIN_SHARE] or labs[:1]
    return [
        swatch
        for lab, swatch in zip(labs, palette, strict=True)
        if _DETAIL_SHARE <= swatch.share < _MAIN_SHARE
        and float((lab[1] ** 2 + lab[2] ** 2) ** 0.5) >= _CHROMATIC
        and min(float(((lab - other) ** 2).sum() ** 0.5) for other in main) >= _STANDS_OUT
        and not any(_is_shade(lab, other) for other in main)
    ]


def _is_shade(lab: Float32Array, other: Float32Array) -> bool:
    """Whether two colours have one hue: light and shade of a paint, rather than two paints."""
    chromas = np.hypot(lab[1:2], lab[2:]), np.hypot(other[1:2], other[2:])
    turn = float(np.degrees(np.arctan2(lab[2], lab[1]) - np.arctan2(other[2], other[1])))
    return bool(min(chromas) >= _TINTED) and abs((turn + 180) % 360 - 180) < _ONE_HUE


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
    handle = ["an open handle"] if noun.category in _HANDLED and outline.holes == 1 and not look.worn else []
    parts = _join([*handle, *([f"touches of {_join(touches)}"] if touches else [])])
    subject, has = ("They are", "They have") if noun.plural else ("It is", "It has")
    return ([f"{subject} {shape}."] if shape and not look.worn else []) + ([f"{has} {parts}."] if parts else [])


def _find_evidence(
    noun: Noun, look: Look, say: _Namer, names: Sequence[str], form: Sequence[str], confidence: float
) -> tuple[Evidence, ...]:
    outline = look.silhouette
    measured = f"width over height {outline.aspect:.2f}, fill {outline.fill:.2f}, openings {outline.holes}"
    found = [Evidence(words=noun.said, source=f"classifier, detector and outline, confidence {confidence:.2f}")]
    found += [Evidence(words=name, source=_tell_share(say.share(name, look.colors))) for name in names]
    if noun.is_plant and outline.leaves >= _LEAVES:
        found.append(Evidence(words="green leaves", source=f"leaf green on {outline.leaves:.0%} of it"))
    elif look.finish is Finish.GLOSSY or (look.finish is Finish.PATTERNED and noun.category in _CLOTH):
        source = "soft, narrow highlights" if look.finish is Finish.GLOSSY else "patches of a second colour all over"
        found.append(Evidence(words=str(look.finish), source=source))
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
