"""Pictures to latents and back."""

import functools
import logging
import math
from collections.abc import Callable, Iterator
from typing import Final

import torch
from diffusers import AutoencoderKL
from torch import Tensor, nn

from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX
from photoshoot.placers.diffusion.canvas.patches import from_patches, to_patches
from photoshoot.placers.diffusion.hosting.memory_errors import Shortage, attempt
from photoshoot.placers.diffusion.hosting.offloading import at_work

CELLS_TOGETHER: Final = 34_000
"""Latent cells that go through an autoencoder at a time, two landscape pictures' or one story's: they take as much
memory as many rows of the UNet, and fill a GPU."""
TILE_CELLS: Final = 64 * 64
"""Most latent cells of a tile, whatever the autoencoder was trained on: XL's own tiles are as large as a picture."""
AUTO, ALWAYS, NEVER = "auto", "always", "never"
"""When pictures go through in tiles: where memory does not hold one whole, or as it says."""

_log = logging.getLogger("photoshoot")


class LatentCodec:
    """Encodes and decodes a few pictures at a time, so that memory does not grow with the batch.

    Where memory does not hold even those, fewer go at a time, and in the end one in overlapping tiles, which changes
    its tones a little; a warning says so.

    Args:
        vae: Runs in the number format it has; SDXL's stock one overflows in half precision.
        device: Where it works; None: where it lies. From elsewhere it comes for the time of its work.
        tiling: See ``DiffusionSettings.vae_tiling``.
    """

    def __init__(self, vae: AutoencoderKL, device: torch.device | None = None, tiling: str = AUTO) -> None:
        self._vae, self._device, self._tiling = vae, device, tiling
        self.used_tiles = False
        """Whether any picture went through in tiles, until it is set back."""

    def encode(self, images: Tensor) -> Tensor:
        """Encode pictures (B, 3, H, W) in [-1, 1], sides multiples of 8.

        Returns:
            Latents (B, 4, H / 8, W / 8), float32; the likeliest ones, so the same picture has the same latents.

        Raises:
            torch.OutOfMemoryError: A single picture does not fit in the device's memory, not even in tiles.
        """
        cells = images.shape[-2] * images.shape[-1] // CELL_PX**2
        return torch.cat(list(self._in_parts(images, cells, self._encode)))

    def decode(self, latents: Tensor) -> Iterator[Tensor]:
        """Decode latents (B, 4, h, w), a few pictures at a time, as they are asked for.

        A picture in which half precision overflows is decoded again in single precision.

        Yields:
            Pictures (n, 3, 8 h, 8 w) in [-1, 1], float32; NaN stays NaN.

        Raises:
            torch.OutOfMemoryError: A single picture does not fit in the device's memory, not even in tiles.
        """
        return self._in_parts(latents, latents.shape[-2] * latents.shape[-1], self._decode)

    def _in_parts(self, inputs: Tensor, cells: int, work: Callable[[Tensor, bool], Tensor]) -> Iterator[Tensor]:
        tiled, done = self._tiling == ALWAYS, 0
        together = 1 if tiled else pictures_together(cells)
        while done < len(inputs):
            part = inputs[done : done + together]
            made = attempt(functools.partial(work, part, tiled))
            if not isinstance(made, Shortage):
                done += len(part)
                yield made
            elif len(part) > 1:
                together = len(part) // 2
                _log.warning("memory is short: the autoencoder goes on with %d pictures at a time", together)
            elif not tiled and self._tiling == AUTO:
                tiled = True
                _log.warning("memory is short: the autoencoder works in tiles, which changes tones a little")
            else:
                raise torch.OutOfMemoryError(made.message)
            del made

    def _encode(self, images: Tensor, tiled: bool) -> Tensor:
        def run(part: Tensor) -> Tensor:
            mean: Tensor = self._vae.encode(part).latent_dist.mode()
            return self._to_network(mean.float())

        return self._run(run, images, tiled)

    def _decode(self, latents: Tensor, tiled: bool) -> Tensor:
        def run(part: Tensor) -> Tensor:
            images: Tensor = self._vae.decode(part, return_dict=False)[0]
            return images.float()

        return self._run(run, self._from_network(latents), tiled).clamp(-1, 1)

    def _to_network(self, latents: Tensor) -> Tensor:
        """An autoencoder's latents at the scale that the painter was taught at."""
        if not hasattr(self._vae, "bn"):
            return latents * float(self._vae.config.scaling_factor)
        mean, deviation = self._patch_statistics(latents.device)
        return from_patches((to_patches(latents) - mean) / deviation)

    def _from_network(self, latents: Tensor) -> Tensor:
        """The way back."""
        if not hasattr(self._vae, "bn"):
            return latents / float(self._vae.config.scaling_factor)
        mean, deviation = self._patch_statistics(latents.device)
        return from_patches(to_patches(latents) * deviation + mean)

    def _patch_statistics(self, device: torch.device) -> tuple[Tensor, Tensor]:
        """Mean and deviation (1, 4 C, 1, 1) of patches, as FLUX.2's autoencoder has them."""
        norm = self._vae.bn
        mean, variance = (of.to(device).float()[None, :, None, None] for of in (norm.running_mean, norm.running_var))
        return mean, (variance + norm.eps).sqrt()

    @torch.no_grad()
    def _run(self, work: Callable[[Tensor], Tensor], inputs: Tensor, tiled: bool) -> Tensor:
        """Run the network; once more, in single precision, on what alone of its inputs overflowed."""
        self._vae.use_tiling = tiled
        if tiled:
            side = min(self._vae.tile_latent_min_size, math.isqrt(TILE_CELLS))
            self._vae.tile_latent_min_size, self._vae.tile_sample_min_size = side, side * CELL_PX
            self.used_tiles = True
        with at_work(self._vae, self._device):
            return self._run_there(work, inputs)

    def _run_there(self, work: Callable[[Tensor], Tensor], inputs: Tensor) -> Tensor:
        dtype = self._vae.dtype
        result = work(inputs.to(dtype))
        if dtype is torch.float32 or not (broken := [i for i, fine in enumerate(_finite(result)) if not fine]):
            return result
        _log.warning("the autoencoder overflowed in %s: single precision for %d of its pictures", dtype, len(broken))
        try:
            nn.Module.to(self._vae, torch.float32)  # and back: it holds every number of half precision
            for index in broken:
                result[index : index + 1] = work(inputs[index : index + 1].float())
        finally:
            nn.Module.to(self._vae, dtype)  # diffusers' own warns of layers that it has none of
        return result


def _finite(tensors: Tensor) -> list[bool]:
    """Which of them are made of numbers alone."""
    fine: list[bool] = tensors.isfinite().flatten(1).all(1).tolist()
    return fine


def pictures_together(cells: int) -> int:
    """How many pictures of so many latent cells each go through an autoencoder at a time."""
    return max(1, CELLS_TOGETHER // max(1, cells))
