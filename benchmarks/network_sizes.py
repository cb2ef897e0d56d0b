"""What the networks of Stable Diffusion inpainting are built from, in their published sizes and in a small one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """What the networks of one family are built from: keywords of their configurations."""

    unet: Mapping[str, object]
    vae: Mapping[str, object]
    text: tuple[Mapping[str, object], ...]
    """One text encoder, or two; one with a ``projection_dim`` projects."""
    vision: Mapping[str, object]
    adapter: Mapping[str, object]
    """Of IP-Adapter Plus's resampler."""
    parameters: Mapping[str, int] = field(default_factory=dict)
    """How many parameters each network has, by its folder in a published checkpoint."""


_VAE = {
    "block_out_channels": (128, 256, 512, 512),
    "layers_per_block": 2,
    "latent_channels": 4,
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "sample_size": 512,
    "force_upcast": False,  # Stable Diffusion XL's is the one made for half precision
}
_CLIP_L = {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12}
_BIG_G = {
    "hidden_size": 1280,
    "intermediate_size": 5120,
    "num_hidden_layers": 32,
    "num_attention_heads": 20,
    "projection_dim": 1280,
    "hidden_act": "gelu",
}
_VIT_H = {
    "hidden_size": 1280,
    "intermediate_size": 5120,
    "num_hidden_layers": 32,
    "num_attention_heads": 16,
    "patch_size": 14,
    "projection_dim": 1024,
    "hidden_act": "gelu",
}
SD15 = Sizes(
    unet={
        "in_channels": 9,
        "sample_size": 64,
        "cross_attention_dim": 768,
        "attention_head_dim": 8,  # the number of heads, under its historic name
        "block_out_channels": (320, 640, 1280, 1280),
    },
    vae=_VAE,
    text=(_CLIP_L,),
    vision=_VIT_H,
    adapter={"embed_dims": 1280, "output_dims": 768, "hidden_dims": 768, "heads": 12, "num_queries": 16, "depth": 4},
    parameters={
        "unet": 859_535_364,
        "controlnet": 361_279_120,
        "vae": 83_653_863,
        "text_encoder": 123_060_480,
        "image_encoder": 632_076_800,
    },
)
SDXL = Sizes(
    unet={
        "in_channels": 9,
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
    vae=_VAE | {"sample_size": 1024, "scaling_factor": 0.13025},
    text=(_CLIP_L, _BIG_G),
    vision=_VIT_H,
    adapter={"embed_dims": 1280, "output_dims": 2048, "hidden_dims": 1280, "heads": 20, "num_queries": 16, "depth": 4},
    parameters={
        "unet": 2_567_478_084,
        "controlnet": 1_251_014_160,
        "vae": 83_653_863,
        "text_encoder": 123_060_480,
        "text_encoder_2": 694_659_840,
        "image_encoder": 632_076_800,
    },
)
_TINY_CLIP = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2}
SMALL = Sizes(
    unet=dict(SD15.unet)
    | {
        "cross_attention_dim": 64,
        "attention_head_dim": 1,
        "block_out_channels": (32, 64),
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
        "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
        "layers_per_block": 1,
    },
    vae=_VAE | {"block_out_channels": (8, 16, 32, 32), "layers_per_block": 1, "norm_num_groups": 8},
    text=(_TINY_CLIP,),
    vision=_TINY_CLIP | {"patch_size": 14, "projection_dim": 64},
    adapter={"embed_dims": 64, "output_dims": 64, "hidden_dims": 64, "heads": 1, "num_queries": 16, "depth": 4},
)
