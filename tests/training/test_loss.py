from __future__ import annotations

from typing import Any

import torch
from diffusers import DDPMScheduler

from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.training.loss import NoiseSchedule, region_weights, weighted_errors
from photoshoot.training.settings import LossSettings
from tests.placers.diffusion.checkpoints import SCHEDULERS

CPU = torch.device("cpu")
TIMESTEPS = torch.tensor([0, 400, 999])


def schedule(prediction: str) -> NoiseSchedule:
    return NoiseSchedule.of({**SCHEDULERS[Family.SD15], "prediction_type": prediction}, CPU)


def randn(seed: int) -> torch.Tensor:
    return torch.randn(3, 4, 5, 6, generator=torch.Generator().manual_seed(seed))


def test_noise_and_targets_are_those_of_diffusers() -> None:
    config: dict[str, Any] = dict(SCHEDULERS[Family.SD15])
    theirs = DDPMScheduler(**{name: config[name] for name in ("beta_start", "beta_end", "beta_schedule")})
    clean, noise = randn(0), randn(1)
    noisy = theirs.add_noise(clean, noise, TIMESTEPS)
    torch.testing.assert_close(schedule("epsilon").add_noise(clean, noise, TIMESTEPS), noisy)
    velocity = theirs.get_velocity(clean, noise, TIMESTEPS)
    torch.testing.assert_close(schedule("v_prediction").target(clean, noise, TIMESTEPS), velocity)
    torch.testing.assert_close(schedule("epsilon").target(clean, noise, TIMESTEPS), noise)
    torch.testing.assert_close(schedule("sample").target(clean, noise, TIMESTEPS), clean)


def test_what_is_predicted_does_not_change_what_an_error_of_the_picture_counts() -> None:
    steps = torch.arange(1000)
    own = schedule("sample")
    snr = own.signal / (1 - own.signal)
    picture = own.level_weights(steps, 5.0)
    torch.testing.assert_close(picture, snr.clamp(max=5))
    torch.testing.assert_close(schedule("epsilon").level_weights(steps, 5.0) * snr, picture)
    torch.testing.assert_close(schedule("v_prediction").level_weights(steps, 5.0) * (snr + 1), picture)
    assert torch.equal(own.level_weights(steps, 0), torch.ones(1000))


def test_each_region_counts_what_it_is_to() -> None:
    repaint = torch.ones(1, 1, 6, 8)
    repaint[..., :3] = 0
    shade = torch.zeros(1, 1, 6, 8)
    shade[..., 6:] = 0.5
    weights = region_weights(repaint, shade, LossSettings(hole=1, kept=0.2, contour=3, contour_cells=1, shadow=2))
    row = weights[0, 0, 2]
    torch.testing.assert_close(row / row[4], torch.tensor([0.2, 0.2, 3, 3, 1, 1, 1.5, 1.5]))
    torch.testing.assert_close(weights.mean(), torch.tensor(1.0))
    flat = region_weights(repaint, shade, LossSettings(hole=1, kept=1, contour=9, contour_cells=0, shadow=1))
    torch.testing.assert_close(flat, torch.ones_like(flat))


def test_the_loss_is_a_mean_by_picture() -> None:
    errors = weighted_errors(randn(0), randn(1), torch.ones(3, 1, 5, 6), torch.tensor([1.0, 1.0, 0.5]))
    expected = ((randn(0) - randn(1)) ** 2).mean((1, 2, 3)) * torch.tensor([1.0, 1.0, 0.5])
    torch.testing.assert_close(errors, expected)
