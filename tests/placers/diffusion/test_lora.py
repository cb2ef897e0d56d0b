from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from photoshoot.placers.diffusion.lora import fuse_lora
from photoshoot.placers.diffusion.models import Family
from photoshoot.settings import Lora
from tests.placers.diffusion import lora_files
from tests.placers.diffusion.checkpoints import build_text_encoders, build_unet

Namer = Callable[[str, str], tuple[str, str, str]]


def build_networks(family: Family) -> dict[str, nn.Module]:
    names = ("text_encoder", "text_encoder_2")
    return {"unet": build_unet(family), **dict(zip(names, build_text_encoders(family), strict=False))}


def fuse_and_compare(family: Family, path: Path, layers: lora_files.Layers, weight: float = 0.5) -> None:
    """Every layer changed by exactly what the LoRA says, and nothing else changed."""
    networks, before = build_networks(family), build_networks(family)
    fuse_lora(networks, Lora(path=path, weight=weight))
    for name, network in networks.items():
        for (key, now), old in zip(network.state_dict().items(), before[name].state_dict().values(), strict=True):
            change = layers.get(name, {}).get(key.removesuffix(".weight")) if key.endswith(".weight") else None
            expected = old if change is None else old + weight * change.change.view_as(old)
            torch.testing.assert_close(now, expected, msg=lambda text, key=key: f"{key}: {text}")


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("namer", [lora_files.name_as_hub, lora_files.name_as_peft])
def test_hub_layouts_change_each_layer_by_what_they_say(tmp_path: Path, family: Family, namer: Namer) -> None:
    layers = lora_files.draw_layers(build_networks(family))
    fuse_and_compare(family, lora_files.write_lora(tmp_path / "a.safetensors", layers, namer), layers)


@pytest.mark.parametrize(
    ("family", "namer"),
    [(Family.SD15, lora_files.name_as_kohya), (Family.SDXL, lora_files.name_as_kohya_sdxl)],
)
def test_kohya_layers_keep_their_own_alphas(tmp_path: Path, family: Family, namer: Namer) -> None:
    layers = lora_files.draw_layers(build_networks(family), own_alphas=True)
    fuse_and_compare(family, lora_files.write_lora(tmp_path / "a.safetensors", layers, namer), layers)
