"""Wakes those who wait for work."""

from __future__ import annotations

import threading


class Bell:
    """A bell that every waiting thread hears; one that rang since a thread's last wait is heard at once."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0
        self._heard = threading.local()

    def ring(self) -> None:
        """Wake everyone."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, timeout_s: float) -> None:
        """Wait for a ring, at most so long."""
        with self._condition:
            heard = getattr(self._heard, "rings", 0)
            self._condition.wait_for(lambda: self._rings != heard, timeout_s)
            self._heard.rings = self._rings
