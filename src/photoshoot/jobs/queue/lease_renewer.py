"""Keeps leases: renews those of this program's workers, and takes over those of programs that are gone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from photoshoot.errors import PhotoshootError
from photoshoot.jobs.queue.task_runner import Desk
from photoshoot.jobs.queue.worker import Worker

INTERRUPTED_MESSAGE = "The picture could not be made: the task was interrupted too often."
"""What a caller is told of a task that no program survived."""
_BEATS = 3  # renewals in the time that a lease lasts

_log = logging.getLogger("photoshoot")


class Keeper:
    """A thread of its own, since a worker may be at one picture for longer than a lease lasts."""

    def __init__(self, desk: Desk, workers: Sequence[Worker]) -> None:
        self._desk, self._workers = desk, workers
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="photoshoot-keeper", daemon=True)

    def start(self) -> None:
        """Take over what is left of programs that are gone, and go on doing so."""
        self._beat()
        self._thread.start()

    def stop(self) -> None:
        """Stop, and wait for it."""
        self._stopping.set()
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.wait(self._desk.settings.lease_s / _BEATS):
            self._beat()

    def _beat(self) -> None:
        try:
            leases = {lease for worker in self._workers for lease in worker.leases.current}
            if leases:
                self._desk.queue.renew(leases)
            for claim in self._desk.queue.reclaim():
                self._desk.finisher.finish(claim, INTERRUPTED_MESSAGE)
            self._desk.bell.ring()
        except PhotoshootError:
            _log.exception("leases can't be kept; trying again")
