"""Wakes the threads that wait for work, and tells them when to stop."""

import threading


class Notifier:
    """What every waiting thread hears; calls are counted, so that none is missed between two waits."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._calls = 0
        self.stopping = threading.Event()
        """Set once nothing further is to be begun."""

    def notify(self) -> None:
        """Wake everyone: there is something to do."""
        with self._condition:
            self._calls += 1
            self._condition.notify_all()

    def stop(self) -> None:
        """Have everyone begin nothing further, and wake them to hear it."""
        self.stopping.set()
        self.notify()

    def wait(self, heard: int, timeout_s: float) -> int:
        """Wait for a call beyond those that were heard, at most so long; returns how many there were by now."""
        with self._condition:
            self._condition.wait_for(lambda: self._calls != heard, timeout_s)
            return self._calls
