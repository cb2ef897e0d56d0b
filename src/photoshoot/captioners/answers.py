"""What a model answers about a product: read from its JSON, and held to what the flow needs."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from photoshoot.captioners.descriptions import end_sentence
from photoshoot.records import Category

PROMPTS = 4
"""How many scenes a model is asked for."""

_NAME_WORDS, _DESCRIPTION_WORDS, _PROMPT_WORDS = (1, 6), (3, 70), (4, 60)
_KEYS = ("name", "description", "category", "prompts")
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?:an?|the)\s+", re.IGNORECASE)


class UnusableAnswerError(ValueError):
    """Says what is wrong with an answer, in words that a model understands."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model says of a product."""

    name: str
    """As in ``Product``."""
    description: str
    """As in ``Product``."""
    category: Category
    """As in ``Product``."""
    prompts: tuple[str, ...] = ()
    """Four scenes that don't name the product, or none from a model that writes none."""
    confidence: float
    """0 to 1: the geometric mean of the probabilities of the name's tokens."""


def read_answer(text: str, confidence: float) -> Answer:
    """Read a model's JSON; what stands round the object, such as a code fence, is passed over.

    Raises:
        UnusableAnswerError: It is no JSON, lacks a key, or a value can't be used.
    """
    data = _read_object(text)
    missing = [key for key in _KEYS if key not in data]
    if missing:
        raise UnusableAnswerError(f"the key {missing[0]!r} is missing")
    name = _ARTICLE.sub("", _read_text(data, "name", _NAME_WORDS).rstrip(".").lower(), count=1)
    return Answer(
        name=name,
        description=end_sentence(_read_text(data, "description", _DESCRIPTION_WORDS)),
        category=_read_category(data["category"]),
        prompts=_read_prompts(data["prompts"], name),
        confidence=confidence,
    )


def read_translation(text: str) -> str:
    """Read a model's translation from its JSON.

    Raises:
        UnusableAnswerError: It is no JSON, or there is no translation in it.
    """
    return _read_text(_read_object(text), "english", (1, 600))


def _read_object(text: str) -> Mapping[str, object]:
    start = text.find("{")
    if start < 0:
        raise UnusableAnswerError("there is no JSON object in it")
    try:
        data, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError) as error:
        raise UnusableAnswerError(f"it is not valid JSON: {error}") from error
    assert isinstance(data, dict)  # it starts with a brace
    return data


def _read_text(data: Mapping[str, object], key: str, words: tuple[int, int]) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise UnusableAnswerError(f"{key!r} must be a text")
    text, (least, most) = " ".join(value.split()), words
    if not least <= len(_WORD.findall(text)) <= most:
        raise UnusableAnswerError(f"{key!r} must have {least} to {most} words")
    return text


def _read_category(value: object) -> Category:
    if not isinstance(value, str) or value.strip().lower() not in list(Category):
        raise UnusableAnswerError(f"'category' must be one of {', '.join(Category)}")
    return Category(value.strip().lower())


def _read_prompts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) != PROMPTS:
        raise UnusableAnswerError(f"'prompts' must be a list of {PROMPTS} texts")
    named = {f"prompt {index}": item for index, item in enumerate(value, 1)}
    texts = {key: _read_text(named, key, _PROMPT_WORDS).rstrip(".") for key in named}
    if len({text.casefold() for text in texts.values()}) < PROMPTS:
        raise UnusableAnswerError("the prompts must differ from each other")
    noun = _stems(name)[-1]
    for key, text in texts.items():
        if noun in _stems(text):
            raise UnusableAnswerError(f"{key} must not name the product ({name!r})")
    return tuple(text[0].lower() + text[1:] for text in texts.values())


def _stems(text: str) -> list[str]:
    """Words without a plural's ending."""
    return [re.sub(r"(?<=[a-z]{2})s$", "", word) for word in _WORD.findall(text.lower())]
