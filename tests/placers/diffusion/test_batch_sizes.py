from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest
import torch

from photoshoot import OutOfMemoryError
from photoshoot.placers.diffusion.batch_sizes import fitting_batch, run_in_batches
from photoshoot.placers.diffusion.model_parts import Family

GIB = 2**30
LANDSCAPE = 210 * 80


def test_six_landscape_shots_fit_a_consumer_card() -> None:
    assert fitting_batch(Family.SD15, LANDSCAPE, 12 * GIB, 2) >= 6
    assert fitting_batch(Family.SDXL, LANDSCAPE, 12 * GIB, 2) >= 6


def test_fewer_fit_in_single_precision_on_larger_canvases_and_with_less_memory() -> None:
    fitting = fitting_batch(Family.SD15, LANDSCAPE, 10 * GIB, 2)
    assert fitting_batch(Family.SD15, LANDSCAPE, 10 * GIB, 4) < fitting
    assert fitting_batch(Family.SD15, 2 * LANDSCAPE, 10 * GIB, 2) < fitting
    assert fitting_batch(Family.SDXL, LANDSCAPE, 10 * GIB, 2) < fitting
    assert fitting_batch(Family.SD15, LANDSCAPE, GIB, 2) == 1


def test_a_batch_that_does_not_fit_is_halved_and_nothing_is_done_twice(caplog: pytest.LogCaptureFixture) -> None:
    tried: list[int] = []

    def work(batch: Sequence[int]) -> list[int]:
        tried.append(len(batch))
        if len(batch) > 2 and tried != [4]:
            raise torch.OutOfMemoryError("out of memory")
        return [item * 10 for item in batch]

    with caplog.at_level(logging.WARNING, logger="photoshoot"):
        done = list(run_in_batches(range(9), 4, work))
    assert done == [item * 10 for item in range(9)]
    assert tried == [4, 4, 2, 2, 1]
    assert "2 at a time" in caplog.text


def test_a_single_shot_that_does_not_fit_says_so() -> None:
    def work(batch: Sequence[int]) -> list[int]:
        raise torch.OutOfMemoryError(f"{len(batch)} shots")

    with pytest.raises(OutOfMemoryError, match="a single shot"):
        list(run_in_batches(range(3), 3, work))
