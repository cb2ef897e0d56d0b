"""How noise leaves a picture, step by step. What a step needs to know is on the host: it never waits for a device."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import torch
from diffusers import DPMSolverMultistepScheduler
from torch import Tensor

from photoshoot.errors import SettingsError, WeightsError
from photoshoot.placers.diffusion.painting.flow_sampling import FLOW_EULER, FlowSampler, is_flow
from photoshoot.placers.diffusion.painting.sampler_run import SamplerRun, count_left_out
from photoshoot.seeds import NOISE

BASE_STREAM = 0
"""Noise of the first painting."""
REFINE_STREAM = 1
"""Noise of the refining pass."""
RELIGHT_STREAM = 2
"""Noise that the scene's light on the product is made of."""

_TRAINED_WITH = ("beta_start", "beta_end", "beta_schedule")
_ALSO_TRAINED_WITH = ("num_train_timesteps", "rescale_betas_zero_snr", "trained_betas")
_PREDICTIONS = ("epsilon", "v_prediction", "sample")
_KARRAS_RHO = 7


def make_noise(seeds: Sequence[int], size: tuple[int, int], stream: int, channels: int = 4) -> Tensor:
    """Draw each shot's noise from a generator of its own, on the CPU: neighbours and devices don't change it.

    Args:
        seeds: Of the shots, each 0 to 2**32 - 1.
        size: (rows, columns) of latent cells.
        stream: ``BASE_STREAM``, ``REFINE_STREAM`` or ``RELIGHT_STREAM``.
        channels: Of the latents.

    Returns:
        (B, channels, rows, columns), float32, on the CPU.
    """
    generators = (NOISE.generator(seed, stream) for seed in seeds)
    return torch.from_numpy(np.stack([rng.standard_normal((channels, *size), np.float32) for rng in generators]))


def build_sampler(name: str, scheduler_config: Mapping[str, object]) -> Sampler | FlowSampler:
    """Build the sampler of a setting for a checkpoint.

    Args:
        name: See ``DiffusionSettings.sampler``.
        scheduler_config: The checkpoint's ``scheduler_config.json``: the noise it was trained with. What it says about
            sampling is not used.

    Raises:
        SettingsError: The checkpoint follows a flow and the setting is none for that, or the other way round.
        WeightsError: The config lacks the noise schedule, or the network predicts something unknown.
    """
    if is_flow(scheduler_config) != (name == FLOW_EULER):
        allowed = f"{FLOW_EULER!r} with this model" if is_flow(scheduler_config) else "another with this model"
        raise SettingsError("sampler", name, allowed)
    if is_flow(scheduler_config):
        return FlowSampler(scheduler_config)
    signal, prediction = read_noise_schedule(scheduler_config)
    return Sampler(((1 - signal) / signal) ** 0.5, prediction, karras=name == "dpmpp_2m_karras")


def read_noise_schedule(scheduler_config: Mapping[str, object]) -> tuple[npt.NDArray[np.float64], str]:
    """The noise that a checkpoint was trained with.

    Args:
        scheduler_config: The checkpoint's ``scheduler_config.json``.

    Returns:
        The squared share of the clean latents at each timestep of the training, falling; and what the network
        predicts: ``"epsilon"``, ``"v_prediction"`` or ``"sample"``.

    Raises:
        WeightsError: The config lacks the noise schedule, or the network predicts something unknown.
    """
    missing = [key for key in _TRAINED_WITH if scheduler_config.get(key) is None]
    if missing:
        raise WeightsError(f"the checkpoint's scheduler_config.json lacks {', '.join(missing)}")
    prediction = str(scheduler_config.get("prediction_type", "epsilon"))
    if prediction not in _PREDICTIONS:
        raise WeightsError(f"prediction_type={prediction!r} in scheduler_config.json; known: {', '.join(_PREDICTIONS)}")
    given = [key for key in (*_TRAINED_WITH, *_ALSO_TRAINED_WITH) if key in scheduler_config]
    trained = DPMSolverMultistepScheduler(**{key: scheduler_config[key] for key in given})
    return np.array(trained.alphas_cumprod.tolist()), prediction


