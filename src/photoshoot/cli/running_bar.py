"""A bar with the time left for runs of many items: in a terminal a bar, a line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.progress import TextColumn, TimeRemainingColumn

from photoshoot.cli.console import build_bar, build_error_console

_LINE_EVERY_S = 5.0


class RunningBar:
    """What a run's progress is shown with; a context.

    Args:
        description: Before the first step.
    """

    def __init__(self, description: str = "") -> None:
        self._console = build_error_console()
        self._bar = build_bar(self._console, TextColumn("left"), TimeRemainingColumn())
        self._task = self._bar.add_task(description, total=None)
        self._told_at = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def _print(self, text: str, *, is_last: bool) -> None:
        """A line for where there is no bar, unless one was printed just now."""
        now = time.monotonic()
        if is_last or now - self._told_at >= _LINE_EVERY_S:
            self._told_at = now
            self._console.print(text, markup=False)
