"""How many requests a key may send: windows of fixed length, and the headers that tell of them."""

import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from photoshoot.jobs.settings import Clock

_WINDOW_S: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a key has left."""

    limit: int
    """Requests that a key may send in a window."""
    remaining: int
    """Requests that are left; -1 or less where the last one was one too many."""
    reset_s: int
    """Whole seconds until all are there again, at least 1."""

    @property
    def allowed(self) -> bool:
        """Whether the last request is within the limit."""
        return self.remaining >= 0

    @property
    def headers(self) -> Mapping[str, str]:
        """Source: draft-ietf-httpapi-ratelimit-headers-05."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.remaining)),
            "RateLimit-Reset": str(self.reset_s),
        }


class RateLimiter:
    """Counts requests by key in windows of a minute. Safe to call from several threads.

    All windows begin together, so that what is remembered is one window's keys at most; beyond ``most_keys`` of
    them new keys share one count.

    Args:
        limit: Requests a key may send in a window.
        clock: Seconds of a clock that is never set.
        most_keys: How many keys are counted apart.
    """

    def __init__(self, limit: int, clock: Clock = time.monotonic, most_keys: int = 100_000) -> None:
        self.limit, self._clock, self._most_keys = limit, clock, most_keys
        self._lock = threading.Lock()
        self._began = clock()
        self._taken: dict[str, int] = {}

    def take(self, key: str) -> Allowance:
        """Count a request, and say what its key has left."""
        with self._lock:
            now = self._clock()
            if now - self._began >= _WINDOW_S:
                self._began += _WINDOW_S * ((now - self._began) // _WINDOW_S)
                self._taken.clear()
            if key not in self._taken and len(self._taken) >= self._most_keys:
                key = ""
            taken = self._taken[key] = self._taken.get(key, 0) + 1
            reset_s = max(1, math.ceil(self._began + _WINDOW_S - now))
        return Allowance(limit=self.limit, remaining=self.limit - taken, reset_s=reset_s)
