"""Most bytes on a device on each rung of the memory ladder, and what painting's start renders take there."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from unittest.mock import patch

import drjit as dr
import torch
from diffusers import UNet2DConditionModel
from network_sizes import SD15, SDXL
from networks import META
from ours import build_placer
from stage_watch import MetaHost
from tensor_lives import TensorLives
from torch.fx.experimental import _config
from torch.nn import functional

from photoshoot.engines.build import STARTER
from photoshoot.placers.diffusion.canvas.working_sizes import choose_working_size
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.hosting.quantizing import stored_bytes
from photoshoot.placers.diffusion.memory.memory_ladder import (
    ENCODER_OFFLOAD,
    PUBLISHED,
    RESIDENT,
    RUNGS,
    SPARE,
    choose_rung,
    half_needs,
    needs_of,
    peak_of,
)
from photoshoot.placers.diffusion.memory.memory_needs import MemoryNeeds, start_bytes
from photoshoot.placers.diffusion.models.model_parts import Family, Models, NetworkBytes
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.records import ShotRequest
from photoshoot.settings import DiffusionSettings
from photoshoot.stages import Placer

Load: TypeAlias = Callable[[DiffusionSettings], Models]
"""Gives networks on the meta device."""
CARDS_GB, TAKEN_GB = (6, 8, 12, 16, 24, 80), 0.8
SIZES = {Family.SD15: SD15, Family.SDXL: SDXL}


@dataclass(frozen=True, kw_only=True)
class Held:
    """Bytes at the peak of one thing that is done."""

    what: str
    counted: int
    reckoned: int

    @property
    def error(self) -> float:
        """Of what is reckoned, as a share of what is counted."""
        return self.reckoned / self.counted - 1


def count_rungs(
    name: str, load: Load, settings: DiffusionSettings, request: ShotRequest, starter: Placer
) -> Iterator[Held]:
    """One landscape shot on each rung, all that lies on the device included; whole, and once in tiles.

    Args:
        name: Of the profile.
        load: Gives its networks.
        settings: Its own.
        request: The shot; its product is lit where the profile lights products.
        starter: Gives what painting starts from.
    """
    for rung, tiling in [*((rung, "auto") for rung in RUNGS), (RUNGS[-1], "always")]:
        asked = replace(settings, memory=rung, vae_tiling=tiling, batch_size=1)
        models = load(asked)
        placer = build_placer(models, asked, starter)
        lives = TensorLives()
        with counting(), lives:
            placer.place([request])
        needs = needs_of(models, asked, META, controlled=models.control is not None, relighter=models.relighter)
        tiled = ", in tiles" if tiling == "always" else ""
        yield Held(
            what=f"{name}, `{rung}`{tiled}",
            counted=lives.peak + _lying_there(rung, models.sizes),
            reckoned=peak_of(rung, needs, models.sizes),
        )


def _lying_there(rung: str, sizes: NetworkBytes) -> int:
    painters, lit = sizes.unet + sizes.vae, 0
    if sizes.relighter is not None:
        lit = sizes.relighter.unet + sizes.relighter.vae + sum(sizes.relighter.encoders)
    return sizes.kept + {RESIDENT: painters + sum(sizes.encoders) + lit, ENCODER_OFFLOAD: painters}.get(rung, 0)


def count_starts(
    models: Models, settings: DiffusionSettings, plans: Mapping[str, Sequence[ShotRequest]]
) -> Iterator[Held]:
    """The studio's renders, by the watermark of Dr.Jit's memory; a card adds some of its own."""
    for name, plan in plans.items():
        size = choose_working_size(plan[0].canvas, models.native_px, settings)
        studio = StudioPlacer(STARTER)
        gc.collect()
        dr.flush_malloc_cache()
        dr.detail.malloc_clear_statistics()
        before = dr.detail.malloc_watermark(dr.JitBackend.LLVM)
        studio.place([size.enlarge(plan[1], {})])
        counted = dr.detail.malloc_watermark(dr.JitBackend.LLVM) - before
        studio.close()
        reckoned = start_bytes(size)
        yield Held(
            what=f"{models.family}, {name}, {size.width_px}x{size.height_px}", counted=counted, reckoned=reckoned
        )


def report_cards() -> list[str]:
    """A table: what stays on cards of some sizes, and with the UNet's linear weights in a byte."""
    lines = [
        f"| card | {' | '.join(f'`{family}` | `{family}`, int8' for family in UNET_FAMILIES)} | `{Family.FLUX2}` |",
        "|---|---|---|---|---|---|",
    ]
    for card in CARDS_GB:
        free = int((card - TAKEN_GB) * 1e9)
        cells = []
        for family in UNET_FAMILIES:
            whole = PUBLISHED[family]
            byte = replace(whole, unet=_quantized_bytes(family))
            cells += [_tell_rung(half_needs(family), sizes, free) for sizes in (whole, byte)]
        cells.append(_tell_rung(half_needs(Family.FLUX2), PUBLISHED[Family.FLUX2], free))
        lines.append(f"| {card} GB | {' | '.join(cells)} |")
    return lines


def _tell_rung(needs: MemoryNeeds, sizes: NetworkBytes, free_bytes: int) -> str:
    rung = choose_rung("auto", needs, sizes, free_bytes)
    peak = peak_of(rung, needs, sizes)
    return f"{rung}, {peak / 1e9:.1f}" if peak <= free_bytes * SPARE else f"none: the last takes {peak / 1e9:.1f}"


def _quantized_bytes(family: Family) -> int:
    with META:
        return stored_bytes(UNet2DConditionModel(**SIZES[family].unet).half(), "int8")


@contextmanager
def counting() -> Iterator[None]:
    """Run what waits for a device on the meta device, with attention that takes what CUDA's kernels take."""
    edges = _config.patch(meta_nonzero_assume_all_nonzero=True)  # type: ignore[attr-defined]
    with patch.object(functional, "scaled_dot_product_attention", _attend), MetaHost(), edges, torch.no_grad():  # type: ignore[no-untyped-call]
        yield


def _attend(query: torch.Tensor, *_: Any, **__: Any) -> torch.Tensor:
    """As CUDA's kernels do it, without the matrix of all pairs."""
    log_sum = torch.empty(query.shape[:3], dtype=torch.float32, device=query.device)
    result = torch.empty_like(query)
    del log_sum
    return result
