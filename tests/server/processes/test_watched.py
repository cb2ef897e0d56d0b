from __future__ import annotations

import threading

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
