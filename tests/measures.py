"""How alike two pictures are, and how much work a call is."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

FLOAT32 = 1e-6
"""How far values near 1 may lie apart that a few operations on float32 made: each rounds by up to 6e-8."""

FLOAT32_NETWORK = 1e-5
"""The same for a network's float32: some tens of layers round sums, and how those are split into parts depends on the
batch, the processor and its threads; two rows of one batch differ by up to 1e-6, too."""


def psnr(
    first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8], where: npt.NDArray[np.bool_] | None = None
) -> float:
    """Peak signal-to-noise ratio of pictures (H, W, 3), dB; of the pixels ``where`` (H, W), or of all."""
    squared = (first.astype(np.float64) - second) ** 2
    error = float(np.mean(squared if where is None else squared[where]))
    return 10 * float(np.log10(255**2 / max(error, 1e-9)))


def count_calls(work: Callable[[], object]) -> int:
    """How many calls of functions, Python's own included, a piece of work is: the same on a busy machine."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
