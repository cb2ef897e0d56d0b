"""Tiny LoRA files in the layouts that people have."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

_TEXT_NAMES = {"q_proj": "to_q", "k_proj": "to_k", "v_proj": "to_v", "out_proj": "to_out"}


@dataclass(frozen=True, kw_only=True, eq=False)
class LoraLayer:
    """A change of one layer's weights."""

    down: Tensor
    up: Tensor
    alpha: float

    @property
    def change(self) -> Tensor:
        """What the layer's weights change by, flat (outputs, inputs)."""
        return self.up.flatten(1) @ self.down.flatten(1) * (self.alpha / len(self.down))


Layers = Mapping[str, Mapping[str, LoraLayer]]
"""Network → layer → its change."""


def draw_layers(networks: Mapping[str, nn.Module], seed: int = 0, *, own_alphas: bool = False) -> Layers:
    """A change of every linear and convolution layer, of ranks 4 and 2.

    Args:
        networks: ``"unet"``, ``"text_encoder"``…
        seed: Of the change.
        own_alphas: Each layer has a scale of its own; else alpha = rank, a scale of 1.
    """
    generator = torch.Generator().manual_seed(seed)
    changes: dict[str, dict[str, LoraLayer]] = {}
    for name, network in networks.items():
        layers = [(path, layer) for path, layer in network.named_modules() if isinstance(layer, nn.Linear | nn.Conv2d)]
        for index, (path, layer) in enumerate(layers):
            rank, ones = (4, 2)[index % 2], (1,) * (layer.weight.ndim - 2)
            changes.setdefault(name, {})[path] = LoraLayer(
                down=torch.randn(rank, *layer.weight.shape[1:], generator=generator) * 0.1,
                up=torch.randn(len(layer.weight), rank, *ones, generator=generator) * 0.1,
                alpha=(1.0, 4.0, 8.0)[index % 3] if own_alphas else float(rank),
            )
    return changes


def write_lora(path: Path, layers: Layers, name_keys: Callable[[str, str], tuple[str, str, str]]) -> Path:
    """Write a file whose keys (down, up, alpha) are named by network and layer; no alpha where its key is empty."""
    weights = {}
    for network, named in layers.items():
        for layer, change in named.items():
            down, up, alpha = name_keys(network, layer)
            weights.update({down: change.down, up: change.up})
            if alpha:
                weights[alpha] = torch.tensor(change.alpha)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: weight.contiguous() for name, weight in weights.items()}, path)
    return path


def name_as_hub(network: str, layer: str) -> tuple[str, str, str]:
    """As diffusers' training scripts save."""
    start = f"{network}.{_hub_path(network, layer)}"
    return f"{start}.lora.down.weight", f"{start}.lora.up.weight", ""


def name_as_peft(network: str, layer: str) -> tuple[str, str, str]:
    """As diffusers' pipelines save today."""
    start = f"{network}.{_hub_path(network, layer)}"
    return f"{start}.lora_A.weight", f"{start}.lora_B.weight", ""


def name_as_kohya(network: str, layer: str) -> tuple[str, str, str]:
    """As kohya's scripts save, for a model with one text encoder."""
    return _name_flat({"unet": "lora_unet", "text_encoder": "lora_te"}[network], _hub_path(network, layer))


def name_as_kohya_sdxl(network: str, layer: str) -> tuple[str, str, str]:
    """As kohya's scripts save, for a model with two text encoders and diffusers' names of blocks."""
    start = {"unet": "lora_unet", "text_encoder": "lora_te1", "text_encoder_2": "lora_te2"}[network]
    return _name_flat(start, _hub_path(network, layer))


def write_peft_lora(path: Path, layers: Layers, *, alpha: float, patterns: Mapping[str, float]) -> Path:
    """A file of today's diffusers, which carries peft's configuration; the layers' own alphas are not in it."""
    weights = {}
    for network, named in layers.items():
        for layer, change in named.items():
            down, up, _ = name_as_peft(network, layer)
            weights.update({down: change.down, up: change.up})
    settings = {"unet.lora_alpha": alpha, "unet.r": 4, "unet.alpha_pattern": dict(patterns)}
    save_file(weights, path, metadata={"format": "pt", "lora_adapter_metadata": json.dumps(settings)})
    return path


def _hub_path(network: str, layer: str) -> str:
    """Text encoders were once one module deeper, and files keep to that."""
    inside = network.startswith("text_encoder") and not layer.startswith(("text_model.", "text_projection"))
    return f"text_model.{layer}" if inside else layer


def _name_flat(start: str, path: str) -> tuple[str, str, str]:
    flat = f"{start}_{path.replace('.', '_')}"
    return f"{flat}.lora_down.weight", f"{flat}.lora_up.weight", f"{flat}.alpha"
