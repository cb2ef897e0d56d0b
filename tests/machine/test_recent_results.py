from __future__ import annotations

import pytest

from photoshoot.machine.recent_results import RecentResults


def test_results_come_in_order_and_work_is_done_once_a_key() -> None:
    asked: list[list[str]] = []

    def work(keys: list[str]) -> list[int]:
        asked.append(keys)
        return [len(key) for key in keys]

    recent: RecentResults[str, int] = RecentResults(10)
    assert recent.get(["aa", "b", "aa", "ccc"], work) == [2, 1, 2, 3]
    assert recent.get(["ccc", "dddd", "b"], work) == [3, 4, 1]
    assert recent.get(["b"], work) == [1]
    assert asked == [["aa", "b", "ccc"], ["dddd"]]


def test_the_one_not_asked_for_the_longest_goes_first() -> None:
    recent: RecentResults[int, int] = RecentResults(2)
    recent.get([1, 2], list)
    recent.get([1], list)
    recent.get([3], list)
    assert recent.get([1, 3], lambda keys: pytest.fail(f"{keys} are not kept")) == [1, 3]
    assert len(recent) == 2


def test_a_request_over_the_capacity_is_answered_whole() -> None:
    recent: RecentResults[int, int] = RecentResults(2)
    assert recent.get(list(range(5)), list) == list(range(5))
    assert len(recent) == 2


def test_work_that_fails_leaves_nothing_behind() -> None:
    recent: RecentResults[int, float] = RecentResults(2)
    with pytest.raises(ZeroDivisionError):
        recent.get([1], lambda keys: [key / 0 for key in keys])
    assert recent.get([1], lambda keys: [key / 2 for key in keys]) == [0.5]
