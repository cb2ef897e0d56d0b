from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from photoshoot.server import ServerSettings
from photoshoot.server.processes import readers
from photoshoot.server.processes.readers import ProcessReader
from tests.jobs.waiting import PATIENCE_S, wait_until


class Pool:
    """Stands in for processes: photos end in turn as is said of each, None: never."""

    def __init__(self, *ends: object) -> None:
        self.left, self.is_broken = [*ends], False

    def submit(self, call: object, *_: object) -> Future[Any]:
        if self.is_broken:
            raise BrokenProcessPool
        future: Future[Any] = Future()
        end = "proved" if call is readers._prove else self.left.pop(0)
        if isinstance(end, Exception):
            future.set_exception(end)
        elif end is not None:
            future.set_result(end)
        return future

    def shutdown(self, **_: object) -> None:
        """Nothing is to be ended."""


def read_with(pools: Sequence[Pool], folder: Path, monkeypatch: pytest.MonkeyPatch) -> ProcessReader:
    """A reader whose processes are those of these pools, one after the other, and that looks after them often."""
    left = iter(pools)
    monkeypatch.setattr(ProcessReader, "_start", lambda _: next(left))
    monkeypatch.setattr(readers, "_LOOK_S", 0.01)
    return ProcessReader(ServerSettings(folder=folder))


def test_a_photo_that_came_as_its_processes_died_is_read_by_the_next_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool of a Python before 3.12 may forget it: the other photo alone is told that the pool is broken."""
    dying, next_ones = Pool(None, BrokenProcessPool()), Pool("described", "described")
    reader, told = read_with([dying, next_ones], tmp_path, monkeypatch), list[object]()
    forgotten = threading.Thread(target=lambda: told.append(reader.read(b"first")), daemon=True)
    forgotten.start()
    wait_until(lambda: len(dying.left) == 1)
    told.append(reader.read(b"second"))
    forgotten.join(PATIENCE_S)
    assert told == ["described", "described"]


def test_a_photo_that_is_alone_as_its_processes_die_is_read_by_the_next_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other photo comes that would be told."""
    dying, next_ones = Pool(None), Pool("described")
    reader, told = read_with([dying, next_ones], tmp_path, monkeypatch), list[object]()
    forgotten = threading.Thread(target=lambda: told.append(reader.read(b"alone")), daemon=True)
    forgotten.start()
    wait_until(lambda: not dying.left)
    dying.is_broken = True
    forgotten.join(PATIENCE_S)
    assert told == ["described"]
