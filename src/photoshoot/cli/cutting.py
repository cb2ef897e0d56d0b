"""How ``cutout`` and ``shoot`` cut products out of their photos."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from photoshoot.errors import InputError
from photoshoot.pixels.imaging import read_stroke
from photoshoot.pixels.photos import read_photo
from photoshoot.records.product import Cutout
from photoshoot.settings import SegmentationSettings


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """How products are cut out."""

    settings: SegmentationSettings | None
    """What the segmenter is told. None: nothing."""
    keep: Path | None
    """Where strokes are that belong to the product."""
    remove: Path | None
    """Where strokes are that don't."""

    @classmethod
    def read(cls, arguments: argparse.Namespace) -> Cutting:
        """Read the options.

        Raises:
            InputError: A value is wrong, or strokes are given for several photos.
        """
        if len(arguments.photos) > 1 and (arguments.keep or arguments.remove):
            raise InputError("--keep and --remove are for one photo")
        settings = SegmentationSettings(select=arguments.select, glass=arguments.glass)
        return cls(
            settings=None if settings == SegmentationSettings() else settings,
            keep=arguments.keep,
            remove=arguments.remove,
        )

    def correct(self, cutout: Cutout) -> Cutout:
        """A cut-out after the strokes."""
        if self.keep is None and self.remove is None:
            return cutout
        from photoshoot.segmenters.strokes import refine  # brings in SciPy, which not every command needs

        return refine(cutout, keep=_read_mask(self.keep), remove=_read_mask(self.remove))


def _read_mask(path: Path | None) -> npt.NDArray[np.uint8] | None:
    return None if path is None else read_stroke(read_photo(path))
