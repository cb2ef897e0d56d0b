"""Load all that a request is painted with, from files on this machine."""

import dataclasses
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from accelerate import init_empty_weights
from diffusers import AutoencoderTiny, UNet2DConditionModel
from torch import nn
from transformers import CLIPVisionModelWithProjection

from photoshoot.device import choose_dtype, free_memory_bytes
from photoshoot.errors import OutOfMemoryError, WeightsMissingError
from photoshoot.placers.diffusion.attention import STYLE_BLOCKS_SD15, STYLE_BLOCKS_SDXL, install_attention
from photoshoot.placers.diffusion.compiling import compile_networks, fuse_self_attention
from photoshoot.placers.diffusion.fingerprints import identify
from photoshoot.placers.diffusion.folders import TEXT_ENCODERS, find_part, load_folder
from photoshoot.placers.diffusion.lora import find_lora_file, fuse_lora
from photoshoot.placers.diffusion.memory_ladder import RESIDENT, choose_rung, count_bytes
from photoshoot.placers.diffusion.memory_needs import MemoryNeeds
from photoshoot.placers.diffusion.model_parts import Family, Models, Parts, StyleAdapter
from photoshoot.placers.diffusion.networks import build_clip, choose_vae_dtype, load_tiny_vae
from photoshoot.placers.diffusion.single_file import load_single_file
from photoshoot.placers.diffusion.step_cache import OuterLayers
from photoshoot.placers.diffusion.style_adapter import install_adapter
from photoshoot.settings import DiffusionSettings, Lora

STYLE_BLOCKS: Mapping[Family, Mapping[str, float]] = {
    Family.SD15: STYLE_BLOCKS_SD15,
    Family.SDXL: STYLE_BLOCKS_SDXL,
}
"""Where style adapters act."""
OUTER_LAYERS: Mapping[Family, int] = {Family.SD15: 2, Family.SDXL: 6}
"""Layers at either end of the UNet that steps between whole ones run: 32 and 31 % of its operations at 210 x 80 latent
pixels. SDXL's outermost three have no attention, and are 7 %."""
_lock = threading.Lock()  # while it builds networks without weights, accelerate changes torch for all threads


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where the parts of a model lie: local paths."""

    base: Path
    """A model folder (it holds ``model_index.json``), or one file in the layout of the original Stable Diffusion."""
    config: Path | None = None
    """Model folder whose configurations and tokenizers a single file is read with; a folder needs none."""
    vae: Path | None = None
    """Folder of an autoencoder that replaces the model's own."""
    vae_for_half: Path | None = None
    """Folder of an autoencoder that replaces the model's own where that would overflow in half precision."""
    adapter: Path | None = None
    """File of an IP-Adapter, base or Plus. None: no style references."""
    image_encoder: Path | None = None
    """Folder of the adapter's CLIP image encoder."""
    loras: tuple[Lora, ...] = ()
    """Added into the weights, in this order."""

    def paths(self) -> Iterator[Path]:
        """All that is given, except ``config``."""
        parts = (self.base, self.vae, self.adapter, self.image_encoder)
        yield from (path for path in parts if path is not None)
        yield from (find_lora_file(lora.path) for lora in self.loras)


def load_parts(sources: Sources, dtype: torch.dtype, device: torch.device) -> Parts:
    """Read and check the networks alone, with the attention that diffusers gives them: for training.

    Args:
        sources: Where they lie; the adapter is not read.
        dtype: Of the weights, but for the autoencoder's: pictures are encoded once, in single precision.
        device: Where they go.

    Raises:
        WeightsMissingError: A path does not exist.
        WeightsError: A part is broken, of another kind, or does not fit the others.
        OutOfMemoryError: The device can't hold it.
    """
    _check_sources(sources)
    with _building(sources, device):
        parts = _load_parts(sources, dtype, torch.float32, allow_pickle=False)
        _place(parts, device, device)
        _fuse(parts, sources.loras, allow_pickle=False)
        return parts


def load_models(sources: Sources, settings: DiffusionSettings, device: torch.device) -> Models:
    """Read, check and prepare a model. The host's random state stays as it is.

    Args:
        sources: Where its parts lie.
        settings: ``dtype``, ``memory``, ``compile`` and ``allow_pickle`` count here.
        device: Where it goes.

    Raises:
        WeightsMissingError: A path does not exist, or a part that is needed is not given.
        WeightsError: A part is broken, of another kind, or does not fit the others.
        OutOfMemoryError: The device can't hold it.
    """
    _check_sources(sources)
    with _building(sources, device):
        return _load(sources, settings, device)


@contextmanager
def _building(sources: Sources, device: torch.device) -> Iterator[None]:
    """One model at a time, and the host's random state comes back."""
    drawn_on = [device] if device.type == "cuda" else []
    with _lock, torch.random.fork_rng(drawn_on):  # some layers are drawn before they are overwritten
        try:
            yield
        except torch.OutOfMemoryError as error:
            raise OutOfMemoryError(f"{device} can't hold the model {sources.base.name}: {error}") from error


