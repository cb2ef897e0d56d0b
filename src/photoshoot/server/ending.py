"""The service's end: when it began, and how long who is still asking may be kept waiting."""

import math
import threading
import time
from typing import Final

_TO_ANSWER_S: Final = 1.0
"""How long before the end of its time a request that waits for something is answered."""


class Ending:
    """Told once that the service ends; asked by whatever waits. Safe to call from several threads."""

    def __init__(self) -> None:
        self._until_s = math.inf
        self._lock = threading.Lock()

    def begin(self, drain_s: float) -> None:
        """The service ends, within so many seconds. Only the first call counts."""
        with self._lock:
            if not self.has_begun:
                self._until_s = time.monotonic() + drain_s

    @property
    def has_begun(self) -> bool:
        """Whether it ends."""
        return self._until_s < math.inf

    @property
    def left_s(self) -> float:
        """Seconds that what is under way still has; infinite while the service does not end."""
        return max(0.0, self._until_s - time.monotonic())

    @property
    def is_near(self) -> bool:
        """Whether what waits must be answered now, to be answered at all."""
        return self.left_s <= _TO_ANSWER_S
