"""What words name, cut out: "the left mug" among a mug and a jug."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from photoshoot.parts import split_words
from photoshoot.records import Cutout, Photo
from photoshoot.segmenters.cutout import cover, cut_out
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.segmenters.word_finders import ClipSegFinder, GroundedSamFinder, WordFinder
from photoshoot.settings import SegmentationSettings


class WordsSegmenter:
    """Cuts out what the words of ``SegmentationSettings.select`` name; without such words, what stands out.

    Words of place and size ("left", "largest") choose among the parts that the others name.

    Args:
        folders: Models in the hub's layout: a CLIPSeg, or a Grounding DINO and a SAM 2.
        settings: How products are cut out. None: the defaults.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.

    Raises:
        WeightsMissingError: A folder is not there.
        WeightsError: It holds no such model.
        NoCudaError: CUDA was asked for and is not there.
    """

    def __init__(
        self, folders: Sequence[Path], settings: SegmentationSettings | None = None, *, device: str = "auto"
    ) -> None:
        self.settings = settings or SegmentationSettings()
        first, *second = folders
        self._finder: WordFinder = (
            GroundedSamFinder(first, second[0], device) if second else ClipSegFinder(first, device)
        )
        self.name = self._finder.name
        self._usual = U2NetSegmenter(self.settings)

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut out what is meant in each photo; its own transparency decides nothing where words do.

        Raises:
            NoProductFoundError: A photo shows nothing of that name.
        """
        words, order = split_words(self.settings.select)
        if not words:
            return self._usual.segment(photos)
        settings, see = replace(self.settings, select=order), partial(self._finder.find, words)
        return [cut_out(cover(photo), see, self.name, settings) for photo in photos]

    def with_settings(self, settings: SegmentationSettings) -> WordsSegmenter:
        """The same segmenter that cuts out in another way; the networks are shared."""
        other = copy.copy(self)
        other.settings, other._usual = settings, self._usual.with_settings(settings)
        return other

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._finder.close()
