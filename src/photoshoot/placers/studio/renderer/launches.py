"""Launches of kernels: work is divided into some, a few of which are begun before the first one is waited for.

Before each it is asked whether the picture is still wanted, since one that is begun can't be called off.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import islice

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.machine.cancellation import check_cancelled
from photoshoot.placers.studio.renderer.sensor import PASS_SPP

PATHS_AHEAD = 4
"""Launches of paths of different pixels that are begun before one is waited for."""
AOVS_AHEAD = 4
"""Likewise, of surfaces: what Python does beside them takes as long as three; each more takes memory."""
_PASSES_AHEAD = 2  # likewise, of passes of the same pixels

Pending = Callable[[], Float32Array]
"""Waits for what is being traced, and gives it. Code that runs meanwhile costs no time."""


def start_parts(begin: Callable[[slice], Pending], count: int, step: int, ahead: int, channels: int = 3) -> Pending:
    """Begin work on many pixels, a part of them at a time.

    Args:
        begin: Begins it for some of the pixels, N of them, and returns what waits for (N, channels).
        count: How many pixels there are.
        step: How many of them a part has.
        ahead: How many parts are begun before one is waited for.
        channels: How many values a pixel gets.

    Returns:
        What waits for all (count, channels).
    """

    def start(some: slice) -> tuple[slice, Pending]:
        check_cancelled()
        return some, begin(some)

    parts = [slice(first, first + step) for first in range(0, count, step)]
    begun, rest = deque(map(start, parts[:ahead])), iter(parts[ahead:])

    def wait() -> Float32Array:
        result = np.empty((count, channels), np.float32)
        while begun:
            some, found = begun.popleft()
            result[some] = found()
            begun.extend(map(start, islice(rest, 1)))
        return result

    return wait


def mean_of_passes(sample: Callable[[int, int], Pending], spp: int, skip: int) -> Pending:
    """Mean over samples that are taken in passes; ``sample`` begins to sum up so many, after so many others.

    ``skip`` leaves out the first passes: what is left is the same as in the mean of all of them.
    """
    waiting: deque[Pending] = deque()
    total, counts = np.zeros((), np.float64), _split_passes(spp)[skip:]
    for number, count in enumerate(counts):
        check_cancelled()
        waiting.append(sample(count, (skip + number) * PASS_SPP))
        if len(waiting) > _PASSES_AHEAD:
            total = total + waiting.popleft()()
    return lambda: np.asarray(sum((more() for more in waiting), total) / sum(counts), np.float32)


def _split_passes(spp: int) -> list[int]:
    """How many samples each pass takes."""
    return [PASS_SPP] * (spp // PASS_SPP) + [1 << bit for bit in (1, 0) if spp % PASS_SPP & 1 << bit]
