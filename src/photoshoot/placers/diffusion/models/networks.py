"""One network from one folder: the right files of several, each weight in its place, nothing left to chance."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import torch
from accelerate import init_empty_weights
from diffusers import (
    AutoencoderKL,
    AutoencoderKLFlux2,
    AutoencoderTiny,
    ControlNetModel,
    Flux2Transformer2DModel,
    UNet2DConditionModel,
)
from torch import Tensor, nn
from transformers import PreTrainedModel, Qwen3Model

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.components.language_encoder import keep_read_layers
from photoshoot.placers.diffusion.components.tensors import PICKLES, SAFETENSORS, check_pickle, read_tensors

Network = TypeVar("Network", bound=nn.Module)
ClipModel = TypeVar("ClipModel", bound=PreTrainedModel)

UNET_CHANNELS = 9
"""Of an inpainting UNet's input: noisy latents 4, repaint mask 1, masked latents 4."""
LATENT_CHANNELS = 4
"""Of the autoencoder's latents."""

_CONFIG = "config.json"
DIFFUSERS_NAMES, _TRANSFORMERS_NAMES = (
    ("diffusion_pytorch_model", "diffusion_pytorch_model"),
    ("model", "pytorch_model"),
)
_TRANSFORMER_CLASS, _STATISTICS = "Flux2Transformer2DModel", "bn.running_mean"
_OLD_ATTENTION = re.compile(r"(?<=attentions\.\d\.)(query|key|value|proj_attn)(?=\.)")
_ATTENTION = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}


def load_unet(folder: Path, dtype: torch.dtype, *, allow_pickle: bool = False) -> UNet2DConditionModel:
    """An inpainting UNet.

    Raises:
        WeightsError: It is not one, or its files are missing or broken.
    """
    check_channels(folder, _read_number(folder, "in_channels"))
    weights = read_weights(folder, DIFFUSERS_NAMES, dtype, allow_pickle=allow_pickle)
    return fill(lambda: build_unet(folder), weights, folder)


def load_control(
    folder: Path, unet: UNet2DConditionModel, dtype: torch.dtype, *, allow_pickle: bool = False
) -> ControlNetModel:
    """A ControlNet for a UNet.

    Raises:
        WeightsError: It is none, or for another UNet; or its files are missing or broken.
    """
    check_control(folder, unet)
    weights = read_weights(folder, DIFFUSERS_NAMES, dtype, allow_pickle=allow_pickle)
    return fill(lambda: ControlNetModel.from_config(read_json(folder / _CONFIG)), weights, folder)


def check_control(folder: Path, unet: UNet2DConditionModel) -> None:
    """Hold that a ControlNet of a folder's configuration is for a UNet, and reads pictures.

    Raises:
        WeightsError: It is not.
    """
    if (channels := _read_number(folder, "in_channels")) not in (LATENT_CHANNELS, UNET_CHANNELS):
        raise WeightsError(f"{folder} is not a ControlNet of these networks: it reads {channels} channels, not 4 or 9")
    config = read_json(folder / _CONFIG)
    if config.get("conditioning_channels", 3) != 3:
        raise WeightsError(f"{folder} is not a ControlNet that reads pictures: conditioning_channels is not 3")
    for name in ("cross_attention_dim", "block_out_channels", "addition_embed_type"):
        given, wanted = config.get(name), unet.config[name]
        given, wanted = (tuple(one) if isinstance(one, (list, tuple)) else one for one in (given, wanted))
        if given != wanted:
            raise WeightsError(f"{folder} is a ControlNet for another UNet: its {name} is {given}, not {wanted}")


def load_transformer(folder: Path, dtype: torch.dtype, *, allow_pickle: bool = False) -> Flux2Transformer2DModel:
    """A FLUX.2 transformer.

    Raises:
        WeightsError: It is not one, or its files are missing or broken.
    """
    if read_json(folder / _CONFIG).get("_class_name") != _TRANSFORMER_CLASS:
        raise WeightsError(f"{folder} is not a {_TRANSFORMER_CLASS}: it is of a model that photoshoot does not know")
    weights = read_weights(folder, DIFFUSERS_NAMES, dtype, allow_pickle=allow_pickle)
    return fill(lambda: Flux2Transformer2DModel.from_config(read_json(folder / _CONFIG)), weights, folder)


def load_vae(
    folder: Path, dtype: torch.dtype, *, allow_pickle: bool = False, channels: int = LATENT_CHANNELS
) -> AutoencoderKL | AutoencoderKLFlux2:
    """An autoencoder; in single precision where half precision would overflow.

    Args:
        folder: Its own.
        dtype: Of the weights.
        allow_pickle: Accept pickles.
        channels: Of the latents that the painter knows.

    Raises:
        WeightsError: It is for other latents, or its files are missing or broken.
    """
    if _read_number(folder, "latent_channels") != channels:
        raise WeightsError(f"{folder} is not an autoencoder of this model: it does not have {channels} latent channels")
    weights = read_weights(folder, DIFFUSERS_NAMES, choose_vae_dtype(folder, dtype), allow_pickle=allow_pickle)
    if channels != LATENT_CHANNELS and _STATISTICS not in weights:
        raise WeightsError(f"{folder} lacks {_STATISTICS}: its latents have no known scale")
    named = {_OLD_ATTENTION.sub(lambda old: _ATTENTION[old[0]], name): weight for name, weight in weights.items()}
    return fill(lambda: build_vae(folder), named, folder)


def load_tiny_vae(folder: Path, dtype: torch.dtype) -> AutoencoderTiny:
    """A distilled autoencoder for previews, such as TAESD (TAESDXL for SDXL's latents).

    Raises:
        WeightsError: It is none, or its files are missing or broken.
    """
    weights = read_weights(folder, DIFFUSERS_NAMES, dtype, allow_pickle=False)
    return fill(lambda: AutoencoderTiny.from_config(read_json(folder / _CONFIG)), weights, folder)


