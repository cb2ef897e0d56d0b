"""A whole model from a folder in diffusers' layout, one subfolder a part."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import torch
from diffusers import Flux2Transformer2DModel, UNet2DConditionModel
from transformers import AutoTokenizer, CLIPTokenizer, PreTrainedTokenizerBase

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.families import FAMILIES, TRANSFORMER, UNET, Family, tell_by_parts
from photoshoot.placers.diffusion.models.model_parts import Parts
from photoshoot.placers.diffusion.models.networks import load_clip, load_transformer, load_unet, load_vae, read_json

LoadPainter: TypeAlias = Callable[..., UNet2DConditionModel | Flux2Transformer2DModel]
"""Reads a painter from its folder, in a number format; takes ``allow_pickle``."""
_PAINTERS: Mapping[str, LoadPainter] = {UNET: load_unet, TRANSFORMER: load_transformer}


def load_folder(
    folder: Path,
    vae: Path | None,
    dtype: torch.dtype,
    vae_dtype: torch.dtype,
    *,
    allow_pickle: bool = False,
    load_painter: LoadPainter | None = None,
) -> Parts:
    """Read a model folder, onto the CPU.

    Args:
        folder: It holds ``model_index.json``.
        vae: Folder of another autoencoder, which is read in place of the model's own.
        dtype: Of the weights. Half-precision files are preferred for half precision, the others for single.
        vae_dtype: Of the autoencoder's.
        allow_pickle: Accept pickles where there is no ``.safetensors`` file.
        load_painter: What reads the painter. None: what its family has, which wants one that paints into pictures.

    Raises:
        WeightsError: It is no such folder, not an inpainting model, or a file is missing or broken.
    """
    family = read_family(folder)
    kind = FAMILIES[family]
    load_painter = load_painter or _PAINTERS[kind.painter]
    return Parts(
        family=family,
        unet=load_painter(find_part(folder, kind.painter), dtype, allow_pickle=allow_pickle),
        vae=load_vae(
            vae or find_part(folder, "vae"), vae_dtype, allow_pickle=allow_pickle, channels=kind.latent_channels
        ),
        text_encoders=tuple(
            load_clip(text_class, find_part(folder, name), dtype, allow_pickle=allow_pickle)
            for name, text_class in FAMILIES[family].text_encoders.items()
        ),
        tokenizers=load_tokenizers(folder, family),
        scheduler_config=load_scheduler_config(folder),
    )


def read_family(folder: Path) -> Family:
    """Which kind of model a folder holds, told by its text encoders.

    Raises:
        WeightsError: It holds no model, or one of another kind.
    """
    index = folder / "model_index.json"
    if not index.is_file():
        raise WeightsError(f"{folder} has no model_index.json: it is not a model folder in diffusers' layout")
    parts = {name for name, value in read_json(index).items() if isinstance(value, list) and value[-1] is not None}
    if (family := tell_by_parts(parts)) is None:
        known = ", ".join(family.title for family in FAMILIES.values())
        raise WeightsError(f"{folder} is not a model of {known}: it consists of {', '.join(sorted(parts))}")
    return family.name


def load_tokenizers(folder: Path, family: Family) -> tuple[PreTrainedTokenizerBase, ...]:
    """One tokenizer a text encoder.

    Raises:
        WeightsError: One is missing or broken.
    """
    kind = FAMILIES[family]
    tokenizer_class = CLIPTokenizer if kind.painter == UNET else AutoTokenizer
    return tuple(
        _load_tokenizer(tokenizer_class, find_part(folder, name.replace("text_encoder", "tokenizer")))
        for name in kind.text_encoders
    )


def load_scheduler_config(folder: Path) -> Mapping[str, object]:
    """The noise schedule.

    Raises:
        WeightsError: It is missing or broken.
    """
    return read_json(find_part(folder, "scheduler") / "scheduler_config.json")


def find_part(folder: Path, name: str) -> Path:
    """A subfolder.

    Raises:
        WeightsError: It is missing.
    """
    if not (folder / name).is_dir():
        raise WeightsError(f"{folder} is incomplete: its part {name!r} is missing")
    return folder / name


def _load_tokenizer(
    tokenizer_class: type[CLIPTokenizer] | type[AutoTokenizer], folder: Path
) -> PreTrainedTokenizerBase:
    if not any((folder / name).is_file() for name in ("vocab.json", "tokenizer.json")):
        raise WeightsError(f"{folder} holds no tokenizer: vocab.json is missing")
    try:
        tokenizer: PreTrainedTokenizerBase = tokenizer_class.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise WeightsError(f"{folder} can't be loaded as a tokenizer: {error}") from error
    return tokenizer
