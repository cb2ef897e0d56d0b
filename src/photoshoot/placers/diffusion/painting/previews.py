"""What a painting is becoming: latents to small pictures, without the decoder, which takes longer than a step.

Latents are nearly linear in colour. The map is fitted to the model's own autoencoder, so that it is right for any.
"""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.models.model_parts import Models
from photoshoot.placers.diffusion.painting.compositing import to_bytes
from photoshoot.records import RgbImage

_HUES, _CHART_PX = 8, 256  # colours of the chart along a side, and its size: soft gradients, as pictures have


class Previewer:
    """Shows latents as pictures: by the model's ``preview_vae`` where it has one, else a pixel a latent cell.

    Args:
        models: The networks.
        codec: Of these.
    """

    def __init__(self, models: Models, codec: LatentCodec) -> None:
        self._models, self._codec = models, codec

    @torch.no_grad()
    def show(self, latents: Tensor, size: WorkingSize) -> list[RgbImage]:
        """Show a batch. Waits for the device.

        Args:
            latents: (B, 4, h, w) without noise, at any scale of what is painted.
            size: What is painted, and which part of it is the ad: that part is shown.
        """
        pictures = to_bytes(self._decode(latents))
        scale = pictures.shape[2] / size.grid.padded_width_px
        rows, columns = (_cover(part, scale) for part in size.ad.slices())
        return list(pictures[:, rows, columns].cpu().numpy())

    def _decode(self, latents: Tensor) -> Tensor:
        tiny = self._models.preview_vae
        if tiny is not None:
            decoded: Tensor = tiny.decode(latents.to(tiny.dtype), return_dict=False)[0]
            return decoded.float()
        weights = self._colors.to(latents.device)
        shown: Tensor = torch.einsum("bchw,cr->brhw", latents, weights[:-1]) + weights[-1][:, None, None]
        return shown

    @cached_property
    def _colors(self) -> Tensor:
        """(5, 3): what each latent channel, and 1, adds to red, green and blue; least squares over a colour chart."""
        drawn = torch.from_numpy(np.random.default_rng(0).uniform(-1, 1, (1, 3, _HUES, _HUES)).astype(np.float32))
        chart = functional.interpolate(drawn, (_CHART_PX, _CHART_PX), mode="bicubic").clamp(-1, 1)
        colors = functional.avg_pool2d(chart, CELL_PX)
        latents = self._codec.encode(chart.to(self._models.device)).cpu().flatten(2)[0].T.double()
        rows = torch.cat([latents, torch.ones(len(latents), 1, dtype=latents.dtype)], 1)
        fitted = torch.linalg.lstsq(rows, colors.flatten(2)[0].T.double(), driver="gelsd")
        weights: Tensor = fitted.solution.float()
        return weights


def _cover(part: slice, scale: float) -> slice:
    """The pixels of a preview that show a part of the picture."""
    start = math.floor(part.start * scale)
    return slice(start, max(start + 1, math.ceil(part.stop * scale)))
