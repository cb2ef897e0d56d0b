"""Names that are known: finding one, and saying which was probably meant where there is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import TypeVar

from photoshoot.errors import UnknownNameError

T = TypeVar("T")


def list_words(given: object, words: Iterable[str]) -> str:
    """Words that are allowed, and which of them was probably meant."""
    names = list(words)
    near = difflib.get_close_matches(str(given).strip().lower(), names, n=2)
    return ", ".join(names) + (f" (did you mean {' or '.join(near)}?)" if near else "")


def show_value(value: object) -> str:
    """What was given, as a caller may have written it: in JSON there is neither None nor True."""
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)


def look_up(kind: str, name: str, known: Mapping[str, T]) -> T:
    """What is known under a name.

    Raises:
        UnknownNameError: Nothing is; ``kind`` says what was looked up.
    """
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return known[name]
