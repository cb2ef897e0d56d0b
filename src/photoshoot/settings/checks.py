"""What a value may be; every setting is checked when it is made.

A field says its own bounds, as ``samples: Annotated[int, Range(1, 4096)] = 8``; ``__post_init__`` calls
``check_fields``.
"""

import re
import typing
from dataclasses import dataclass
from functools import cache

from photoshoot.errors import SettingsError

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
            raise SettingsError(name, value, ", ".join(self._words))


def check_fields(record: object, prefix: str = "") -> None:
    """Hold each field of a record to the ``Range`` or ``OneOf`` in its annotation; None passes.

    Args:
        record: A dataclass's instance.
        prefix: What stands before the fields' names in messages, such as ``"light."``.

    Raises:
        SettingsError: A value is not allowed; says which, and what is.
    """
    kind: type = type(record)
    for name, rule in _list_rules(kind):
        value = getattr(record, name)
        if value is not None:
            rule.check(f"{prefix}{name}", value)


@cache
def _list_rules(kind: type) -> list[tuple[str, Range | OneOf]]:
    hints = typing.get_type_hints(kind, include_extras=True)
    extras = [(name, rule) for name, hint in hints.items() for rule in getattr(hint, "__metadata__", ())]
    return [(name, rule) for name, rule in extras if isinstance(rule, Range | OneOf)]


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Hold ``low <= value <= high``.

    Raises:
        SettingsError: ``value`` is outside; NaN always is.
    """
    if not low <= value <= high:
        raise SettingsError(name, value, f"a number from {low:g} to {high:g}")


def check_color(name: str, value: object) -> None:
    """Hold that ``value`` is ``#rrggbb`` in lower case.

    Raises:
        SettingsError: It is not.
    """
    if not (isinstance(value, str) and _HEX.fullmatch(value)):
        raise SettingsError(name, value, "a colour as #rrggbb, lower case")


def check_text(name: str, text: str, longest: int) -> None:
    """Hold that ``text`` is not blank, has at most ``longest`` characters, and can be kept by any database.

    Raises:
        SettingsError: It is not.
    """
    broken = any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)
    if broken or not 0 < len(text.strip()) <= len(text) <= longest:
        raise SettingsError(name, text[:40], f"1 to {longest} characters that are not all blank, none of them broken")
