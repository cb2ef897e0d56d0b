from __future__ import annotations

import pytest
import torch
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler
from torch import Tensor

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.painting.sampling import BASE_STREAM, REFINE_STREAM, build_sampler, make_noise
from tests.placers.diffusion.checkpoints import SCHEDULERS

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning:diffusers")

CPU = torch.device("cpu")
CONFIG = SCHEDULERS[Family.SD15]
TRAINED = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
CLEAN = make_noise([8, 9], (4, 6), BASE_STREAM) * 0.7
NOISE = make_noise([1, 2], (4, 6), BASE_STREAM)


def predict(latents: Tensor, timestep: Tensor) -> Tensor:
    """A smooth network: it bends, so that the order of the solver shows."""
    return torch.sin(latents * 1.3 + timestep / 300) + 0.2 * latents


def sample(name: str, steps: int, strength: float, config: dict[str, object] | None = None) -> Tensor:
    run = build_sampler(name, config or dict(CONFIG)).begin(steps, strength, CPU)
    latents = run.start(CLEAN, NOISE)
    for timestep in run.timesteps:
        latents = run.step(predict(latents, timestep), latents)
    return latents


def sample_plainly(scheduler: DPMSolverMultistepScheduler | DDIMScheduler, steps: int, first: int) -> Tensor:
    scheduler.set_timesteps(steps)
    timesteps = scheduler.timesteps[first:]
    latents = scheduler.add_noise(CLEAN, NOISE, timesteps[:1].repeat(2)) if first else NOISE
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(first)
    for timestep in timesteps:
        latents = scheduler.step(predict(latents, timestep), timestep, latents).prev_sample
    return latents


@pytest.mark.parametrize(("steps", "strength", "first"), [(25, 1, 0), (8, 1, 0), (20, 0.35, 13), (2, 0.05, 1)])
def test_dpmpp_2m_karras_is_diffusers_own(steps: int, strength: float, first: int) -> None:
    plain = sample_plainly(DPMSolverMultistepScheduler(**TRAINED, use_karras_sigmas=True), steps, first)
    assert torch.allclose(sample("dpmpp_2m_karras", steps, strength), plain, atol=1e-5)


@pytest.mark.parametrize(("steps", "strength", "first"), [(8, 1, 0), (10, 0.5, 5), (1, 1, 0)])
def test_ddim_trailing_is_diffusers_own(steps: int, strength: float, first: int) -> None:
    scheduler = DDIMScheduler(**TRAINED, timestep_spacing="trailing", clip_sample=False, set_alpha_to_one=True)
    plain = sample_plainly(scheduler, steps, first)
    assert torch.allclose(sample("ddim_trailing", steps, strength), plain, atol=1e-4)


@pytest.mark.parametrize("steps", [3, 7, 12, 30])
def test_ddim_trailing_steps_that_do_not_divide_the_schedule(steps: int) -> None:
    scheduler = DPMSolverMultistepScheduler(**TRAINED, solver_order=1, timestep_spacing="trailing")
    assert torch.allclose(sample("ddim_trailing", steps, 1), sample_plainly(scheduler, steps, 0), atol=1e-5)


def test_what_the_network_predicts_is_taken_from_the_config() -> None:
    config = {**CONFIG, "prediction_type": "v_prediction"}
    scheduler = DDIMScheduler(**TRAINED, timestep_spacing="trailing", clip_sample=False, prediction_type="v_prediction")
    assert torch.allclose(sample("ddim_trailing", 8, 1, config), sample_plainly(scheduler, 8, 0), atol=1e-4)


def test_every_run_is_fresh() -> None:
    sampler = build_sampler("dpmpp_2m_karras", CONFIG)
    results = []
    stopped = sampler.begin(7, 1, CPU)
    stopped.step(predict(NOISE, stopped.timesteps[0]), NOISE)
    for _ in range(2):
        run = sampler.begin(7, 1, CPU)
        latents = NOISE
        for timestep in run.timesteps:
            latents = run.step(predict(latents, timestep), latents)
        results.append(latents)
    assert torch.equal(*results)


def test_noise_is_added_at_the_level_of_the_step() -> None:
    run = build_sampler("dpmpp_2m_karras", CONFIG).begin(25, 0.35, CPU)
    assert len(run) == 9
    assert run.progress(0) == 16 / 25
    assert run.sigmas[-1] == 0
    assert torch.equal(run.add_noise(CLEAN, NOISE, len(run)), CLEAN)
    noisy = run.start(CLEAN, NOISE)
    scheduler = DPMSolverMultistepScheduler(**TRAINED, use_karras_sigmas=True)
    scheduler.set_timesteps(25)
    scheduler.set_begin_index(16)
    assert torch.allclose(noisy, scheduler.add_noise(CLEAN, NOISE, scheduler.timesteps[16:17].repeat(2)), atol=1e-6)


def test_at_full_strength_nothing_of_the_start_is_left() -> None:
    run = build_sampler("dpmpp_2m_karras", CONFIG).begin(25, 1, CPU)
    assert torch.equal(run.start(CLEAN, NOISE), NOISE)


@pytest.mark.parametrize("change", [{"beta_start": None}, {"prediction_type": "flow"}])
def test_a_config_without_a_usable_schedule_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(WeightsError, match=next(iter(change))):
        build_sampler("dpmpp_2m_karras", {**CONFIG, **change})


def test_the_noise_schedule_is_the_checkpoint_s() -> None:
    betas = [0.001 * (1 + i / 5) for i in range(50)]
    config = {**CONFIG, "num_train_timesteps": 50, "trained_betas": betas}
    run = build_sampler("dpmpp_2m_karras", config).begin(5, 1, CPU)
    signal = torch.prod(1 - torch.tensor(betas)).item()
    assert run.sigmas[0] == pytest.approx(((1 - signal) / signal) ** 0.5, rel=1e-4)
    assert run.timesteps[0] == 49
    assert build_sampler("dpmpp_2m_karras", CONFIG).begin(5, 1, CPU).sigmas[0] == pytest.approx(14.6146, abs=1e-3)


def test_noise_depends_on_its_own_seed_only() -> None:
    batch = make_noise([4, 5, 6], (20, 30), BASE_STREAM)
    assert torch.equal(batch[1:2], make_noise([5], (20, 30), BASE_STREAM))
    others = [make_noise([5], (20, 30), REFINE_STREAM)[0], batch[0], batch[2]]
    for other in others:
        correlation = torch.corrcoef(torch.stack([batch[1].flatten(), other.flatten()]))[0, 1]
        assert abs(correlation) < 0.08, correlation
    assert batch.std().item() == pytest.approx(1, abs=0.03)
    assert batch.mean().item() == pytest.approx(0, abs=0.03)
