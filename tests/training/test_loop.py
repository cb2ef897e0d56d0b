from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from photoshoot.errors import OutOfMemoryError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.loading import load_parts
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.training import loop
from photoshoot.training.data_loader import Batch, Item, collate
from photoshoot.training.loop import errors_of, learning_rate
from photoshoot.training.loss import NoiseSchedule
from photoshoot.training.random_streams import Stream
from photoshoot.training.settings import LossSettings, OptimizerSettings
from tests.placers.diffusion.checkpoints import SCHEDULERS
from tests.placers.diffusion.fake_card import CARD, fake_card
from tests.placers.diffusion.tiny_networks import CROSS_WIDTH, SECOND_TEXT_WIDTH
from tests.training.encodings import write_sample
from tests.training.runs import run

PLAIN = LossSettings(hole=1, kept=1, contour=1, shadow=1, min_snr_gamma=0)
"""Every cell counts 1 at every noise level."""
TIMES = (20, 500, 980)


class Answer(nn.Module):
    """Predicts the same whatever it is shown, and keeps what that was."""

    def __init__(self, answer: Tensor) -> None:
        super().__init__()
        self.answer = answer

    def forward(self, inputs: Tensor, timesteps: Tensor, **others: object) -> tuple[Tensor]:
        self.inputs, self.timesteps, self.others = inputs, timesteps, others
        return (self.answer,)


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    samples = [write_sample(tmp_path, index, tokens=4 + index) for index in range(3)]
    return collate(
        [
            Item(
                sample=one,
                variant=1,
                text_file=one.text_file,
                timestep=time,
                noise_from=(0, Stream.NOISE, one.index, 0),
            )
            for one, time in zip(samples, TIMES, strict=True)
        ]
    )


def schedule(prediction: str) -> NoiseSchedule:
    return NoiseSchedule.of({**SCHEDULERS[Family.SD15], "prediction_type": prediction}, torch.device("cpu"))


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction", "sample"])
@pytest.mark.parametrize("off_by", [0.0, 0.5, 2.0])
def test_a_network_that_is_off_by_so_much_has_its_square_as_loss(batch: Batch, prediction: str, off_by: float) -> None:
    noise = schedule(prediction)
    target = noise.target(batch.latents, batch.noise, batch.timesteps)
    errors = errors_of(Answer(target + off_by), batch, noise, PLAIN)
    torch.testing.assert_close(errors, torch.full((3,), off_by**2), rtol=1e-5, atol=1e-6)  # float32, values to 4


def test_the_network_is_shown_the_noisy_picture_its_mask_and_what_is_kept(batch: Batch) -> None:
    network, noise = Answer(torch.zeros_like(batch.latents)), schedule("epsilon")
    errors_of(network, batch, noise, PLAIN)
    shown = network.inputs
    torch.testing.assert_close(shown[:, 4:5], batch.repaint)
    torch.testing.assert_close(shown[:, 5:], batch.masked)
    kept = noise.signal[batch.timesteps][:, None, None, None]
    torch.testing.assert_close(shown[:, :4], kept.sqrt() * batch.latents + (1 - kept).sqrt() * batch.noise)
    assert network.timesteps.tolist() == list(TIMES)
    assert network.others["encoder_hidden_states"] is batch.text
    assert network.others["encoder_attention_mask"] is batch.text_mask


def test_a_picture_shown_alone_has_the_loss_it_has_among_others(batch: Batch) -> None:
    noise, settings = schedule("epsilon"), LossSettings()
    together = errors_of(Answer(torch.zeros_like(batch.latents)), batch, noise, settings)
    for place in range(3):
        part = {name: value[place : place + 1] for name, value in vars(batch).items() if value is not None}
        alone = Batch(**{"pooled": None, "time_ids": None, **part})
        error = errors_of(Answer(torch.zeros_like(alone.latents)), alone, noise, settings)
        torch.testing.assert_close(error[0], together[place], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("schedule_name", "last"), [("cosine", 0.0), ("constant", 1.0)])
def test_the_learning_rate_rises_and_goes_as_asked(schedule_name: str, last: float) -> None:
    settings = OptimizerSettings(learning_rate=0.01, warmup_steps=9, schedule=schedule_name)
    rates = [learning_rate(done, 100, settings) / 0.01 for done in range(100)]
    assert rates[:10] == pytest.approx([0.1 * (step + 1) for step in range(10)])
    assert max(rates) == pytest.approx(1)
    assert rates[-1] == pytest.approx(last, abs=1e-3)


def test_a_cosine_is_half_way_down_in_the_middle_and_never_rises() -> None:
    settings = OptimizerSettings(learning_rate=0.02, warmup_steps=0, schedule="cosine")
    rates = [learning_rate(done, 80, settings) for done in range(80)]
    assert rates[0] == pytest.approx(0.02)
    assert rates[40] == pytest.approx(0.01)
    assert rates[20] == pytest.approx(0.01 * (1 + math.sqrt(0.5)))
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize(("limit", "told"), [(2, "2 at a time do: give batch_size = 2 "), (0, "nor does a single")])
def test_a_batch_whose_gradients_do_not_fit_is_told_with_the_one_that_does(
    bases: dict[Family, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, told: str
) -> None:
    def give_up(_: Tensor) -> None:
        raise torch.OutOfMemoryError("no room for gradients")

    def limited(network: nn.Module, shown: Batch, *rest: Any) -> Tensor:
        errors = errors_of(network, shown, *rest)
        if len(errors) > limit:
            errors.register_hook(give_up)  # type: ignore[no-untyped-call]
        return errors

    monkeypatch.setattr(loop, "errors_of", limited)
    with pytest.raises(OutOfMemoryError, match=f"a batch of 4 does not fit, {told}.*no checkpoint yet") as caught:
        run(bases[Family.SD15], tmp_path, batch_size=4)
    assert caught.value.__cause__ is not None
    assert caught.value.__cause__.__traceback__ is None, "which would keep alive what did not fit"


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_no_micro_batch_waits_for_the_card(bases: dict[Family, Path], tmp_path: Path, family: Family) -> None:
    with fake_card() as card:
        parts = load_parts(Sources(base=bases[family]), torch.float32, CARD)
        noise = NoiseSchedule.of(parts.scheduler_config, CARD)
        width = CROSS_WIDTH[family]
        samples = [write_sample(tmp_path, index, size=(8, 8), pooled=family is Family.SDXL) for index in range(2)]
        items = [
            Item(sample=one, variant=0, text_file=one.text_file, timestep=7, noise_from=(0, Stream.NOISE, 0, 0))
            for one in samples
        ]
        batch = collate(items)
        text = torch.zeros(2, 7, width)
        pooled = None if batch.pooled is None else torch.zeros(2, SECOND_TEXT_WIDTH)
        card.log.clear()
        shown = replace(batch, text=text, pooled=pooled).pin().to(CARD)
        errors_of(parts.unet, shown, noise, LossSettings()).mean()
    assert card.faults == []
    assert card.log == [], "nothing waits, from the pinned memory on"
