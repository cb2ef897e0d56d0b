"""FLUX.2 klein in its published size, without its weights: a checkpoint of shapes, loaded as any other."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import torch
from checkpoint import write_shapes
from diffusers import AutoencoderKLFlux2, Flux2Transformer2DModel
from klein_sizes import LANGUAGE, PARAMETERS, TRANSFORMER
from networks import META, count_parameters
from small_tokenizer import byte_letters
from stage_watch import Watched
from torch import Tensor
from transformers import Qwen2TokenizerFast, Qwen3Config, Qwen3Model

from photoshoot.placers.diffusion.loading import load_models
from photoshoot.placers.diffusion.models.model_parts import Models
from photoshoot.placers.diffusion.models.profiles import find_profile
from photoshoot.settings import DiffusionSettings

_SCHEDULER = {
    "_class_name": "FlowMatchEulerDiscreteScheduler",
    "num_train_timesteps": 1000,
    "shift": 3.0,
    "time_shift_type": "exponential",
    "use_dynamic_shifting": True,
}


def write_klein(folder: Path) -> Path:
    """A whole model whose files hold shapes alone."""
    with META:
        transformer, vae = Flux2Transformer2DModel(**TRANSFORMER), AutoencoderKLFlux2()
        language = Qwen3Model(Qwen3Config(**LANGUAGE))
    for name, network in (("transformer", transformer), ("vae", vae), ("text_encoder", language)):
        assert count_parameters(network) == PARAMETERS[name], f"{name} is of another size than the published one"
        halves: dict[str, Tensor] = {key: weight.half() for key, weight in network.state_dict().items()}
        if name == "text_encoder":
            language.config.save_pretrained(folder / name)
            write_shapes(
                folder / name / "model.safetensors", {f"model.{key}": weight for key, weight in halves.items()}
            )
        else:
            network.save_config(folder / name)
            write_shapes(folder / name / "diffusion_pytorch_model.safetensors", halves)
    _build_tokenizer().save_pretrained(folder / "tokenizer")
    parts = {name: ["", "x"] for name in ("transformer", "text_encoder", "vae")}
    (folder / "model_index.json").write_text(json.dumps(parts), encoding="utf-8")
    (folder / "scheduler").mkdir()
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(_SCHEDULER), encoding="utf-8")
    return folder


def load_klein(settings: DiffusionSettings, device: torch.device = META) -> Models:
    """The networks as the library loads them."""
    with tempfile.TemporaryDirectory() as folder:
        return load_models(find_profile(write_klein(Path(folder))).sources, settings, device)


def watch_klein(models: Models) -> Watched:
    """What is watched of it."""
    return [
        (models.unet, "transformer"),
        (models.vae.encoder, "VAE encode"),
        (models.vae.decoder, "VAE decode"),
        (models.text_encoders[0], "text"),
    ]


def _build_tokenizer() -> Qwen2TokenizerFast:
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    vocabulary = {letter: place for place, letter in enumerate([*byte_letters(), *special])}
    tokenizer = Qwen2TokenizerFast(vocab=vocabulary, merges=[], additional_special_tokens=special[1:])
    tokenizer.chat_template = "{% for message in messages %}{{ message.content }}{% endfor %}"
    return tokenizer
