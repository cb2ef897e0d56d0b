"""Steps that keep the UNet's deep half from the step before: its low-resolution features hardly change between two.

Source: Ma et al., "DeepCache: Accelerating Diffusion Models for Free", arXiv 2312.00858, section 3.
"""

from collections.abc import Mapping
from typing import Any

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn


class OuterLayers(nn.Module):
    """The first and last layers of a UNet round deep features that are given.

    Args:
        unet: A pass through it leaves its deep features here while ``keeping``.
        layers: Of its way up, counted from the end, that are computed, with as many of its way down, whose outputs they
            read. What the first of them is given from below are the deep features.
    """

    def __init__(self, unet: UNet2DConditionModel, layers: int) -> None:
        super().__init__()
        self.unet = unet
        self.keeping = False
        self.deep: Tensor | None = None
        resnets = [resnet for block in unet.up_blocks for resnet in block.resnets]
        self._layers = min(layers, len(resnets) - 1)
        self._width = resnets[-self._layers - 1].out_channels
        resnets[-self._layers].register_forward_pre_hook(self._keep)

    def forward(
        self, sample: Tensor, timestep: Tensor, deep: Tensor, added_cond_kwargs: Mapping[str, Tensor]
    ) -> tuple[Tensor]:
        """What the UNet predicts, (B, 4, h, w), if its deep features (B, C, h, w) were these; else as it is called."""
        unet = self.unet
        time = unet.time_embedding(unet.get_time_embed(sample=sample, timestep=timestep))
        told = unet.get_aug_embed(emb=time, encoder_hidden_states=None, added_cond_kwargs=added_cond_kwargs)
        time = time if told is None else time + told
        painted = self._go_up(deep, self._go_down(unet.conv_in(sample), time), time)
        return (unet.conv_out(unet.conv_act(unet.conv_norm_out(painted))),)

    def _go_down(self, hidden: Tensor, time: Tensor) -> list[Tensor]:
        """Outputs of the way down that the last layers of the way up read."""
        outputs = [hidden]
        for block in self.unet.down_blocks:
            for index in range(len(block.resnets)):
                if len(outputs) < self._layers:
                    outputs.append(_run_layer(block, index, outputs[-1], time))
            if block.downsamplers and len(outputs) < self._layers:
                outputs.append(block.downsamplers[0](outputs[-1]))
        return outputs

    def _go_up(self, hidden: Tensor, outputs: list[Tensor], time: Tensor) -> Tensor:
        left_out = sum(len(block.resnets) for block in self.unet.up_blocks) - self._layers
        for block in self.unet.up_blocks:
            for index in range(left_out, len(block.resnets)):
                hidden = _run_layer(block, index, torch.cat([hidden, outputs.pop()], 1), time)
            if block.upsamplers and left_out < len(block.resnets):
                hidden = block.upsamplers[0](hidden, tuple(outputs[-1].shape[2:]))
            left_out = max(0, left_out - len(block.resnets))
        return hidden

    def _keep(self, _: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        if self.keeping:
            self.deep = inputs[0][:, : self._width].contiguous()


class CachedSteps:
    """Takes a UNet's place in one pass: every ``interval``-th step runs whole, those between their outer layers alone.

    A step that holds rows which the last whole one did not, such as the first with guidance, runs whole, too.

    Args:
        outer: Of the UNet.
        interval: 1 or more.
    """

    def __init__(self, outer: OuterLayers, interval: int) -> None:
        self._outer, self._interval = outer, interval
        self._deep: Tensor | None = None
        self._steps = 0

    @property
    def dtype(self) -> torch.dtype:
        """Of the weights."""
        dtype: torch.dtype = self._outer.unet.dtype
        return dtype

    def __call__(
        self, sample: Tensor, timestep: Tensor, *, added_cond_kwargs: Mapping[str, Tensor], **keywords: object
    ) -> tuple[Tensor]:
        """As the UNet is called."""
        known = self._deep is not None and len(sample) <= len(self._deep) and self._steps < self._interval
        if known and self._deep is not None:
            self._steps += 1
            kept = self._deep[: len(sample)].detach()
            predicted: tuple[Tensor] = self._outer(sample, timestep, kept, added_cond_kwargs=added_cond_kwargs)
            return predicted
        self._outer.keeping = True
        try:
            predicted = self._outer.unet(sample, timestep, added_cond_kwargs=added_cond_kwargs, **keywords)
        finally:
            self._outer.keeping = False
        self._deep, self._outer.deep, self._steps = self._outer.deep, None, 1
        return predicted


def _run_layer(block: Any, index: int, hidden: Tensor, time: Tensor) -> Tensor:
    """A layer of one of diffusers' blocks."""
    hidden = block.resnets[index](hidden, time)
    if hasattr(block, "attentions"):  # SDXL's outermost blocks have none
        hidden = block.attentions[index](hidden, encoder_hidden_states=None, return_dict=False)[0]
    return hidden