class Sampler:
    """A solver with a checkpoint's noise schedule. It holds no state: every run is a fresh one.

    DPM-Solver++ 2M on the noise levels of Karras et al.; or DDIM, which is DPM-Solver++ of first order, on trailing
    steps. Sources: arXiv 2211.01095, 2206.00364, 2305.08891.

    Args:
        sigmas: Noise over signal at each timestep of the training, rising.
        prediction: What the network predicts: ``"epsilon"``, ``"v_prediction"`` or ``"sample"``.
        karras: Second order on Karras's levels, else DDIM.
    """

    def __init__(self, sigmas: npt.NDArray[np.float64], prediction: str, *, karras: bool) -> None:
        self._sigmas = sigmas
        self._prediction = prediction
        self._karras = karras

    def begin(self, num_inference_steps: int, strength: float, device: torch.device, cells: int = 0) -> SolverRun:
        """Begin a run.

        Args:
            num_inference_steps: Steps from pure noise.
            strength: Share of them, the last ones, that are made: 0 to 1, at least one step.
            device: Where the latents are.
            cells: Of the picture; its size changes nothing here.
        """
        del cells
        levels = self._karras_levels if self._karras else self._trailing_levels
        timesteps, sigmas = levels(num_inference_steps)
        first = count_left_out(num_inference_steps, strength)
        return SolverRun(
            sigmas=(*sigmas[first:].tolist(), 0.0),
            timesteps=torch.tensor(timesteps[first:].tolist(), device=device),
            first=first,
            prediction=self._prediction,
            second_order=self._karras,
        )

    def _karras_levels(self, steps: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        low, high = self._sigmas[[0, -1]] ** (1 / _KARRAS_RHO)
        sigmas = (high + np.linspace(0, 1, steps) * (low - high)) ** _KARRAS_RHO
        timesteps = np.interp(np.log(sigmas), np.log(self._sigmas), np.arange(len(self._sigmas)))
        return timesteps.round().astype(np.int64), sigmas

    def _trailing_levels(self, steps: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        trained = len(self._sigmas)
        timesteps = (trained - np.arange(steps) * (trained / steps)).round().astype(np.int64) - 1
        return timesteps, self._sigmas[timesteps]


class SolverRun(SamplerRun):
    """DPM-Solver++'s way; ``sigmas`` are noise over signal, ``timesteps`` int64.

    Args:
        sigmas: See ``SamplerRun``.
        timesteps: See ``SamplerRun``.
        first: See ``SamplerRun``.
        prediction: What the network predicts.
        second_order: Whether a step also looks at the one before it.
    """

    def __init__(
        self, *, sigmas: tuple[float, ...], timesteps: Tensor, first: int, prediction: str, second_order: bool
    ) -> None:
        super().__init__(sigmas, timesteps, first)
        self._prediction = prediction
        self._second_order = second_order

    def add_noise(self, clean: Tensor, noise: Tensor, step: int) -> Tensor:
        """See ``SamplerRun``."""
        signal = _signal(self.sigmas[step])
        return signal * clean + signal * self.sigmas[step] * noise

    def step(self, model_output: Tensor, latents: Tensor) -> Tensor:
        """See ``SamplerRun``."""
        sigma, after = self.sigmas[self._done], self.sigmas[self._done + 1]
        clean = self._predict_clean(model_output, latents, sigma)
        target = clean
        if self._second_order and self._last_clean is not None and after > 0:
            ahead = math.log(sigma / after) / math.log(self.sigmas[self._done - 1] / sigma)
            target = clean + ahead / 2 * (clean - self._last_clean)
        self._done, self._last_clean = self._done + 1, clean
        ratio, signal = after / sigma, _signal(after)
        return ratio * signal / _signal(sigma) * latents + signal * (1 - ratio) * target

    def _predict_clean(self, model_output: Tensor, latents: Tensor, sigma: float) -> Tensor:
        signal = _signal(sigma)
        if self._prediction == "epsilon":
            return latents / signal - sigma * model_output
        if self._prediction == "v_prediction":
            return signal * latents - signal * sigma * model_output
        return model_output


def _signal(sigma: float) -> float:
    """Share of the clean latents in noisy ones, whose variance is 1."""
    return 1 / math.hypot(1, sigma)
