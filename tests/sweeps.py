"""Sweeps over examples: a run tries a sample of them, which has each kind once, and all of them where it is told to.

``scripts/test --exhaustive`` tries all, and so does each way of ``scripts/prove``. Which of a kind is in the sample
follows from the example alone, so that a commit is green or it is not.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import pytest
from hypothesis import settings

EXHAUSTIVE = "TEST_EXHAUSTIVE"
"""The variable by which the workers, and the modules that are loaded before a test is, are told."""
SHARE = 5
"""Of so many examples that Hypothesis draws, a sample has one."""
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


def _draw(case: object) -> int:
    """A number that follows from a case, whose kind's least is the sample."""
    return zlib.crc32(repr(case).encode())
