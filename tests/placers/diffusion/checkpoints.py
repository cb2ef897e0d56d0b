"""Checkpoints of the tiny networks, in the layout of the hub's repositories."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, cast

import diffusers
import torch
from safetensors.torch import save_file
from torch import nn
from transformers import CLIPTextModel, CLIPTokenizer, PreTrainedModel

from photoshoot.placers.diffusion.models.model_parts import Family
from tests.placers.diffusion.tiny_networks import CROSS_WIDTH as CROSS_WIDTH
from tests.placers.diffusion.tiny_networks import SECOND_TEXT_WIDTH as SECOND_TEXT_WIDTH
from tests.placers.diffusion.tiny_networks import TEXT_WIDTH as TEXT_WIDTH
from tests.placers.diffusion.tiny_networks import build_image_encoder as build_image_encoder
from tests.placers.diffusion.tiny_networks import build_image_processor as build_image_processor
from tests.placers.diffusion.tiny_networks import build_ip_adapter as build_ip_adapter
from tests.placers.diffusion.tiny_networks import build_text_encoders as build_text_encoders
from tests.placers.diffusion.tiny_networks import build_unet as build_unet
from tests.placers.diffusion.tiny_networks import build_vae as build_vae
from tests.placers.diffusion.tiny_networks import seeded as seeded

SCHEDULERS: Final[Mapping[Family, Mapping[str, object]]] = {
    Family.SD15: {
        "_class_name": "PNDMScheduler",
        "beta_end": 0.012,
        "beta_schedule": "scaled_linear",
        "beta_start": 0.00085,
        "clip_sample": False,
        "num_train_timesteps": 1000,
        "prediction_type": "epsilon",
        "set_alpha_to_one": False,
        "skip_prk_steps": True,
        "steps_offset": 1,
    },
    Family.SDXL: {
        "_class_name": "EulerDiscreteScheduler",
        "beta_end": 0.012,
        "beta_schedule": "scaled_linear",
        "beta_start": 0.00085,
        "num_train_timesteps": 1000,
        "prediction_type": "epsilon",
        "steps_offset": 1,
        "timestep_spacing": "leading",
    },
}
"""The hub's own scheduler configurations."""
_MODEL_INDEX: Final[Mapping[Family, Mapping[str, object]]] = {
    Family.SD15: {
        "_class_name": "StableDiffusionInpaintPipeline",
        "feature_extractor": [None, None],
        "requires_safety_checker": False,
        "safety_checker": [None, None],
        "scheduler": ["diffusers", "PNDMScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    },
    Family.SDXL: {
        "_class_name": "StableDiffusionXLInpaintPipeline",
        "force_zeros_for_empty_prompt": True,
        "requires_aesthetics_score": False,
        "scheduler": ["diffusers", "EulerDiscreteScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "text_encoder_2": ["transformers", "CLIPTextModelWithProjection"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "tokenizer_2": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    },
}
_START, _END = "<|startoftext|>", "<|endoftext|>"


def build_tokenizers(family: Family = Family.SD15) -> tuple[CLIPTokenizer, ...]:
    """Tokenizers that spell every word byte by byte; SDXL's second pads with token 0."""
    with tempfile.TemporaryDirectory() as folder:
        return tuple(
            CLIPTokenizer.from_pretrained(write_tokenizer(Path(folder) / str(pad == "!"), pad), local_files_only=True)
            for pad in _pads(family)
        )


def write_sd15(folder: Path, seed: int = 0, *, half_too: bool = False, in_channels: int = 9) -> Path:
    """A whole Stable Diffusion 1.5 inpainting model, as its hub repository looks."""
    return write_model(folder, Family.SD15, seed, half_too=half_too, in_channels=in_channels)


def write_sdxl(folder: Path, seed: int = 0, *, half_too: bool = False, in_channels: int = 9) -> Path:
    """A whole Stable Diffusion XL inpainting model, as its hub repository looks."""
    return write_model(folder, Family.SDXL, seed, half_too=half_too, in_channels=in_channels)


def write_model(folder: Path, family: Family, seed: int = 0, *, half_too: bool = False, in_channels: int = 9) -> Path:
    """Networks are seeded ``seed`` (UNet), ``seed + 1`` (VAE) and ``seed + 2`` (text encoders).

    Args:
        folder: Where to; made.
        family: Which kind.
        seed: Of the weights.
        half_too: Write the ``fp16`` variant beside the single-precision files.
        in_channels: Of the UNet: 9 = inpainting.
    """
    folder.mkdir(parents=True, exist_ok=True)
    networks: dict[str, nn.Module] = {
        "unet": build_unet(family, seed, in_channels=in_channels),
        "vae": build_vae(family, seed + 1),
    }
    networks |= name_text_encoders(build_text_encoders(family, seed + 2))
    for name, network in networks.items():
        write_network(folder / name, network)
        if half_too:
            write_network(folder / name, network.half(), variant="fp16")
    return write_frame(folder, family)


def name_text_encoders(encoders: Iterable[nn.Module]) -> dict[str, nn.Module]:
    """Text encoders by their folders."""
    return {f"text_encoder_{index}" if index > 1 else "text_encoder": one for index, one in enumerate(encoders, 1)}


def write_frame(folder: Path, family: Family) -> Path:
    """All of a model but its networks."""
    for index, pad in enumerate(_pads(family), 1):
        write_tokenizer(folder / (f"tokenizer_{index}" if index > 1 else "tokenizer"), pad)
    version = {"_diffusers_version": diffusers.__version__}
    _write_json(folder / "model_index.json", {**_MODEL_INDEX[family], **version})
    _write_json(folder / "scheduler" / "scheduler_config.json", SCHEDULERS[family])
    return folder


def write_network(folder: Path, network: nn.Module, *, variant: str | None = None) -> Path:
    """Save a network of diffusers or transformers; a CLIP text model gets the hub's names of its weights."""
    if not isinstance(network, CLIPTextModel):
        cast(PreTrainedModel, network).save_pretrained(folder, variant=variant)
        return folder
    network.config.save_pretrained(folder)
    weights = {f"text_model.{name.removeprefix('text_model.')}": w for name, w in network.state_dict().items()}
    weights["text_model.embeddings.position_ids"] = torch.arange(77)[None]  # older transformers wrote them
    save_file(weights, folder / f"model{f'.{variant}' if variant else ''}.safetensors", metadata={"format": "pt"})
    return folder


def write_tokenizer(folder: Path, pad: str = _END) -> Path:
    """The hub's four files, with an alphabet of bytes and no merges: every word is spelt."""
    letters = byte_letters()
    words = [*letters, *(f"{letter}</w>" for letter in letters), _START, _END]
    special = {"bos_token": _START, "eos_token": _END, "pad_token": pad, "unk_token": _END}
    _write_json(folder / "vocab.json", {word: index for index, word in enumerate(words)})
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    _write_json(folder / "special_tokens_map.json", special)
    _write_json(
        folder / "tokenizer_config.json",
        {
            **special,
            "add_prefix_space": False,
            "do_lower_case": True,
            "errors": "replace",
            "model_max_length": 77,
            "tokenizer_class": "CLIPTokenizer",
        },
    )
    return folder


def write_image_encoder(folder: Path, seed: int = 0) -> Path:
    """As ``models/image_encoder`` of the IP-Adapter repository: without a preprocessor's configuration."""
    return write_network(folder, build_image_encoder(seed))


def write_ip_adapter(path: Path, *, plus: bool = True, family: Family = Family.SD15, seed: int = 0) -> Path:
    """An IP-Adapter for ``build_unet(family)`` and ``build_image_encoder()``, in one flat file."""
    parts = build_ip_adapter(build_unet(family), plus=plus, seed=seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({f"{part}.{name}": w.contiguous() for part, named in parts.items() for name, w in named.items()}, path)
    return path


def _pads(family: Family) -> tuple[str, ...]:
    return (_END,) if family is Family.SD15 else (_END, "!")


def byte_letters() -> list[str]:
    """One printable letter a byte, in CLIP's order."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printable]
    return [*map(chr, printable), *(chr(256 + index) for index in range(len(others)))]


def _write_json(path: Path, content: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")
