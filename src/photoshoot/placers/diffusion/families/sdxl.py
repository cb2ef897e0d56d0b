"""Stable Diffusion XL: Podell et al., arXiv 2307.01952."""

import types
from collections.abc import Collection

import torch
from diffusers.loaders.single_file_utils import convert_ldm_clip_checkpoint, convert_open_clip_checkpoint
from torch import Tensor
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from photoshoot.placers.diffusion.components.attention import STYLE_BLOCKS_SDXL
from photoshoot.placers.diffusion.families.family import Family, ModelFamily, NetworkBytes

_SECOND_TEXT = "conditioner.embedders.1.model."


def size_conditions(pooled: Tensor, width_px: int, height_px: int) -> dict[str, Tensor]:
    """Pooled texts (rows, P), and that the picture is whole and of this size."""
    sizes = torch.tensor([height_px, width_px, 0, 0, height_px, width_px], dtype=pooled.dtype, device=pooled.device)
    return {"text_embeds": pooled, "time_ids": sizes.expand(len(pooled), -1)}


def _convert_second(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    named: dict[str, Tensor] = convert_open_clip_checkpoint(None, weights, _SECOND_TEXT)
    return named


class Sdxl(ModelFamily):
    """Two text encoders, 1024 x 1024 px, told the size that is painted."""

    name = Family.SDXL
    title = "Stable Diffusion XL"
    profile = "sdxl"
    licence = "openrail++"
    native_cells = 128
    text_encoders = types.MappingProxyType(
        {"text_encoder": CLIPTextModel, "text_encoder_2": CLIPTextModelWithProjection}
    )
    original_texts = types.MappingProxyType(
        {"conditioner.embedders.0.transformer.": convert_ldm_clip_checkpoint, _SECOND_TEXT: _convert_second}
    )
    style_blocks = STYLE_BLOCKS_SDXL
    outer_layers = (
        6  # 31 % of the operations at 210 x 80 latent pixels; the outermost three have no attention, and are 7 %
    )
    unet_values, key_values, control_values, control_keys = 5060, 166_400, 1840, 83_970
    published = NetworkBytes(
        unet=5_239_813_768,
        vae=167_307_726,
        encoders=(246_120_960, 1_389_319_680, 1_264_153_600),
        layer=58_984_960,
        kept=165_923_328,
    )
    base_model = "sdxl-inpaint"
    half_vae = "sdxl-vae-fp16-fix"
    pipeline = "StableDiffusionXLInpaintPipeline"
    index_extras = types.MappingProxyType({})

    def consists_of(self, parts: Collection[str]) -> bool:
        """A UNet and two text encoders."""
        return {"unet", "text_encoder_2"} <= {*parts} and "text_encoder_3" not in parts

    def size_conditions(self, pooled: Tensor | None, width_px: int, height_px: int) -> dict[str, Tensor]:
        """The pooled texts, and the size."""
        return {} if pooled is None else size_conditions(pooled, width_px, height_px)
