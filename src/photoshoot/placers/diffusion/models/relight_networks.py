"""IC-Light's networks: a plain Stable Diffusion 1.5 whose UNet has weights added, and sees two pictures more.

Source: Zhang et al., "Scaling In-the-Wild Training for Diffusion-based Illumination Harmonization and Editing by
Imposing Consistent Light Transport", ICLR 2025; the layout is that of ``iclight_sd15_fbc.safetensors``.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor
from torch.nn import functional

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.components.tensors import read_tensors
from photoshoot.placers.diffusion.models.folders import load_folder
from photoshoot.placers.diffusion.models.model_parts import Parts
from photoshoot.placers.diffusion.models.networks import DIFFUSERS_NAMES, LATENT_CHANNELS, fill, read_json, read_weights

RELIGHT_CHANNELS: Final = 3 * LATENT_CHANNELS
"""Of the UNet's input: noisy latents, the product's, the background's."""
_FIRST = "conv_in.weight"


def load_relighter(base: Path, offsets: Path, dtype: torch.dtype, *, allow_pickle: bool = False) -> Parts:
    """Read IC-Light, onto the CPU.

    Args:
        base: Folder of a plain Stable Diffusion 1.5, or of a fine-tune of it: its UNet takes 4 channels.
        offsets: IC-Light's file for foreground and background (``fbc``): what is added to each weight of the UNet.
        dtype: Of the weights; they are added in single precision.
        allow_pickle: Accept pickles.

    Raises:
        WeightsError: A file is missing or broken, or the two are not for each other.
    """
    load_painter = functools.partial(_load_unet, offsets)
    return load_folder(base, None, dtype, dtype, allow_pickle=allow_pickle, load_painter=load_painter)


def _load_unet(offsets: Path, folder: Path, dtype: torch.dtype, *, allow_pickle: bool) -> UNet2DConditionModel:
    config = read_json(folder / "config.json")
    if config.get("in_channels") != LATENT_CHANNELS:
        raise WeightsError(f"{folder} is not a plain UNet: it takes {config.get('in_channels')} channels, not 4")
    stored = torch.float32 if dtype is torch.float32 else torch.float16
    plain = read_weights(folder, DIFFUSERS_NAMES, stored, allow_pickle=allow_pickle)
    added = read_tensors(offsets, allow_pickle=allow_pickle)
    if _FIRST in plain:
        plain[_FIRST] = functional.pad(plain[_FIRST], (0, 0, 0, 0, 0, RELIGHT_CHANNELS - LATENT_CHANNELS))
    _check_pair(plain, added, folder, offsets)
    weights = {name: (plain.pop(name).float() + added.pop(name).float()).to(dtype) for name in [*plain]}
    return fill(lambda: UNet2DConditionModel.from_config({**config, "in_channels": RELIGHT_CHANNELS}), weights, offsets)


def _check_pair(plain: Mapping[str, Tensor], added: Mapping[str, Tensor], folder: Path, offsets: Path) -> None:
    """Hold that each weight has its offset."""
    if missing := sorted(plain.keys() - added.keys()):
        lacks = f"it lacks {len(missing)} weights, such as {missing[0]}"
        raise WeightsError(f"{offsets} is not an IC-Light for {folder}: {lacks}")
    for name, weight in plain.items():
        if added[name].shape != weight.shape:
            found, wanted = tuple(added[name].shape), tuple(weight.shape)
            raise WeightsError(f"{offsets} is not an IC-Light (fbc) for {folder}: its {name} is {found}, not {wanted}")
