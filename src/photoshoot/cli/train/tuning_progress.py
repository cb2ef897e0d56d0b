"""Shows where a fine-tune stands: a bar with loss and time left in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

from rich.progress import TextColumn, TimeRemainingColumn

from photoshoot.cli.console import build_bar, build_error_console

if TYPE_CHECKING:
    from photoshoot.training.running import Event

_LINE_EVERY_S = 5.0
_SMOOTHING = 0.95  # share of the loss shown that a step leaves


class TuningProgress:
    """Called with each event of a run."""

    def __init__(self) -> None:
        self._console = build_error_console()
        self._bar = build_bar(self._console, TextColumn("left"), TimeRemainingColumn())
        self._task = self._bar.add_task("loading", total=None)
        self._stage, self._loss = "", 0.0
        self._began_at, self._told_at, self._first = time.monotonic(), time.monotonic(), 0

    def __enter__(self) -> TuningProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def __call__(self, event: Event) -> None:
        """Something is done."""
        from photoshoot.training.looks import Look
        from photoshoot.training.loop import Step

        if isinstance(event, Look):
            told = (f"{name} {value:.4f}" for name, value in event.measures.items() if value is not None)
            self._console.print(f"held out, after {event.done} steps: {', '.join(told)}", markup=False)
            return
        if isinstance(event, Step):
            self._loss = event.loss if self._stage != "steps" else self._smooth(event.loss)
            self._show("steps", f"loss {self._loss:.4f}", event.done, event.total)
        else:
            self._show("pictures", "encoding", event.done, event.total)

    def _smooth(self, loss: float) -> float:
        return _SMOOTHING * self._loss + (1 - _SMOOTHING) * loss

    def _show(self, stage: str, text: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage:  # the time left is reckoned from here
            self._stage, self._began_at, self._first = stage, now, done - 1
            self._bar.reset(self._task, total=total)
        if not self._bar.disable:
            self._bar.update(self._task, completed=done, description=text)
        elif done == total or now - self._told_at >= _LINE_EVERY_S:
            self._told_at = now
            left_s = (now - self._began_at) / max(1, done - self._first) * (total - done)
            self._console.print(f"{text}: {done} of {total} {stage}, {_format(left_s)} left", markup=False)


def _format(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
