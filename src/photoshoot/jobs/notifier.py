"""Wakes the threads that wait for work, and tells them when to stop."""

import threading
from collections.abc import Callable


class Notifier:
    """What every waiting thread hears; calls are counted, so that none is missed between two waits."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._calls = 0
        self._others: list[Callable[[], object]] = []
        self.stopping = threading.Event()
        """Set once nothing further is to be begun."""
        self.abandoned = threading.Event()
        """Set once what is still under way was queued again: nobody waits for it, nor for its faults."""

    def pass_on(self, wake: Callable[[], object]) -> None:
        """Have others woken too, such as those of another process; ``wake`` must return at once."""
        self._others.append(wake)

    def notify(self, *, pass_on: bool = True) -> None:
        """Wake everyone: there is something to do; without ``pass_on``, only the threads of this process."""
        with self._condition:
            self._calls += 1
            self._condition.notify_all()
        for wake in self._others if pass_on else ():
            wake()

    def stop(self) -> None:
        """Have everyone begin nothing further, and wake them to hear it."""
        self.stopping.set()
        self.notify()

    def wait(self, heard: int, timeout_s: float) -> int:
        """Wait for a call beyond those that were heard, at most so long; returns how many there were by now."""
        with self._condition:
            self._condition.wait_for(lambda: self._calls != heard, timeout_s)
            return self._calls
