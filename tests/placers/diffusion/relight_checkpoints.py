"""Tiny IC-Light checkpoints, in the layout of the hub's file."""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import save_file
from torch import Tensor

from photoshoot.placers.diffusion.models.profiles import RELIGHT_FILE
from tests.placers.diffusion.checkpoints import write_sd15
from tests.placers.diffusion.tiny_networks import build_unet, seeded

SEED = 40


def build_offsets(seed: int = SEED) -> dict[str, Tensor]:
    """What is added to each weight of a plain tiny UNet, as diffusers names them; the first layer sees 12 channels."""
    names = build_unet(in_channels=12).state_dict()
    with seeded(seed):
        return {name: 0.02 * torch.randn(weight.shape) for name, weight in names.items()}


def write_relight(folder: Path, seed: int = SEED) -> Path:
    """A plain Stable Diffusion 1.5 with IC-Light's file in it, as lies in a model's ``relight``."""
    write_sd15(folder, seed, in_channels=4)
    save_file(build_offsets(), folder / RELIGHT_FILE)
    return folder


def build_reference(seed: int = SEED) -> UNet2DConditionModel:
    """Diffusers' own UNet with IC-Light put in as its authors do: a wider first layer, then each weight's offset."""
    unet = build_unet(seed=seed, in_channels=4)
    plain = unet.conv_in
    wider = torch.nn.Conv2d(12, plain.out_channels, plain.kernel_size, plain.stride, plain.padding)
    with torch.no_grad():
        wider.weight.zero_()
        wider.weight[:, :4] = plain.weight
        wider.bias = plain.bias
        unet.conv_in = wider
        offsets = build_offsets()
        unet.load_state_dict({name: weight + offsets[name] for name, weight in unet.state_dict().items()})
    return unet.eval().requires_grad_(False)
