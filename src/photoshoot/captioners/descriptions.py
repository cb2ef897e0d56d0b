"""What a shop may publish of a product: three lengths of text, in which each word stands for something measured.

The noun is the captioner's; colours are those of the product itself (not of its wearer's skin, nor of what a screen
shows); a finish, a pattern, the outline's proportions and a handle are named where the picture shows them clearly.
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
_STANDS_OUT = 0.14  # OKLab distance from every main colour
_CHROMATIC = 0.06  # OKLab chroma under which a detail is taken for shade or glare
_ONE_HUE = 30.0  # degrees
_MOST_COLORS = 2
_PLAIN_SHARE = 0.9
_DARK, _PALE = 0.4, 0.93  # OKLab lightness under and over which a grey is said to be black and white
_GREY = 0.03  # OKLab chroma of what counts as grey
_TALL, _WIDE, _SQUARE = 0.6, 1.8, (0.87, 1.15)  # width over height
_ROUND = 0.955
_CLOTH = frozenset({Category.GARMENT, Category.HEADWEAR, Category.BAG, Category.FOOTWEAR})
_HANDLED = frozenset({Category.TABLEWARE, Category.BAG})
_SHORTER = {
    "charcoal": "black",
    "dark grey": "grey",
    "light grey": "grey",
    "navy blue": "navy",
}
"""Names that shade and light turn one paint into; used where two of them would be said of one product."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was measured of a product's looks."""

    colors: tuple[Swatch, ...]
    """Colours of the product itself, largest share first; may be empty."""
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
    colors, details = name_colors(look.colors)
    pattern = look.finish is Finish.PATTERNED and noun.category in _CLOTH
    phrase = _join_words(_join(colors), "patterned" if pattern else "", noun.said) + _extras(details, look)
    article = "" if noun.plural else ("an " if phrase[0] in "aeiou" else "a ")
    sentence = end_sentence(f"{article}{phrase}")
    form, shades = _tell_form(noun, look), _tell_shades(look.colors, plural=noun.plural)
    return Texts(
        alt_text=_cut(phrase[0].upper() + phrase[1:]),
        sentence=sentence,
        paragraph=" ".join(filter(None, (sentence, form, shades))),
        evidence=_find_evidence(noun, look, colors, details, form, confidence),
    )


def end_sentence(text: str) -> str:
    """The same with a capital first letter and a full stop."""
    return text[0].upper() + text[1:].rstrip(" .,;") + ("" if text[-1] in "!?" else ".")


def name_colors(palette: Sequence[Swatch]) -> tuple[list[str], list[str]]:
    """Names of at most two colours that cover a product, largest first, and of at most one detail."""
    names = [name for swatch in palette if swatch.share >= _MAIN_SHARE for name in [_name(swatch)]]
    main = list(dict.fromkeys(names))[:_MOST_COLORS] or [_name(swatch) for swatch in palette[:1]]
    if len({_SHORTER.get(name, name) for name in main}) < len(main):
        main = [_SHORTER.get(main[0], main[0])]
    details = [name for name in map(_name, _find_details(palette)) if name not in main][:1]
    return main, details


def _name(swatch: Swatch) -> str:
    """Its name; near black and near white are said to be so: a shop has no charcoal for what lay in light."""
    lightness, a, b = hex_to_oklab(swatch.hex)
    if a * a + b * b < _GREY**2 and (lightness < _DARK or lightness > _PALE):
        return "black" if lightness < _DARK else "white"
    return swatch.name


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
    return bool(min(chromas) >= _CHROMATIC) and abs((turn + 180) % 360 - 180) < _ONE_HUE


def _extras(details: Sequence[str], look: Look) -> str:
    parts = ["a glossy finish"] if look.finish is Finish.GLOSSY else []
    parts += [f"{name} details" for name in details]
    return (f" with {' and '.join(parts)}" if parts else "") + (", shown on a person" if look.worn else "")


def _tell_form(noun: Noun, look: Look) -> str:
    """A sentence on proportions and a handle; empty where there is nothing clear to say, or a person is in the way."""
    outline = look.silhouette
    if look.worn:
        return ""
    shape = ""
    if outline.round >= _ROUND:
        shape = "round"
    elif outline.aspect <= _TALL:
        shape = "tall and slim"
    elif outline.aspect >= _WIDE:
        shape = "wide and low"
    elif outline.fill > _PLAIN_SHARE and _SQUARE[0] <= outline.aspect <= _SQUARE[1]:
        shape = "square"
    handle = "an open handle" if noun.category in _HANDLED and outline.holes == 1 else ""
    subject = "Their outline is" if noun.plural else "Its outline is"
    told = f"{subject} {shape}" if shape else ""
    if handle:
        told = f"{told}, with {handle}" if told else f"{'They have' if noun.plural else 'It has'} {handle}"
    return f"{told}." if told else ""


def _tell_shades(palette: Sequence[Swatch], *, plural: bool) -> str:
    """A sentence on how much of each colour there is; empty where there is one."""
    shares: dict[str, float] = {}
    for swatch in palette:
        shares[_name(swatch)] = shares.get(_name(swatch), 0.0) + swatch.share
    told = [(name, share) for name, share in sorted(shares.items(), key=lambda pair: -pair[1]) if share >= 0.05][:3]
    if len(told) < 2:
        return ""
    first, *rest = [f"{name} ({round(share, 2):.0%})" for name, share in told]
    return f"{'Their' if plural else 'Its'} main colour is {first}, followed by {_join(rest)}."


def _find_evidence(
    noun: Noun, look: Look, colors: Sequence[str], details: Sequence[str], form: str, confidence: float
) -> tuple[Evidence, ...]:
    shares = {_name(swatch): 0.0 for swatch in look.colors}
    for swatch in look.colors:
        shares[_name(swatch)] += swatch.share
    outline = look.silhouette
    measured = f"width over height {outline.aspect:.2f}, fill {outline.fill:.2f}, openings {outline.holes}"
    found = [Evidence(words=noun.said, source=f"classifier and outline, confidence {confidence:.2f}")]
    found += [Evidence(words=name, source=_tell_share(shares.get(name))) for name in (*colors, *details)]
    if look.finish is not Finish.PLAIN:
        source = "soft, narrow highlights" if look.finish is Finish.GLOSSY else "patches of a second colour all over"
        found.append(Evidence(words=str(look.finish), source=source))
    found += [Evidence(words="shown on a person", source=f"skin on {outline.skin:.0%} of it")] if look.worn else []
    return (*found, *([Evidence(words=form, source=measured)] if form else []))


def _tell_share(share: float | None) -> str:
    return "its shades together" if share is None else f"{share:.0%} of the product"


def _cut(text: str) -> str:
    """Whole words of a phrase, at most as many as an alternative text has."""
    return text if len(text) <= ALT_TEXT else text[: ALT_TEXT + 1].rsplit(" ", 1)[0].rstrip(" ,")


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _join_words(*words: str) -> str:
    return " ".join(word for word in words if word)
