"""How long a run still takes, from its pace so far: for where there is no bar to show it."""

import time
from collections.abc import Callable


class TimeLeft:
    """Reckons the time left; begins when it is made.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.restart()

    def restart(self, done: int = 0) -> None:
        """Reckon from here, where ``done`` steps are over: another stage has another pace."""
        self._began_at_s, self._first = self._clock(), done

    def tell(self, done: int, total: int) -> str:
        """Such as ``", 1:20 left"``; empty where nothing is done yet, or nothing is left."""
        if done <= self._first or done >= total:
            return ""
        pace_s = (self._clock() - self._began_at_s) / (done - self._first)
        return f", {_format(pace_s * (total - done))} left"


def _format(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
