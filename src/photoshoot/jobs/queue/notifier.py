"""Wakes those who wait for work."""

from __future__ import annotations

import threading


class Bell:
    """A bell that every waiting thread hears; it counts its rings, so that none is missed between two waits."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0

    def ring(self) -> None:
        """Wake everyone."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, heard: int, timeout_s: float) -> int:
        """Wait for a ring beyond those that were heard, at most so long; returns how many there were by now."""
        with self._condition:
            self._condition.wait_for(lambda: self._rings != heard, timeout_s)
            return self._rings
