"""What a worker is at work on."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from photoshoot.jobs.queue.queue import Claim


class Leases:
    """The leases that a worker still has tasks of, counted; several threads may use it."""

    def __init__(self) -> None:
        self._tasks: Counter[UUID] = Counter()
        self._lock = threading.Lock()

    def take(self, batch: Sequence[Claim]) -> None:
        """Begin with the tasks of a batch."""
        with self._lock:
            self._tasks.update(claim.lease for claim in batch)

    def end(self, claim: Claim) -> None:
        """Be done with a task."""
        with self._lock:
            self._tasks -= Counter([claim.lease])

    def drop(self) -> None:
        """Be done with all: what was not finished is queued again when its lease runs out."""
        with self._lock:
            self._tasks.clear()

    @property
    def current(self) -> set[UUID]:
        """Those that are to be renewed."""
        with self._lock:
            return set(self._tasks)
