"""What words name, cut out by CLIPSeg: "the left mug" among a mug and a jug.

Source: Lüddecke and Ecker, "Image segmentation using text and image prompts" (2022).
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import CLIPSegForImageSegmentation

from photoshoot.arrays import Float32Array
from photoshoot.parts import split_words
from photoshoot.pretrained import Network
from photoshoot.records import Cutout, Photo
from photoshoot.segmenters.cutout import cover, cut_out
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import SegmentationSettings


class WordsSegmenter:
    """Cuts out what the words of ``SegmentationSettings.select`` name; without such words, what stands out.

    Words of place and size ("left", "largest") choose among the parts that the others name.

    Args:
        folder: A ``CLIPSegForImageSegmentation`` in the hub's layout.
        settings: How products are cut out. None: the defaults.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.

    Raises:
        WeightsMissingError: The folder is not there.
        WeightsError: It holds no such model.
        NoCudaError: CUDA was asked for and is not there.
    """

    def __init__(self, folder: Path, settings: SegmentationSettings | None = None, *, device: str = "auto") -> None:
        self.settings = settings or SegmentationSettings()
        self.name = f"clipseg/{folder.name}"
        self._network = Network(folder, device, architecture=CLIPSegForImageSegmentation)
        self._usual = U2NetSegmenter(self.settings)
        self._lock = threading.Lock()

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut out what is meant in each photo; its own transparency decides nothing where words do.

        Raises:
            NoProductFoundError: A photo shows nothing of that name.
            OutOfMemoryError: The device can't hold a picture.
        """
        words, order = split_words(self.settings.select)
        if not words:
            return self._usual.segment(photos)
        settings, see = replace(self.settings, select=order), partial(self._see, words)
        return [cut_out(cover(photo), see, self.name, settings) for photo in photos]

    def with_settings(self, settings: SegmentationSettings) -> WordsSegmenter:
        """The same segmenter that cuts out in another way; the networks are shared."""
        other = copy.copy(self)
        other.settings, other._usual = settings, self._usual.with_settings(settings)
        return other

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._network.close()

    @torch.inference_mode()
    def _see(self, words: str, view: Image.Image) -> Float32Array:
        """How likely each place of a view is what the words name, (h, w) in [0, 1], at the network's own size."""
        with self._lock:
            inputs = self._network.processor(text=[words], images=[view], padding=True, return_tensors="pt")
            logits = self._network.model(**self._network.put(inputs)).logits
            likely = torch.sigmoid(logits.float()).reshape(logits.shape[-2:]).cpu().numpy()
        return np.asarray(likely, np.float32)
