"""Low-rank weights (LoRA) added into the weights of a model, so that they cost nothing when it runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import nn

from photoshoot.errors import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.lora_files import Update, read_updates
from photoshoot.settings import Lora

_FILE_NAME = "pytorch_lora_weights.safetensors"
_Layer = nn.Linear | nn.Conv2d


def find_lora_file(path: Path) -> Path:
    """The weights file of a LoRA that is given as a file, or as a folder in the hub's layout.

    Raises:
        WeightsMissingError: There is none.
    """
    file = path / _FILE_NAME if path.is_dir() else path
    if not file.is_file():
        raise WeightsMissingError(
            f"the LoRA {file} is missing: check its path, or get it with `photoshoot weights pull`"
        )
    return file


@torch.no_grad()
def fuse_lora(networks: Mapping[str, nn.Module], lora: Lora, *, allow_pickle: bool = False) -> None:
    """Add a LoRA into the weights of a model, in place. Where layers have scales (alpha) of their own, each keeps its.

    Args:
        networks: ``"unet"``, ``"text_encoder"`` and, in SDXL, ``"text_encoder_2"``.
        lora: In the layout of the hub, of peft, or of kohya's scripts.
        allow_pickle: Accept a pickle.

    Raises:
        WeightsMissingError: There is no such file.
        WeightsError: It is no plain LoRA, or is for another model: nothing has changed then.
    """
    file = find_lora_file(lora.path)
    updates = read_updates(file, networks, allow_pickle=allow_pickle)
    layers = {
        (name, path.removeprefix("text_model.")): layer
        for name, network in networks.items()
        for path, layer in network.named_modules()
    }
    targets = [_find_layer(layers, update) for update in updates]
    lost = [f"{update.network}.{update.path}" for update, layer in zip(updates, targets, strict=True) if layer is None]
    if lost:
        raise WeightsError(f"{file} is for another model: {len(lost)} of {len(updates)} layers don't fit, as {lost[0]}")
    for update, layer in zip(updates, targets, strict=True):
        if layer is not None:
            _add(layer, update, lora.weight)


def _find_layer(layers: Mapping[tuple[str, str], nn.Module], update: Update) -> _Layer | None:
    """The layer that an update is for; None: there is none, or one of another shape."""
    layer = layers.get((update.network, update.path.removeprefix("text_model.")))
    return layer if isinstance(layer, _Layer) and _fits(layer, update) else None


def _fits(layer: _Layer, update: Update) -> bool:
    rank, inputs = update.down.flatten(1).shape
    return update.up.shape[:2] == (len(layer.weight), rank) and inputs == layer.weight[0].numel()


def _add(layer: _Layer, update: Update, weight: float) -> None:
    """In single precision, rounded once."""
    up, down = (half.to(layer.weight.device, torch.float32).flatten(1) for half in (update.up, update.down))
    change = (up @ down).view_as(layer.weight) * (weight * update.scale)
    layer.weight.copy_(layer.weight.float() + change)
