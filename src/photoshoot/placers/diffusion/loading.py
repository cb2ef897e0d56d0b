"""Load all that a request is painted with, from files on this machine."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import torch
from diffusers import AutoencoderTiny, ControlNetModel, UNet2DConditionModel
from torch import nn

from photoshoot.errors import OutOfMemoryError, SettingsError, WeightsError, WeightsMissingError
from photoshoot.machine.device import choose_dtype, free_memory_bytes
from photoshoot.placers.diffusion.components.attention import AttentionControl, install_attention
from photoshoot.placers.diffusion.components.flow_transformer import Reading
from photoshoot.placers.diffusion.components.step_cache import OuterLayers
from photoshoot.placers.diffusion.hosting.compiling import compile_networks, fuse_self_attention
from photoshoot.placers.diffusion.hosting.offloading import pin, visit_by_layer
from photoshoot.placers.diffusion.hosting.quantizing import check_quantization, quantize_linear, stored_bytes
from photoshoot.placers.diffusion.memory.memory_ladder import (
    ENCODER_OFFLOAD,
    RESIDENT,
    RUNGS,
    SEQUENTIAL_OFFLOAD,
    choose_rung,
    needs_of,
)
from photoshoot.placers.diffusion.memory.memory_needs import MemoryNeeds
from photoshoot.placers.diffusion.models.fingerprints import identify
from photoshoot.placers.diffusion.models.folders import find_part, load_folder
from photoshoot.placers.diffusion.models.lora import fuse_lora
from photoshoot.placers.diffusion.models.model_parts import Models, NetworkBytes, Parts, StyleAdapter
from photoshoot.placers.diffusion.models.networks import choose_vae_dtype, load_control, load_tiny_vae
from photoshoot.placers.diffusion.models.relight_networks import load_relighter
from photoshoot.placers.diffusion.models.single_file import load_single_file
from photoshoot.placers.diffusion.models.sources import Sources
from photoshoot.placers.diffusion.models.style_adapter import install_adapter
from photoshoot.settings import DiffusionSettings, Lora

_lock = threading.Lock()  # while it builds networks without weights, accelerate changes torch for all threads


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
    sources.check()
    with _building(sources, device):
        parts = _load_parts(sources, dtype, torch.float32, allow_pickle=False)
        if parts.paints_by_flow:
            raise WeightsError(f"{sources.base.name} has no UNet, so that it can't be trained here")
        _Homes(device, device).move(parts)
        _fuse(parts, sources.loras, allow_pickle=False)
        return parts


def load_models(sources: Sources, settings: DiffusionSettings, device: torch.device) -> Models:
    """Read, check and prepare a model. The host's random state stays as it is.

    Args:
        sources: Where its parts lie.
        settings: ``control``, ``relighter``, ``dtype``, ``quantization``, ``memory``, ``compile`` and ``allow_pickle``
            count here.
        device: Where it goes.

    Raises:
        WeightsMissingError: A path does not exist, or a part that is needed is not given.
        WeightsError: A part is broken, of another kind, or does not fit the others.
        MissingExtraError: torchao is not installed, and quantized weights are asked for.
        OutOfMemoryError: The device can't hold it.
    """
    sources.check()
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
    check_quantization(settings.quantization)
    dtype = choose_dtype(settings.dtype, device)
    sources = _with_fitting_vae(sources, dtype)
    parts = _load_parts(sources, dtype, dtype, allow_pickle=settings.allow_pickle)
    if not parts.paints_by_flow:  # which says that it takes none
        _fuse(parts, sources.loras, allow_pickle=settings.allow_pickle)
    adapter, control, attention, outer = _equip(parts, sources, settings)
    relighter = _load_relighter(sources, settings, dtype)
    sizes = _measure(parts, adapter, control, settings.quantization)
    if relighter is not None:
        sizes = dataclasses.replace(sizes, relighter=_measure(relighter, None, None, "none"))
    quantize_linear(parts.unet, settings.quantization)
    needs = needs_of(parts, settings, device, controlled=control is not None, relighter=relighter)
    rung = _choose_rung(needs, sizes, settings, device)
    homes = _Homes.of(rung, device)
    if relighter is not None:
        _Homes(homes.encoders, homes.encoders).move(relighter)
    homes.move(parts)
    beside = [] if control is None else [control.to(homes.painters)]
    if adapter is not None:
        adapter.image_encoder.to(homes.encoders)
        adapter.projection.to(device)
    if settings.compile and outer is not None:
        compile_networks(parts.unet, parts.vae, outer, control=control)
        attention.compiled = True
    for network in (parts.unet, *beside):
        if homes.painters != device and device.type == "cuda":
            pin(network)
        if rung == SEQUENTIAL_OFFLOAD:
            visit_by_layer(network, device)
    return Models(
        **vars(parts),
        attention=attention,
        outer=outer,
        adapter=adapter,
        control=control,
        device=device,
        dtype=dtype,
        rung=rung,
        sizes=sizes,
        relighter=relighter,
        preview_vae=_load_preview_vae(settings.preview_vae, dtype, device),
        identity=identify(sources.paths()),
    )


@dataclass(frozen=True)
class _Homes:
    """Where networks lie when they don't work."""

    painters: torch.device
    encoders: torch.device

    @classmethod
    def of(cls, rung: str, device: torch.device) -> _Homes:
        host = torch.device("cpu")
        return cls(
            painters=device if rung in (RESIDENT, ENCODER_OFFLOAD) else host,
            encoders=device if rung == RESIDENT else host,
        )

    def move(self, parts: Parts) -> None:
        for network in (parts.unet, parts.vae):
            network.to(self.painters)
        for encoder in parts.text_encoders:
            encoder.to(self.encoders)


