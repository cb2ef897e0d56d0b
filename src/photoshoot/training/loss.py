"""What the network is to predict, and what its errors count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from photoshoot.placers.diffusion.painting.sampling import read_noise_schedule
from photoshoot.training.settings import LossSettings


@dataclass(frozen=True, kw_only=True, eq=False)
class NoiseSchedule:
    """The noise that a checkpoint was trained with; on the network's device."""

    signal: Tensor
    """Squared share of the clean latents at each timestep, float32 (timesteps,)."""
    prediction: str
    """``"epsilon"``, ``"v_prediction"`` or ``"sample"``."""

    @classmethod
    def of(cls, scheduler_config: Mapping[str, object], device: torch.device) -> NoiseSchedule:
        """Read it from a checkpoint's ``scheduler_config.json``."""
        signal, prediction = read_noise_schedule(scheduler_config)
        return cls(signal=torch.tensor(signal.tolist(), dtype=torch.float32, device=device), prediction=prediction)

    def __len__(self) -> int:
        return len(self.signal)

    def add_noise(self, latents: Tensor, noise: Tensor, timesteps: Tensor) -> Tensor:
        """Latents (B, 4, h, w) at their timesteps (B,)."""
        signal, rest = self._roots(timesteps)
        return signal * latents + rest * noise

    def target(self, latents: Tensor, noise: Tensor, timesteps: Tensor) -> Tensor:
        """What the network is to predict, (B, 4, h, w)."""
        if self.prediction == "epsilon":
            return noise
        if self.prediction == "sample":
            return latents
        signal, rest = self._roots(timesteps)
        return signal * noise - rest * latents

    def level_weights(self, timesteps: Tensor, gamma: float) -> Tensor:
        """What an error counts at its timestep, (B,): ``min(SNR, gamma)`` in terms of the clean picture; 0: all 1.

        Source: Hang et al., "Efficient Diffusion Training via Min-SNR Weighting", arXiv 2303.09556, section 3.4.
        """
        if gamma == 0:
            return torch.ones_like(self.signal[timesteps])
        signal = self.signal[timesteps]
        snr = signal / (1 - signal)
        clamped = snr.clamp(max=gamma)
        if self.prediction == "epsilon":
            return torch.where(snr > 0, clamped / snr.clamp(min=1e-12), torch.ones_like(snr))
        return clamped / (snr + 1) if self.prediction == "v_prediction" else clamped

    def _roots(self, timesteps: Tensor) -> tuple[Tensor, Tensor]:
        signal = self.signal[timesteps][:, None, None, None]
        return signal.sqrt(), (1 - signal).sqrt()


def region_weights(repaint: Tensor, shade: Tensor, settings: LossSettings) -> Tensor:
    """What an error counts in each cell.

    Args:
        repaint: (B, 1, h, w), 1 = the network paints this cell.
        shade: (B, 1, h, w) in [0, 1], how much light the product takes away; 0 where that is not known.
        settings: What each region counts.

    Returns:
        (B, 1, h, w), at least 0; the mean over a picture is 1.
    """
    weights = torch.where(repaint > 0, settings.hole, settings.kept)
    if settings.contour_cells:
        reach = 2 * settings.contour_cells + 1
        near_hole, near_kept = (
            functional.max_pool2d(region.float(), reach, 1, settings.contour_cells) for region in (repaint, 1 - repaint)
        )
        weights = torch.where(near_hole * near_kept > 0, settings.contour, weights)
    weights = weights * (1 + (settings.shadow - 1) * shade * repaint)
    return weights / weights.mean((1, 2, 3), keepdim=True).clamp(min=1e-6)


def weighted_errors(predicted: Tensor, target: Tensor, weights: Tensor, levels: Tensor) -> Tensor:
    """The weighted mean squared error of each picture, (B,), in single precision."""
    squared = (predicted.float() - target.float()) ** 2
    return (squared * weights).mean((1, 2, 3)) * levels
