"""What is printed on a product itself: read once a cut-out, whoever asks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from photoshoot.machine.recent_results import RecentResults
from photoshoot.records import Cutout
from photoshoot.vision.printed_text import PrintedLine, PrintedTextReader

_KEPT = 64  # cut-outs whose lines are kept


class ProductWords:
    """Reads what is printed on products. Safe across threads.

    Args:
        reader: Reads the words in a picture.
    """

    def __init__(self, reader: PrintedTextReader) -> None:
        self.reader = reader
        self._lines: RecentResults[str, tuple[PrintedLine, ...]] = RecentResults(_KEPT)

    def read(self, cutout: Cutout) -> tuple[PrintedLine, ...]:
        """The lines on the product, in pixels of its box; what stands beside it in the photo is none of them."""
        return self._lines.get([cutout.sha256], lambda _: [self._read(cutout)])[0]

    def _read(self, cutout: Cutout) -> tuple[PrintedLine, ...]:
        place = cutout.box.slices()
        alpha = cutout.alpha_matte[place]
        picture = np.where((alpha > 0)[..., None], cutout.rgb[place], np.uint8(255))
        lines = self.reader.read(np.ascontiguousarray(picture), least_letters=1)
        return tuple(line for line in lines if stands_in(line, alpha > 0.5))


def stands_in(line: PrintedLine, where: npt.NDArray[np.bool_]) -> bool:
    """Whether a line's middle is in a mask (H, W)."""
    x, y = (int(value) for value in line.middle)
    return bool(where[min(max(y, 0), where.shape[0] - 1), min(max(x, 0), where.shape[1] - 1)])
