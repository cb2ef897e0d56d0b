"""What words name, cut out: "the left mug" among a mug and a jug.

Networks that find in a picture what words name.

Sources: Lüddecke and Ecker, "Image segmentation using text and image prompts" (2022), CLIPSeg; Liu et al., "Grounding
DINO" (2023), whose boxes Ravi et al., "SAM 2" (2024), turns into masks.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from transformers import CLIPSegForImageSegmentation, GroundingDinoForObjectDetection, Sam2Model

from photoshoot.arrays import Float32Array
from photoshoot.records import Cutout, Photo
from photoshoot.records.parts import split_words
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.own_alpha import cover
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import SegmentationSettings
from photoshoot.vision.pretrained import Network

_BOX_SCORE, _WORD_SCORE = 0.35, 0.25  # Source: the thresholds of Grounding DINO's own demonstration


class WordFinder(Protocol):
    """Finds what words name; may be called from several threads."""

    name: str

    def find(self, words: str, view: Image.Image) -> Float32Array:
        """How likely each place of a view is what the words name, (h, w) in [0, 1], at the network's own size."""
        ...

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        ...


class ClipSegFinder:
    """Finds places by CLIPSeg.

    Args:
        folder: A ``CLIPSegForImageSegmentation`` in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.

    Raises:
        WeightsMissingError: The folder is not there.
        WeightsError: It holds no such model.
        NoCudaError: CUDA was asked for and is not there.
    """

    def __init__(self, folder: Path, device: str = "auto") -> None:
        self.name = f"clipseg/{folder.name}"
        self._network = Network(folder, device, architecture=CLIPSegForImageSegmentation)
        self._lock = threading.Lock()

    @torch.inference_mode()
    def find(self, words: str, view: Image.Image) -> Float32Array:
        """See ``WordFinder``."""
        with self._lock:
            inputs = self._network.processor(text=[words], images=[view], padding=True, return_tensors="pt")
            logits: Tensor = self._network.model(**self._network.put(inputs)).logits
            return _squash(logits.reshape(logits.shape[-2:]))

    def close(self) -> None:
        """See ``WordFinder``."""
        self._network.close()


class GroundedSamFinder:
    """Finds boxes by Grounding DINO, and their masks by SAM 2.

    Args:
        detector: A ``GroundingDinoForObjectDetection`` in the hub's layout.
        masker: A ``Sam2Model`` likewise.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.

    Raises:
        WeightsMissingError: A folder is not there.
        WeightsError: It holds no such model.
        NoCudaError: CUDA was asked for and is not there.
    """

    def __init__(self, detector: Path, masker: Path, device: str = "auto") -> None:
        self.name = f"grounding-dino/{detector.name}+sam2/{masker.name}"
        self._detector = Network(detector, device, architecture=GroundingDinoForObjectDetection)
        self._masker = Network(masker, device, architecture=Sam2Model)
        self._lock = threading.Lock()

    @torch.inference_mode()
    def find(self, words: str, view: Image.Image) -> Float32Array:
        """See ``WordFinder``; all 0 where no box is found."""
        with self._lock:
            boxes = self._detect(words, view)
            inputs: Any = self._masker.processor(
                images=view, input_boxes=[boxes or [[0.0, 0.0, 1.0, 1.0]]], return_tensors="pt"
            )
            masks: Tensor = self._masker.model(**_only(self._masker.put(inputs)), multimask_output=False).pred_masks
            found = _squash(masks[0, :, 0].amax(dim=0))
        return found if boxes else np.zeros_like(found)

    def close(self) -> None:
        """See ``WordFinder``."""
        self._detector.close()
        self._masker.close()

    def _detect(self, words: str, view: Image.Image) -> list[list[float]]:
        """Boxes (left, top, right, bottom) in the view's pixels."""
        inputs: Any = self._detector.processor(images=view, text=f"{words.lower()}.", return_tensors="pt")
        answer = self._detector.model(**self._detector.put(inputs))
        (found,) = self._detector.processor.post_process_grounded_object_detection(
            answer,
            inputs["input_ids"],
            threshold=_BOX_SCORE,
            text_threshold=_WORD_SCORE,
            target_sizes=[(view.height, view.width)],
        )
        boxes: list[list[float]] = found["boxes"].float().cpu().tolist()
        return boxes


def _only(inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: inputs[name] for name in ("pixel_values", "input_boxes")}


def _squash(logits: Tensor) -> Float32Array:
    return np.asarray(torch.sigmoid(logits.float()).cpu().numpy(), np.float32)


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
        return [cut_out(cover(photo), see, self.name, settings, covers=False) for photo in photos]

    def with_settings(self, settings: SegmentationSettings) -> WordsSegmenter:
        """The same segmenter that cuts out in another way; the networks are shared."""
        other = copy.copy(self)
        other.settings, other._usual = settings, self._usual.with_settings(settings)
        return other

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._finder.close()
