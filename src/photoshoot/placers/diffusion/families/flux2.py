"""FLUX.2 klein 4B: Black Forest Labs, 2026. A flow in few steps, taught to follow pictures beside the text."""

import types
from collections.abc import Collection

from torch import Tensor
from transformers import Qwen3Model

from photoshoot.placers.diffusion.families.family import TRANSFORMER, Family, ModelFamily, NetworkBytes


class Flux2(ModelFamily):
    """One text encoder, a language model; 1024 x 1024 px; latents of 32 channels, painted in patches of two by two."""

    name = Family.FLUX2
    title = "FLUX.2 klein"
    profile = "flux2-klein"
    licence = "Apache-2.0"
    painter = TRANSFORMER
    latent_channels, multiple_px = 32, 16
    native_cells = 128
    text_encoders = types.MappingProxyType({"text_encoder": Qwen3Model})
    original_texts = types.MappingProxyType({})
    style_blocks = types.MappingProxyType({})
    outer_layers = 0
    unet_values, key_values, control_values, control_keys = 33_000, 1_331_000, 0, 0  # with a style picture
    published = NetworkBytes(unet=7_751_089_152, vae=168_092_230, encoders=(6_430_043_136,), layer=169_869_312)
    base_model = "flux2-klein-4b"
    half_vae = None
    pipeline = "Flux2KleinPipeline"
    index_extras = types.MappingProxyType({"is_distilled": True})

    def consists_of(self, parts: Collection[str]) -> bool:
        """A transformer and one text encoder."""
        return {TRANSFORMER, "text_encoder"} <= {*parts} and not {"text_encoder_2", "text_encoder_3"} & {*parts}

    def size_conditions(self, pooled: Tensor | None, width_px: int, height_px: int) -> dict[str, Tensor]:
        """It sees where its patches lie."""
        del pooled, width_px, height_px
        return {}
