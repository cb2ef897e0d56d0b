"""Sweeps over examples: a run tries a sample of them, which has each kind once, and all of them where it is told to.

So it does where pictures are drawn for a test of several parameters: each value of each is tried, and not each with
each; and with ``pytest.mark.swept("parameter")`` each test has one value of a parameter, and all of them have all.
What takes long although a sample's tests go the same way through the code is ``pytest.mark.exhaustive("tests/…")``,
which names those: it runs with the others of ``--exhaustive``, and where it is chosen.

``scripts/test --exhaustive`` tries all, and so does each way of ``scripts/prove``. Which of a kind is in the sample
follows from the example alone, so that a commit is green or it is not.
"""

from __future__ import annotations

import math
import os
import zlib
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

import pytest
from hypothesis import settings

EXHAUSTIVE = "TEST_EXHAUSTIVE"
"""The variable by which the workers, and the modules that are loaded before a test is, are told."""
SHARE = 5
"""Of so many examples that Hypothesis draws, a sample has one."""
LONG = "exhaustive"
"""The mark of what no sample has."""
PICTURES = ("tests/placers/", "tests/segmenters/")
"""Where a case takes a tenth of a second or more."""
_LEAST = 10
_Example = TypeVar("_Example")


def pytest_addoption(parser: pytest.Parser) -> None:
    """As pytest asks."""
    parser.addoption("--exhaustive", action="store_true", help="all examples of every sweep, not a sample of each kind")


def note_what_is_asked(config: pytest.Config) -> None:
    """Have all modules know it, before they are loaded."""
    if config.getoption("--exhaustive"):
        os.environ[EXHAUSTIVE] = "1"
    plain = settings.get_profile("repeatable")
    settings.register_profile("repeatable", plain, max_examples=examples(plain.max_examples))
    settings.load_profile("repeatable")


def is_exhaustive() -> bool:
    """Whether all examples are tried."""
    return bool(os.environ.get(EXHAUSTIVE))


def examples(count: int) -> int:
    """How many examples Hypothesis draws where all are ``count``."""
    return count if is_exhaustive() else max(min(_LEAST, count), count // SHARE)


def sampled(cases: Iterable[_Example], kind_of: Callable[[_Example], Hashable]) -> list[_Example]:
    """One case of each kind, in their order; all of them where all are tried."""
    every = list(cases)
    if is_exhaustive():
        return every
    of_kind: dict[Hashable, list[int]] = {}
    for number, case in enumerate(every):
        of_kind.setdefault(kind_of(case), []).append(number)
    chosen = {min(numbers, key=lambda number: (_draw(every[number]), number)) for numbers in of_kind.values()}
    return [case for number, case in enumerate(every) if number in chosen]


def sample_items(items: list[Any]) -> list[Any]:
    """Of what a test function became, the items of a sample, perhaps none; all of them where all are tried."""
    if is_exhaustive():
        return items
    items = [item for item in items if not item.get_closest_marker(LONG)]
    if not items or not hasattr(items[0], "callspec"):
        return items
    mark = items[0].get_closest_marker("swept")
    if mark and mark.args[0] in items[0].callspec.params:
        return _take_one(items, mark.args[0])
    return _take_each_once(items) if items[0].nodeid.startswith(PICTURES) else items


def _take_one(items: list[Any], name: str) -> list[Any]:
    """With one value of a parameter, which follows from the test's name: others' tests have the others."""
    values = [repr(item.callspec.params[name]) for item in items]
    each = sorted(set(values))
    chosen = each[_draw(items[0].originalname) % len(each)]
    return [item for item, value in zip(items, values, strict=True) if value == chosen]


def _take_each_once(items: list[Any]) -> list[Any]:
    """Where each value of a parameter meets each of others, so many that each value is met."""
    params = [item.callspec.params for item in items]
    axes = list({_number([id(one[name]) for one in params]): None for name in params[0]})
    counts = [len(set(axis)) for axis in axes]
    if len(axes) < 2 or math.prod(counts) != len(items):  # cases that somebody chose
        return items
    turns = [tuple(turn % count for count in counts) for turn in range(max(counts))]
    return [item for item, place in zip(items, zip(*axes, strict=True), strict=True) if place in turns]


def _number(values: Iterable[int]) -> tuple[int, ...]:
    """Equal values as equal numbers, from 0 in the order in which they come."""
    seen: dict[int, int] = {}
    return tuple(seen.setdefault(value, len(seen)) for value in values)


def _draw(case: object) -> int:
    """A number that follows from a case, whose kind's least is the sample."""
    return zlib.crc32(repr(case).encode())
