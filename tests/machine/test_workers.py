"""Worker processes, at work of the plainest kind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from photoshoot.machine.workers import work_in_processes

LONG = bytes(2**24)
"""What no pipe takes at once."""


@dataclass(frozen=True)
class Answering:
    """Answers ``short`` and ``long``; who gives the long answer first is killed while nobody takes it."""

    begun: Path
    """Is there once a worker has the long one to give."""
    alone: Path
    """Is there once nobody takes answers."""

    def __call__(self, items: Iterator[str], place: str | None) -> Generator[tuple[str, bytes], None, None]:  # noqa: ARG002
        for item in items:
            if item == "short":
                wait_for(self.begun)
                yield item, b"short"
                continue
            if not self.begun.exists():
                self.begun.touch()
                wait_for(self.alone)
                threading.Thread(target=die_in_an_answer).start()
            yield item, LONG


def die_in_an_answer() -> None:
    """End this process once it has told how long its answer is, and waits for someone to take the answer itself."""
    while True:
        main_frame = sys._current_frames()[threading.main_thread().ident or 0]
        if main_frame.f_code is Connection._send.__code__ and main_frame.f_locals.get("remaining", 0) >= len(LONG):  # type: ignore[attr-defined]
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)


def wait_for(file: Path) -> None:
    while not file.exists():
        time.sleep(0.01)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are not killed by a signal here")
def test_what_a_worker_was_telling_as_it_died_is_made_once_more(tmp_path: Path) -> None:
    answering = Answering(tmp_path / "begun", tmp_path / "alone")
    others = set(multiprocessing.active_children())  # of other tests
    results = work_in_processes(answering, ["short", "long"], [None, None], id_of=str)
    assert next(results) == b"short"
    answering.alone.touch()
    while len(set(multiprocessing.active_children()) - others) == 2:
        time.sleep(0.01)
    assert list(results) == [LONG]
