"""What the text of a prompt may be."""

import unicodedata
from typing import Final

from photoshoot.errors import PromptError
from photoshoot.known_names import show_value

MAX_PROMPT_CHARACTERS: Final = 2000
"""Longest custom prompt."""


def tidy_prompt(text: object, what: str = "a custom prompt") -> str:
    """A text in one line, its white space and control characters as single spaces.

    Args:
        text: What was given.
        what: What it is, for errors.

    Raises:
        PromptError: It is no text, has lone surrogates, or is over ``MAX_PROMPT_CHARACTERS``.
    """
    if not isinstance(text, str):
        raise PromptError(
            f"{what} must be a text{' that is not empty' if text is None else f', not {show_value(text)}'}"
        )
    tidy = " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in text).split())
    if any(unicodedata.category(char) == "Cs" for char in tidy):
        raise PromptError(f"{what} has broken characters (lone surrogates)")
    if len(tidy) > MAX_PROMPT_CHARACTERS:
        raise PromptError(f"{what} may have {MAX_PROMPT_CHARACTERS} characters, not {len(tidy)}")
    return tidy
