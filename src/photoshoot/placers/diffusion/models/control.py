"""What a ControlNet holds the painting to: pictures of the product or of the set, and each shot's weight.

Source: Zhang et al., "Adding Conditional Control to Text-to-Image Diffusion Models", arXiv 2302.05543.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from torch import Tensor
from torch.nn import functional

from photoshoot.placers.diffusion.canvas.latent_grid import PRODUCT_ALPHA, Grid, resize
from photoshoot.placers.diffusion.models.networks import UNET_CHANNELS
from photoshoot.placers.diffusion.models.set_pictures import EDGES

PRODUCT = "product"
"""Kind of control, as ``DiffusionSettings.control`` names it; ``set_pictures`` has the others."""
_TO_PAINT = -1.0  # what stands in a picture where there is nothing yet. Source: control_v11p_sd15_inpaint's card


class ControlledUNet:
    """Takes a UNet's place in one pass: a ControlNet looks at the same rows first, and its answer is added inside.

    Args:
        unet: What paints.
        network: Made for it.
        image: (B, 3, 8 h, 8 w), what the shots are held to: as ``draw_product`` or ``draw_set`` give it.
        scales: Weight of the control, one a shot; 0 is exactly as without.
    """

    def __init__(
        self, unet: UNet2DConditionModel, network: ControlNetModel, image: Tensor, scales: Sequence[float]
    ) -> None:
        self._unet, self._network = unet, network
        self._image = image.to(network.dtype).repeat(2, 1, 1, 1)  # the prompts' rows, then the negative ones'
        weights = torch.tensor([*scales, *scales], dtype=network.dtype)
        self._scales = weights.to(image.device)[:, None, None, None]

    @property
    def dtype(self) -> torch.dtype:
        """Of the weights."""
        dtype: torch.dtype = self._unet.dtype
        return dtype

    def __call__(
        self, sample: Tensor, timestep: Tensor, *, added_cond_kwargs: Mapping[str, Tensor], **keywords: object
    ) -> tuple[Tensor]:
        """As the UNet is called; rows without control are those of the UNet alone, to the bit."""
        down, middle = self._answer(sample, timestep, added_cond_kwargs)
        predicted: tuple[Tensor] = self._unet(
            sample,
            timestep,
            added_cond_kwargs=added_cond_kwargs,
            down_block_additional_residuals=down,
            mid_block_additional_residual=middle,
            **keywords,
        )
        return predicted

    def _answer(
        self, sample: Tensor, timestep: Tensor, added_cond_kwargs: Mapping[str, Tensor]
    ) -> tuple[tuple[Tensor, ...], Tensor]:
        """What is added to the UNet's features on its way down, and at its deepest."""
        down, middle = self._network(
            sample[:, : self._network.config.in_channels],
            timestep,
            encoder_hidden_states=None,
            controlnet_cond=self._image[: len(sample)].detach(),
            added_cond_kwargs=added_cond_kwargs,
            return_dict=False,
        )
        return tuple(self._weigh(part) for part in down), self._weigh(middle)

    def _weigh(self, part: Tensor) -> Tensor:
        scales = self._scales[: len(part)]
        return torch.where(scales == 0, 0, part * scales)  # nought times an overflow would be no number


def draw_product(pictures: Tensor, alpha_matte: Tensor, grid: Grid, network: ControlNetModel) -> Tensor:
    """What tells a ControlNet where the product is.

    Args:
        pictures: Products on anything, padded, (B, 3, H, W) in [-1, 1]; of the grid's size or a larger one.
        alpha_matte: (B, H, W), padded likewise.
        grid: What is painted.
        network: One with 9 channels sees the product's latents, and is shown the mask alone, 1 = to paint; one with 4
            is shown the product in [0, 1], and -1 where there is nothing yet. Sources: the published pipelines of
            arXiv 2404.10157, and the model cards of ``control_v11p_sd15_inpaint`` and ``EcomXL_controlnet_inpaint``.

    Returns:
        (B, 3, the grid's padded height and width).
    """
    share = _at_size(alpha_matte, grid)
    to_paint = share < PRODUCT_ALPHA
    if network.config.in_channels == UNET_CHANNELS:
        return to_paint.float().expand(-1, 3, -1, -1)
    return torch.where(to_paint, _TO_PAINT, (resize(pictures, grid) + 1) / 2)


def draw_set(pictures: Tensor, grid: Grid, kind: str) -> Tensor:
    """What shows a ControlNet a set.

    Args:
        pictures: (B, 1 or 3, H, W) in [0, 1], padded, see ``SHOW``; of the grid's size or a larger one.
        grid: What is painted.
        kind: Of control: lines stay as bright as they are where they are made smaller.

    Returns:
        (B, 3, the grid's padded height and width).
    """
    pool = functional.adaptive_max_pool2d if kind == EDGES else functional.adaptive_avg_pool2d
    return pool(pictures.float(), (grid.padded_height_px, grid.padded_width_px)).expand(-1, 3, -1, -1)


def _at_size(plane: Tensor, grid: Grid) -> Tensor:
    """(B, H, W) as (B, 1, the grid's size)."""
    return functional.adaptive_avg_pool2d(plane.float()[:, None], (grid.padded_height_px, grid.padded_width_px))
