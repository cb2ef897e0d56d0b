"""Colours that are called after things: a cinnamon coloured wall has no cinnamon on it, and lemon yellow no lemons.

A thing's name is a colour before "coloured" and its like, before the name of a colour that the thing has
("grass green"), and where what cannot be built of it follows: a pumpkin velvet. Where no colour of a thing is known,
it is neither that nor the thing, and what is said is told as not read.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_oklab
from photoshoot.director.words.folding import stem
from photoshoot.director.words.language_tables import read_columns
from photoshoot.director.words.tinges import TINGES, lean_color
from photoshoot.director.words.vocabulary import Term, Vocabulary

METALS: Final = frozenset({"brass", "copper", "bronze"})
"""Metals that colours are called after."""
COLORED: Final = frozenset({"color", "colour", "colored", "coloured", "hued", "toned", "tinted"})
"""What follows a thing's name that is a colour."""
_OF_SMALL: Final = frozenset({"tone", "hue", "shade"})  # after things beside products only: wood tones are of wood
_LOOSE: Final = 0.24
"""OKLab distance from a thing's colour within which a colour's name only says it again: lemon yellow, grass green."""
_GREY: Final = 0.03
"""Chroma under which a colour is white, black or grey."""
_THINGS: Final = ("props", "material", "place", "part")
_OF_PAINT: Final = ("background", "backdrop", "velvet", "satin", "silk", "seamless", "podium", "plinth", "pedestal")
"""What is dyed or painted, and never made of what is eaten or grows."""
_TIMBER: Final = frozenset({"pine", "bamboo", "cherry", "fir", "spruce"})
_BUILT: Final = frozenset({"podium", "plinth", "pedestal"})
"""What is of wood where its name is that of a tree."""
_UNDYED: Final = frozenset({"ice", "snow", "cloud", "sky", "water", "paper", "linen", "cotton", "shell", "pearl"})
_LONGEST: Final = 3  # words of a thing's name
Shade = tuple[int, str | None]
"""(one past its last word, the colour; None where the thing's is not known)."""


