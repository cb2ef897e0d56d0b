"""Checkpoints of the published sizes without numbers: files as long as the real ones, with nothing but a header."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final, cast

import torch
from benchmarks.klein_sizes import LANGUAGE, PARAMETERS, TRANSFORMER
from benchmarks.network_sizes import SD15, SDXL, Sizes
from diffusers import (
    AutoencoderKL,
    AutoencoderKLFlux2,
    ControlNetModel,
    Flux2Transformer2DModel,
    UNet2DConditionModel,
)
from torch import Tensor, nn
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    PreTrainedModel,
    Qwen3Config,
    Qwen3Model,
)

from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.profiles import RELIGHT_FILE
from tests.placers.diffusion.checkpoints import name_text_encoders, write_frame
from tests.placers.diffusion.tiny_flow import write_klein
from tests.placers.diffusion.tiny_networks import build_resampler, build_token_projections

_NAMES: Final = {torch.float16: "F16", torch.bfloat16: "BF16"}
SIZES: Final[Mapping[Family, Sizes]] = {Family.SD15: SD15, Family.SDXL: SDXL}
"""Of the published inpainting models."""
FEW_BLOCKS: Final[Mapping[Family, Mapping[str, object]]] = {
    Family.SD15: {"layers_per_block": 1},
    Family.SDXL: {"layers_per_block": 1, "transformer_layers_per_block": (1, 2, 2)},
}
FEW_LAYERS: Final = {"num_hidden_layers": 2}
"""Of layers that are all alike: a card does the same for each, and a test of what it does need not see all 32."""
FEW_FLOW_BLOCKS: Final = {"num_layers": 2, "num_single_layers": 2}
FEW_LANGUAGE_LAYERS: Final = {"num_hidden_layers": 4}
"""The words are read behind each quarter of the layers."""


def write_published(folder: Path, family: Family, *, force_upcast: bool = False) -> Path:
    """A whole model and its style adapter, in half precision; of layers that are all alike there are one or two.

    Args:
        folder: Where to.
        family: Which kind.
        force_upcast: Whether the autoencoder is one that overflows in half precision.
    """
    sizes = SIZES[family]
    check_parameters(sizes)
    with torch.device("meta"):
        unet, control = _build_painters(sizes.unet, **FEW_BLOCKS[family])
        vae = AutoencoderKL(**{**sizes.vae, "layers_per_block": 1, "force_upcast": force_upcast})
        texts = [_build_text_encoder({**words, **FEW_LAYERS}) for words in sizes.text]
        encoder = CLIPVisionModelWithProjection(CLIPVisionConfig(image_size=224, **{**sizes.vision, **FEW_LAYERS}))
        width = 768 if family is Family.SD15 else 1280
        resampler = build_resampler(unet.config.cross_attention_dim, width, width, queries=16, reads=1280)
        parts = {"image_proj": resampler, "ip_adapter": build_token_projections(unet)}
    networks = {"unet": unet, "vae": vae, "image_encoder": encoder, **name_text_encoders(texts)}
    networks["controlnet"] = control
    for name, network in networks.items():
        _write_network(folder / name, network)
    named = {f"{part}.{name}": weight for part, weights in parts.items() for name, weight in weights.items()}
    _write_shapes(folder / "ip_adapter.safetensors", named)
    return write_frame(folder, family)


def check_parameters(sizes: Sizes) -> None:
    """Hold that networks built from these sizes have as many parameters as the published ones."""
    with torch.device("meta"):
        unet, control = _build_painters(sizes.unet)
    for name, network in (("unet", unet), ("controlnet", control)):
        assert sum(weight.numel() for weight in network.parameters()) == sizes.parameters[name]


def _build_painters(sizes: Mapping[str, object], **changes: object) -> tuple[UNet2DConditionModel, ControlNetModel]:
    unet = UNet2DConditionModel(**{**sizes, **changes})
    plain = UNet2DConditionModel(**{**sizes, **changes, "in_channels": 4})
    return unet, ControlNetModel.from_unet(plain, load_weights_from_unet=False)


def write_published_klein(folder: Path) -> Path:
    """FLUX.2 klein, in bfloat16 as it is published: what is loaded need not be converted, which would fill 16 GB.

    Of layers that are all alike there are a few.
    """
    write_klein(folder)
    for stale in folder.rglob("*.safetensors"):
        stale.unlink()
    for name, network in _build_klein({}, {}).items():
        assert sum(weight.numel() for weight in network.parameters()) == PARAMETERS[name]
    for name, network in _build_klein(FEW_FLOW_BLOCKS, FEW_LANGUAGE_LAYERS).items():
        _write_network(folder / name, network, torch.bfloat16)
    return folder


def _build_klein(blocks: Mapping[str, int], layers: Mapping[str, int]) -> dict[str, nn.Module]:
    with torch.device("meta"):
        return {
            "transformer": Flux2Transformer2DModel(**{**TRANSFORMER, **blocks}),
            "vae": AutoencoderKLFlux2(),
            "text_encoder": Qwen3Model(Qwen3Config(**{**LANGUAGE, **layers})),
        }


def write_narrow_relight(folder: Path) -> Path:
    """A plain Stable Diffusion 1.5 with IC-Light's file in it, in half precision: each layer, a tenth as wide.

    The host adds each offset to its weight, numbers and all: at the published width 3 GB of them.
    """
    sizes = SIZES[Family.SD15]
    narrow = {**sizes.unet, "block_out_channels": (32, 64, 128, 128)}
    with torch.device("meta"):
        plain, wide = (UNet2DConditionModel(**{**narrow, "in_channels": channels}) for channels in (4, 12))
        vae, text = AutoencoderKL(**sizes.vae), _build_text_encoder(sizes.text[0])
    for name, network in (("unet", plain), ("vae", vae), ("text_encoder", text)):
        _write_network(folder / name, network)
    _write_shapes(folder / RELIGHT_FILE, wide.state_dict())
    return write_frame(folder, Family.SD15)


def _build_text_encoder(words: Mapping[str, object]) -> CLIPTextModel | CLIPTextModelWithProjection:
    config = CLIPTextConfig(vocab_size=49408, bos_token_id=512, eos_token_id=513, pad_token_id=513, **words)
    return CLIPTextModelWithProjection(config) if "projection_dim" in words else CLIPTextModel(config)


def _write_network(folder: Path, network: nn.Module, dtype: torch.dtype = torch.float16) -> None:
    if isinstance(network, PreTrainedModel):
        network.config.save_pretrained(folder)
        stem = "model"
    else:
        cast(UNet2DConditionModel, network).save_config(folder)
        stem = "diffusion_pytorch_model"
    variant = ".fp16" if dtype is torch.float16 else ""
    _write_shapes(folder / f"{stem}{variant}.safetensors", network.state_dict(), dtype)


def _write_shapes(path: Path, weights: Mapping[str, Tensor], dtype: torch.dtype = torch.float16) -> None:
    """A ``.safetensors`` file in 16 bits a number of which the disk keeps the header alone."""
    header, end = {}, 0
    for name, weight in weights.items():
        start, end = end, end + 2 * weight.numel()
        header[name] = {"dtype": _NAMES[dtype], "shape": list(weight.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + end)
