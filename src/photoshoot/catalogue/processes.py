"""Several worker processes on one machine, each with an engine of its own; the bytes are those of one process.

A worker asks for an item whenever it can begin one, over a pipe of its own. When a worker dies, as when the system is
out of memory, what it was at is made once more, by new ones; a product that kills two workers has failed.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import Failed, Outcome
from photoshoot.catalogue.recipe import Recipe
from photoshoot.catalogue.running import Work
from photoshoot.catalogue.shooting import shoot_items
from photoshoot.errors import DeviceError, PhotoshootError, SettingsError

_SPAWN = multiprocessing.get_context("spawn")  # a forked Mitsuba or CUDA does not work
_WANT = "an item, please"


def shoot_in_processes(count: int, device: str | None = None) -> Work:
    """Work in ``count`` processes of this machine.

    Args:
        count: How many, from 1. A process needs the memory of a whole engine.
        device: Diffusion: where networks run. Of several, as in ``"cuda:0,cuda:1"``, each process gets one in turn.

    Raises:
        SettingsError: ``count`` is under 1.
    """
    if count < 1:
        raise SettingsError("processes", count, "a whole number from 1")
    devices = [None] if device is None else device.split(",")

    def work(recipe: Recipe, items: Sequence[Item]) -> Generator[Outcome, None, None]:
        places = [devices[index % len(devices)] for index in range(min(count, len(items)))]
        crew = _Crew(recipe, items)
        try:
            yield from crew.work(places)
        finally:
            crew.dismiss()

    return work


@dataclass(eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    device: str | None
    source: Iterator[Item]
    """What it is given."""
    at: dict[str, Item] = field(default_factory=dict)
    """What it has been given and has not answered."""
    may_go: bool = False
    """Whether it has been told that nothing is left."""


class _Crew:
    """Workers, and what is left for them."""

    def __init__(self, recipe: Recipe, items: Sequence[Item]) -> None:
        self._recipe, self._left = recipe, deque(items)
        self._suspects, self._suspected = deque[Item](), set[str]()
        self._workers: dict[Connection, _Worker] = {}

    def work(self, devices: Sequence[str | None]) -> Iterator[Outcome]:
        """Give out items and collect what comes of them."""
        for device in devices:
            self._hire(device, self._take_left())
        while self._workers:
            for pipe in wait(list(self._workers)):
                worker = self._workers[pipe]  # type: ignore[index]  # only pipes were waited for
                try:
                    told = worker.pipe.recv()
                except (EOFError, ConnectionError):
                    yield from self._lose(worker)
                    continue
                if isinstance(told, PhotoshootError):
                    raise told
                if told == _WANT:
                    self._give(worker)
                else:
                    del worker.at[told.item.id]
                    yield told

    def dismiss(self) -> None:
        """End every worker at once."""
        for worker in self._workers.values():
            worker.process.terminate()
        for worker in self._workers.values():
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _hire(self, device: str | None, source: Iterator[Item]) -> None:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self._recipe, device), name="photoshoot-worker")
        process.start()
        theirs.close()  # so that a dead worker's pipe ends
        self._workers[ours] = _Worker(process, ours, device, source)

    def _give(self, worker: _Worker) -> None:
        """The next item; None, which ends it, where nothing is left."""
        item = next(worker.source, None)
        if item is None:
            worker.may_go = True
        else:
            worker.at[item.id] = item
        with contextlib.suppress(ConnectionError):  # it has died; its pipe will say so
            worker.pipe.send(item)

    def _lose(self, worker: _Worker) -> Iterator[Failed]:
        """A worker is gone, in peace or not. Each item it was at is tried once more, alone, to find the guilty one."""
        del self._workers[worker.pipe]
        worker.process.join()
        worker.pipe.close()
        how = f"exit code {_exit_code_of(worker.process)}"
        if not worker.may_go and not worker.at:
            raise DeviceError(f"a worker process died as it loaded the engine ({how}): fewer --processes?")
        for item in worker.at.values():
            if item.id in self._suspected:
                yield Failed(item=item, error="WorkerDied", message=f"its worker died twice ({how})")
            else:
                self._suspected.add(item.id)
                self._suspects.append(item)
        if self._suspects:
            self._hire(worker.device, iter([self._suspects.popleft()]))
        elif self._left:
            self._hire(worker.device, self._take_left())

    def _take_left(self) -> Iterator[Item]:
        while self._left:
            yield self._left.popleft()


def _exit_code_of(ended: SpawnProcess) -> int | str:
    """Its exit code; unknown where the program ignores its children's ends or another thread has collected this one."""
    return "unknown" if ended.exitcode is None else ended.exitcode


def _serve(pipe: Connection, recipe: Recipe, device: str | None) -> None:
    """A worker's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C goes to all; the first process ends the others
    try:
        with recipe.engine.build(recipe.preset_folders, device) as photoshoot:
            for outcome in shoot_items(photoshoot, recipe, _ask(pipe)):
                pipe.send(outcome)
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
