"""Shows where a run that makes data stands: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType

from rich.progress import TextColumn, TimeRemainingColumn

from photoshoot.cli.console import build_bar, build_error_console
from photoshoot.training.data import DataTally

_LINE_EVERY_S = 5.0
_DOING = {"cut": "cutting out", "make": "making samples"}


class DataProgress:
    """Called with each step's ``DataTally``; what can't be used is told as it comes."""

    def __init__(self) -> None:
        self._console = build_error_console()
        self._bar = build_bar(self._console, TextColumn("left"), TimeRemainingColumn())
        self._task = self._bar.add_task("", total=None)
        self._stage = ""
        self._told_at = time.monotonic()

    def __enter__(self) -> DataProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, tally: DataTally) -> None:
        """A step is finished."""
        if tally.last is not None:
            self._console.print(f"{tally.last.id}: {tally.last.reason}", markup=False, style="red")
        doing, total = _DOING[tally.stage], tally.total - tally.there
        if self._bar.disable:
            self._print(f"{doing}: {tally.done} of {total}", is_last=tally.done == total)
        elif tally.stage != self._stage:  # the time left is reckoned from here
            self._bar.reset(self._task, total=total, description=doing)
            self._bar.update(self._task, completed=tally.done)
        else:
            self._bar.update(self._task, completed=tally.done)
        self._stage = tally.stage

    def _print(self, text: str, *, is_last: bool) -> None:
        now = time.monotonic()
        if is_last or now - self._told_at >= _LINE_EVERY_S:
            self._told_at = now
            self._console.print(text, markup=False)
