"""How alike two pictures are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def psnr(
    first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8], where: npt.NDArray[np.bool_] | None = None
) -> float:
    """Peak signal-to-noise ratio of pictures (H, W, 3), dB; of the pixels ``where`` (H, W), or of all."""
    squared = (first.astype(np.float64) - second) ** 2
    error = float(np.mean(squared if where is None else squared[where]))
    return 10 * float(np.log10(255**2 / max(error, 1e-9)))
