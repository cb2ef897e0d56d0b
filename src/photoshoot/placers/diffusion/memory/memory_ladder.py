"""Which networks lie on a device all the time: as many as leave room to paint; the others come while they work."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from typing import Final

import torch

from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.components.codec import ALWAYS
from photoshoot.placers.diffusion.families import FAMILIES, TRANSFORMER
from photoshoot.placers.diffusion.memory.memory_needs import SPARE, MemoryNeeds
from photoshoot.placers.diffusion.models.model_parts import Family, NetworkBytes, Parts
from photoshoot.records import Box
from photoshoot.settings import DiffusionSettings

RESIDENT, ENCODER_OFFLOAD, MODEL_OFFLOAD, SEQUENTIAL_OFFLOAD = RUNGS = (
    "resident",
    "encoder_offload",
    "model_offload",
    "sequential_offload",
)
"""From the fastest to the one that takes the least memory."""
_LANDSCAPE: Final = WorkingSize(
    canvas_px=(1674, 628), ad=Box(left=0, top=0, right=1674, bottom=628), width_px=1674, height_px=628
)
SQUARE: Final = WorkingSize(
    canvas_px=(512, 512), ad=Box(left=0, top=0, right=512, bottom=512), width_px=512, height_px=512
)
"""What products are lit at."""
_log = logging.getLogger("photoshoot")


PUBLISHED: Final = {name: family.published for name, family in FAMILIES.items()}
"""The published networks in half precision, with IP-Adapter Plus in the layers of its style."""


def peak_of(rung: str, needs: MemoryNeeds, sizes: NetworkBytes, size: WorkingSize = _LANDSCAPE) -> int:
    """Most bytes on the device while one shot is painted on a rung, weights included."""
    working = max(with_visits(rung, needs, sizes).peak_bytes(size, 1), relighting_peak(rung, needs, sizes))
    if rung == RESIDENT:
        return sizes.kept + _all_of(sizes) + working
    working = max(working, *sizes.encoders, 0)  # one at a time, and before painting
    if rung == ENCODER_OFFLOAD:
        return sizes.kept + sizes.unet + sizes.vae + working
    return sizes.kept + working


def relighting_peak(rung: str, needs: MemoryNeeds, sizes: NetworkBytes) -> int:
    """Most bytes alive at once while one product is lit, beside what lies on the device; 0 where nothing does."""
    if needs.relight is None or sizes.relighter is None:
        return 0
    if rung == RESIDENT:
        return needs.relight.peak_bytes(SQUARE, 1)
    return peak_of(MODEL_OFFLOAD, needs.relight, sizes.relighter, SQUARE)


def relighting_needs(rung: str, needs: MemoryNeeds, sizes: NetworkBytes) -> MemoryNeeds | None:
    """What lighting products takes on a rung, with the weights that come for it: they lie there on the first alone."""
    if needs.relight is None or sizes.relighter is None:
        return None
    return with_visits(RESIDENT if rung == RESIDENT else MODEL_OFFLOAD, needs.relight, sizes.relighter)


def _all_of(sizes: NetworkBytes) -> int:
    lit = 0 if sizes.relighter is None else _all_of(sizes.relighter)
    return sizes.unet + sizes.vae + sum(sizes.encoders) + lit


def with_visits(rung: str, needs: MemoryNeeds, sizes: NetworkBytes) -> MemoryNeeds:
    """What painting takes on a rung, with the weights that come for it."""
    if rung not in (MODEL_OFFLOAD, SEQUENTIAL_OFFLOAD):
        return needs
    unet = sizes.unet if rung == MODEL_OFFLOAD else sizes.layer
    return dataclasses.replace(needs, unet_visits=unet, vae_visits=sizes.vae)


def needs_of(
    parts: Parts,
    settings: DiffusionSettings,
    device: torch.device,
    *,
    controlled: bool = False,
    relighter: Parts | None = None,
) -> MemoryNeeds:
    """What painting takes with a model that is loaded, beside the weights that come.

    Args:
        parts: Its networks.
        settings: How it paints.
        device: Where.
        controlled: Whether a ControlNet works beside it.
        relighter: What lights products after.
    """
    relight = None
    if relighter is not None:
        relight = MemoryNeeds(
            family=relighter.family, unet_bytes=relighter.unet.dtype.itemsize, vae_bytes=relighter.vae.dtype.itemsize
        )
    return MemoryNeeds(
        family=parts.family,
        unet_bytes=parts.unet.dtype.itemsize,
        vae_bytes=parts.vae.dtype.itemsize,
        rows=2 if settings.guidance_scale > 1 else 1,
        controlled=controlled,
        relight=relight,
        tiled=settings.vae_tiling == ALWAYS,
        starts=settings.init == "studio" and device.type == "cuda",  # where the studio renders there, too
    )


def choose_rung(
    asked: str, needs: MemoryNeeds, sizes: NetworkBytes, free_bytes: int | None, rungs: Sequence[str] = RUNGS
) -> str:
    """Decide what stays on the device: the fastest rung on which one landscape shot fits.

    Args:
        asked: ``DiffusionSettings.memory``.
        needs: Of the model.
        sizes: Of its weights.
        free_bytes: Of the device, before anything lies there; None: it does not say, and all stay.
        rungs: Those that may be chosen; where none fits, the last.
    """
    if asked != "auto" or free_bytes is None:
        return RESIDENT if asked == "auto" else asked
    peaks = {rung: peak_of(rung, needs, sizes) for rung in rungs}
    rung = next((rung for rung in rungs if peaks[rung] <= free_bytes * SPARE), rungs[-1])
    told = f"{free_bytes / 1e9:.1f} GB are free, a landscape shot takes {peaks[rung] / 1e9:.1f} GB so"
    _log.info("memory: %s, for %s, and %.1f GB with all networks there", rung, told, peaks[RESIDENT] / 1e9)
    if peaks[rung] > free_bytes * SPARE:
        _log.warning("memory: %s, and that may not do", told)
    return rung


def expect_rungs(free_bytes: int) -> dict[str, str]:
    """What ``memory="auto"`` chooses for the published networks of each family on a card with so much free."""
    return {
        family.value: choose_rung("auto", half_needs(family), sizes, free_bytes) for family, sizes in PUBLISHED.items()
    }


def half_needs(family: Family) -> MemoryNeeds:
    """What painting takes in half precision, with the studio's start renders on the same card."""
    rows = 1 if FAMILIES[family].painter == TRANSFORMER else 2  # distilled, so that it needs no guidance
    return MemoryNeeds(family=family, unet_bytes=2, vae_bytes=2, rows=rows, starts=True)
