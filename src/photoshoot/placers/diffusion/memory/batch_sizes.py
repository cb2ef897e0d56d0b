"""Which shots are painted together, and what happens when they do not fit."""

import functools
import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from photoshoot.errors import OutOfMemoryError
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.hosting.memory_errors import Shortage, attempt
from photoshoot.placers.diffusion.memory.memory_needs import SPARE, MemoryNeeds

T = TypeVar("T")
R = TypeVar("R")

_MOST = 32

_log = logging.getLogger("photoshoot")


def fitting_batch(needs: MemoryNeeds, size: WorkingSize, free_bytes: int) -> int:
    """How many shots of one size fit together in a device's free memory, at least 1."""
    room = free_bytes * SPARE
    return max((shots for shots in range(1, _MOST + 1) if needs.peak_bytes(size, shots) <= room), default=1)


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
        made = attempt(functools.partial(work, batch))
        if not isinstance(made, Shortage):
            yield from made
        elif len(batch) == 1:
            raise OutOfMemoryError(f"a single shot does not fit in the device's memory: {made.message}")
        else:
            size = len(batch) // 2
            _log.warning("%d shots do not fit in memory; going on with %d at a time", len(batch), size)
            waiting.extendleft(reversed(batch))
