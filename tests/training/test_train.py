from __future__ import annotations

import json
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from photoshoot.errors import MissingExtraError, SettingsError, TrainingError, WeightsError
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.training.accelerator import choose_precision
from photoshoot.training.checkpoints import load_state
from photoshoot.training.loop import Step
from photoshoot.training.train import Event, train
from tests.training.runs import SETTINGS, VALIDATION, InterruptionError, after, interrupt, run
from tests.training.scenes import ListedData, make_sample

LONG = pytest.mark.exhaustive("tests/training/test_train.py::test_a_resumed_run_is_the_uninterrupted_one")
FULL = {"method": "full", "ema_decay": 0.0, "gradient_accumulation_steps": 2, "batch_size": 1}


@pytest.mark.parametrize(
    ("family", "changes"),
    [
        (Family.SD15, {"validation": VALIDATION, "gradient_checkpointing": True}),
        pytest.param(Family.SD15, FULL, marks=LONG),
        pytest.param(Family.SDXL, {"mixed_precision": "bf16"}, marks=LONG),
    ],
)
def test_a_resumed_run_is_the_uninterrupted_one(
    bases: dict[Family, Path], tmp_path: Path, family: Family, changes: dict[str, Any]
) -> None:
    whole = run(bases[family], tmp_path / "whole", cache=tmp_path / "cache", **changes)
    with pytest.raises(InterruptionError):
        run(bases[family], tmp_path / "parts", cache=tmp_path / "cache", on_event=after(5, interrupt), **changes)
    steps: list[int] = []
    torch.manual_seed(1)  # the host's random state counts for nothing

    def watch(event: Event) -> None:
        steps.extend([event.done] if isinstance(event, Step) else [])

    resumed = run(bases[family], tmp_path / "parts", cache=tmp_path / "cache", resume=True, on_event=watch, **changes)
    assert steps == [4, 5, 6, 7, 8]
    assert resumed.losses == whole.losses
    assert len(set(whole.losses)) == 8
    assert resumed.validations == whole.validations
    for name in ("weights", "mean", "moments"):
        first, second = (
            getattr(load_state(tmp_path / run_name / "checkpoints" / "step-0000008"), name)
            for run_name in ("whole", "parts")
        )
        assert first.keys() == second.keys()
        assert all(torch.equal(first[key], second[key]) for key in first), name
    kept = sorted(path.name for path in (tmp_path / "parts" / "checkpoints").iterdir())
    assert kept == ["step-0000006", "step-0000008"]


def test_the_host_s_random_state_is_left_alone(bases: dict[Family, Path], tmp_path: Path) -> None:
    before = torch.get_rng_state()
    run(bases[Family.SD15], tmp_path, steps=3)
    assert torch.equal(before, torch.get_rng_state())


def test_another_run_does_not_go_on_in_its_folder(bases: dict[Family, Path], tmp_path: Path) -> None:
    run(bases[Family.SD15], tmp_path, steps=3)
    with pytest.raises(SettingsError, match=r"^out=.* --resume"):
        run(bases[Family.SD15], tmp_path, steps=3)
    with pytest.raises(TrainingError, match="seed was 0 and is 1 now"):
        run(bases[Family.SD15], tmp_path, steps=3, seed=1, resume=True)
    with pytest.raises(TrainingError, match="pictures of a step was 2 and is 4 now"):
        run(bases[Family.SD15], tmp_path, steps=3, batch_size=4, resume=True)


def test_a_loss_that_is_no_number_stops_the_run_and_its_checkpoint_is_good(
    bases: dict[Family, Path], tmp_path: Path
) -> None:
    whole = run(bases[Family.SD15], tmp_path / "whole", cache=tmp_path / "cache")
    shutil.copytree(tmp_path / "cache", tmp_path / "good")

    def spoil() -> None:
        for file in (tmp_path / "cache").rglob("samples/*.safetensors"):
            tensors = load_file(file)
            save_file({**tensors, "picture": torch.full_like(tensors["picture"], torch.nan)}, file)

    with pytest.raises(TrainingError, match=r"the loss of step \d is nan: .*learning_rate.*step-0000003 with --resume"):
        run(bases[Family.SD15], tmp_path / "spoilt", cache=tmp_path / "cache", on_event=after(4, spoil))
    shutil.rmtree(tmp_path / "cache")
    shutil.copytree(tmp_path / "good", tmp_path / "cache")
    resumed = run(bases[Family.SD15], tmp_path / "spoilt", cache=tmp_path / "cache", resume=True)
    assert resumed.losses == whole.losses


def test_a_full_disk_stops_the_run_and_the_checkpoint_before_is_good(bases: dict[Family, Path], tmp_path: Path) -> None:
    with (
        file_limit(100_000) as fill_disk,
        pytest.raises(TrainingError, match=r"step-0000006 can't be written .*step-0000003 with --resume"),
    ):
        run(bases[Family.SD15], tmp_path, on_event=after(3, fill_disk))
    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == ["step-0000003"]
    assert len(run(bases[Family.SD15], tmp_path, resume=True).losses) == 8


def test_a_disk_that_is_full_before_the_first_step_is_told(bases: dict[Family, Path], tmp_path: Path) -> None:
    with (
        file_limit(1000) as fill_disk,
        pytest.raises(TrainingError, match=r"the disk is full .*\.safetensors can't be written.*no checkpoint yet"),
    ):
        run(bases[Family.SD15], tmp_path, on_event=lambda _: fill_disk())
    assert len(run(bases[Family.SD15], tmp_path, resume=True, steps=3).losses) == 3


@contextmanager
def file_limit(size: int) -> Iterator[Callable[[], None]]:
    """From the call on files can't grow over so many bytes: writing fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_damaged_checkpoint_is_told(bases: dict[Family, Path], tmp_path: Path) -> None:
    run(bases[Family.SD15], tmp_path, steps=3)
    (tmp_path / "checkpoints" / "step-0000003" / "state.safetensors").write_bytes(b"nothing")
    with pytest.raises(TrainingError, match="step-0000003 is damaged"):
        run(bases[Family.SD15], tmp_path, steps=3, resume=True)
    assert json.loads((tmp_path / "checkpoints" / "step-0000003" / "state.json").read_text())["done"] == 3


def test_a_missing_extra_is_told_before_the_work(
    bases: dict[Family, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[train\]"):
        run(bases[Family.SD15], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_can_not_be_trained_is_refused(bases: dict[Family, Path], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"mixed_precision='fp16' .* there is no GPU"):
        choose_precision("fp16", torch.device("cpu"))
    with pytest.raises(WeightsError, match="neither a folder or file"):
        run(Path("nothing-of-that-name"), tmp_path)
    settings = replace(SETTINGS, base=str(bases[Family.SD15]), out=tmp_path)
    with pytest.raises(SettingsError, match="pictures to train on"):
        train(settings, ListedData([]), None)
    with pytest.raises(SettingsError, match=r"validation\.every=8 .* no pictures are held out"):
        train(replace(settings, validation=VALIDATION), ListedData([make_sample(0)]), ListedData([]))
