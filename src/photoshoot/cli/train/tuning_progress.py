"""Shows where a fine-tune stands: a bar with loss and time left in a terminal, a line now and then elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photoshoot.cli.running_bar import RunningBar

if TYPE_CHECKING:
    from photoshoot.training.train import Event

_SMOOTHING = 0.95  # share of the loss shown that a step leaves


class TuningProgress(RunningBar):
    """Called with each event of a run."""

    def __init__(self) -> None:
        super().__init__("loading")
        self._stage, self._loss = "", 0.0

    def __call__(self, event: Event) -> None:
        """Something is done."""
        from photoshoot.training.loop import Step
        from photoshoot.training.validation import ValidationResult

        if isinstance(event, ValidationResult):
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
        if stage != self._stage:  # the time left is reckoned from here
            self._stage = stage
            self._left.restart(done - 1)
            self._bar.reset(self._task, total=total)
        if not self._bar.disable:
            self._bar.update(self._task, completed=done, description=text)
        else:
            self._print(f"{text}: {done} of {total} {stage}", done, total, is_last=done == total)
