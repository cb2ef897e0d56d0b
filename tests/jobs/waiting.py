"""Waits for what happens in other threads, and a clock that stands still meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 600.0
"""Longest that a test waits for another thread or program: many times what a busy machine takes."""


def wait_until(holds: Callable[[], object], timeout_s: float = PATIENCE_S) -> None:
    """Wait until a condition holds; fails after the time given. The longer it takes, the more seldom it is asked."""
    until, pause_s = time.monotonic() + timeout_s, 0.01
    while not holds():
        assert time.monotonic() < until, f"not within {timeout_s} s"
        time.sleep(pause_s)
        pause_s = min(1.2 * pause_s, 0.25)


class Clock:
    """Stands in for ``time.time``: it is set by hand."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now
