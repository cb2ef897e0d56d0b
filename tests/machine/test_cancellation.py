from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from photoshoot.errors import CancelledError
from photoshoot.machine.cancellation import cancel_scope, carry_scope, check_cancelled, within_scope


class Flag:
    """Asked whether work is still wanted; counts how often."""

    def __init__(self) -> None:
        self.is_set, self.asked = False, 0

    def check(self) -> None:
        self.asked += 1
        if self.is_set:
            raise CancelledError("not wanted")


def test_without_a_scope_nothing_is_cancelled() -> None:
    flag = Flag()
    flag.is_set = True
    with cancel_scope(flag.check):
        pass
    check_cancelled()
    assert flag.asked == 0


def test_scopes_nest() -> None:
    outer, inner = Flag(), Flag()
    with cancel_scope(outer.check):
        with cancel_scope(inner.check):
            check_cancelled()
            outer.is_set = True
            with pytest.raises(CancelledError):
                check_cancelled()
        assert (outer.asked, inner.asked) == (2, 1), "the outer one first"
        outer.is_set, inner.is_set = False, True
        check_cancelled()
    check_cancelled()
    assert (outer.asked, inner.asked) == (3, 1)


def test_a_scope_ends_with_an_error() -> None:
    flag = Flag()
    flag.is_set = True
    with pytest.raises(CancelledError), cancel_scope(flag.check):
        check_cancelled()
    check_cancelled()


def test_another_thread_asks_only_where_its_work_carries_the_scope() -> None:
    flag, raised = Flag(), list[str]()

    def work(name: str) -> None:
        try:
            check_cancelled()
        except CancelledError:
            raised.append(name)

    with cancel_scope(flag.check):
        flag.is_set = True
        threads = [
            threading.Thread(target=work, args=["bare"]),
            threading.Thread(target=carry_scope(work), args=["carried"]),
        ]
        for thread in threads:
            thread.start()
            thread.join()
    assert raised == ["carried"]


def test_items_are_taken_within_a_scope_and_used_outside_it() -> None:
    flag = Flag()

    def count() -> Iterator[int]:
        for number in range(3):
            check_cancelled()
            yield number

    numbers = within_scope(flag.check, count())
    assert next(numbers) == 0
    check_cancelled()
    assert flag.asked == 1, "the caller is in no scope"
    assert next(numbers) == 1
    flag.is_set = True
    with pytest.raises(CancelledError):
        next(numbers)
    assert list(within_scope(Flag().check, count())) == [0, 1, 2]
