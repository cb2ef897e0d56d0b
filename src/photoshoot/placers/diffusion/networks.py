"""One network from one folder: the right file of several, each weight in its place, nothing left to chance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

import torch
from accelerate import init_empty_weights
from diffusers import AutoencoderKL, ModelMixin, UNet2DConditionModel
from torch import nn
from transformers import PreTrainedModel

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.tensors import SAFETENSORS, check_pickle, read_tensors

DiffusersModel = TypeVar("DiffusersModel", bound=ModelMixin)
ClipModel = TypeVar("ClipModel", bound=PreTrainedModel)

UNET_CHANNELS = 9
"""Of an inpainting UNet's input: noisy latents 4, repaint mask 1, masked latents 4."""
LATENT_CHANNELS = 4
_HALF = "fp16"


def load_unet(folder: Path, dtype: torch.dtype, *, allow_pickle: bool = False) -> UNet2DConditionModel:
    """An inpainting UNet.

    Raises:
        WeightsError: It is not one, or its files are missing or broken.
    """
    check_channels(folder, _read_number(folder, "in_channels"))
    return _load_diffusers(UNet2DConditionModel, folder, dtype, allow_pickle=allow_pickle)


def load_vae(folder: Path, dtype: torch.dtype, *, allow_pickle: bool = False) -> AutoencoderKL:
    """An autoencoder; in single precision where half precision would overflow.

    Raises:
        WeightsError: It is for other latents, or its files are missing or broken.
    """
    if _read_number(folder, "latent_channels") != LATENT_CHANNELS:
        raise WeightsError(f"{folder} is no autoencoder of Stable Diffusion 1.5 or XL: it hasn't 4 latent channels")
    return _load_diffusers(AutoencoderKL, folder, choose_vae_dtype(folder, dtype), allow_pickle=allow_pickle)


def load_clip(
    model_class: type[ClipModel], folder: Path, dtype: torch.dtype, *, allow_pickle: bool = False
) -> ClipModel:
    """A text or image encoder.

    Raises:
        WeightsError: Its files are missing or broken, or hold another network.
    """
    file = _choose_file(folder, "model", "pytorch_model.bin", dtype, allow_pickle=allow_pickle)
    weights = read_tensors(file, allow_pickle=allow_pickle)
    try:
        config = model_class.config_class.from_pretrained(folder, local_files_only=True)
        with init_empty_weights():
            model: ClipModel = model_class(config)
        if not hasattr(model, "text_model"):  # in newer transformers a text model is no longer inside another
            weights = {name.removeprefix("text_model."): weight for name, weight in weights.items()}
        cast = {name: weight.to(dtype) for name, weight in weights.items() if weight.is_floating_point()}
        model.load_state_dict(cast, strict=False, assign=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{folder} can't be loaded as {model_class.__name__}: {error}") from error
    check_complete(model, file)
    model.eval().requires_grad_(False)
    return model


def check_channels(source: Path, channels: int) -> None:
    """Hold that a UNet with so many input channels paints into pictures.

    Raises:
        WeightsError: It does not.
    """
    if channels != UNET_CHANNELS:
        raise WeightsError(
            f"{source} is not an inpainting model: its UNet takes {channels} channels, not {UNET_CHANNELS}"
        )


def check_complete(model: nn.Module, source: Path) -> None:
    """Hold that every weight of a network came from its file.

    Raises:
        WeightsError: Some did not.
    """
    missing = [name for name, weight in model.named_parameters() if weight.is_meta]
    if missing:
        names = ", ".join(missing[:3])
        raise WeightsError(f"{source} lacks {len(missing)} weights of {type(model).__name__}, such as {names}")


def choose_vae_dtype(folder: Path, dtype: torch.dtype) -> torch.dtype:
    """Single precision for an autoencoder that overflows in half precision and says so."""
    force_upcast = bool(read_json(folder / "config.json").get("force_upcast"))
    return torch.float32 if force_upcast and dtype is torch.float16 else dtype


def read_json(path: Path) -> dict[str, object]:
    """A configuration.

    Raises:
        WeightsError: It is missing or no JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WeightsError(f"{path} is missing") from error
    except ValueError as error:
        raise WeightsError(f"{path} is no JSON: {error}") from error
    if not isinstance(content, dict):
        raise WeightsError(f"{path} is no JSON object")
    return content


def _load_diffusers(
    model_class: type[DiffusersModel], folder: Path, dtype: torch.dtype, *, allow_pickle: bool
) -> DiffusersModel:
    stem = "diffusion_pytorch_model"
    file = _choose_file(folder, stem, f"{stem}.bin", dtype, allow_pickle=allow_pickle)
    try:
        model, report = model_class.from_pretrained(
            folder,
            torch_dtype=dtype,
            variant=_HALF if _HALF in file.name else None,
            use_safetensors=SAFETENSORS in file.name,
            local_files_only=True,
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise WeightsError(f"{folder} can't be loaded as {model_class.__name__}: {error}") from error
    if missing := sorted(report["missing_keys"]):
        raise WeightsError(f"{file} lacks {len(missing)} weights of {model_class.__name__}, such as {missing[0]}")
    network: DiffusersModel = model.eval().requires_grad_(False)
    return network


def _choose_file(folder: Path, stem: str, pickled: str, dtype: torch.dtype, *, allow_pickle: bool) -> Path:
    """The weights (or the index of their parts) that suit ``dtype`` best; pickles where there is nothing else."""
    whole = [f"{stem}{SAFETENSORS}", f"{stem}{SAFETENSORS}.index.json"]
    half = [f"{stem}.{_HALF}{SAFETENSORS}", f"{stem}{SAFETENSORS}.index.{_HALF}.json"]
    names = whole + half if dtype is torch.float32 else half + whole
    for name in names:
        if (folder / name).is_file():
            return folder / name
    if not (folder / pickled).is_file():
        raise WeightsError(f"{folder} holds no weights: {stem}{SAFETENSORS} is missing")
    check_pickle(folder / pickled, allow_pickle=allow_pickle)
    return folder / pickled


def _read_number(folder: Path, name: str) -> int:
    number = read_json(folder / "config.json").get(name)
    if not isinstance(number, int):
        raise WeightsError(f"{folder / 'config.json'} gives no {name}: it is another kind of network")
    return number
