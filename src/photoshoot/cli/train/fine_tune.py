"""``photoshoot train run``: fine-tunes a model; with ``accelerate launch`` in several processes."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from photoshoot.cli.console import report_note, write_json, write_lines
from photoshoot.cli.exit_codes import DONE
from photoshoot.cli.train.tuning_progress import TuningProgress
from photoshoot.errors import MissingExtraError
from photoshoot.training.data import hold_out_products, open_training_data
from photoshoot.training.settings_file import load_settings

if TYPE_CHECKING:
    from photoshoot.records_io import Json
    from photoshoot.training.train import Outcome


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
