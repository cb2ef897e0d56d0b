from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest

from photoshoot.placers.diffusion.memory.shared_batches import Call, SharedBatches
from photoshoot.records import Preview
from photoshoot.stages import OnStep

LONG_S = 600
"""Far above what any wait takes."""


class Bench:
    """A device that doubles numbers, in two steps a batch; its first batch lasts until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.busy, self.go_on = threading.Event(), threading.Event()
        self.shared: SharedBatches[int, int] = SharedBatches(self.work)
        self._pool = ThreadPoolExecutor(8)

    def work(self, items: Sequence[int], on_step: OnStep) -> list[int]:
        self.batches.append(list(items))
        if len(self.batches) == 1:
            self.busy.set()
            assert self.go_on.wait(LONG_S)
        for step in (1, 2):
            on_step(step, 2, lambda: [np.full((1, 1, 3), item, np.uint8) for item in items])
        if 13 in items:
            raise ValueError("13")
        return [2 * item for item in items]

    def ask(
        self, *items: int, kind: Hashable = "same", most: int = 4, on_step: OnStep = lambda *_: None
    ) -> Future[list[int]]:
        """Ask in a thread; returns once the call waits, or works."""
        waiting, first = len(self.shared._waiting), not self.busy.is_set()
        call: Call[int, int] = Call(items=items, kind=kind, most=most, on_step=on_step)
        asked = self._pool.submit(self.shared.run, call)
        assert until(self.busy.is_set if first else lambda: len(self.shared._waiting) > waiting)
        return asked

    def results(self, asked: Sequence[Future[list[int]]]) -> list[list[int] | str]:
        self.go_on.set()
        errors = [one.exception(LONG_S) for one in asked]
        return [one.result() if error is None else str(error) for one, error in zip(asked, errors, strict=True)]


def until(holds: Callable[[], bool]) -> bool:
    pause = threading.Event()
    return any(holds() or pause.wait(0.005) for _ in range(LONG_S * 200)) or holds()


def test_what_waits_for_one_kind_of_work_is_done_together_as_far_as_it_fits() -> None:
    bench = Bench()
    asked = [bench.ask(1), bench.ask(2, 3), bench.ask(4, kind="other"), bench.ask(5, 6, 7), bench.ask(8)]
    asked += [bench.ask(9, kind=None), bench.ask(10, kind=None)]
    assert bench.results(asked) == [[2], [4, 6], [8], [10, 12, 14], [16], [18], [20]]
    assert bench.batches == [[1], [2, 3, 8], [4], [5, 6, 7], [9], [10]], "who waited longest is next"


def test_a_call_that_is_too_large_is_worked_on_alone() -> None:
    bench = Bench()
    asked = [bench.ask(0), bench.ask(1, 2, 3, 4, 5, 6), bench.ask(7)]
    assert bench.results(asked) == [[0], [2, 4, 6, 8, 10, 12], [14]]
    assert bench.batches == [[0], [1, 2, 3, 4, 5, 6], [7]]


def test_one_calls_fault_is_no_others() -> None:
    bench = Bench()
    asked = [bench.ask(0), bench.ask(1), bench.ask(13), bench.ask(2)]
    assert bench.results(asked) == [[0], [2], "13", [4]]
    assert bench.batches == [[0], [1, 13, 2], [1], [13], [2]]


@pytest.mark.parametrize("place", [1, 2])
def test_who_gives_up_leaves_the_others_their_pictures(place: int) -> None:
    def give_up(*_: object) -> None:
        raise InterruptedError("enough")

    bench = Bench()
    asked = [bench.ask(0)]
    asked += [bench.ask(number, on_step=give_up if number == place else lambda *_: None) for number in (1, 2, 3)]
    assert bench.results(asked) == [[0], *("enough" if number == place else [2 * number] for number in (1, 2, 3))]


def test_each_is_told_of_steps_in_a_thread_of_its_own_and_of_the_last_ones_at_least() -> None:
    told: dict[int, set[int]] = {1: set(), 2: set()}
    bench = Bench()

    def listen(number: int) -> OnStep:
        return lambda *_: told[number].add(threading.get_ident())

    asked = [bench.ask(0), bench.ask(1, on_step=listen(1)), bench.ask(2, on_step=listen(2))]
    assert bench.results(asked) == [[0], [2], [4]]
    assert len(told[1]) == 1
    assert len(told[2]) <= 1
    assert not told[1] & told[2]


def test_nobody_works_in_a_pause() -> None:
    bench = Bench()
    asked = bench.ask(1)
    bench.go_on.set()
    with bench.shared.pause():
        assert bench.batches == [[1]]
        late = bench._pool.submit(bench.shared.run, Call(items=[2], kind=None, most=1, on_step=lambda *_: None))
        assert not late.done()
        assert bench.batches == [[1]]
    assert (asked.result(LONG_S), late.result(LONG_S)) == ([2], [4])


def test_a_preview_shows_each_call_its_own() -> None:
    seen: dict[int, list[int]] = {}
    bench = Bench()

    def look(number: int) -> OnStep:
        def on_step(_: int, __: int, preview: Preview | None = None, /) -> None:
            assert preview is not None
            seen[number] = [int(picture[0, 0, 0]) for picture in preview()]

        return on_step

    asked = [bench.ask(0), bench.ask(1, 2, on_step=look(1)), bench.ask(3, on_step=look(3))]
    assert bench.results(asked) == [[0], [2, 4], [6]]
    assert seen[1] == [1, 2]
    assert seen.get(3, [3]) == [3]
