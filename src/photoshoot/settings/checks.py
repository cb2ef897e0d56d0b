"""What a value may be; every setting is checked when it is made."""

from __future__ import annotations

import re

from photoshoot.errors import SettingsError

_HEX = re.compile(r"#[0-9a-f]{6}")


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
