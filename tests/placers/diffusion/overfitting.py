"""Tiny networks that really paint: they know a few plates by heart, and are written as a model folder.

What they know was learned once, by ``learn_networks.py``, and is kept.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, TypeVar

from diffusers import AutoencoderKL, ControlNetModel, UNet2DConditionModel
from safetensors.torch import load_file

from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.checkpoints import SCHEDULERS, write_network, write_sd15
from tests.placers.diffusion.tiny_networks import build_control, build_unet, build_vae

LEARNED: Final = Path(__file__).with_name("learned")
"""Folder of weights, one file a network: ``NAME-vae``, ``NAME-unet``, ``NAME-controlnet``."""
SCHEDULE: Final = {**SCHEDULERS[Family.SD15], "prediction_type": "v_prediction"}
"""What the UNets were taught with."""
Network = TypeVar("Network", AutoencoderKL, UNet2DConditionModel, ControlNetModel)


def build_autoencoder() -> AutoencoderKL:
    """The architecture of the autoencoders."""
    return build_vae(channels=(8, 16, 32, 32), norm_groups=1)


def build_painter() -> UNet2DConditionModel:
    """The architecture of the UNets."""
    return build_unet(Family.SD15, norm_groups=8)


def build_holder() -> ControlNetModel:
    """The architecture of the ControlNet."""
    return build_control(norm_groups=8)


def load_learned(network: Network, name: str) -> Network:
    """A network with what was learned; its file may have halves of the numbers' bytes."""
    weights = load_file(LEARNED / f"{name}.safetensors")
    network.load_state_dict({key: weight.float() for key, weight in weights.items()})
    return network


def write_overfitted(folder: Path, name: str, autoencoder: str) -> Path:
    """A model folder that paints a plate round the product when it reads that plate's prompt, and knows nothing else.

    Args:
        folder: Where to; made.
        name: What was learned, in ``LEARNED``.
        autoencoder: Whose autoencoder knows the plates.
    """
    write_sd15(folder)
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(SCHEDULE))
    write_network(folder / "vae", load_learned(build_autoencoder(), f"{autoencoder}-vae"))
    write_network(folder / "unet", load_learned(build_painter(), f"{name}-unet"))
    return folder


def write_held(folder: Path, name: str, autoencoder: str) -> Path:
    """Likewise with a ControlNet that alone says which of the plates is painted: the prompt is always the same."""
    write_overfitted(folder, name, autoencoder)
    write_network(folder / "controlnet", load_learned(build_holder(), f"{name}-controlnet"))
    return folder
