from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from torch import nn

from photoshoot import MissingExtraError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.hosting.quantizing import quantize_linear, stored_bytes
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.sources import Sources
from tests.placers.diffusion.loaded import load
from tests.placers.diffusion.paintings import make_painting, paint
from tests.placers.diffusion.tiny_networks import build_unet, seeded

KINDS = ("int8", "fp8")


def build_layers() -> nn.Sequential:
    with seeded(1):
        layers = nn.Sequential(nn.Linear(64, 128), nn.Linear(128, 32), nn.LayerNorm(32))
    return layers.eval().requires_grad_(False)


def test_without_torchao_it_is_said_before_weights_are_read(
    model_folders: dict[Family, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torchao.quantization", None)
    with pytest.raises(MissingExtraError, match=r"\[quantization\]"):
        load(Sources(base=model_folders[Family.SD15]), quantization="int8")


def test_a_byte_a_number_and_a_scale_an_output_are_reckoned() -> None:
    layers = build_layers().half()
    plain, scales = 64 * 128 + 128 * 32, 5 * (128 + 32)
    rest = 2 * (128 + 32 + 2 * 32)
    assert stored_bytes(layers) == 2 * plain + rest
    assert stored_bytes(layers, "int8") == plain + scales + rest


@pytest.mark.parametrize("kind", KINDS)
def test_quantized_layers_give_nearly_the_same_in_less_memory(kind: str) -> None:
    pytest.importorskip("torchao", reason="torchao, of the extra quantization, is not installed")
    layers, inputs = build_layers(), torch.linspace(-2, 2, 3 * 64).view(3, 64)
    before = layers(inputs)
    quantize_linear(layers, kind)
    error = (layers(inputs) - before).norm() / before.norm()
    assert 0 < error < (0.01 if kind == "int8" else 0.05), f"{error:.4f} of the output"
    weights = [layers[place].weight for place in (0, 1)]
    held = [getattr(weight, part) for weight in weights for part in cast(Any, weight).__tensor_flatten__()[0]]
    rest = sum(weight.nbytes for name, weight in layers.named_parameters() if name not in ("0.weight", "1.weight"))
    assert sum(part.nbytes for part in held) + rest <= stored_bytes(build_layers(), kind)


def test_a_quantized_checkpoint_is_loaded(model_folders: dict[Family, Path]) -> None:
    pytest.importorskip("torchao", reason="torchao, of the extra quantization, is not installed")
    models = load(Sources(base=model_folders[Family.SD15]), quantization="int8")
    plain = load(Sources(base=model_folders[Family.SD15]))
    assert models.sizes.unet < plain.sizes.unet
    weight = models.unet.mid_block.attentions[0].transformer_blocks[0].attn1.to_q.weight
    assert type(weight).__name__ == "Int8Tensor"
    assert weight.dtype is plain.dtype
    assert all(type(weight) is type(plain.unet.conv_in.weight) for weight in models.vae.parameters())


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_quantized_unet_paints_nearly_the_same(family: Family) -> None:
    pytest.importorskip("torchao", reason="torchao, of the extra quantization, is not installed")
    plain = paint(make_painting(family=family), unet=build_unet(family))
    unet = build_unet(family)
    quantize_linear(unet, "int8")
    error = (paint(make_painting(family=family), unet=unet) - plain).norm() / plain.norm()
    assert 0 < error < 0.05, f"{error:.4f} of the latents"
