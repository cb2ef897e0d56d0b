"""Names that are like one that is not known."""

import difflib
import re
from collections.abc import Sequence
from typing import Final

_MOST_NEAR: Final = 5
_LEAST_WORD: Final = 3
"""Characters of a word that says something."""


def find_near(name: str, names: Sequence[str]) -> list[str]:
    """Names that are spelt alike, and then those that have most of its words, with the fewest others first."""
    asked = name.strip().lower()
    near = difflib.get_close_matches(asked, names, n=_MOST_NEAR)
    words = {word for word in re.split(r"[\W_]+", asked) if len(word) >= _LEAST_WORD}
    parts = {known: set(re.split(r"[\W_]+", known.lower())) for known in names}
    shared = {known: len(words & parts[known]) for known in names}
    alike = sorted((known for known in names if shared[known]), key=lambda known: (-shared[known], len(parts[known])))
    return list(dict.fromkeys((*near, *alike)))[:_MOST_NEAR]
