"""Tiny random networks of the real classes. Seeded; nothing global changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import torch
from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from torch import Tensor, nn
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.placers.diffusion.models.style_adapter import build_image_processor as build_processor

if TYPE_CHECKING:
    from transformers import CLIPImageProcessor

TEXT_WIDTH: Final = 32
"""Channels of the first text encoder."""
SECOND_TEXT_WIDTH: Final = 48
"""Channels of SDXL's second text encoder, and of its pooled embedding."""
CROSS_WIDTH: Final[Mapping[Family, int]] = {Family.SD15: TEXT_WIDTH, Family.SDXL: TEXT_WIDTH + SECOND_TEXT_WIDTH}
"""Channels of the tokens that a UNet attends to."""


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw from a seed inside; outside nothing has changed."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        yield


def build_unet(
    family: Family = Family.SD15, seed: int = 0, *, in_channels: int = 9, norm_groups: int = 32
) -> UNet2DConditionModel:
    """Two levels, 32 and 64 channels, with attention where the family's style blocks are.

    ``norm_groups`` below 32 lets the mean of a whole picture, its colour, through to the output.
    """
    shared = {
        "sample_size": 8,
        "in_channels": in_channels,
        "out_channels": 4,
        "block_out_channels": (32, 64),
        "layers_per_block": 1,
        "norm_num_groups": norm_groups,
        "cross_attention_dim": CROSS_WIDTH[family],
    }
    own: dict[str, object] = {
        "attention_head_dim": 8,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
        "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
    }
    if family is Family.SDXL:
        own = {
            "attention_head_dim": (2, 4),
            "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
            "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
            "transformer_layers_per_block": (1, 2),
            "use_linear_projection": True,
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": 8,
            "projection_class_embeddings_input_dim": 6 * 8 + SECOND_TEXT_WIDTH,
        }
    with seeded(seed):
        return UNet2DConditionModel(**shared, **own).eval().requires_grad_(False)


def build_control(
    family: Family = Family.SD15, seed: int = 0, *, in_channels: int = 4, norm_groups: int = 32
) -> ControlNetModel:
    """A ControlNet for ``build_unet(family)`` whose answer is not nought, as it is before it is taught.

    9 channels read what an inpainting UNet does; 4, as of most, the noisy latents alone.
    """
    with seeded(seed):
        unet = build_unet(family, in_channels=in_channels, norm_groups=norm_groups)
        network = ControlNetModel.from_unet(
            unet, conditioning_embedding_out_channels=(8, 8, 8, 8), load_weights_from_unet=False
        )
        for layer in (*network.controlnet_down_blocks, network.controlnet_mid_block):
            nn.init.normal_(layer.weight, std=0.2)
        nn.init.normal_(network.controlnet_cond_embedding.conv_out.weight, std=0.5)
    return network.eval().requires_grad_(False)


def build_vae(
    family: Family = Family.SD15,
    seed: int = 0,
    *,
    channels: tuple[int, int, int, int] = (8, 16, 16, 16),
    norm_groups: int = 8,
) -> AutoencoderKL:
    """Four levels: 8 pixels a latent cell, as in the real one. For ``norm_groups`` see ``build_unet``."""
    with seeded(seed):
        vae = AutoencoderKL(
            block_out_channels=channels,
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=1,
            latent_channels=4,
            norm_num_groups=norm_groups,
            sample_size=64,
            scaling_factor=0.18215 if family is Family.SD15 else 0.13025,
            force_upcast=family is Family.SDXL,
        )
    return vae.eval().requires_grad_(False)


def build_text_encoders(
    family: Family = Family.SD15, seed: int = 0
) -> tuple[CLIPTextModel | CLIPTextModelWithProjection, ...]:
    """One encoder of three layers, and SDXL's second one, which also pools."""
    with seeded(seed):
        first = CLIPTextModel(_text_config(TEXT_WIDTH, "quick_gelu")).eval().requires_grad_(False)
        if family is Family.SD15:
            return (first,)
        second = CLIPTextModelWithProjection(_text_config(SECOND_TEXT_WIDTH, "gelu"))
    return first, second.eval().requires_grad_(False)


