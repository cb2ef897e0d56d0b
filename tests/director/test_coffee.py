"""A cup of coffee is a cup, beans are beans, and coffee is both."""

from __future__ import annotations

import pytest

from photoshoot.director.leaving_out import leave_out
from photoshoot.sets import parse_set
from tests.director.reading import parts


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("biscuits on oak, a cup of coffee beside them", {"coffee_cups"}),
        ("watch on marble with a cappuccino", {"coffee_cups"}),
        ("bag beside a heap of coffee beans on a wooden table", {"coffee_beans"}),
        ("jar on slate with roasted coffee beans", {"coffee_beans"}),
        ("jar on slate with coffee beans and a cup of coffee", {"coffee_beans", "coffee_cups"}),
        ("mug on a wooden table, coffee", {"coffee"}),
    ],
)
def test_what_lies_there_is_what_was_named(text: str, kinds: set[str]) -> None:
    design = parts(text)
    assert {design["props"], *design["also"]} == kinds  # type: ignore[misc]


def test_cups_do_not_fly() -> None:
    assert parts("coffee cups flying, brown background").get("air", "none") == "none"
    assert parts("coffee beans flying, brown background")["air"] == "coffee"


def test_beans_are_left_out_with_the_coffee_that_they_are_of() -> None:
    design = parse_set({"name": "tabletop", "props": "coffee"})
    assert leave_out(design, "coffee beans").gone
