from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.records import RgbImage
from photoshoot.stages import Placer
from photoshoot.training.loss import NoiseSchedule
from photoshoot.training.settings import (
    LossSettings,
    MaskSettings,
    OptimizerSettings,
    TrainingSettings,
    ValidationSettings,
)
from photoshoot.training.validation import Validator, draw_grid
from tests.placers.diffusion.checkpoints import SCHEDULERS
from tests.training.encodings import VARIANTS, write_sample

SETTINGS = TrainingSettings(
    steps=25,
    masks=MaskSettings(variants=VARIANTS),
    loss=LossSettings(hole=1, kept=1, contour=1, shadow=1, min_snr_gamma=0),
    optimizer=OptimizerSettings(warmup_steps=0),
    validation=ValidationSettings(every=10, timesteps=3),
)
SCHEDULE = NoiseSchedule.of(SCHEDULERS[Family.SD15], torch.device("cpu"))


class Constant(nn.Module):
    """Predicts one value everywhere."""

    def __init__(self, value: float) -> None:
        super().__init__()
        self.value = nn.Parameter(torch.tensor(value))
        self.seen: list[int] = []

    def forward(self, inputs: Tensor, timesteps: Tensor, **_others: object) -> tuple[Tensor]:
        self.seen += timesteps.tolist()
        return (self.value * torch.ones_like(inputs[:, :4]),)


def refuse() -> Placer:
    raise AssertionError("without shots no placer is needed")


@pytest.fixture
def validator(tmp_path: Path) -> Validator:
    samples = [write_sample(tmp_path, index, size=(12, 16)) for index in range(2)]
    return Validator(tmp_path / "validation", samples, [], SCHEDULE, SETTINGS, None)


def test_the_loss_is_always_of_the_same_pictures_and_noise(validator: Validator) -> None:
    nothing = Constant(0.0)
    losses = [validator.validate(done, nothing, nullcontext(), refuse).measures["loss"] for done in (0, 10)]
    assert losses[0] == losses[1]
    assert losses[0] == pytest.approx(1, abs=0.1), "the variance of 4608 normal values"
    assert sorted(set(nothing.seen)) == [166, 500, 833], "in the middle of each third of the noise levels"
    wrong = validator.validate(20, Constant(2.0), nullcontext(), refuse).measures["loss"]
    assert wrong == pytest.approx(1 + 4, abs=0.3)


def test_what_was_measured_is_read_back_by_a_later_run(validator: Validator, tmp_path: Path) -> None:
    assert validator.results() == {}
    assert not validator.is_done(10)
    measured = {done: dict(validator.validate(done, Constant(0.0), nullcontext(), refuse).measures) for done in (10, 0)}
    assert validator.is_done(10)
    assert validator.results() == measured
    assert list(validator.results()) == [0, 10]
    written = json.loads((tmp_path / "validation" / "step-0000010.json").read_text(encoding="utf-8"))
    assert written == measured[10]


@pytest.mark.parametrize(("every", "due"), [(10, {0, 10, 20, 25}), (25, {0, 25}), (0, set())])
def test_it_is_due_before_now_and_then_and_at_the_end(every: int, due: set[int], tmp_path: Path) -> None:
    settings = replace(SETTINGS, validation=ValidationSettings(every=every))
    samples = [write_sample(tmp_path, 0)]
    asked = Validator(tmp_path, samples, [], SCHEDULE, settings, None)
    assert {done for done in range(26) if asked.is_due(done)} == due
    nothing = Validator(tmp_path, [], [], SCHEDULE, settings, None)
    assert not any(nothing.is_due(done) for done in range(26))


def flat(width: int, height: int, value: int) -> RgbImage:
    return np.full((height, width, 3), value, np.uint8)


@pytest.mark.parametrize(
    ("size", "shown"),
    [((100, 80), (400, 320)), ((300, 200), (300, 200)), ((960, 300), (480, 150)), ((240, 720), (120, 360))],
)
def test_pictures_fit_their_cell_and_grow_by_whole_factors(size: tuple[int, int], shown: tuple[int, int]) -> None:
    page = draw_grid({"data": [flat(*size, 77)], "now": [flat(*size, 99)]})
    for value in (77, 99):
        rows, columns = np.nonzero((page == value).all(axis=2))
        assert (columns.max() - columns.min() + 1, rows.max() - rows.min() + 1) == shown
        assert len(rows) == shown[0] * shown[1]


def test_rows_and_columns_do_not_touch() -> None:
    page = draw_grid(
        {"data": [flat(300, 200, 70), flat(200, 300, 80)], "now": [flat(300, 200, 90), flat(200, 300, 100)]}
    )
    places = {value: np.argwhere((page == value).all(axis=2)) for value in (70, 80, 90, 100)}
    assert places[70][:, 0].max() < places[80][:, 0].min()
    assert places[70][:, 1].max() < places[90][:, 1].min()
    assert (places[70][0, 0], places[80][0, 0]) == (places[90][0, 0], places[100][0, 0])
    assert sum(map(len, places.values())) == 2 * (300 * 200 + 200 * 300)
