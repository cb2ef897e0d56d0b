"""Waits for what happens in other threads."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(holds: Callable[[], object], timeout_s: float = 120.0) -> None:
    """Wait until a condition holds; fails after the time given, which is for a busy machine."""
    until = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < until, f"not within {timeout_s} s"
        time.sleep(0.02)
