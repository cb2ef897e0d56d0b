"""Ranges and kinds of values, and the checks that every setting goes through when it is made.

A field says its own bounds, as ``samples: Annotated[int, Range(1, 4096)] = 8``; ``__post_init__`` calls
``check_fields``, which also makes a ``Choice`` of a word, wherever a field holds one.
"""

from __future__ import annotations

import operator
import re
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Any, TypeAlias, TypeVar

from photoshoot.errors import SettingsError
from photoshoot.known_names import list_words

_Enum = TypeVar("_Enum", bound=Enum)
_Read: TypeAlias = "Callable[[str, Any], Any]"

_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Range:
    """Numbers that a field may have."""

    low: float
    """The least of them, itself allowed."""
    high: float
    """The largest of them, itself allowed."""

    def check(self, name: str, value: float) -> None:
        """Hold that ``value`` is among them."""
        check_range(name, value, self.low, self.high)


class OneOf:
    """Words that a field may have.

    Args:
        words: All of them.
    """

    def __init__(self, *words: str) -> None:
        self._words = words

    def check(self, name: str, value: str) -> None:
        """Hold that ``value`` is among them."""
        if value not in self._words:
            raise SettingsError(name, value, list_words(value, self._words))


class Choice(StrEnum):
    """An enum that is read from words in any case, and from the other spellings that it knows."""

    @classmethod
    def _missing_(cls, value: object) -> Choice | None:
        word = str(value).strip().lower()
        return cls.__members__.get(cls._spellings().get(word, word).upper())

    @classmethod
    def _spellings(cls) -> dict[str, str]:
        """Other spelling → value."""
        return {}


def read_choice(kind: type[_Enum], value: object, name: str) -> _Enum:
    """The member of an enum that a value means: the one way from words to choices.

    Args:
        kind: The enum.
        value: A member, or its value in any case, or another spelling of it.
        name: The setting, for messages.

    Raises:
        SettingsError: It is none; the message lists all, and which was probably meant.
    """
    try:
        return kind(value)
    except (ValueError, TypeError) as error:
        raise SettingsError(name, value, list_words(value, [str(choice.value) for choice in kind])) from error


def check_fields(record: object, prefix: str = "") -> None:
    """Hold each field of a record to its annotation: ``Range`` and ``OneOf``, choices, switches, texts, whole numbers.

    A word in a field of a ``Choice`` is replaced by the choice. None passes where the annotation has it.

    Args:
        record: A dataclass's instance.
        prefix: What stands before the fields' names in messages, such as ``"light."``.

    Raises:
        SettingsError: A value is not allowed; says which, and what is.
    """
    kind: type = type(record)
    for name, optional, read in _list_rules(kind):
        value = getattr(record, name)
        if value is None and optional:
            continue
        if (checked := read(f"{prefix}{name}", value)) is not value:
            object.__setattr__(record, name, checked)


@cache
def _list_rules(kind: type) -> list[tuple[str, bool, _Read]]:
    """(field, whether it may be None, what checks it and gives its value back) of all that can be checked."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return [
        (name, type(None) in _list_parts(hint), read) for name, hint in hints.items() for read in _list_readers(hint)
    ]


def _list_parts(hint: Any) -> tuple[Any, ...]:
    """The kinds that an annotation unites."""
    bare = hint.__origin__ if hasattr(hint, "__metadata__") else hint
    return typing.get_args(bare) if isinstance(bare, types.UnionType) else (bare,)


def _list_readers(hint: Any) -> list[_Read]:
    plain = [part for part in _list_parts(hint) if part is not type(None)]
    kind = plain[0] if len(plain) == 1 and isinstance(plain[0], type) else object
    readers: list[_Read] = []
    if issubclass(kind, Choice):
        readers.append(lambda name, value: read_choice(kind, value, name))
    elif kind in _KINDS:
        readers.append(_KINDS[kind])
    rules = [rule for rule in getattr(hint, "__metadata__", ()) if isinstance(rule, Range | OneOf)]
    return [*readers, *map(_keeping, rules)]


def _keeping(rule: Range | OneOf) -> _Read:
    def read(name: str, value: Any) -> Any:
        rule.check(name, value)
        return value

    return read


def _read_switch(name: str, value: object) -> bool:
    if isinstance(value, str) or str(value) not in ("True", "False"):  # NumPy's are switches, too
        raise SettingsError(name, value, "True or False")
    return bool(value)


def _read_whole(name: str, value: Any) -> int:
    try:
        whole = operator.index(value)
    except TypeError as error:
        raise SettingsError(name, value, "a whole number") from error
    if isinstance(value, bool):
        raise SettingsError(name, value, "a whole number")
    return whole


def _read_text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise SettingsError(name, value, "a text")
    return value


_KINDS: dict[type, _Read] = {bool: _read_switch, int: _read_whole, str: _read_text}


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Hold ``low <= value <= high``.

    Raises:
        SettingsError: ``value`` is outside; NaN always is.
    """
    try:
        within = bool(low <= value <= high)
    except (TypeError, ValueError):  # no number, or many
        within = False
    if not within:
        raise SettingsError(name, value, f"a number from {low:.12g} to {high:.12g}")


def read_box(name: str, value: Any) -> tuple[int, int, int, int]:
    """A box of whole pixels, (left, top, right, bottom), from any four whole numbers.

    Raises:
        SettingsError: It is none, or it has no area.
    """
    try:
        left, top, right, bottom = map(operator.index, value)
    except (TypeError, ValueError):
        left = top = right = bottom = 0
    if not (left < right and top < bottom):
        raise SettingsError(name, value, "(left, top, right, bottom), whole, with left < right and top < bottom")
    return left, top, right, bottom


def check_color(name: str, value: object) -> None:
    """Hold that ``value`` is ``#rrggbb`` in lower case.

    Raises:
        SettingsError: It is not.
    """
    if not (isinstance(value, str) and _HEX.fullmatch(value)):
        raise SettingsError(name, value, "a colour as #rrggbb, lower case")


def check_colors(name: str, value: object, least: int) -> None:
    """Hold that ``value`` is a tuple of ``least`` to four colours.

    Raises:
        SettingsError: It is not.
    """
    if not (isinstance(value, tuple) and least <= len(value) <= 4):
        raise SettingsError(name, value, "up to four colours" if least == 0 else "one to four colours")
    for color in value:
        check_color(name, color)


def check_text(name: str, text: str, longest: int) -> None:
    """Hold that ``text`` is not blank, has at most ``longest`` characters, and can be kept by any database.

    Raises:
        SettingsError: It is not.
    """
    broken = any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)
    if broken or not 0 < len(text.strip()) <= len(text) <= longest:
        raise SettingsError(name, text[:40], f"1 to {longest} characters that are not all blank, none of them broken")
