"""The library's placer over networks that are there already."""

from __future__ import annotations

import torch
from networks import SCHEDULER, Networks

from photoshoot.engines.build import STARTER
from photoshoot.placers.diffusion.attention import install_attention
from photoshoot.placers.diffusion.compiling import fuse_self_attention
from photoshoot.placers.diffusion.loading import STYLE_BLOCKS
from photoshoot.placers.diffusion.model_parts import Family, Models, StyleAdapter
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import DiffusionSettings


def join_models(networks: Networks, family: Family, settings: DiffusionSettings) -> Models:
    """Prepare networks as loading them from files does. Their UNet is ours from then on."""
    unet = networks.unet
    (projection,) = unet.encoder_hid_proj.image_projection_layers
    unet.encoder_hid_proj = None
    unet.config.encoder_hid_dim_type = None
    if settings.compile:
        fuse_self_attention(unet)
    if networks.device.type == "cuda":
        for network in (unet, networks.vae):
            network.to(memory_format=torch.channels_last)
    return Models(
        family=family,
        tokenizers=networks.tokenizers,
        text_encoders=networks.text_encoders,
        unet=unet,
        vae=networks.vae,
        scheduler_config=SCHEDULER,
        attention=install_attention(unet, STYLE_BLOCKS[family]),
        adapter=StyleAdapter(
            image_encoder=networks.image_encoder,
            image_processor=networks.image_processor,
            projection=projection,
            plus=True,
        ),
        device=networks.device,
        dtype=networks.dtype,
        identity={"networks": "random weights"},
    )


def build_placer(models: Models, settings: DiffusionSettings) -> DiffusionPlacer:
    """The public placer."""
    starter = StudioPlacer(STARTER) if settings.init == "studio" else None
    return DiffusionPlacer(models, settings, starter=starter, segmenter=U2NetSegmenter())
