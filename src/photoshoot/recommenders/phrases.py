"""More ways to say a scene's light and mood than the grammar lists, so that a catalogue's neighbours share no prompt.

A light of no direction may come from a side, a low one from left or right only; moods of two words each, which all suit
the scene, pair anew.
"""

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

_PLACED = re.compile(
    r"\b(?:from|through|in|over|along|behind|below|above|gliding|grazing|with|rim)\b"
    r"|backlight|overcast|diffuse|\beven\b|neon|midday|gallery|low key"
)
"""Lights that come from somewhere already, from straight above or all round."""
_SIDEWAYS = re.compile(r"\bside light\b")
_LOW = re.compile(r"\b(?:low|evening|golden|late|night)\b")
_SIDES = ("the left", "the right")
_HEIGHTS = ("the upper left", "the upper right")
_ANYWHERE = (
    "crisp and detailed",
    "sharp and detailed",
    "crisp and natural",
    "natural and precise",
    "honest and detailed",
    "crisp and precise",
    "sharp and precise",
    "natural and detailed",
)
"""Moods of photographs, whatever they show."""
_PAIR = re.compile(r"([a-z-]+) and ([a-z-]+)")


def turn_lights(texts: Sequence[str]) -> tuple[str, ...]:
    """Lights, and those of no direction from each side, too."""
    found = list(texts)
    for text in texts:
        if not _PLACED.search(text):
            sides = _SIDES if _LOW.search(text) or _SIDEWAYS.search(text) else _SIDES + _HEIGHTS
            found += [f"{_SIDEWAYS.sub('light', text)} from {side}" for side in sides]
    return tuple(dict.fromkeys(found))


def pair_moods(texts: Sequence[str]) -> tuple[str, ...]:
    """Moods, all pairs of the words of those that are two words joined by "and", and those of any photograph."""
    pairs = [found.groups() for text in texts if (found := _PAIR.fullmatch(text))]
    words = dict.fromkeys(itertools.chain.from_iterable(pairs))
    return tuple(
        dict.fromkeys([*texts, *(f"{one} and {other}" for one, other in itertools.combinations(words, 2)), *_ANYWHERE])
    )


VARIED: Final[Mapping[str, Callable[[Sequence[str]], tuple[str, ...]]]] = {"light": turn_lights, "mood": pair_moods}
"""Slot → what makes more phrases of those that the grammar lists."""
