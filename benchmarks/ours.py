"""The library's placer over networks of a benchmark, loaded as any checkpoint is."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

import torch
from checkpoint import write_checkpoint, write_relight
from networks import Networks
from safetensors import safe_open
from stage_watch import Watched, name_by_size
from torch import Tensor

from photoshoot.engines.build import STARTER
from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.models import relight_networks
from photoshoot.placers.diffusion.models.model_parts import Family, Models
from photoshoot.placers.diffusion.models.profiles import find_profile
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import DiffusionSettings
from photoshoot.stages import Placer


def load_networks(networks: Networks, family: Family, settings: DiffusionSettings) -> Models:
    """Networks as the library loads them from a folder, onto the device that they are on."""
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = write_checkpoint(Path(folder) / "random weights", networks, family)
        if settings.relighter == "iclight":
            write_relight(checkpoint / "relight", networks.tokenizers[0])
        with patch.multiple(
            relight_networks,
            read_weights=lambda unet, *_, **__: _read_shapes(unet / "diffusion_pytorch_model.safetensors"),
            read_tensors=lambda offsets, **_: _read_shapes(offsets),
        ):
            return load_models(find_profile(checkpoint).sources, settings, networks.device)


def _read_shapes(path: Path) -> dict[str, Tensor]:
    """Noughts for a file of shapes alone, which lie nowhere until something is added to them."""
    with safe_open(path, framework="pt") as file:
        shapes = {name: file.get_slice(name).get_shape() for name in file.keys()}  # noqa: SIM118
    return {name: torch.zeros((), dtype=torch.float16).expand(shape) for name, shape in shapes.items()}


def build_placer(models: Models, settings: DiffusionSettings, starter: Placer | None = None) -> DiffusionPlacer:
    """The public placer, with a starter of its own where none is given and it needs one."""
    starter = None if settings.init == "noise" else starter or StudioPlacer(STARTER)
    return DiffusionPlacer(models, settings, starter=starter, segmenter=U2NetSegmenter())


def watch_ours(models: Models) -> Watched:
    """What is watched of ours."""
    assert models.adapter is not None
    lit = models.relighter
    relighting = [] if lit is None else [lit.unet, lit.vae.encoder, lit.vae.decoder, *lit.text_encoders]
    return [
        *((network, "IC-Light") for network in relighting),
        (models.unet, name_by_size),
        (models.outer, lambda latents: f"cached {name_by_size(latents)}"),
        *([] if models.control is None else [(models.control, "ControlNet")]),
        (models.vae.encoder, "VAE encode"),
        (models.vae.decoder, "VAE decode"),
        (models.adapter.image_encoder, "style"),
        (models.adapter.projection, "style"),
        *((encoder, "text") for encoder in models.text_encoders),
    ]
