"""A whole model from one file in the layout of the original Stable Diffusion."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import (
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
)
from torch import Tensor, nn

from photoshoot.errors import WeightsError, WeightsMissingError
from photoshoot.placers.diffusion.components.tensors import read_tensors
from photoshoot.placers.diffusion.families import FAMILIES, Family, tell_by_weights
from photoshoot.placers.diffusion.models.folders import (
    find_part,
    load_scheduler_config,
    load_tokenizers,
    read_family,
)
from photoshoot.placers.diffusion.models.model_parts import Parts
from photoshoot.placers.diffusion.models.networks import (
    build_clip,
    build_unet,
    build_vae,
    check_channels,
    choose_vae_dtype,
    fill,
    load_vae,
    read_json,
)

Weights = Mapping[str, Tensor]

_UNET, _VAE = "model.diffusion_model.", "first_stage_model."
_FIRST_LAYER = f"{_UNET}input_blocks.0.0.weight"


def load_single_file(
    path: Path,
    config: Path | None,
    vae: Path | None,
    dtype: torch.dtype,
    vae_dtype: torch.dtype,
    *,
    allow_pickle: bool = False,
) -> Parts:
    """Read a single-file checkpoint, onto the CPU.

    Args:
        path: The file.
        config: Model folder of the same family: configurations and tokenizers are read from there, weights are not.
        vae: Folder of another autoencoder, which is read in place of the file's own.
        dtype: Of the weights.
        vae_dtype: Of the autoencoder's.
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
        unet=_load_unet(path, weights, find_part(folder, "unet"), dtype),
        vae=load_vae(vae, vae_dtype, allow_pickle=allow_pickle) if vae else _load_vae(path, weights, folder, vae_dtype),
        text_encoders=tuple(_load_text(path, weights, folder, family, dtype)),
        tokenizers=load_tokenizers(folder, family),
        scheduler_config=load_scheduler_config(folder),
    )


def _tell_family(path: Path, weights: Weights) -> Family:
    if _FIRST_LAYER not in weights:
        raise WeightsError(f"{path} is not in the original Stable Diffusion layout: {_FIRST_LAYER} is missing")
    check_channels(path, weights[_FIRST_LAYER].shape[1])
    if (family := tell_by_weights(weights)) is None:
        known = ", ".join(family.title for family in FAMILIES.values())
        raise WeightsError(f"{path} holds no text encoder of {known}")
    return family.name


def _check_config(path: Path, config: Path | None, family: Family) -> Path:
    if config is None:
        raise WeightsMissingError(
            f"{path.name} holds weights alone: give a {family} model folder for its configurations and tokenizers, "
            "such as one that `photoshoot weights pull` gets"
        )
    if (found := read_family(config)) is not family:
        raise WeightsError(f"{path} is a model of the family {family}, the one in {config} is of {found}")
    return config


def _load_unet(path: Path, weights: Weights, folder: Path, dtype: torch.dtype) -> UNet2DConditionModel:
    config = read_json(folder / "config.json")
    named = _convert(path, lambda: convert_ldm_unet_checkpoint(_select(weights, _UNET, dtype), config))
    return fill(lambda: build_unet(folder), named, path)


def _load_vae(path: Path, weights: Weights, folder: Path, dtype: torch.dtype) -> AutoencoderKL:
    part = find_part(folder, "vae")
    config, selected = read_json(part / "config.json"), _select(weights, _VAE, choose_vae_dtype(part, dtype))
    return fill(lambda: build_vae(part), _convert(path, lambda: convert_ldm_vae_checkpoint(selected, config)), path)


def _load_text(path: Path, weights: Weights, folder: Path, family: Family, dtype: torch.dtype) -> Iterator[nn.Module]:
    kind = FAMILIES[family]
    texts = zip(kind.original_texts.items(), kind.text_encoders.items(), strict=True)
    for (start, convert), (name, text_class) in texts:
        named = _convert(path, partial(convert, _select(weights, start, dtype)))
        yield fill(partial(build_clip, text_class, find_part(folder, name)), named, path)


def _select(weights: Weights, start: str, dtype: torch.dtype) -> dict[str, Tensor]:
    """The weights of one part, in the precision that it gets."""
    return {name: w.to(dtype) for name, w in weights.items() if name.startswith(start) and w.is_floating_point()}


def _convert(path: Path, convert: Callable[[], dict[str, Tensor]]) -> dict[str, Tensor]:
    """Names of the original layout → diffusers' names."""
    try:
        return convert()
    except (KeyError, ValueError, AttributeError, IndexError) as error:
        raise WeightsError(f"{path} lacks weights, or is in another layout: {error!r}") from error
