"""The sentence that describes a product: colours, noun, and what else was seen, as a shop would put it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photoshoot.captioners.nouns import Noun
from photoshoot.captioners.surface_finish import Finish
from photoshoot.color.space import hex_to_oklab
from photoshoot.records import Swatch

_MAIN_SHARE = 0.15  # a colour of this share is one of the product's colours
_DETAIL_SHARE = 0.012  # a smaller one, if it stands out, is a detail
_STANDS_OUT = 0.14  # OKLab distance from every main colour
_CHROMATIC = 0.06  # OKLab chroma under which a detail is taken for shade or glare
_MOST_COLORS = 3
_PLAIN_SHARE = 0.9


def write_description(noun: Noun, palette: Sequence[Swatch], finish: Finish) -> str:
    """Describe a product in one sentence, such as ``"A green and white bottle with a glossy finish."``."""
    main = _main_colors(palette)
    details = [name for name in _detail_colors(palette) if name not in main][:1]
    plain = "solid " if len(main) == 1 and not details and palette[0].share >= _PLAIN_SHARE else ""
    head = " ".join(part for part in (f"{plain}{_join(main)}", noun.name) if part)
    article = "" if noun.plural else ("an " if head[0] in "aeiou" else "a ")
    return end_sentence(f"{article}{head}{_extras(details, finish)}")


def end_sentence(text: str) -> str:
    """The same with a capital first letter and a full stop."""
    return text[0].upper() + text[1:].rstrip(" .,;") + ("" if text[-1] in "!?" else ".")


def _main_colors(palette: Sequence[Swatch]) -> list[str]:
    """Names of the colours that cover the product, largest first, each once."""
    names = dict.fromkeys(swatch.name for swatch in palette if swatch.share >= _MAIN_SHARE)
    return list(names)[:_MOST_COLORS] or [swatch.name for swatch in palette[:1]]


def _detail_colors(palette: Sequence[Swatch]) -> list[str]:
    labs = [hex_to_oklab(swatch.hex) for swatch in palette]
    main = [lab for lab, swatch in zip(labs, palette, strict=True) if swatch.share >= _MAIN_SHARE] or labs[:1]
    return [
        swatch.name
        for lab, swatch in zip(labs, palette, strict=True)
        if _DETAIL_SHARE <= swatch.share < _MAIN_SHARE
        and float(np.hypot(lab[1], lab[2])) >= _CHROMATIC
        and min(float(np.linalg.norm(lab - other)) for other in main) >= _STANDS_OUT
    ]


def _extras(details: Sequence[str], finish: Finish) -> str:
    if finish is Finish.PATTERNED:
        return f" with an all-over {details[0]} pattern" if details else " with an all-over pattern"
    parts = ["a glossy finish"] if finish is Finish.GLOSSY else []
    parts += [f"{name} details" for name in details]
    return f" with {' and '.join(parts)}" if parts else ""


def _join(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
