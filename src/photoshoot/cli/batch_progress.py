"""Shows where a catalogue's run stands: a bar with the time left in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType

from rich.progress import TextColumn, TimeRemainingColumn

from photoshoot.catalogue import Tally
from photoshoot.cli.console import build_bar, build_error_console

_LINE_EVERY_S = 5.0


class BatchProgress:
    """Called with each step's ``Tally``; failures are told as they come."""

    def __init__(self) -> None:
        self._console = build_error_console()
        self._bar = build_bar(self._console, TextColumn("left"), TimeRemainingColumn())
        self._task = self._bar.add_task("looking for finished work", total=None)
        self._told_at = time.monotonic()

    def __enter__(self) -> BatchProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, tally: Tally) -> None:
        """A step is finished."""
        if tally.last is not None:
            self._console.print(f"{tally.last.item.id}: {tally.last.message}", markup=False, style="red")
        over, total = tally.made + tally.failed, tally.total - tally.skipped
        if self._bar.disable:
            self._print(f"{over} of {total} products, {tally.shots} pictures, {tally.failed} failed", tally.is_over)
        elif tally.looked < tally.total:
            self._bar.update(self._task, completed=tally.looked, total=tally.total)
        elif over == 0:  # the time left is reckoned from here, not from what was skipped
            self._bar.reset(self._task, total=total, description="making")
        else:
            text = f"making, {tally.failed} failed" if tally.failed else "making"
            self._bar.update(self._task, completed=over, description=text)

    def _print(self, text: str, is_last: bool) -> None:
        now = time.monotonic()
        if is_last or now - self._told_at >= _LINE_EVERY_S:
            self._told_at = now
            self._console.print(text, markup=False)
