"""Stable Diffusion 1.5: Rombach et al., arXiv 2112.10752."""

import types
from collections.abc import Collection

from diffusers.loaders.single_file_utils import convert_ldm_clip_checkpoint
from torch import Tensor
from transformers import CLIPTextModel

from photoshoot.placers.diffusion.components.attention import STYLE_BLOCKS_SD15
from photoshoot.placers.diffusion.families.family import Family, ModelFamily, NetworkBytes


class Sd15(ModelFamily):
    """One text encoder, 512 x 512 px."""

    name = Family.SD15
    title = "Stable Diffusion 1.5"
    profile = "sd15"
    licence = "creativeml-openrail-m"
    native_cells = 64
    text_encoders = types.MappingProxyType({"text_encoder": CLIPTextModel})
    original_texts = types.MappingProxyType({"cond_stage_model.transformer.": convert_ldm_clip_checkpoint})
    style_blocks = STYLE_BLOCKS_SD15
    outer_layers = 2  # 32 % of the operations at 210 x 80 latent pixels
    unet_values, key_values, control_values, control_keys = 8320, 24_960, 2300, 12_290
    published = NetworkBytes(
        unet=1_730_867_208, vae=167_307_726, encoders=(246_120_960, 1_264_153_600), layer=58_984_960, kept=59_836_416
    )
    base_model = "sd15-inpaint"
    half_vae = None
    pipeline = "StableDiffusionInpaintPipeline"
    index_extras = types.MappingProxyType(
        {"safety_checker": [None, None], "feature_extractor": [None, None], "requires_safety_checker": False}
    )

    def consists_of(self, parts: Collection[str]) -> bool:
        """A UNet and one text encoder."""
        return "unet" in parts and not {"text_encoder_2", "text_encoder_3"} & {*parts}

    def size_conditions(self, pooled: Tensor | None, width_px: int, height_px: int) -> dict[str, Tensor]:
        """It knows no sizes."""
        del pooled, width_px, height_px
        return {}
