"""``photoshoot train run``: fine-tunes a model; with ``accelerate launch`` in several processes.

Shows where a fine-tune stands: a bar with loss and time left in a terminal, a line now and then elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from photoshoot.cli.running_bar import RunningBar

if TYPE_CHECKING:
    from photoshoot.training.train import Event
import argparse
import os

from photoshoot.cli.console import report_note, write_json, write_lines
from photoshoot.cli.exit_codes import DONE
from photoshoot.errors import MissingExtraError
from photoshoot.training.data import hold_out_products, open_training_data
from photoshoot.training.settings_file import load_settings

if TYPE_CHECKING:
    from photoshoot.records.plain_data import Json
    from photoshoot.training.train import Outcome

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


def run(arguments: argparse.Namespace) -> int:
    """Train, and say where the result is; of several processes the first one speaks."""
    settings = load_settings(arguments.config)
    try:
        from photoshoot.training.train import train
    except ModuleNotFoundError as error:
        raise MissingExtraError("training", "train") from error
    data = open_training_data(*settings.data)
    trained, held_out = data, None
    if settings.validation.every:
        trained, held_out = hold_out_products(data, settings.validation.held_out, seed=settings.seed)
    with TuningProgress() as told:
        outcome = train(settings, trained, held_out, resume=arguments.resume, on_event=told)
    if os.environ.get("RANK", "0") == "0":
        _tell(outcome, as_json=arguments.json)
    return DONE


def _tell(outcome: Outcome, *, as_json: bool) -> None:
    last = max(outcome.validations, default=None)
    measures = {} if last is None else outcome.validations[last]
    if as_json:
        looks: dict[str, Json] = {str(done): dict(measures) for done, measures in outcome.validations.items()}
        write_json({"path": str(outcome.path), "steps": len(outcome.losses), "looks": looks})
        return
    write_lines([str(outcome.path)])
    if last:
        first = outcome.validations[min(outcome.validations)]
        report_note(f"held-out loss {first['loss']:.4f} before, {measures['loss']:.4f} after {last} steps")
