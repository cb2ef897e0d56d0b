"""Worker processes: each holds what is costly to load, and asks for an item whenever it can begin one.

When a worker dies, as when the system is out of memory, what it was at is made once more, by new ones; an item that
kills two workers is given up.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeAlias, TypeVar

from photoshoot.errors import DeviceError, PhotoshootError

Item = TypeVar("Item")
Result = TypeVar("Result")

WorkOn: TypeAlias = "Callable[[Iterator[Item], str | None], Generator[tuple[str, Result], None, None]]"
"""A worker's whole work: takes items as it needs them, and a place such as a device; yields each item's id and what
came of it, in any order. It is pickled to get to the worker."""

_SPAWN = multiprocessing.get_context("spawn")  # a forked Mitsuba or CUDA does not work
_WANT = "an item, please"


@dataclass(frozen=True, kw_only=True)
class Died(Generic[Item]):
    """Two workers died of an item."""

    item: Item
    """The item that is given up."""
    message: str
    """How its worker died, with the exit code."""


def work_in_processes(
    work: WorkOn[Item, Result],
    items: Sequence[Item],
    places: Sequence[str | None],
    *,
    id_of: Callable[[Item], str],
) -> Generator[Result | Died[Item], None, None]:
    """Work on items in processes of this machine; closing it ends them at once.

    Args:
        work: What each of them does.
        items: What there is to do; given out in order.
        places: One process for each, which is told its place.
        id_of: What tells an item from every other.

    Yields:
        What comes of the items, in any order.

    Raises:
        PhotoshootError: ``work`` raised it in a worker.
        DeviceError: A worker died before it began.
    """
    crew = _Crew(work, items, id_of)
    try:
        yield from crew.work(places[: len(items)])
    finally:
        crew.dismiss()


@dataclass(eq=False)
class _Worker(Generic[Item]):
    process: SpawnProcess
    """The process that works."""
    pipe: Connection
    """Our end of the pipe to it."""
    place: str | None
    """Where it works, such as a device; None: anywhere."""
    source: Iterator[Item]
    """What it is given."""
    at: dict[str, Item] = field(default_factory=dict)
    """What it has been given and has not answered."""
    may_go: bool = False
    """Whether it has been told that nothing is left."""


class _Crew(Generic[Item, Result]):
    """Workers, and what is left for them."""

    def __init__(self, work: WorkOn[Item, Result], items: Sequence[Item], id_of: Callable[[Item], str]) -> None:
        self._work, self._id_of, self._left = work, id_of, deque(items)
        self._suspects, self._suspected = deque[Item](), set[str]()
        self._workers: dict[Connection, _Worker[Item]] = {}

    def work(self, places: Sequence[str | None]) -> Iterator[Result | Died[Item]]:
        """Give out items and collect what comes of them."""
        for place in places:
            self._hire(place, self._take_left())
        while self._workers:
            for pipe in wait(list(self._workers)):
                worker = self._workers[pipe]  # type: ignore[index]  # only pipes were waited for
                try:
                    told = worker.pipe.recv()
                except (EOFError, OSError):  # it is gone, perhaps in the middle of an answer
                    yield from self._lose(worker)
                    continue
                if isinstance(told, PhotoshootError):
                    raise told
                if told == _WANT:
                    self._give(worker)
                else:
                    name, result = told
                    del worker.at[name]
                    yield result

    def dismiss(self) -> None:
        """End every worker at once."""
        for worker in self._workers.values():
            worker.process.terminate()
        for worker in self._workers.values():
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _hire(self, place: str | None, source: Iterator[Item]) -> None:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self._work, place), name="photoshoot-worker")
        process.start()
        theirs.close()  # so that a dead worker's pipe ends
        self._workers[ours] = _Worker(process, ours, place, source)

    def _give(self, worker: _Worker[Item]) -> None:
        """The next item; None, which ends it, where nothing is left."""
        item = next(worker.source, None)
        if item is None:
            worker.may_go = True
        else:
            worker.at[self._id_of(item)] = item
        with contextlib.suppress(ConnectionError):  # it has died; its pipe will say so
            worker.pipe.send(item)

    def _lose(self, worker: _Worker[Item]) -> Iterator[Died[Item]]:
        """A worker is gone, in peace or not. Each item it was at is tried once more, alone, to find the guilty one."""
        del self._workers[worker.pipe]
        worker.process.join()
        worker.pipe.close()
        how = f"exit code {_exit_code_of(worker.process)}"
        if not worker.may_go and not worker.at:
            raise DeviceError(f"a worker process died as it loaded the engine ({how}): fewer --processes?")
        for name, item in worker.at.items():
            if name in self._suspected:
                yield Died(item=item, message=f"its worker died twice ({how})")
            else:
                self._suspected.add(name)
                self._suspects.append(item)
        if self._suspects:
            self._hire(worker.place, iter([self._suspects.popleft()]))
        elif self._left:
            self._hire(worker.place, self._take_left())

    def _take_left(self) -> Iterator[Item]:
        while self._left:
            yield self._left.popleft()


def _exit_code_of(ended: SpawnProcess) -> int | str:
    """Its exit code; unknown where the program ignores its children's ends or another thread has collected this one."""
    return "unknown" if ended.exitcode is None else ended.exitcode


def _serve(pipe: Connection, work: WorkOn[Item, Result], place: str | None) -> None:
    """A worker's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C goes to all; the first process ends the others
    try:
        with contextlib.closing(work(_ask(pipe), place)) as results:
            for answer in results:
                pipe.send(answer)
    except PhotoshootError as error:
        pipe.send(error)
    except (EOFError, ConnectionError):  # the first process is gone
        return


def _ask(pipe: Connection) -> Iterator[Item]:
    while True:
        pipe.send(_WANT)
        item = pipe.recv()
        if item is None:
            return
        yield item
