"""Forms: an answer's fixed text with blanks, that a model fills in token by token and can't break.

Every token that a model gives is held to the form, each row of a batch for itself: fixed text is written as it stands,
a choice takes one of its words, a blank takes any text that needs no escaping in JSON. So all is valid JSON of the
right shape, whatever the model; and how sure it is of its words is noted.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import Tensor
from transformers import LogitsProcessor, PreTrainedTokenizerBase

from photoshoot.captioners.answers import PROMPTS
from photoshoot.errors import WeightsError
from photoshoot.records import Category

_QUOTE = '"'


@dataclass(frozen=True)
class Fixed:
    """Text that is written as it stands."""

    text: str
    """At least one character, JSON's own marks among them."""


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
    """At least one; each without a character that JSON would escape."""


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


class Vocabulary:
    """A tokenizer's tokens, as forms need them.

    Args:
        tokenizer: The model's.

    Raises:
        WeightsError: It has no token for a quotation mark.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        count = len(tokenizer)
        texts = tokenizer.batch_decode([[token] for token in range(count)], clean_up_tokenization_spaces=False)
        special = set(tokenizer.all_special_ids) | set(tokenizer.get_added_vocab().values())
        plain = [token for token, text in enumerate(texts) if _is_plain(text) and token not in special]
        self.plain = torch.tensor(plain)
        """(N,): tokens that may stand in a blank."""
        if texts.count(_QUOTE) == 0:
            raise WeightsError(f"{tokenizer.name_or_path}: its tokenizer has no token for a quotation mark")
        self.quote = texts.index(_QUOTE)
        """The token that ends a blank."""

    def encode(self, text: str) -> tuple[int, ...]:
        """The tokens of a fixed text."""
        return tuple(self._tokenizer.encode(text, add_special_tokens=False))

    def decode(self, tokens: list[int]) -> str:
        """The text of tokens; special ones are left out."""
        return str(self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False))


class FormProcessor(LogitsProcessor):  # type: ignore[misc]  # transformers has no types
    """Lets only tokens through that fill in a form. One is used for one batch.

    Args:
        form: What is filled in.
        vocabulary: The tokenizer's.
        end_token: Ends an answer.
        rows: Size of the batch.
    """

    def __init__(self, form: Form, vocabulary: Vocabulary, end_token: int, rows: int) -> None:
        self._quote = vocabulary.quote
        self._plain = vocabulary.plain
        self._pens = [_Pen(form, vocabulary, end_token) for _ in range(rows)]
        self._guesses: Tensor | None = None  # (rows, V), log-probabilities of the step before

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Scores (rows, V) with all that the form forbids at minus infinity."""
        if self._guesses is not None:
            for pen, guesses, token in zip(self._pens, self._guesses, input_ids[:, -1].tolist(), strict=True):
                pen.write(token, guesses)
        self._plain = self._plain[self._plain < scores.shape[1]].to(scores.device)
        held = torch.full_like(scores, -math.inf)
        for pen, kept, offered in zip(self._pens, held, scores, strict=True):
            if pen.is_free:
                kept[self._plain] = offered[self._plain]
            tokens = pen.fixed_tokens()
            kept[tokens] = offered[tokens]
        self._guesses = held.float().log_softmax(dim=-1)
        return held

    def confidences(self) -> list[float]:
        """For each row the geometric mean of the probabilities of the watched blanks' tokens, 0 to 1."""
        return [math.exp(sum(pen.certainties) / max(1, len(pen.certainties))) for pen in self._pens]


class _Pen:
    """Where in a form one row stands."""

    def __init__(self, form: Form, vocabulary: Vocabulary, end_token: int) -> None:
        self._quote, self._end = vocabulary.quote, end_token
        self._parts = [(part, _spell(part, vocabulary)) for part in form]
        self._written: tuple[int, ...] = ()  # of the part that is being written
        self.certainties: list[float] = []

    @property
    def is_free(self) -> bool:
        """Whether any plain token may come next."""
        part = self._parts[0][0] if self._parts else None
        return isinstance(part, Blank) and len(self._written) < part.most_tokens

    def fixed_tokens(self) -> list[int]:
        """The other tokens that may come next."""
        if not self._parts:
            return [self._end]
        part, spellings = self._parts[0]
        count = len(self._written)
        if isinstance(part, Blank):
            return [self._quote] if count else []
        return sorted({tokens[count] for tokens in spellings if tokens[:count] == self._written})

    def write(self, token: int, guesses: Tensor) -> None:
        """Note the token that was chosen, of which the model was so sure."""
        if not self._parts:
            return
        part, spellings = self._parts[0]
        self._written = (*self._written, token)
        ends = token == self._quote if isinstance(part, Blank) else self._written in spellings
        if isinstance(part, Blank) and part.watched and not ends:
            self.certainties.append(float(guesses[token]))
        if ends:
            self._parts.pop(0)
            self._written = ()


def count_tokens(form: Form, vocabulary: Vocabulary) -> int:
    """Most tokens that a form takes, with the one that ends it."""
    return 1 + sum(
        part.most_tokens + 1 if isinstance(part, Blank) else max(map(len, _spell(part, vocabulary))) for part in form
    )


def _spell(part: Fixed | Choice | Blank, vocabulary: Vocabulary) -> list[tuple[int, ...]]:
    words = part.words if isinstance(part, Choice) else (part.text,) if isinstance(part, Fixed) else ()
    return [vocabulary.encode(word) for word in words]


def _is_plain(text: str) -> bool:
    """Whether a token can stand in a JSON text as it is; half a character can't."""
    return bool(text) and text.isprintable() and not set(text) & {_QUOTE, "\\", "\ufffd", "{", "}"}