def load_clip(
    model_class: type[ClipModel], folder: Path, dtype: torch.dtype, *, allow_pickle: bool = False
) -> ClipModel:
    """A text or image encoder.

    Raises:
        WeightsError: Its files are missing or broken, or hold another network.
    """
    weights = read_weights(folder, _TRANSFORMERS_NAMES, dtype, allow_pickle=allow_pickle)
    return fill(lambda: build_clip(model_class, folder), weights, folder)


def build_unet(folder: Path) -> UNet2DConditionModel:
    """An inpainting UNet of a folder's configuration, which may be that of a plain one."""
    return UNet2DConditionModel.from_config({**read_json(folder / _CONFIG), "in_channels": UNET_CHANNELS})


def build_vae(folder: Path) -> AutoencoderKL | AutoencoderKLFlux2:
    """An autoencoder of a folder's configuration."""
    config = read_json(folder / _CONFIG)
    return (AutoencoderKL if config["latent_channels"] == LATENT_CHANNELS else AutoencoderKLFlux2).from_config(config)


def build_clip(model_class: type[ClipModel], folder: Path) -> ClipModel:
    """A text or image encoder of a folder's configuration; a language model without the layers that are not read."""
    config = model_class.config_class.from_pretrained(folder, local_files_only=True)
    if issubclass(model_class, Qwen3Model):
        keep_read_layers(config)
    encoder: ClipModel = model_class(config)
    return encoder


def fill(build: Callable[[], Network], weights: Mapping[str, Tensor], source: Path) -> Network:
    """Build a network, without drawing its weights, and put ``weights`` in: for evaluation.

    Raises:
        WeightsError: The network can't be built, or a weight is missing or of another shape.
    """
    try:
        with init_empty_weights():
            network = build()
        if isinstance(network, Qwen3Model):  # files are of the whole, with the part that writes
            weights = {name.removeprefix("model."): weight for name, weight in weights.items()}
        if not hasattr(network, "text_model"):  # in newer transformers a text model is no longer inside another
            weights = {name.removeprefix("text_model."): weight for name, weight in weights.items()}
        network.load_state_dict(weights, strict=False, assign=True)
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        raise WeightsError(f"{source} can't be loaded: {error}") from error
    if missing := [name for name, weight in network.named_parameters() if weight.is_meta]:
        kind = type(network).__name__
        raise WeightsError(f"{source} lacks {len(missing)} weights of {kind}, such as {missing[0]}")
    return network.eval().requires_grad_(False)


def check_channels(source: Path, channels: int) -> None:
    """Hold that a UNet with so many input channels paints into pictures.

    Raises:
        WeightsError: It does not.
    """
    if channels != UNET_CHANNELS:
        raise WeightsError(
            f"{source} is not an inpainting model: its UNet takes {channels} channels, not {UNET_CHANNELS}"
        )


def choose_vae_dtype(folder: Path, dtype: torch.dtype) -> torch.dtype:
    """Single precision for an autoencoder that overflows in half precision and says so."""
    return torch.float32 if dtype is torch.float16 and read_json(folder / _CONFIG).get("force_upcast") else dtype


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
        raise WeightsError(f"{path} is not valid JSON: {error}") from error
    if not isinstance(content, dict):
        raise WeightsError(f"{path} is not a JSON object")
    return content


def read_weights(folder: Path, names: tuple[str, str], dtype: torch.dtype, *, allow_pickle: bool) -> dict[str, Tensor]:
    """The floating-point tensors of the files that suit ``dtype`` best, cast to it.

    Args:
        folder: Of one network.
        names: Files' names without their endings: of safetensors, and of a pickle.
        dtype: Half-precision files are preferred for half precision, the others for single.
        allow_pickle: Accept a pickle.

    Raises:
        WeightsError: Files are missing or broken.
    """
    weights: dict[str, Tensor] = {}
    for file in _choose_files(folder, names, dtype, allow_pickle=allow_pickle):
        for name, weight in read_tensors(file, allow_pickle=allow_pickle).items():
            if weight.is_floating_point():
                weights[name] = weight.to(dtype)
    return weights


def _choose_files(folder: Path, names: tuple[str, str], dtype: torch.dtype, *, allow_pickle: bool) -> list[Path]:
    """One file, or the several that an index names; a pickle where there is nothing else."""
    stem, pickled = names
    full = [f"{stem}{SAFETENSORS}", f"{stem}{SAFETENSORS}.index.json"]
    half = [f"{stem}.fp16{SAFETENSORS}", f"{stem}{SAFETENSORS}.index.fp16.json"]
    for name in full + half if dtype is torch.float32 else half + full:
        if (folder / name).is_file():
            return [folder / name] if name.endswith(SAFETENSORS) else _read_index(folder / name)
    file = folder / f"{pickled}{PICKLES[0]}"
    if not file.is_file():
        raise WeightsError(f"{folder} holds no weights: {stem}{SAFETENSORS} is missing")
    check_pickle(file, allow_pickle=allow_pickle)
    return [file]


def _read_index(index: Path) -> list[Path]:
    files = read_json(index).get("weight_map")
    if not isinstance(files, dict):
        raise WeightsError(f"{index} has no weight_map: it is not an index of weights")
    return [index.parent / Path(str(name)).name for name in sorted(set(files.values()))]


def _read_number(folder: Path, name: str) -> int:
    number = read_json(folder / _CONFIG).get(name)
    if not isinstance(number, int):
        raise WeightsError(f"{folder / _CONFIG} gives no {name}: it is another kind of network")
    return number
