"""A bar for runs of many items: in a terminal a bar, a line now and then elsewhere."""

import time

from photoshoot.cli.console import ShownBar
from photoshoot.cli.time_left import TimeLeft

_LINE_EVERY_S = 5.0


class RunningBar(ShownBar):
    """What a run's progress is shown with.

    Args:
        description: Before the first step.
    """

    def __init__(self, description: str = "") -> None:
        super().__init__(description)
        self._told_at = time.monotonic()
        self._left = TimeLeft()

    def _print(self, text: str, done: int, total: int, *, is_last: bool) -> None:
        """A line with the time left for where there is no bar, unless one was printed just now."""
        now = time.monotonic()
        if is_last or now - self._told_at >= _LINE_EVERY_S:
            self._told_at = now
            self._console.print(text + self._left.tell(done, total), markup=False)
