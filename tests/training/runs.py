"""Short runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from photoshoot.training.loop import Step
from photoshoot.training.settings import MaskSettings, OptimizerSettings, TrainingSettings, ValidationSettings
from photoshoot.training.train import Event, OnEvent, Outcome, train
from tests.training.scenes import make_split

SETTINGS = TrainingSettings(
    steps=8,
    batch_size=2,
    resolution=64,
    checkpoint_every=3,
    gradient_checkpointing=False,
    device="cpu",
    masks=MaskSettings(variants=3),
    optimizer=OptimizerSettings(learning_rate=1e-2, warmup_steps=2),
    validation=ValidationSettings(every=0),
)
"""Eight steps without validation, and with all that they compute kept: what is computed again takes a sixth."""
VALIDATION = ValidationSettings(every=8, samples=2, timesteps=2, shots=1, num_inference_steps=2, base_scale=1.0)
"""A short validation before and one after."""
QUICK_VALIDATION = replace(VALIDATION, measure_expansion=False)
"""Likewise, without cutting the pictures out, which takes most of the time: for what is asked of losses alone."""


def run(base: Path, out: Path, *, resume: bool = False, on_event: OnEvent = lambda _: None, **changes: Any) -> Outcome:
    """A run on six pictures of 64x48 and 48x48 px."""
    settings = replace(SETTINGS, base=str(base), out=out, **changes)
    trained, held_out = make_split()
    return train(settings, trained, held_out if settings.validation.every else None, resume=resume, on_event=on_event)


class InterruptionError(Exception):
    """Ends a run."""


def interrupt() -> None:
    """End a run."""
    raise InterruptionError


def after(done: int, act: Callable[[], None]) -> OnEvent:
    """Act once so many steps are taken."""

    def watch(event: Event) -> None:
        if isinstance(event, Step) and event.done == done:
            act()

    return watch