def hue_of(words: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The colour that a thing's name stands for, ``#rrggbb``; None where none is known.

    Args:
        words: The name in English, lower case; of several words the first that has a colour tells.
        vocabulary: Its colours and materials go first.
    """
    for name in (" ".join(words), *words):
        term = vocabulary.find(tuple(map(stem, name.split())))
        if term is not None and term.color is not None:
            return term.color
        if (hue := _load_hues().get(_singular(name))) is not None:
            return hue
    return None


def find_shade(words: Sequence[str], stems: Sequence[str], start: int, vocabulary: Vocabulary) -> Shade | None:
    """The colour called after a thing that begins at a word of a prompt; None where none does.

    Args:
        words: The prompt's words as written.
        stems: The same as stems.
        start: Where it may begin.
        vocabulary: What is known.
    """
    coloring = _find_coloring(vocabulary)
    if stems[start] in TINGES:
        return _find_leaning(stems, start, vocabulary)
    for end in range(min(start + _LONGEST, len(stems) - 1), start, -1):
        if stems[end] not in coloring and stems[end][0] != "#":
            continue
        name = [word.lower() for word in words[start:end]]
        if not "".join(name).isalpha():
            continue
        term = vocabulary.find(tuple(stems[start:end]))
        if not _is_thing(term, name):
            continue
        hue = hue_of(name, vocabulary)
        if _says_color(stems[end], term):
            return _with_its_name(stems, end + 1, hue, vocabulary)
        if hue is not None and name[-1] == _singular(name[-1]) and not _is_face(term):
            own = vocabulary.find((stems[end],)) if (*stems[start : end + 1],) not in vocabulary.phrases else None
            if (past := _end_of(hue, name, term, stems[end], own)) is not None:
                return end + past, hue
    return None


def _end_of(hue: str, name: Sequence[str], term: Term | None, after: str, meant: Term | None) -> int | None:
    """Words behind a thing's name that its colour's phrase ends with: 1 where they say that colour again, or none.

    None where the thing is one.
    """
    return 1 if _is_alike(hue, meant) else 0 if _is_dyed(name, term, after) else None


def _find_leaning(stems: Sequence[str], start: int, vocabulary: Vocabulary) -> Shade | None:
    """The colour after a hint of another one, which it leans to: "reddish brown", "bluish-grey"."""
    term = vocabulary.find(tuple(stems[start + 1 : start + 2]))
    if term is None or term.color is None or term.role is not None:
        return None
    return start + 2, lean_color(term.color, stems[start])


def _with_its_name(stems: Sequence[str], end: int, hue: str | None, vocabulary: Vocabulary) -> Shade:
    """A shade with the colour's name that follows it: of "lemon coloured yellow" both say one colour."""
    term = vocabulary.find(tuple(stems[end : end + 1]))
    if term is None or term.color is None or term.role is not None:
        return end, hue
    return end + 1, hue if hue is not None and _is_alike(hue, term) else term.color


def _is_thing(term: Term | None, name: Sequence[str]) -> bool:
    """Whether a name is one of a thing, and not that of a colour, of light or of a feast."""
    if term is None:
        return " ".join(name) in _load_hues()
    if (term.color is not None and term.role is None) or term.season or term.absent is not None:
        return False
    stuff = term.color is not None or term.role in ("props", "ground")
    return term.kind in _THINGS and (stuff or " ".join(name) in _load_hues())


def _is_face(term: Term | None) -> bool:
    """Whether it is what tables and floors are made of: "volcanic black sand" is of lava."""
    return term is not None and term.kind == "material" and term.role == "surface"


def _says_color(token: str, term: Term | None) -> bool:
    return token in COLORED or (token in _OF_SMALL and (term is None or term.kind == "props"))


def _is_alike(hue: str, term: Term | None) -> bool:
    """Whether a colour's name says a thing's colour again: a grey only says one that is grey, too."""
    if term is None or term.color is None or term.role is not None:
        return False
    one, other = hex_to_oklab(hue), hex_to_oklab(term.color)
    return float(np.linalg.norm(one - other)) < _LOOSE and (_is_grey(one) or not _is_grey(other))


def _is_grey(lab: Float32Array) -> bool:
    return float(np.hypot(lab[1], lab[2])) < _GREY


def _is_dyed(name: Sequence[str], term: Term | None, after: str) -> bool:
    """Whether a thing's name leads what is dyed or painted, which is never made of it."""
    if name[-1] in _TIMBER and after in _BUILT:
        return False
    edible = term is None or (term.role == "props" and name[-1] not in _UNDYED)
    return edible and after in _OF_PAINT


def _singular(name: str) -> str:
    return name if name in _load_hues() else stem(name)


@cache
def _load_hues() -> dict[str, str]:
    rows = read_columns("hues.psv")[1]["words"]
    return {word: f"#{hue}" for hue, words in rows for word in words.split("/")}


@lru_cache(maxsize=4)
def _find_coloring(vocabulary: Vocabulary) -> frozenset[str]:
    """Every stem after which a thing's name may be a colour: "coloured", a colour's name, and what is dyed."""
    colors = {phrase[0] for phrase, term in vocabulary.phrases.items() if len(phrase) == 1 and _is_plain_color(term)}
    return frozenset({*colors, *COLORED, *_OF_SMALL, *_OF_PAINT})


@lru_cache(maxsize=4)
def same_shades(vocabulary: Vocabulary) -> frozenset[str]:
    """Things and the names of their colours, as in English: "lemon yellow", "grass green"."""
    colors = {p[0]: term.color for p, term in vocabulary.phrases.items() if len(p) == 1 and _is_plain_color(term)}
    wanted = np.array([hex_to_oklab(str(color)) for color in colors.values()])
    found = set()
    for thing, hue in _load_hues().items():
        near = np.linalg.norm(wanted - hex_to_oklab(hue), axis=1) < _LOOSE
        found |= {f"{thing} {name}" for name, alike in zip(colors, near, strict=True) if alike}
    return frozenset(found)


def _is_plain_color(term: Term) -> bool:
    return term.color is not None and term.role is None
