"""The networks of Stable Diffusion inpainting in their published sizes, without their weights.

On the meta device they take no memory and serve to count operations; elsewhere they hold random weights, which are as
fast as trained ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.models.attention_processor import IPAdapterAttnProcessor2_0
from diffusers.models.embeddings import IPAdapterPlusImageProjection, MultiIPAdapterImageProjection
from torch import nn
from transformers import (
    CLIPImageProcessorPil,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)
from words import build_tokenizer

META = torch.device("meta")
SCHEDULER = {
    "num_train_timesteps": 1000,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "prediction_type": "epsilon",
    "steps_offset": 1,
}


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
        "block_out_channels": (32, 64, 128, 128),
        "layers_per_block": 1,
    },
    vae=_VAE | {"block_out_channels": (8, 16, 32, 32), "layers_per_block": 1, "norm_num_groups": 8},
    text=(_TINY_CLIP,),
    vision=_TINY_CLIP | {"patch_size": 14, "projection_dim": 64},
    adapter={"embed_dims": 64, "output_dims": 64, "hidden_dims": 64, "heads": 1, "num_queries": 16, "depth": 4},
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Networks:
    """One family's networks on one device."""

    unet: UNet2DConditionModel
    """With the style adapter's layers, as diffusers leaves them after loading IP-Adapter Plus."""
    vae: AutoencoderKL
    text_encoders: tuple[CLIPTextModel | CLIPTextModelWithProjection, ...]
    tokenizers: tuple[CLIPTokenizer, ...]
    image_encoder: CLIPVisionModelWithProjection
    image_processor: CLIPImageProcessorPil
    device: torch.device
    dtype: torch.dtype


def build_networks(
    sizes: Sizes, texts: Sequence[str], device: torch.device = META, dtype: torch.dtype = torch.float32, seed: int = 0
) -> Networks:
    """The networks of a family; their text encoders know the words of ``texts``, one token each."""
    torch.manual_seed(seed)
    tokenizer = build_tokenizer(texts)
    with _placed(device, dtype):
        unet = UNet2DConditionModel(**sizes.unet)
        vae = AutoencoderKL(**sizes.vae)
        text_encoders = tuple(_build_text_encoder(words, tokenizer) for words in sizes.text)
        image_encoder = CLIPVisionModelWithProjection(CLIPVisionConfig(image_size=224, **sizes.vision))
        _check_sizes(sizes, unet, vae, text_encoders, image_encoder)
        add_style_adapter(unet, sizes.adapter)
    for network in (unet, vae, *text_encoders, image_encoder):
        network.eval().requires_grad_(False)
    return Networks(
        unet=unet,
        vae=vae,
        text_encoders=text_encoders,
        tokenizers=(tokenizer,) * len(text_encoders),
        image_encoder=image_encoder,
        image_processor=CLIPImageProcessorPil(),
        device=device,
        dtype=dtype,
    )


def add_style_adapter(unet: UNet2DConditionModel, adapter: Mapping[str, object]) -> None:
    """Leave the UNet as diffusers does after loading an IP-Adapter Plus: adapter layers, and the resampler."""
    processors = {}
    for name, processor in unet.attn_processors.items():
        if name.endswith("attn2.processor"):
            width = unet.get_submodule(name.removesuffix(".processor")).inner_dim
            tokens = (adapter["num_queries"],)
            processor = IPAdapterAttnProcessor2_0(width, unet.config.cross_attention_dim, tokens)
        processors[name] = processor
    unet.set_attn_processor(processors)
    unet.encoder_hid_proj = MultiIPAdapterImageProjection([IPAdapterPlusImageProjection(**adapter)])
    unet.config.encoder_hid_dim_type = "ip_image_proj"


def count_parameters(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def _build_text_encoder(
    words: Mapping[str, object], tokenizer: CLIPTokenizer
) -> CLIPTextModel | CLIPTextModelWithProjection:
    ends = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    config = CLIPTextConfig(vocab_size=49408, **ends, **words)
    return CLIPTextModelWithProjection(config) if "projection_dim" in words else CLIPTextModel(config)


def _check_sizes(
    sizes: Sizes,
    unet: nn.Module,
    vae: nn.Module,
    text_encoders: Sequence[nn.Module],
    image_encoder: nn.Module,
) -> None:
    """Hold that the networks, before the adapter, have the published numbers of parameters."""
    named = {"unet": unet, "vae": vae, "image_encoder": image_encoder}
    named |= {f"text_encoder_{place + 1}" if place else "text_encoder": net for place, net in enumerate(text_encoders)}
    for name, expected in sizes.parameters.items():
        found = count_parameters(named[name])
        assert found == expected, f"{name} has {found:,} parameters, the published one {expected:,}"


@contextmanager
def _placed(device: torch.device, dtype: torch.dtype) -> Iterator[None]:
    """What is built inside lies on ``device`` from the start: no copy of it in main memory."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with device:
            yield
    finally:
        torch.set_default_dtype(before)
