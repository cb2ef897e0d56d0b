"""What only names a camera, its settings or a file asks for nothing: "Hasselblad, 85mm lens, ISO 100, 1/200 s, RAW".

What a picture can show of a lens or of a film is no such: "macro lens", "f/1.8" and "35mm film" are the vocabulary's.
Nor is a focal length far from the studio's own: "24mm" asks for another perspective, and is told.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from photoshoot.director.words.folding import stem
from photoshoot.director.words.vocabulary import Vocabulary

_SILENT: Final = "photo"
"""The stem that is read in the stead of such words: one that asks for nothing."""
_MOST: Final = 5
"""Words of the longest: "24 70mm f/4 zoom lens"."""
_STOP: Final = r"f ?/?(?:3\.[2-9]|4(?:\.\d)?|5(?:\.\d)?|6(?:\.\d)?|7\.1)"
"""Stops of which all is as sharp as usual; others are phrases of the vocabulary."""
_SETTING: Final = re.compile(
    rf"(?:\d{{1,3}} )?(?:3[5-9]|[4-9]\d|1[0-3]\d) ?mm(?: {_STOP})?(?: (?:prime|zoom))?(?: lens?)?"
    rf"|(?:at |aperture )?{_STOP}(?: lens?| aperture)?|iso ?\d+"
    r"|(?:shutter speed )?1/\d+ ?(?:s|sec|second|th of a second)|shutter speed 1/\d+"
)
_LEADS: Final = "0123456789ifas"
"""What settings begin with: numbers, "ISO", "f", "aperture" and "at", "shutter"."""
_TOOK: Final = frozenset({"shot", "captured", "filmed", "taken"})
_NUMBER: Final = re.compile(r"\d")
_AT_END: Final = re.compile(rf"(?:{'|'.join(sorted(_TOOK))}) (?:on|in) (?:a )?(?:red|raw)(?: camera| epic| komodo)?")
"""What is such only where nothing follows: "shot on red" is, "shot on red velvet" is not."""
_FILE: Final = "raw"
"""What is such only where nothing else stands with it: "4k, RAW", and not "raw concrete"."""
_MEASURED: Final = frozenset({"case", "deep", "diameter", "film", "high", "long", "tall", "thick", "wide"})
"""What millimetres are of that are no lens's."""
_THINGS: Final = frozenset({"camera", "film", "len", "table", "stand"})
"""What a name that leads to it is a part of, and no word on the picture."""


def pass_over_cameras(text: str, stems: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stems of a prompt, with one that asks for nothing in the stead of each that only names a camera or a file.

    Args:
        text: The prompt that they are of.
        stems: Those of its words and marks.
        vocabulary: What the director knows.
    """
    firsts, numbered = _first_words(vocabulary.company["boilerplate"]), _NUMBER.search(text)
    if not numbered and firsts.isdisjoint(stems):
        return stems
    starts = [i for i, token in enumerate(stems) if token in firsts or (numbered and token[0] in _LEADS)]
    said, done = list(stems), 0
    for start in starts:
        sizes = range(min(_MOST, len(stems) - start), 0, -1) if start >= done else ()
        size = next((n for n in sizes if _is_camera(stems, start, start + n, vocabulary)), 0)
        said[start : start + size] = (_SILENT,) * size
        done = max(done, start + size)
    return tuple(said)


@cache
def _first_words(names: frozenset[str]) -> frozenset[str]:
    """What names and settings without a number begin with."""
    return frozenset({name.split()[0] for name in names}) | _TOOK


def _is_camera(stems: tuple[str, ...], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether just these words name a camera, what it is set to, or a file."""
    text, after = " ".join(stems[start:end]), stems[end] if end < len(stems) else "."
    if _SETTING.fullmatch(text):
        return after not in _MEASURED
    names = vocabulary.company["boilerplate"]
    named = (text in names or stem(text) in names) and after not in _THINGS
    alone = text == _FILE and (start == 0 or not stems[start - 1][0].isalnum())
    return named or (not after[0].isalnum() and (alone or bool(_AT_END.fullmatch(text))))
