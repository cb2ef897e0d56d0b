"""Whether what a thread works on is still wanted: said where work is begun, asked wherever it can stop.

So what lies between need not pass the question on. ``map_ahead`` has its threads ask what its caller's would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeAlias, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Check: TypeAlias = "Callable[[], object]"
"""Raises once the work is not wanted any longer; may be called often, and from several threads."""

_current: ContextVar[Check | None] = ContextVar("photoshoot_cancel_check", default=None)


@contextmanager
def cancel_scope(check: Check) -> Iterator[None]:
    """While it lasts, ``check_cancelled`` asks ``check``, after those of the scopes round it. Not for generators."""
    outer = _current.get()

    def ask_both() -> None:
        if outer is not None:
            outer()
        check()

    token = _current.set(ask_both)
    try:
        yield
    finally:
        _current.reset(token)


def check_cancelled() -> None:
    """Raise what the scopes' checks raise, where the work at hand is not wanted any longer."""
    if (check := _current.get()) is not None:
        check()


def current_check() -> Check:
    """What ``check_cancelled`` asks here and now, for another thread."""
    return _current.get() or _never


def carry_scope(work: Callable[P, T]) -> Callable[P, T]:
    """A function that asks what ``check_cancelled`` asks here and now, in whichever thread it is called."""
    check = current_check()

    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        with cancel_scope(check):
            return work(*args, **kwargs)

    return call


def within_scope(check: Check, items: Iterable[T]) -> Iterator[T]:
    """The same items; each is taken in a scope, and between them the caller is in none."""
    rest = iter(items)
    while True:
        with cancel_scope(check):
            try:
                item = next(rest)
            except StopIteration:
                return
        yield item


def _never() -> None:
    """Work that nobody can cancel."""
