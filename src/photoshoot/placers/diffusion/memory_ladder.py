"""Which networks lie on a device all the time: as many as leave room to paint; the others come while they work."""

import logging
from collections.abc import Sequence
from typing import Final

from torch import nn

from photoshoot.placers.diffusion.memory_needs import SPARE, MemoryNeeds
from photoshoot.placers.diffusion.working_sizes import WorkingSize
from photoshoot.records import Box

RESIDENT, ENCODER_OFFLOAD = "resident", "encoder_offload"
_LANDSCAPE: Final = WorkingSize(
    canvas_px=(1674, 628), ad=Box(left=0, top=0, right=1674, bottom=628), width_px=1674, height_px=628
)
_log = logging.getLogger("photoshoot")


def choose_rung(asked: str, needs: MemoryNeeds, painters: int, encoders: Sequence[int], free_bytes: int | None) -> str:
    """Decide whether text and image encoders stay on the device: only where one landscape shot fits beside them.

    Args:
        asked: ``DiffusionSettings.memory``.
        needs: Of the model.
        painters: Bytes of the UNet and the autoencoder.
        encoders: Bytes of each encoder.
        free_bytes: Of the device, before anything lies there; None: it does not say, and all stay.
    """
    if asked != "auto" or free_bytes is None:
        return RESIDENT if asked == "auto" else asked
    needed = painters + sum(encoders) + needs.peak_bytes(_LANDSCAPE, 1)
    rung = RESIDENT if needed <= free_bytes * SPARE else ENCODER_OFFLOAD
    _log.info("memory: %s, for %.1f GB are free and %.1f GB hold all", rung, free_bytes / 1e9, needed / 1e9)
    return rung


def count_bytes(*networks: nn.Module) -> int:
    """Of the weights."""
    return sum(weight.numel() * weight.itemsize for network in networks for weight in network.parameters())