def _fuse(parts: Parts, loras: Sequence[Lora], *, allow_pickle: bool) -> None:
    for lora in loras:
        fuse_lora(_name_networks(parts), lora, allow_pickle=allow_pickle)


def _load(sources: Sources, settings: DiffusionSettings, device: torch.device) -> Models:
    dtype = choose_dtype(settings.dtype, device)
    sources = _with_fitting_vae(sources, dtype)
    parts = _load_parts(sources, dtype, dtype, allow_pickle=settings.allow_pickle)
    rung = _choose_rung(parts, sources.image_encoder if sources.adapter else None, settings.memory, device)
    encoders_on = device if rung == RESIDENT else torch.device("cpu")
    _place(parts, device, encoders_on)
    _fuse(parts, sources.loras, allow_pickle=settings.allow_pickle)
    if settings.compile:
        fuse_self_attention(parts.unet)
    adapter = _load_adapter(parts.unet, sources, encoders_on, allow_pickle=settings.allow_pickle)
    attention = install_attention(parts.unet, STYLE_BLOCKS[parts.family])
    outer = OuterLayers(parts.unet, OUTER_LAYERS[parts.family])
    if settings.compile:
        compile_networks(parts.unet, parts.vae, outer)
        attention.compiled = True
    return Models(
        **vars(parts),
        attention=attention,
        outer=outer,
        adapter=adapter,
        device=device,
        dtype=dtype,
        rung=rung,
        preview_vae=_load_preview_vae(settings.preview_vae, dtype, device),
        identity=identify(sources.paths()),
    )


def _with_fitting_vae(sources: Sources, dtype: torch.dtype) -> Sources:
    """With the autoencoder that is made for half precision, where the model's own is not and none was asked for."""
    folder = sources.base if sources.base.is_dir() else sources.config
    if sources.vae is not None or sources.vae_for_half is None or folder is None or dtype is not torch.float16:
        return sources
    if choose_vae_dtype(find_part(folder, "vae"), dtype) is dtype:
        return sources
    return dataclasses.replace(sources, vae=sources.vae_for_half)


def _load_preview_vae(folder: Path | None, dtype: torch.dtype, device: torch.device) -> AutoencoderTiny | None:
    return None if folder is None else load_tiny_vae(folder, dtype).to(device)


def _check_sources(sources: Sources) -> None:
    for path in (*sources.paths(), sources.config):
        if path is not None and not path.exists():
            raise WeightsMissingError(f"{path} is missing: check the path, or get it with `photoshoot weights pull`")
    if sources.adapter is not None and sources.image_encoder is None:
        raise WeightsMissingError(f"the style adapter {sources.adapter.name} needs the folder of its image encoder")


def _load_parts(sources: Sources, dtype: torch.dtype, vae_dtype: torch.dtype, *, allow_pickle: bool) -> Parts:
    if sources.base.is_dir():
        return load_folder(sources.base, sources.vae, dtype, vae_dtype, allow_pickle=allow_pickle)
    return load_single_file(sources.base, sources.config, sources.vae, dtype, vae_dtype, allow_pickle=allow_pickle)


def _choose_rung(parts: Parts, image_encoder: Path | None, asked: str, device: torch.device) -> str:
    encoders: list[nn.Module] = [*parts.text_encoders]
    if image_encoder is not None:
        with init_empty_weights():  # its weights are read onto the device, once it is clear which
            encoders.append(build_clip(CLIPVisionModelWithProjection, image_encoder).to(parts.unet.dtype))
    unet, vae = parts.unet.dtype.itemsize, parts.vae.dtype.itemsize
    needs = MemoryNeeds(family=parts.family, unet_bytes=unet, vae_bytes=vae)
    sizes = [count_bytes(encoder) for encoder in encoders]
    free = free_memory_bytes(device) if device.type == "cuda" else None
    return choose_rung(asked, needs, count_bytes(parts.unet, parts.vae), sizes, free)


def _place(parts: Parts, device: torch.device, encoders_on: torch.device) -> None:
    for network in (parts.unet, parts.vae):
        network.to(device)
    for encoder in parts.text_encoders:
        encoder.to(encoders_on)


def _name_networks(parts: Parts) -> dict[str, nn.Module]:
    names = TEXT_ENCODERS[parts.family]
    return {"unet": parts.unet, **dict(zip(names, parts.text_encoders, strict=True))}


def _load_adapter(
    unet: UNet2DConditionModel, sources: Sources, encoder_on: torch.device, *, allow_pickle: bool
) -> StyleAdapter | None:
    if sources.adapter is None or sources.image_encoder is None:
        return None
    adapter = install_adapter(unet, sources.adapter, sources.image_encoder, allow_pickle=allow_pickle)
    adapter.image_encoder.to(encoder_on)
    return adapter
