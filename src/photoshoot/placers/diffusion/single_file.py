"""A whole model from one file in the layout of the original Stable Diffusion."""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import AutoencoderKL, ModelMixin, UNet2DConditionModel
from diffusers.loaders.single_file_utils import create_diffusers_clip_model_from_ldm
from torch import Tensor, nn

from photoshoot.errors import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.folders import (
    TEXT_ENCODERS,
    Parts,
    find_part,
    load_scheduler_config,
    load_tokenizers,
    read_family,
)
from photoshoot.placers.diffusion.models import Family
from photoshoot.placers.diffusion.networks import (
    UNET_CHANNELS,
    check_channels,
    check_complete,
    choose_vae_dtype,
    load_vae,
)
from photoshoot.placers.diffusion.tensors import read_tensors

_FIRST_LAYER = "model.diffusion_model.input_blocks.0.0.weight"
_TEXT_PREFIXES = {"conditioner.embedders.1.model.": Family.SDXL, "cond_stage_model.transformer.": Family.SD15}


def load_single_file(
    path: Path, config: Path | None, vae: Path | None, dtype: torch.dtype, *, allow_pickle: bool = False
) -> Parts:
    """Read a single-file checkpoint.

    Args:
        path: The file.
        config: Model folder of the same family: configurations and tokenizers are read from there, weights are not.
        vae: Folder of another autoencoder, which is read in place of the file's own.
        dtype: Of the weights.
        allow_pickle: Accept a ``.ckpt``.

    Raises:
        WeightsMissingError: ``config`` is None.
        WeightsError: The file is in another layout, not an inpainting model, or broken, or ``config`` does not fit it.
    """
    weights = read_tensors(path, allow_pickle=allow_pickle)
    family = _tell_family(path, weights)
    folder = _check_config(path, config, family)
    return Parts(
        family=family,
        unet=_convert(UNet2DConditionModel, path, weights, find_part(folder, "unet"), dtype),
        vae=load_vae(vae, dtype, allow_pickle=allow_pickle) if vae else _convert_vae(path, weights, folder, dtype),
        text_encoders=tuple(_convert_text(path, weights, folder, name, dtype) for name in TEXT_ENCODERS[family]),
        tokenizers=load_tokenizers(folder, family),
        scheduler_config=load_scheduler_config(folder),
    )


def _tell_family(path: Path, weights: dict[str, Tensor]) -> Family:
    if _FIRST_LAYER not in weights:
        raise WeightsError(f"{path} is not in the original Stable Diffusion layout: {_FIRST_LAYER} is missing")
    check_channels(path, weights[_FIRST_LAYER].shape[1])
    for prefix, family in _TEXT_PREFIXES.items():
        if any(name.startswith(prefix) for name in weights):
            return family
    raise WeightsError(f"{path} holds no text encoder of Stable Diffusion 1.5 or XL")


def _check_config(path: Path, config: Path | None, family: Family) -> Path:
    if config is None:
        raise WeightsMissingError(
            f"{path.name} holds weights alone: its configurations and tokenizers come from a {family} model folder, such "
            "as one that `photoshoot weights pull` gets"
        )
    if (found := read_family(config)) is not family:
        raise WeightsError(f"{path} is a {family} model and can't be read with {config}, which is {found}")
    return config


def _convert_vae(path: Path, weights: dict[str, Tensor], folder: Path, dtype: torch.dtype) -> AutoencoderKL:
    part = find_part(folder, "vae")
    return _convert(AutoencoderKL, path, weights, part, choose_vae_dtype(part, dtype))


def _convert(
    model_class: type[ModelMixin], path: Path, weights: dict[str, Tensor], folder: Path, dtype: torch.dtype
) -> ModelMixin:
    own = {"in_channels": UNET_CHANNELS} if model_class is UNet2DConditionModel else {}
    try:
        model = model_class.from_single_file(
            dict(weights), config=str(folder), torch_dtype=dtype, local_files_only=True, **own
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise WeightsError(f"{path} does not fit the configuration in {folder}: {error}") from error
    return _finish(model, path)


def _convert_text(path: Path, weights: dict[str, Tensor], folder: Path, name: str, dtype: torch.dtype) -> nn.Module:
    text_class = TEXT_ENCODERS[_tell_family(path, weights)][name]
    try:
        model = create_diffusers_clip_model_from_ldm(
            text_class, dict(weights), subfolder=name, config=str(folder), torch_dtype=dtype, local_files_only=True
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise WeightsError(f"{path} does not fit the configuration in {folder / name}: {error}") from error
    return _finish(model, path)


def _finish(model: nn.Module, path: Path) -> nn.Module:
    check_complete(model, path)
    return model.eval().requires_grad_(False)
