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

from photoshoot.placers.diffusion.canvas.patches import PATCH
from photoshoot.placers.diffusion.painting.sampler_run import SamplerRun, count_left_out

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
        first = count_left_out(num_inference_steps, strength)
        return FlowRun(tuple(schedule.sigmas.tolist())[first:], schedule.timesteps[first:].to(device), first)


class FlowRun(SamplerRun):
    """Euler's way along a flow; ``sigmas`` are shares of noise."""

    def add_noise(self, clean: Tensor, noise: Tensor, step: int) -> Tensor:
        """See ``SamplerRun``."""
        return (1 - self.sigmas[step]) * clean + self.sigmas[step] * noise

    def step(self, model_output: Tensor, latents: Tensor) -> Tensor:
        """See ``SamplerRun``; the network predicts the flow, from picture to noise."""
        sigma, after = self.sigmas[self._done], self.sigmas[self._done + 1]
        self._done, self._last_clean = self._done + 1, latents - sigma * model_output
        return latents + (after - sigma) * model_output
