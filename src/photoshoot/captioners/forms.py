"""Forms: an answer's fixed text with blanks, that a model fills in token by token and can't break.

Every token that a model gives is held to the form: fixed text is written as it stands, a choice takes one of its words,
a blank takes any text that needs no escaping in JSON. So all is valid JSON of the right shape, whatever the model.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from photoshoot.captioners.answers import PROMPTS
from photoshoot.records import Category


@dataclass(frozen=True)
class Fixed:
    """Text that is written as it stands."""

    text: str


@dataclass(frozen=True)
class Blank:
    """Free text, ended by a quotation mark."""

    most_tokens: int
    """At most so long; then it is ended."""
    watched: bool = False
    """Whether it counts for how sure the model is."""


@dataclass(frozen=True)
class Choice:
    """One of several words, none of which is the beginning of another."""

    words: tuple[str, ...]


Part: TypeAlias = Fixed | Blank | Choice
Form: TypeAlias = tuple[Part, ...]


def build_form(blanks: Iterable[tuple[str, Blank | Choice | Sequence[Blank]]]) -> Form:
    """A JSON object with these keys; a sequence of blanks is a list of texts."""
    parts: list[Part] = []
    opening = "{"
    for key, value in blanks:
        items = [value] if isinstance(value, Blank | Choice) else list(value)
        opening += f"{json.dumps(key)}: " + ("" if isinstance(value, Blank | Choice) else "[") + '"'
        for number, item in enumerate(items):
            closing = "" if isinstance(item, Blank) else '"'  # a blank writes its closing mark itself
            parts += [Fixed(opening if number == 0 else ', "'), item, *([Fixed(closing)] if closing else [])]
        opening = ", " if isinstance(value, Blank | Choice) else "], "
    return (*parts, Fixed(opening.removesuffix(", ") + "}"))


PRODUCT_FORM = build_form(
    [
        ("name", Blank(12, watched=True)),
        ("description", Blank(80)),
        ("category", Choice(tuple(Category))),
        ("prompts", [Blank(60)] * PROMPTS),
    ]
)
"""What is asked of a product."""
TRANSLATION_FORM = build_form([("english", Blank(700))])
"""What is asked of a prompt in another language; the longest one, of 2000 characters, takes some 500 tokens."""
