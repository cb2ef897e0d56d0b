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
