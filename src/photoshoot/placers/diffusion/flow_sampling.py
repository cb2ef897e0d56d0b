"""How noise flows to a picture along straight lines: Euler's steps, their noise shifted by the picture's size.

Source: Lipman et al., "Flow Matching for Generative Modeling", arXiv 2210.02747; the shift is diffusers'.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from diffusers.pipelines.flux2.pipeline_flux2_klein import compute_empirical_mu
from torch import Tensor

from photoshoot.placers.diffusion.patches import PATCH

FLOW_EULER = "flow_euler"
"""As ``DiffusionSettings.sampler`` names it."""
_CLASS = "FlowMatchEulerDiscreteScheduler"


def is_flow(scheduler_config: Mapping[str, object]) -> bool:
    """Whether a checkpoint was trained to follow a flow."""
    return scheduler_config.get("_class_name") == _CLASS


class FlowSampler:
    """A checkpoint's flow. It holds no state: every run is a fresh one.

    Args:
        scheduler_config: The checkpoint's ``scheduler_config.json``.
    """

    def __init__(self, scheduler_config: Mapping[str, object]) -> None:
        self._config = dict(scheduler_config)

    def begin(self, num_inference_steps: int, strength: float, device: torch.device, cells: int = 0) -> FlowRun:
        """Begin a run; see ``Sampler.begin``.

        Args:
            num_inference_steps: Steps from pure noise.
            strength: Share of them that are made.
            device: Where the latents are.
            cells: Of the picture: the larger it is, the longer it is noisy.
        """
        schedule = FlowMatchEulerDiscreteScheduler.from_config(self._config)
        even = np.linspace(1.0, 1 / num_inference_steps, num_inference_steps)
        shift = compute_empirical_mu(image_seq_len=cells // PATCH**2, num_steps=num_inference_steps)
        schedule.set_timesteps(sigmas=even, mu=shift)
        first = num_inference_steps - min(max(1, round(num_inference_steps * strength)), num_inference_steps)
        return FlowRun(tuple(schedule.sigmas.tolist())[first:], schedule.timesteps[first:].to(device), first)


class FlowRun:
    """One way from noise to a picture, to be gone through once; as ``SamplerRun``.

    Args:
        sigmas: Share of noise before each step, and after the last: 0.
        timesteps: What the network is told at each step, on the device.
        first: Steps that are left out at the noisy end.
    """

    def __init__(self, sigmas: tuple[float, ...], timesteps: Tensor, first: int) -> None:
        self.sigmas, self.timesteps = sigmas, timesteps
        self._first, self._done = first, 0
        self._last_clean: Tensor | None = None

    def __len__(self) -> int:
        return len(self.sigmas) - 1

    @property
    def clean(self) -> Tensor:
        """The latents without noise that the last step aimed at; only after a step."""
        assert self._last_clean is not None, "no step was taken yet"
        return self._last_clean

    def progress(self, step: int) -> float:
        """Where a step begins on the way from pure noise (0) to a picture (1), steps left out included."""
        return (self._first + step) / (self._first + len(self))

    def start(self, clean: Tensor | None, noise: Tensor) -> Tensor:
        """Latents before the first step: pure noise where no step is left out, else noise over ``clean``."""
        if self._first == 0:
            return noise
        assert clean is not None, "a run that leaves steps out starts from a picture"
        return self.add_noise(clean, noise, 0)

    def add_noise(self, clean: Tensor, noise: Tensor, step: int) -> Tensor:
        """Clean latents as they are before a step, counted from 0."""
        return (1 - self.sigmas[step]) * clean + self.sigmas[step] * noise

    def step(self, model_output: Tensor, latents: Tensor) -> Tensor:
        """Latents after the next step; steps are taken in order.

        Args:
            model_output: The flow, from picture to noise, at ``latents``; same shape.
            latents: Before the step.
        """
        sigma, after = self.sigmas[self._done], self.sigmas[self._done + 1]
        self._done, self._last_clean = self._done + 1, latents - sigma * model_output
        return latents + (after - sigma) * model_output
