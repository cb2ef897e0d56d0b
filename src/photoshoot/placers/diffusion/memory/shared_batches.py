"""Turns at one device, taken by callers from several threads: what waits for the same kind of work is done together."""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from photoshoot.records import Preview, RgbImage
from photoshoot.stages import OnStep

T = TypeVar("T")
R = TypeVar("R")


@dataclass(kw_only=True, eq=False)
class Call(Generic[T, R]):
    """What one caller waits for."""

    items: Sequence[T]
    """What to work on."""
    kind: Hashable
    """Calls of equal kinds may be worked on together; None: this one is worked on alone."""
    most: int
    """Items that are worked on together; a single call may hold more."""
    on_step: OnStep
    """Told of steps in the caller's own thread; what it raises takes the call out."""
    results: list[R] = field(default_factory=list)
    """A result an item, once it is done."""
    error: BaseException | None = None
    """What it ended in instead."""
    done: bool = False
    """Whether it is over."""
    step: tuple[int, int, Preview | None] | None = None
    """The last step that it was not told of yet, as ``on_step`` takes it."""


class SharedBatches(Generic[T, R]):
    """Lets one caller at a time work, on its own items and on those of equal kind that wait meanwhile.

    No thread is started: whoever's turn it is works for the others, who wait. A call that fails or gives up among
    others is the only one to do so: the others' items are worked on again.

    Args:
        work: Uses the device: gives a result an item, tells of steps, and stops with what the listener raises.
    """

    def __init__(self, work: Callable[[Sequence[T], OnStep], list[R]]) -> None:
        self._work = work
        self._changed = threading.Condition()
        self._waiting: list[Call[T, R]] = []
        self._is_taken = False

    def run(self, call: Call[T, R]) -> list[R]:
        """Work on a call's items, or have them worked on; returns or raises when it is over."""
        with self._changed:
            self._waiting.append(call)
        try:
            while not call.done:
                if batch := self._take_turn(call):
                    self._work_on(batch, call)
        finally:
            with self._changed:
                call.done = True  # where it left, nobody works for it any more
                self._waiting = [other for other in self._waiting if other is not call]
                self._changed.notify_all()
        if call.error is not None:
            raise call.error
        return call.results

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Nobody works inside."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_taken)
            yield

    def _take_turn(self, call: Call[T, R]) -> list[Call[T, R]]:
        """What to work on, once it is this caller's turn; nothing where it was told of a step, or is over."""
        with self._changed:
            self._changed.wait_for(lambda: call.done or call.step or self._is_next(call))
            step, call.step = call.step, None
            if step is None and not call.done:
                self._is_taken = True
                return self._gather(call)
        if step is not None:
            call.on_step(*step)
        return []

    def _is_next(self, call: Call[T, R]) -> bool:
        return not self._is_taken and self._waiting[:1] == [call]

    def _gather(self, call: Call[T, R]) -> list[Call[T, R]]:
        """The call, and those of its kind that have waited longest, as far as they fit."""
        batch, room = [call], call.most - len(call.items)
        for other in self._waiting:
            if other is not call and other.kind == call.kind is not None and len(other.items) <= room:
                batch.append(other)
                room -= len(other.items)
        self._waiting = [other for other in self._waiting if other not in batch]
        return batch

    def _work_on(self, batch: list[Call[T, R]], own: Call[T, R]) -> None:
        def tell(done: int, total: int, preview: Preview | None = None, /) -> None:
            with self._changed:
                parts = _share(batch, preview)
                for call, shown in zip(batch[1:], parts[1:], strict=True):
                    call.step = (done, total, shown)
                self._changed.notify_all()
            try:
                own.on_step(done, total, parts[0])
            except BaseException as error:
                own.error, own.done = error, True
                raise

        try:
            results = self._work([item for call in batch for item in call.items], tell)
        except BaseException as error:
            self._fail(batch, own, error)
            return
        with self._changed:
            for call in batch:
                call.results, results = results[: len(call.items)], results[len(call.items) :]
                call.done = True
            self._leave()

    def _fail(self, batch: list[Call[T, R]], own: Call[T, R], error: BaseException) -> None:
        """Only who gave up is over, or was alone; all others are worked on again, each alone if one may be at fault."""
        with self._changed:
            if not own.done and (len(batch) == 1 or not isinstance(error, Exception)):
                own.error, own.done = error, True
            again = [call for call in batch if not call.done]
            if not own.done:
                for call in again:
                    call.kind = None
            self._waiting[:0] = again
            self._leave()

    def _leave(self) -> None:
        self._is_taken = False
        self._changed.notify_all()


def _share(batch: Sequence[Call[T, R]], preview: Preview | None) -> list[Preview | None]:
    """What shows each call's own items, of what shows all."""
    ends = list(itertools.accumulate(len(call.items) for call in batch))
    if preview is None or len(batch) == 1:
        return [preview] * len(batch)
    return [
        functools.partial(_pick, preview, end - len(call.items), end) for call, end in zip(batch, ends, strict=True)
    ]


def _pick(preview: Preview, start: int, end: int) -> list[RgbImage]:
    return preview()[start:end]