def build_image_encoder(seed: int = 0) -> CLIPVisionModelWithProjection:
    """56 pixels square, 16 patches and a class token, 32 channels, embeddings of 24."""
    config = CLIPVisionConfig(
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=3,
        num_attention_heads=4,
        image_size=56,
        patch_size=14,
        projection_dim=24,
        hidden_act="gelu",
    )
    with seeded(seed):
        return CLIPVisionModelWithProjection(config).eval().requires_grad_(False)


def build_image_processor() -> CLIPImageProcessor:
    """CLIP's own preparation of pictures, at the tiny encoder's size."""
    return build_processor(56)


def build_ip_adapter(unet: UNet2DConditionModel, *, plus: bool = True, seed: int = 0) -> dict[str, dict[str, Tensor]]:
    """IP-Adapter weights for a UNet and the tiny image encoder, as ``unet._load_ip_adapter_weights`` takes them."""
    with seeded(seed):
        width, tokens = unet.config.cross_attention_dim, build_token_projections(unet)
        return {"image_proj": build_resampler(width) if plus else _pooled_projection(width), "ip_adapter": tokens}


def build_token_projections(unet: UNet2DConditionModel) -> dict[str, Tensor]:
    """What an IP-Adapter adds to each cross-attention."""
    layers = [unet.get_submodule(name[: -len(".processor")]) for name in unet.attn_processors]
    return {
        f"{index}.to_{kind}_ip.weight": nn.Linear(
            unet.config.cross_attention_dim, layer.inner_dim, bias=False
        ).weight.detach()
        for index, layer in enumerate(layers)
        if layer.is_cross_attention
        for kind in "kv"
    }


def _text_config(width: int, activation: str) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=514,
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=77,
        hidden_act=activation,
        projection_dim=width,
        bos_token_id=512,
        eos_token_id=513,
        pad_token_id=513,
        initializer_factor=2.0,
    )


def _pooled_projection(width: int) -> dict[str, Tensor]:
    """Base IP-Adapter: an embedding (24) → four tokens."""
    parts = nn.ModuleDict({"proj": nn.Linear(24, 4 * width), "norm": nn.LayerNorm(width)})
    return dict(parts.state_dict())


def build_resampler(
    width: int, hidden: int = 32, inner: int = 64, queries: int = 4, reads: int = 32
) -> dict[str, Tensor]:
    """IP-Adapter Plus: hidden states (patches, 32) → four tokens, in four layers of one head."""
    layers = [_resampler_layer(hidden, inner) for _ in range(4)]
    weights = {"latents": torch.randn(1, queries, hidden) / hidden**0.5}
    ends = {"proj_in": nn.Linear(reads, hidden), "proj_out": nn.Linear(hidden, width), "norm_out": nn.LayerNorm(width)}
    return {**weights, **nn.ModuleDict({**ends, "layers": nn.ModuleList(layers)}).state_dict()}


def _resampler_layer(hidden: int, inner: int) -> nn.ModuleList:
    attention = nn.ModuleDict(
        {
            "norm1": nn.LayerNorm(hidden),
            "norm2": nn.LayerNorm(hidden),
            "to_q": nn.Linear(hidden, inner, bias=False),
            "to_kv": nn.Linear(hidden, 2 * inner, bias=False),
            "to_out": nn.Linear(inner, hidden, bias=False),
        }
    )
    wide, narrow = nn.Linear(hidden, 4 * hidden, bias=False), nn.Linear(4 * hidden, hidden, bias=False)
    return nn.ModuleList([attention, nn.Sequential(nn.LayerNorm(hidden), wide, nn.GELU(), narrow)])
