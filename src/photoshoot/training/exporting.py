"""What comes out of a run: a LoRA in diffusers' format, or a model folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from diffusers import StableDiffusionInpaintPipeline
from peft.utils import get_peft_model_state_dict
from safetensors import SafetensorError
from torch import Tensor

from photoshoot.errors import TrainingError
from photoshoot.files import AtomicFiles
from photoshoot.placers.diffusion.loading import load_parts
from photoshoot.placers.diffusion.models.lora import LORA_FILE
from photoshoot.placers.diffusion.models.model_parts import Parts
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.training.settings import LoraLayers
from photoshoot.training.trainable import TrainableUNet

if TYPE_CHECKING:
    from diffusers import UNet2DConditionModel

_UP = ".lora_B.weight"


def export_lora(trainable: TrainableUNet, weights: Mapping[str, Tensor], lora: LoraLayers, folder: Path) -> Path:
    """Write a LoRA as diffusers does; its scale is worked into it, so that no reader can miss it.

    Args:
        trainable: What was trained.
        weights: The learnt weights that are written, by name.
        lora: Its scale.
        folder: Where ``pytorch_lora_weights.safetensors`` goes; made where there is none.

    Raises:
        TrainingError: It can't be written.
    """
    factor = lora.alpha / lora.rank
    with trainable.showing(weights):
        layers = get_peft_model_state_dict(trainable.unet)
        scaled = {
            name: (layer.detach() * (factor if name.endswith(_UP) else 1)).cpu().contiguous()
            for name, layer in layers.items()
        }
    with _writing(folder, ".lora.tmp") as temporary:
        StableDiffusionInpaintPipeline.save_lora_weights(temporary, unet_lora_layers=scaled)
        with AtomicFiles() as files:
            files.write(folder / LORA_FILE, (temporary / LORA_FILE).read_bytes())
    return folder / LORA_FILE


def export_model(sources: Sources, weights: Mapping[str, Tensor], folder: Path) -> Path:
    """Write a whole model in diffusers' layout: the base's other parts, and a UNet with the learnt weights.

    Args:
        sources: The base.
        weights: All weights of the UNet.
        folder: The model's folder; replaced where there is one.

    Raises:
        TrainingError: It can't be written.
    """
    parts = load_parts(sources, torch.float32, torch.device("cpu"))
    _set_weights(parts.unet, weights)
    with _writing(folder.parent, f".{folder.name}.tmp") as temporary:
        _write_parts(parts, temporary)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.replace(folder)
    return folder


def _set_weights(unet: UNet2DConditionModel, weights: Mapping[str, Tensor]) -> None:
    unet.load_state_dict({name: weight.detach().cpu() for name, weight in weights.items()})


def _write_parts(parts: Parts, folder: Path) -> None:
    index: dict[str, object] = {
        "_class_name": parts.kind.pipeline,
        **parts.kind.index_extras,
        "_diffusers_version": version("diffusers"),
        "scheduler": ["diffusers", str(parts.scheduler_config.get("_class_name", "PNDMScheduler"))],
    }
    networks = {"unet": parts.unet, "vae": parts.vae}
    for place, (tokenizer, encoder) in enumerate(zip(parts.tokenizers, parts.text_encoders, strict=True)):
        suffix = f"_{place + 1}" if place else ""
        networks[f"text_encoder{suffix}"] = encoder
        tokenizer.save_pretrained(folder / f"tokenizer{suffix}")
        index[f"tokenizer{suffix}"] = ["transformers", "CLIPTokenizer"]
    for name, network in networks.items():
        network.save_pretrained(folder / name)
        library = "transformers" if name.startswith("text") else "diffusers"
        index[name] = [library, type(network).__name__]
    (folder / "scheduler").mkdir()
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(dict(parts.scheduler_config), indent=2))
    (folder / "model_index.json").write_text(json.dumps(index, indent=2, sort_keys=True), encoding="utf-8")


@contextmanager
def _writing(folder: Path, name: str) -> Iterator[Path]:
    """A folder that is gone afterwards, whatever happens."""
    temporary = folder / name
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        yield temporary
    except (OSError, SafetensorError) as error:
        raise TrainingError(f"the result can't be written to {folder} ({error}); go on with --resume") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
