"""The networks of Stable Diffusion inpainting in their published sizes, without their weights.

On the meta device they take no memory and serve to count operations; elsewhere they hold random weights, which are as
fast as trained ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from diffusers.models.attention_processor import IPAdapterAttnProcessor2_0
from diffusers.models.embeddings import IPAdapterPlusImageProjection, MultiIPAdapterImageProjection
from network_sizes import Sizes
from small_tokenizer import build_tokenizer
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

META = torch.device("meta")
SCHEDULER = {
    "num_train_timesteps": 1000,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "prediction_type": "epsilon",
    "steps_offset": 1,
}


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
    control: ControlNetModel | None = None
    """Beside the UNet, where one is asked for: with 4 channels, as the profiles' are."""


def build_networks(
    sizes: Sizes,
    texts: Sequence[str],
    device: torch.device = META,
    dtype: torch.dtype = torch.float32,
    seed: int = 0,
    *,
    controlled: bool = False,
) -> Networks:
    """The networks of a family; their text encoders know the words of ``texts``, one token each."""
    torch.manual_seed(seed)
    tokenizer = build_tokenizer(texts)
    with _placed(device, dtype):
        unet = UNet2DConditionModel(**sizes.unet)
        control = _build_control(sizes) if controlled else None
        vae = AutoencoderKL(**sizes.vae)
        text_encoders = tuple(build_text_encoder(words, tokenizer) for words in sizes.text)
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
        control=control,
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


def _build_control(sizes: Sizes) -> ControlNetModel:
    plain = UNet2DConditionModel(**{**sizes.unet, "in_channels": 4})
    control = ControlNetModel.from_unet(plain, load_weights_from_unet=False)
    expected = sizes.parameters.get("controlnet", count_parameters(control))
    assert count_parameters(control) == expected, "a ControlNet of another size than the published one"
    return control.eval().requires_grad_(False)


def count_parameters(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def build_text_encoder(
    words: Mapping[str, object], tokenizer: CLIPTokenizer
) -> CLIPTextModel | CLIPTextModelWithProjection:
    """A text encoder for a tokenizer's ends of text."""
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
        if name not in named:
            continue
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