def _with_fitting_vae(sources: Sources, dtype: torch.dtype) -> Sources:
    """With the autoencoder that is made for half precision, where the model's own is not and none was asked for."""
    folder = sources.base if sources.base.is_dir() else sources.config
    if sources.vae is not None or sources.vae_for_half is None or folder is None or dtype is not torch.float16:
        return sources
    if choose_vae_dtype(find_part(folder, "vae"), dtype) is dtype:
        return sources
    return dataclasses.replace(sources, vae=sources.vae_for_half)


_Equipment: TypeAlias = tuple[
    StyleAdapter | None, ControlNetModel | None, AttentionControl | Reading, OuterLayers | None
]


def _equip(parts: Parts, sources: Sources, settings: DiffusionSettings) -> _Equipment:
    """What a painter works with: adapter, ControlNet, what is attended to, and its outer layers."""
    if parts.paints_by_flow:
        _check_plain(parts, sources, settings)
        return None, None, Reading(), None
    if settings.compile:
        fuse_self_attention(parts.unet)
    adapter = _load_adapter(parts.unet, sources, allow_pickle=settings.allow_pickle)
    attention = install_attention(parts.unet, parts.kind.style_blocks)
    control = _load_control(parts.unet, sources, settings)
    if control is not None:
        attention.join(install_attention(control))
    return adapter, control, attention, OuterLayers(parts.unet, parts.kind.outer_layers)


def _check_plain(parts: Parts, sources: Sources, settings: DiffusionSettings) -> None:
    """Hold that nothing is asked of a transformer that is for UNets.

    Raises:
        SettingsError: It is.
    """
    asked = {
        "control": (settings.control, settings.control in ("auto", "none") and sources.control is None),
        "loras": (len(sources.loras), not sources.loras),
        "compile": (settings.compile, not settings.compile),
        "cache_interval": (settings.cache_interval, settings.cache_interval == 1),
        "preview_vae": (settings.preview_vae, settings.preview_vae is None),
    }
    for name, (value, plain) in asked.items():
        if not plain:
            raise SettingsError(name, value, f"none with {parts.kind.title}: it is for models with a UNet")


def _load_preview_vae(folder: Path | None, dtype: torch.dtype, device: torch.device) -> AutoencoderTiny | None:
    return None if folder is None else load_tiny_vae(folder, dtype).to(device)


def _load_parts(sources: Sources, dtype: torch.dtype, vae_dtype: torch.dtype, *, allow_pickle: bool) -> Parts:
    if sources.base.is_dir():
        return load_folder(sources.base, sources.vae, dtype, vae_dtype, allow_pickle=allow_pickle)
    return load_single_file(sources.base, sources.config, sources.vae, dtype, vae_dtype, allow_pickle=allow_pickle)


def _measure(
    parts: Parts, adapter: StyleAdapter | None, control: ControlNetModel | None, quantization: str
) -> NetworkBytes:
    encoders = [*parts.text_encoders, *([] if adapter is None else [adapter.image_encoder])]
    layers = (layer for layer in parts.unet.modules() if not [*layer.children()])
    beside = 0 if control is None else stored_bytes(control)
    return NetworkBytes(
        unet=stored_bytes(parts.unet, quantization) + beside,
        vae=stored_bytes(parts.vae),
        encoders=tuple(stored_bytes(encoder) for encoder in encoders),
        layer=max(stored_bytes(layer, quantization) for layer in layers),
        kept=0 if adapter is None else stored_bytes(adapter.projection),
    )


def _choose_rung(needs: MemoryNeeds, sizes: NetworkBytes, settings: DiffusionSettings, device: torch.device) -> str:
    free = free_memory_bytes(device) if device.type == "cuda" else None
    return choose_rung(settings.memory, needs, sizes, free, RUNGS[:2] if settings.compile else RUNGS)


def _name_networks(parts: Parts) -> dict[str, nn.Module]:
    names = parts.kind.text_encoders
    return {"unet": parts.unet, **dict(zip(names, parts.text_encoders, strict=True))}


def _load_adapter(unet: UNet2DConditionModel, sources: Sources, *, allow_pickle: bool) -> StyleAdapter | None:
    if sources.adapter is None or sources.image_encoder is None:
        return None
    return install_adapter(unet, sources.adapter, sources.image_encoder, allow_pickle=allow_pickle)


def _load_relighter(sources: Sources, settings: DiffusionSettings, dtype: torch.dtype) -> Parts | None:
    if settings.relighter == "none" or (settings.relighter == "auto" and sources.relight is None):
        return None
    if sources.relight is None or sources.relight_base is None:
        raise WeightsMissingError(
            f"relighter={settings.relighter!r} needs IC-Light's weights, and {sources.base.name} has none beside it"
        )
    return load_relighter(sources.relight_base, sources.relight, dtype, allow_pickle=settings.allow_pickle)


def _load_control(unet: UNet2DConditionModel, sources: Sources, settings: DiffusionSettings) -> ControlNetModel | None:
    if settings.control == "none" or (settings.control == "auto" and sources.control is None):
        return None
    if sources.control is None:
        raise WeightsMissingError(
            f"control={settings.control!r} needs a ControlNet, and {sources.base.name} has none beside it: "
            "take a profile that ends in -product or -depth, or put one into the folder, as controlnet"
        )
    return load_control(sources.control, unet, unet.dtype, allow_pickle=settings.allow_pickle)
