"""Which shots are painted together, and what happens when they do not fit."""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

import torch

from photoshoot.errors import OutOfMemoryError
from photoshoot.placers.diffusion.codec import DECODED_TOGETHER
from photoshoot.placers.diffusion.model_parts import Family
from photoshoot.placers.diffusion.working_sizes import WorkingSize

T = TypeVar("T")
R = TypeVar("R")

ROW_BYTES: Final = {Family.SD15: 20_000, Family.SDXL: 33_000}
"""Memory of a UNet call for a row and a latent pixel, half precision. Source: activations counted on the meta device at
batch 12 and 210 x 79 latent pixels (3.6 and 6.1 GiB)."""
DECODE_BYTES: Final = 97_000
"""Memory of decoding a latent pixel, half precision: 1.5 GiB at 210 x 79."""
_SPARE = 0.85  # share of the free memory that is used: allocators need room
_MOST = 32

_log = logging.getLogger("photoshoot")


def fitting_batch(family: Family, latent_px: int, free_bytes: int, value_bytes: int) -> int:
    """How many shots fit, at least 1.

    Args:
        family: Of the network.
        latent_px: Latent pixels of a shot at full size.
        free_bytes: Free memory of the device.
        value_bytes: Bytes of a number: 2 for half precision, 4 for single.
    """
    room = free_bytes * _SPARE - decode_bytes(latent_px, value_bytes)
    return int(min(_MOST, max(1, room // shot_bytes(family, latent_px, value_bytes))))


def shot_bytes(family: Family, latent_px: int, value_bytes: int) -> float:
    """Memory that a shot's UNet calls take beside the networks; see ``fitting_batch``."""
    rows = 2  # with guidance
    return rows * ROW_BYTES[family] * latent_px * value_bytes / 2


def decode_bytes(latent_px: int, value_bytes: int) -> float:
    """Memory that decoding takes, however many shots there are; see ``fitting_batch``."""
    return DECODED_TOGETHER * DECODE_BYTES * latent_px * value_bytes / 2


def by_size(sizes: Sequence[WorkingSize]) -> dict[WorkingSize, list[int]]:
    """Places of the shots that are painted at one size, in order."""
    groups: dict[WorkingSize, list[int]] = {}
    for index, size in enumerate(sizes):
        groups.setdefault(size, []).append(index)
    return groups


def run_in_batches(items: Sequence[T], size: int, work: Callable[[Sequence[T]], list[R]]) -> Iterator[R]:
    """Work on items in batches; a batch that does not fit in memory is halved and tried again.

    What was finished before stays; the size that fitted is kept for the rest.

    Args:
        items: What to work on, in order.
        size: Most items a batch.
        work: Gives a result per item.

    Raises:
        OutOfMemoryError: A single item does not fit.
    """
    waiting = deque(items)
    while waiting:
        batch = [waiting.popleft() for _ in range(min(size, len(waiting)))]
        try:
            yield from work(batch)
        except torch.OutOfMemoryError as error:
            if len(batch) == 1:
                raise OutOfMemoryError(f"a single shot does not fit in the device's memory: {error}") from error
            size = len(batch) // 2
            _log.warning("%d shots do not fit in memory; going on with %d at a time", len(batch), size)
            torch.cuda.empty_cache()
            waiting.extendleft(reversed(batch))
