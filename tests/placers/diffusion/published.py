"""Checkpoints of the published sizes without numbers: files as long as the real ones, with nothing but a header."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from torch import Tensor, nn
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    PreTrainedModel,
)

from photoshoot.placers.diffusion.model_parts import Family
from tests.placers.diffusion.checkpoints import name_text_encoders, write_frame
from tests.placers.diffusion.tiny_networks import build_resampler, build_token_projections

_CLIP_L: Final = {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12}
_BIG_G: Final = {
    "hidden_size": 1280,
    "intermediate_size": 5120,
    "num_hidden_layers": 32,
    "num_attention_heads": 20,
    "projection_dim": 1280,
}
_VIT_H: Final = _BIG_G | {"num_attention_heads": 16, "patch_size": 14, "projection_dim": 1024, "image_size": 224}
UNETS: Final[Mapping[Family, Mapping[str, object]]] = {
    Family.SD15: {
        "sample_size": 64,
        "cross_attention_dim": 768,
        "attention_head_dim": 8,  # the number of heads, under its historic name
        "block_out_channels": (320, 640, 1280, 1280),
    },
    Family.SDXL: {
        "sample_size": 128,
        "cross_attention_dim": 2048,
        "attention_head_dim": (5, 10, 20),
        "block_out_channels": (320, 640, 1280),
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        "transformer_layers_per_block": (1, 2, 10),
        "use_linear_projection": True,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816,
    },
}
PARAMETERS: Final = {Family.SD15: 859_535_364, Family.SDXL: 2_567_478_084}
"""Of the published inpainting UNets."""


def write_published(folder: Path, family: Family, *, force_upcast: bool = False) -> Path:
    """A whole model and its style adapter, in half precision.

    Args:
        folder: Where to.
        family: Which kind.
        force_upcast: Whether the autoencoder is one that overflows in half precision.
    """
    with torch.device("meta"):
        unet = UNet2DConditionModel(in_channels=9, **UNETS[family])
        vae = AutoencoderKL(
            block_out_channels=(128, 256, 512, 512),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=2,
            force_upcast=force_upcast,
        )
        first = CLIPTextModel(_text_config(_CLIP_L))
        second = [CLIPTextModelWithProjection(_text_config(_BIG_G))] if family is Family.SDXL else []
        encoder = CLIPVisionModelWithProjection(CLIPVisionConfig(hidden_act="gelu", **_VIT_H))
        width = 768 if family is Family.SD15 else 1280
        resampler = build_resampler(unet.config.cross_attention_dim, width, width, queries=16, reads=1280)
        parts = {"image_proj": resampler, "ip_adapter": build_token_projections(unet)}
    assert sum(weight.numel() for weight in unet.parameters()) == PARAMETERS[family]
    networks = {"unet": unet, "vae": vae, "image_encoder": encoder, **name_text_encoders([first, *second])}
    for name, network in networks.items():
        _write_network(folder / name, network)
    named = {f"{part}.{name}": weight for part, weights in parts.items() for name, weight in weights.items()}
    _write_shapes(folder / "ip_adapter.safetensors", named)
    return write_frame(folder, family)


def _text_config(sizes: Mapping[str, int]) -> CLIPTextConfig:
    return CLIPTextConfig(vocab_size=49408, bos_token_id=512, eos_token_id=513, pad_token_id=513, **sizes)


def _write_network(folder: Path, network: nn.Module) -> None:
    if isinstance(network, PreTrainedModel):
        network.config.save_pretrained(folder)
        stem = "model"
    else:
        cast(UNet2DConditionModel, network).save_config(folder)
        stem = "diffusion_pytorch_model"
    _write_shapes(folder / f"{stem}.fp16.safetensors", network.state_dict())


def _write_shapes(path: Path, weights: Mapping[str, Tensor]) -> None:
    """A ``.safetensors`` file in half precision of which the disk keeps the header alone."""
    header, end = {}, 0
    for name, weight in weights.items():
        start, end = end, end + 2 * weight.numel()
        header[name] = {"dtype": "F16", "shape": list(weight.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + end)
