"""Pictures to latents and back."""

from collections.abc import Iterator
from typing import Final

import torch
from diffusers import AutoencoderKL
from torch import Tensor

DECODED_TOGETHER: Final = 2
"""Pictures that are decoded at a time: decoding one takes as much memory as several rows of the UNet."""


class LatentCodec:
    """Encodes and decodes in chunks, so that memory does not grow with the batch.

    Args:
        vae: Runs in the number format it has; SDXL's stock one overflows in half precision.
    """

    def __init__(self, vae: AutoencoderKL) -> None:
        self._vae = vae
        self._scaling = float(vae.config.scaling_factor)

    @torch.no_grad()
    def encode(self, images: Tensor, chunk: int = 4) -> Tensor:
        """Encode pictures (B, 3, H, W) in [-1, 1], sides multiples of 8.

        Returns:
            Latents (B, 4, H / 8, W / 8), float32; the likeliest ones, so the same picture has the same latents.
        """
        parts = [self._vae.encode(part.to(self._vae.dtype)).latent_dist.mode() for part in torch.split(images, chunk)]
        return torch.cat(parts).float() * self._scaling

    def decode(self, latents: Tensor, chunk: int = DECODED_TOGETHER) -> Iterator[Tensor]:
        """Decode latents (B, 4, h, w), ``chunk`` pictures at a time, as they are asked for.

        Yields:
            Pictures (up to ``chunk``, 3, 8 h, 8 w) in [-1, 1], float32; NaN stays NaN.
        """
        for part in torch.split(latents, chunk):
            yield self._decode(part)

    @torch.no_grad()
    def _decode(self, latents: Tensor) -> Tensor:
        scaled = (latents / self._scaling).to(self._vae.dtype)
        images: Tensor = self._vae.decode(scaled, return_dict=False)[0]
        return images.float().clamp(-1, 1)
