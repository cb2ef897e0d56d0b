from __future__ import annotations

import threading
import time

import pytest

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
