from __future__ import annotations

from pathlib import Path

import pytest
import torch

from photoshoot.errors import TrainingError
from photoshoot.training.checkpoints import KEPT, State, describe_last, find_last, load_state, save_state


def make_state(done: int) -> State:
    generator = torch.Generator().manual_seed(done)
    tensors = {name: torch.randn(2, 3, generator=generator) for name in ("a", "b.c")}
    return State(
        done=done,
        weights=tensors,
        mean={name: tensor / 2 for name, tensor in tensors.items()},
        moments={"a:exp_avg": tensors["a"] + 1},
        losses=tuple(float(step) for step in range(done)),
        scaler={},
        facts={"seed": 3},
    )


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    state = make_state(4)
    read = load_state(save_state(tmp_path, state))
    assert (read.done, read.losses, read.scaler, read.facts) == (4, state.losses, {}, {"seed": 3})
    for name in ("weights", "mean", "moments"):
        kept, found = getattr(state, name), getattr(read, name)
        assert kept.keys() == found.keys()
        assert all(torch.equal(kept[key], found[key]) for key in kept)


def test_the_last_ones_stay_and_the_newest_is_found(tmp_path: Path) -> None:
    assert find_last(tmp_path) is None
    assert describe_last(tmp_path) == "there is no checkpoint yet"
    for done in (1, 2, 10):
        save_state(tmp_path, make_state(done))
    assert len(list(tmp_path.iterdir())) == KEPT
    assert find_last(tmp_path) == tmp_path / "step-0000010"


def test_a_damaged_one_is_told(tmp_path: Path) -> None:
    folder = save_state(tmp_path, make_state(2))
    (folder / "state.safetensors").write_bytes(b"no")
    with pytest.raises(TrainingError, match="is damaged"):
        load_state(folder)
