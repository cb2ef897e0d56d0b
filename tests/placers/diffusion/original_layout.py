"""A tiny model as one file in the layout of the original Stable Diffusion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.checkpoints import build_text_encoders, build_unet, build_vae

_UNET_ENDS = {
    "conv_in": "input_blocks.0.0",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "mid_block.resnets.0": "middle_block.0",
    "mid_block.attentions.0": "middle_block.1",
    "mid_block.resnets.1": "middle_block.2",
}
_RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
_VAE = {
    "mid_block.resnets.0": "mid.block_1",
    "mid_block.attentions.0": "mid.attn_1",
    "mid_block.resnets.1": "mid.block_2",
    "conv_norm_out": "norm_out",
    "conv_shortcut": "nin_shortcut",
    "group_norm": "norm",
    "to_q": "q",
    "to_k": "k",
    "to_v": "v",
    "to_out.0": "proj_out",
    "downsamplers.0": "downsample",
    "upsamplers.0": "upsample",
}
_OPEN_CLIP = {
    "embeddings.token_embedding": "token_embedding",
    "embeddings.position_embedding.weight": "positional_embedding",
    "final_layer_norm": "ln_final",
    "encoder.layers": "transformer.resblocks",
    "layer_norm1": "ln_1",
    "layer_norm2": "ln_2",
    "mlp.fc1": "mlp.c_fc",
    "mlp.fc2": "mlp.c_proj",
    "self_attn.out_proj": "attn.out_proj",
}


def write_original(path: Path, family: Family, seed: int = 0, *, in_channels: int = 9) -> Path:
    """The same weights as ``write_model(folder, family, seed)``."""
    unet, vae = build_unet(family, seed, in_channels=in_channels), build_vae(family, seed + 1)
    first, *second = build_text_encoders(family, seed + 2)
    weights = {f"model.diffusion_model.{name}": weight for name, weight in _unet(unet)}
    weights |= {f"first_stage_model.{name}": weight for name, weight in _vae(vae)}
    start = "cond_stage_model" if family is Family.SD15 else "conditioner.embedders.0"
    weights |= {f"{start}.transformer.text_model.{name}": weight for name, weight in _bare(first)}
    for encoder in second:
        weights |= {f"conditioner.embedders.1.model.{name}": weight for name, weight in _open_clip(encoder)}
    save_file({name: weight.contiguous().clone() for name, weight in weights.items()}, path)
    return path


def _unet(unet: nn.Module) -> Iterator[tuple[str, Tensor]]:
    """One layer a block: two modules a block on the way down, two on the way up."""
    for name, weight in unet.state_dict().items():
        name = re.sub(
            r"^down_blocks\.(\d)\.downsamplers\.0\.conv", lambda m: f"input_blocks.{2 * int(m[1]) + 2}.0.op", name
        )
        name = re.sub(r"^down_blocks\.(\d)\.resnets\.0", lambda m: f"input_blocks.{2 * int(m[1]) + 1}.0", name)
        name = re.sub(r"^down_blocks\.(\d)\.attentions\.0", lambda m: f"input_blocks.{2 * int(m[1]) + 1}.1", name)
        name = re.sub(
            r"^up_blocks\.(\d)\.resnets\.(\d)", lambda m: f"output_blocks.{2 * int(m[1]) + int(m[2])}.0", name
        )
        name = re.sub(
            r"^up_blocks\.(\d)\.attentions\.(\d)", lambda m: f"output_blocks.{2 * int(m[1]) + int(m[2])}.1", name
        )
        after = 2 if hasattr(unet.get_submodule("up_blocks.0"), "attentions") else 1
        name = name.replace("up_blocks.0.upsamplers.0", f"output_blocks.1.{after}")
        parts = _UNET_ENDS | (_RESNET if re.search(r"resnets|blocks\.\d\.0\.", name) else {})
        yield _rename(name, parts), weight


def _vae(vae: nn.Module) -> Iterator[tuple[str, Tensor]]:
    for name, weight in vae.state_dict().items():
        name = re.sub(r"down_blocks\.(\d)\.resnets", r"down.\1.block", name)
        name = re.sub(r"down_blocks\.(\d)", r"down.\1", name)
        name = re.sub(r"up_blocks\.(\d)\.resnets", lambda m: f"up.{3 - int(m[1])}.block", name)
        name = re.sub(r"up_blocks\.(\d)", lambda m: f"up.{3 - int(m[1])}", name)
        projection = "attentions" in name and weight.ndim == 2
        yield _rename(name, _VAE), weight[..., None, None] if projection else weight


def _open_clip(encoder: nn.Module) -> Iterator[tuple[str, Tensor]]:
    weights = dict(_bare(encoder))
    for name, weight in weights.items():
        if name == "text_projection.weight":
            yield "text_projection", weight.T
        elif "q_proj" in name:
            joined = torch.cat([weights[name.replace("q_proj", other)] for other in ("q_proj", "k_proj", "v_proj")])
            yield _rename(re.sub(r"self_attn\.q_proj\.", "attn.in_proj_", name), _OPEN_CLIP), joined
        elif "k_proj" not in name and "v_proj" not in name:
            yield _rename(name, _OPEN_CLIP), weight


def _bare(encoder: nn.Module) -> Iterator[tuple[str, Tensor]]:
    for name, weight in encoder.state_dict().items():
        yield name.removeprefix("text_model."), weight


def _rename(name: str, parts: dict[str, str]) -> str:
    for ours, theirs in parts.items():
        name = name.replace(ours, theirs)
    return name
