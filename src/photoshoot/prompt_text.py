"""What the text of a prompt may be, and how it goes with a product's name."""

import re
import unicodedata
from typing import Final

from photoshoot.errors import PromptError
from photoshoot.known_names import show_value

MAX_PROMPT_CHARACTERS: Final = 2000
"""Longest custom prompt."""
_PUNCTUATION = ",.;:"
_PRODUCT = re.compile(r"(?:(?:the|a|our) )?product(?=[\s,.;:]|$)", re.IGNORECASE)
_JOINING = re.compile(
    r"(on|in|at|against|atop|beside|beneath|before|behind|between|by|from|inside|into|near|next|over|onto|outside|through"
    r"|under|underneath|upon|with|within|without|among|amid|amidst|around|above|below|along|across|placed|standing|lying"
    r"|laid|sitting|resting|floating|displayed|surrounded|set|seen|shot|lit|held|hanging|leaning|nestled|submerged"
    r"|presented|photographed|staged|draped|wrapped|emerging|rising|is)(?!\w)|[,.;:]",
    re.IGNORECASE,
)
"""How a text begins that follows a name without a comma."""


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


def join_name(product_name: str, text: str) -> str:
    """Product name and scene as one phrase: a leading comma, preposition or the word "product" reads right.

    ``join_name("headphones", "product on a table")`` is ``"headphones on a table"``.
    """
    name, text = product_name.strip(), text.strip()
    bare = text.lstrip(_PUNCTUATION + " ")
    if not name or not bare:
        return name or bare
    if bare != text:
        return f"{name}{text[0]} {bare}"
    if re.match(re.escape(name) + r"(?!\w)", text, re.IGNORECASE):
        return text
    if (product := _PRODUCT.match(text)) and _joins(text[product.end() :]):
        return name + text[product.end() :]
    return f"{name} {text}" if _joins(text) else f"{name}, {text}"


def without_product(text: str) -> str:
    """The scene alone, without the word "product" that it begins with; the text as it is, where it has no more."""
    return join_name("", _PRODUCT.sub("", text, count=1) if _PRODUCT.match(text) else text) or text


def _joins(text: str) -> bool:
    """Whether a text follows a name without a comma."""
    return not text.strip() or _JOINING.match(text.lstrip()) is not None
