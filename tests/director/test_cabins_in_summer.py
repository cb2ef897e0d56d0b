"""A cabin in summer has no snow before its window."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text",
    ["in a log cabin in summer", "log cabin, autumn", "spring in a wooden cabin", "summer at the log cabin, at night"],
)
def test_in_other_seasons_it_is_green_outside(text: str) -> None:
    design = parts(text)
    assert (design["set"], design["snow"]) == ("cabin", False)


@pytest.mark.parametrize("text", ["in a log cabin", "cozy log cabin in winter", "log cabin with snow outside"])
def test_else_it_is_in_the_snow(text: str) -> None:
    design = parts(text)
    assert (design["set"], design["snow"]) == ("cabin", True)


def test_winter_is_told_as_shown_where_snow_lies_outside() -> None:
    assert not read("cozy log cabin in winter").unread
