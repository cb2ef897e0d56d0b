"""The state of a run on disk: there whole or not at all, and the last two of them."""

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from photoshoot.errors import TrainingError

KEPT: Final = 2
"""Checkpoints that stay."""
_NAME = re.compile(r"step-(\d+)")
_TENSORS, _FACTS = "state.safetensors", "state.json"


@dataclass(frozen=True, kw_only=True, eq=False)
class State:
    """All that a run needs to go on as if it had not stopped."""

    done: int
    """Steps that the run has taken, at least 1."""
    weights: Mapping[str, Tensor]
    """What is learnt, by name."""
    mean: Mapping[str, Tensor]
    """Its running mean."""
    moments: Mapping[str, Tensor]
    """The optimiser's, as ``NAME:KIND``."""
    losses: tuple[float, ...]
    """One a step."""
    scaler: Mapping[str, float]
    """The loss scaler's state; empty without one."""
    facts: Mapping[str, object]
    """What the numbers depend on: a run with other facts can't go on from here."""


def save_state(folder: Path, state: State) -> Path:
    """Write a checkpoint, then remove all but the last two.

    Args:
        folder: Of the run's checkpoints; made where there is none.
        state: What to keep; tensors on any device.

    Returns:
        The checkpoint's own folder.

    Raises:
        TrainingError: It can't be written, as on a full disk: earlier checkpoints are untouched.
    """
    final = folder / f"step-{state.done:07d}"
    temporary = folder / f".{final.name}.tmp"
    facts = {"done": state.done, "losses": state.losses, "scaler": state.scaler, "facts": state.facts}
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        save_file(_flatten(state), temporary / _TENSORS)
        (temporary / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
        _sync(temporary)
        shutil.rmtree(final, ignore_errors=True)
        temporary.replace(final)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise TrainingError(f"the checkpoint {final} can't be written ({error}); {describe_last(folder)}") from error
    for old in _list(folder)[:-KEPT]:
        with suppress(OSError):
            shutil.rmtree(old)
    return final


def find_last(folder: Path) -> Path | None:
    """The last checkpoint of a run; None where there is none."""
    return next(iter(reversed(_list(folder))), None)


def describe_last(folder: Path) -> str:
    """What a run can go on from, for messages."""
    last = find_last(folder)
    return "there is no checkpoint yet" if last is None else f"go on from {last} with --resume"


def load_state(checkpoint: Path) -> State:
    """Read a checkpoint, onto the CPU.

    Raises:
        TrainingError: It is damaged.
    """
    try:
        told = json.loads((checkpoint / _FACTS).read_text(encoding="utf-8"))
        tensors = load_file(checkpoint / _TENSORS)
        groups: dict[str, dict[str, Tensor]] = {"weights": {}, "mean": {}, "moments": {}}
        for name, tensor in tensors.items():
            group, _, rest = name.partition("/")
            groups[group][rest] = tensor
        losses = tuple(told["losses"])
        return State(done=told["done"], losses=losses, scaler=told["scaler"], facts=told["facts"], **groups)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise TrainingError(
            f"the checkpoint {checkpoint} is damaged ({error}): delete it to use the one before"
        ) from error


def _flatten(state: State) -> dict[str, Tensor]:
    groups = {"weights": state.weights, "mean": state.mean, "moments": state.moments}
    return {
        f"{group}/{name}": tensor.detach().cpu().contiguous()
        for group, own in groups.items()
        for name, tensor in own.items()
    }


def _sync(folder: Path) -> None:
    """Onto the disk before the renaming, so that a power cut leaves no empty file under the final name."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _list(folder: Path) -> list[Path]:
    """Whole checkpoints, oldest first."""
    found = [path for path in folder.glob("step-*") if _NAME.fullmatch(path.name) and (path / _FACTS).is_file()]
    return sorted(found, key=lambda path: path.name)
