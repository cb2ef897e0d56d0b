from __future__ import annotations

import threading
from multiprocessing import Pipe

import pytest

from photoshoot.errors import PhotoshootError, StoreError
from photoshoot.server.processes.watched import WatchedProcess
from tests.jobs.waiting import PATIENCE_S


class Unstartable(WatchedProcess):
    """The system has no room for another process."""

    def _live(self) -> PhotoshootError | None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    def _has_ended(self, *, by_itself: bool) -> None:
        assert not by_itself


def test_who_waits_hears_that_it_cant_be_started() -> None:
    unstartable, heard = Unstartable("a process", "watch"), threading.Event()
    unstartable.start()

    def wait() -> None:
        with pytest.raises(StoreError, match=r"a process can't be started: .+ unavailable"):
            unstartable.wait()
        heard.set()

    threading.Thread(target=wait, daemon=True).start()
    assert heard.wait(PATIENCE_S)


class Standing(WatchedProcess):
    """It reads nothing of what it is told."""

    def __init__(self) -> None:
        super().__init__("a process", "watch")
        self._pipe, self.theirs = Pipe()

    def _live(self) -> PhotoshootError | None:
        raise AssertionError("nobody starts it")

    def _has_ended(self, *, by_itself: bool) -> None:
        """Nothing is known of it."""


def test_what_stands_still_holds_up_nobody_who_tells_it_something() -> None:
    """An order wakes it: its caller would wait for the process, and so would the service that is to end."""
    standing, told = Standing(), threading.Event()

    def tell() -> None:
        for _ in range(20_000):
            standing.tell("wake")
        standing.stop()
        told.set()

    threading.Thread(target=tell, daemon=True).start()
    assert told.wait(PATIENCE_S)
    assert standing.theirs.recv() == "wake"
