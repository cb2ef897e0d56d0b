"""What a request is painted with: networks, tokenizers and configurations of one model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import nn

from photoshoot.placers.diffusion.canvas.latent_grid import CELL_PX
from photoshoot.placers.diffusion.families import FAMILIES, TRANSFORMER, ModelFamily
from photoshoot.placers.diffusion.families import Family as Family
from photoshoot.placers.diffusion.families import NetworkBytes as NetworkBytes

if TYPE_CHECKING:
    from diffusers import AutoencoderKL, AutoencoderTiny, ControlNetModel, UNet2DConditionModel
    from transformers import (
        CLIPImageProcessor,
        CLIPTextModel,
        CLIPTextModelWithProjection,
        CLIPTokenizer,
        CLIPVisionModelWithProjection,
    )

    from photoshoot.placers.diffusion.components.attention import AttentionControl
    from photoshoot.placers.diffusion.components.flow_transformer import Reading
    from photoshoot.placers.diffusion.components.step_cache import OuterLayers


@dataclass(frozen=True, kw_only=True, eq=False)
class StyleAdapter:
    """What turns a style reference into tokens (IP-Adapter); the layers that read them are in the UNet."""

    image_encoder: CLIPVisionModelWithProjection
    """Pictures → embeddings."""
    image_processor: CLIPImageProcessor
    """Pictures → the encoder's input."""
    projection: nn.Module
    """Embeddings → tokens (batch, tokens, the UNet's cross-attention channels)."""
    plus: bool
    """Whether ``projection`` reads the penultimate hidden states (batch, patches + 1, channels), or the pooled
    embedding (batch, channels)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Parts:
    """What one checkpoint holds, in evaluation mode."""

    family: Family
    """Which kind of networks."""
    tokenizers: tuple[CLIPTokenizer, ...]
    """One (SD15) or two (SDXL)."""
    text_encoders: tuple[CLIPTextModel | CLIPTextModelWithProjection, ...]
    """One a tokenizer."""
    unet: UNet2DConditionModel
    """The painter. A UNet: 9 input channels (noisy latents 4, repaint mask 1, masked latents 4), 4 output channels.
    Or a transformer, as its family says."""
    vae: AutoencoderKL
    """Pictures ↔ latents. In single precision where half precision would overflow (``config.force_upcast``)."""
    scheduler_config: Mapping[str, object]
    """The noise schedule that the UNet was trained with."""

    @property
    def kind(self) -> ModelFamily:
        """All that is known of its family."""
        return FAMILIES[self.family]

    @property
    def paints_by_flow(self) -> bool:
        """Whether the painter is a transformer, which reads pictures beside the one that it paints."""
        return self.kind.painter == TRANSFORMER

    @property
    def native_px(self) -> int:
        """Area of the pictures that the UNet was trained on, px: 512 x 512 for SD 1.5, 1024 x 1024 for XL."""
        size = self.unet.config.get("sample_size") or self.kind.native_cells
        rows, columns = (size, size) if isinstance(size, int) else size
        return int(rows * columns) * CELL_PX**2


@dataclass(frozen=True, kw_only=True, eq=False)
class Models(Parts):
    """A checkpoint ready to paint on one device."""

    attention: AttentionControl | Reading
    """What cross-attention reads."""
    outer: OuterLayers | None
    """The UNet without its deep half, for steps between whole ones; None: it has none."""
    adapter: StyleAdapter | None
    """None: no style references."""
    control: ControlNetModel | None = None
    """Works beside the UNet on the same rows; ``attention`` is of both. None: nothing holds the painting."""
    device: torch.device
    """Where all of it works."""
    dtype: torch.dtype
    """Of the weights."""
    rung: str
    """What stays on the device, as ``DiffusionSettings.memory`` names it."""
    sizes: NetworkBytes
    """Of the weights."""
    relighter: Parts | None = None
    """Lights products: IC-Light's networks, whose UNet has 12 input channels. None: nothing does."""
    preview_vae: AutoencoderTiny | None = None
    """Latents → pictures, roughly; None: previews have a pixel a latent cell."""
    identity: Mapping[str, str]
    """Name of a checkpoint → hub revision, or fingerprint of its files: what provenance records."""
