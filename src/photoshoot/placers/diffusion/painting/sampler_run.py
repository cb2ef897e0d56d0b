"""What every way from noise to a picture has, whatever the noise is like."""

from __future__ import annotations

from abc import ABC, abstractmethod

from torch import Tensor


def count_left_out(num_inference_steps: int, strength: float) -> int:
    """How many steps at the noisy end are left out.

    Args:
        num_inference_steps: Steps from pure noise.
        strength: Share of them, the last ones, that are made: 0 to 1, at least one step.
    """
    return num_inference_steps - min(max(1, round(num_inference_steps * strength)), num_inference_steps)


class SamplerRun(ABC):
    """One way from noise to a picture, to be gone through once.

    Args:
        sigmas: Noise before each step, and after the last: 0.
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

    @abstractmethod
    def add_noise(self, clean: Tensor, noise: Tensor, step: int) -> Tensor:
        """Clean latents as they are before a step, counted from 0."""

    @abstractmethod
    def step(self, model_output: Tensor, latents: Tensor) -> Tensor:
        """Latents after the next step; steps are taken in order.

        Args:
            model_output: What the network predicts for ``latents``; same shape.
            latents: Before the step.
        """
