from __future__ import annotations

import threading
import time

import pytest

from photoshoot.errors import CancelledError
from photoshoot.machine.cancellation import cancel_scope, check_cancelled
from photoshoot.machine.lookahead import map_ahead
from tests.jobs.waiting import PATIENCE_S


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_order(workers: int) -> None:
    def slow_first(number: int) -> int:
        time.sleep(0.02 if number == 0 else 0)
        return number * number

    assert list(map_ahead(slow_first, range(7), workers)) == [number * number for number in range(7)]


def test_two_calls_are_under_way_at_once() -> None:
    meeting = threading.Barrier(2, timeout=PATIENCE_S)
    assert len(list(map_ahead(lambda _: meeting.wait(), range(2), 2))) == 2


def test_no_more_calls_than_workers() -> None:
    running, most, lock = 0, 0, threading.Lock()

    def work(_: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.005)
        with lock:
            running -= 1

    list(map_ahead(work, range(12), 3))
    assert most <= 3


@pytest.mark.parametrize("workers", [1, 2])
def test_stopping_early_starts_nothing_more(workers: int) -> None:
    started: list[int] = []

    def work(number: int) -> int:
        started.append(number)
        return number

    results = map_ahead(work, range(100), workers)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert len(started) <= workers + 1


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_reaches_the_caller(workers: int) -> None:
    def work(number: int) -> float:
        return 1 / (2 - number)

    results = map_ahead(work, range(5), workers)
    assert [next(results), next(results)] == [0.5, 1.0]
    with pytest.raises(ZeroDivisionError):
        next(results)


@pytest.mark.parametrize("cancels", [False, True])
def test_calls_under_way_are_stopped_where_they_ask(*, cancels: bool) -> None:
    """A second call is under way when the first one fails; it asks once it is told that the calls are over."""
    under_way, ended, closing = threading.Event(), list[str](), threading.Event()

    def work(number: int) -> None:
        if number == 0:
            assert under_way.wait(PATIENCE_S)
            raise ZeroDivisionError
        under_way.set()
        try:
            while not closing.is_set():
                check_cancelled()
            ended.append("whole")
        except CancelledError:
            ended.append("stopped")

    if not cancels:
        closing.set()
    with pytest.raises(ZeroDivisionError):
        list(map_ahead(work, range(2), 2, cancels=cancels))
    assert ended == ["stopped" if cancels else "whole"]
    check_cancelled()


@pytest.mark.parametrize("workers", [1, 2])
def test_threads_ask_what_the_caller_would(workers: int) -> None:
    asked: list[str] = []

    def refuse() -> None:
        asked.append(threading.current_thread().name)
        raise CancelledError("not wanted")

    with cancel_scope(refuse), pytest.raises(CancelledError):
        list(map_ahead(lambda _: check_cancelled(), range(1), workers))
    assert asked[0].startswith("photoshoot" if workers > 1 else threading.current_thread().name)
