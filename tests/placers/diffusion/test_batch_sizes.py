from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest
import torch

from photoshoot import OutOfMemoryError
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.memory.batch_sizes import fitting_batch, run_in_batches
from photoshoot.placers.diffusion.memory.memory_needs import MemoryNeeds
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.records import Box

GIB = 2**30


def landscape(times: int = 1) -> WorkingSize:
    width, height = 1680, 640 * times
    ad = Box(left=0, top=0, right=width, bottom=height)
    return WorkingSize(canvas_px=(width, height), ad=ad, width_px=width, height_px=height, base_scale=0.5)


def needs_of(family: Family, unet_bytes: int = 2, vae_bytes: int = 2) -> MemoryNeeds:
    return MemoryNeeds(family=family, unet_bytes=unet_bytes, vae_bytes=vae_bytes)


def test_six_landscape_shots_fit_a_consumer_card_with_the_networks_on_it() -> None:
    assert fitting_batch(needs_of(Family.SD15), landscape(), (8 - 3) * GIB) >= 6
    assert fitting_batch(needs_of(Family.SDXL), landscape(), (12 - 8) * GIB) >= 6


def test_fewer_fit_in_single_precision_on_larger_canvases_and_with_less_memory() -> None:
    fitting = fitting_batch(needs_of(Family.SD15), landscape(), 10 * GIB)
    assert fitting_batch(needs_of(Family.SD15, 4, 4), landscape(), 10 * GIB) < fitting
    assert fitting_batch(needs_of(Family.SD15), landscape(2), 10 * GIB) < fitting
    assert fitting_batch(needs_of(Family.SD15), landscape(), GIB) == 1
    assert fitting_batch(needs_of(Family.SD15, vae_bytes=4), landscape(), 6 * GIB) < fitting_batch(
        needs_of(Family.SD15), landscape(), 6 * GIB
    )


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
