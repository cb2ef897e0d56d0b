"""Captioners whose model writes one sentence a picture; ``photoshoot.captioners.sentences`` makes a product of it."""

import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor
from transformers import LogitsProcessor

from photoshoot.captioners.answers import Answer
from photoshoot.captioners.recall import Recall
from photoshoot.captioners.sentences import read_caption, read_scene
from photoshoot.errors import CaptionError
from photoshoot.pixels.imaging import show
from photoshoot.records import Cutout, Product, RgbImage
from photoshoot.vision.pretrained import Network

BATCH_SIZE = 8
"""Pictures that are captioned at once."""
TASK = "<DETAILED_CAPTION>"
"""Source: Florence-2's processor, ``task_prompts_without_inputs``."""


class SentenceCaptioner:
    """Names and describes products by a model's caption; prompts come from the grammar.

    Args:
        folder: A model in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
        question: What the model is given beside the picture. None: nothing.
        most_tokens: Of a caption.

    Raises:
        WeightsMissingError: The folder is not there.
        WeightsError: It holds no such model.
        NoCudaError: CUDA was asked for and is not there.
    """

    def __init__(self, folder: Path, device: str, question: str | None, most_tokens: int) -> None:
        self._network = Network(folder, device)
        self._question, self._most_tokens = question, most_tokens
        self._recall = Recall(self._answer, BATCH_SIZE)
        self._lock = threading.Lock()

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """Name and describe each cut-out; a picture is captioned once.

        Raises:
            CaptionError: The model writes nothing.
            OutOfMemoryError: The device can't hold a batch.
        """
        return self._recall.describe(cutouts)

    def describe_scenes(self, pictures: Sequence[RgbImage]) -> list[str]:
        """Say what each picture shows, as a prompt would ask for it.

        Raises:
            CaptionError: The model writes nothing.
            OutOfMemoryError: The device can't hold a batch.
        """
        scenes: list[str] = []
        for start in range(0, len(pictures), BATCH_SIZE):
            batch = [Image.fromarray(picture) for picture in pictures[start : start + BATCH_SIZE]]
            scenes += [read_scene(caption) for caption, _ in self._caption(batch, ["a scene"] * len(batch))]
        return scenes

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._network.close()

    def _answer(self, cutouts: Sequence[Cutout]) -> list[Answer]:
        pictures, names = [show(cutout) for cutout in cutouts], [cutout.photo_name for cutout in cutouts]
        return [read_caption(*pair) for pair in self._caption(pictures, names)]

    def _caption(self, pictures: Sequence[Image.Image], names: Sequence[str]) -> list[tuple[str, float]]:
        """Each picture's caption, and how sure the model is of it; ``names`` are for messages."""
        given: dict[str, Any] = {} if self._question is None else {"text": [self._question] * len(pictures)}
        watcher = CertaintyWatcher(len(pictures), self._network.end_token)
        with self._lock:
            inputs = self._network.processor(images=list(pictures), return_tensors="pt", **given)
            tokens = self._network.write(inputs, self._most_tokens, watcher)
        captions = self._network.processor.tokenizer.batch_decode(tokens, skip_special_tokens=True)
        for name, caption in zip(names, captions, strict=True):
            if not any(letter.isalpha() for letter in caption):
                raise CaptionError(f"{self._network.folder.name} wrote no caption for {name}, only {caption!r}")
        return list(zip(captions, watcher.confidences(), strict=True))


class CertaintyWatcher(LogitsProcessor):  # type: ignore[misc]  # transformers has no types
    """Lets all scores through; one is used for one batch.

    Args:
        rows: Size of the batch.
        end_token: Ends a caption.
    """

    def __init__(self, rows: int, end_token: int) -> None:
        self._sums, self._counts = [0.0] * rows, [0] * rows
        self._ended = [False] * rows
        self._end = end_token
        self._guesses: Tensor | None = None  # (rows, V), log-probabilities of the step before

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """The same scores (rows, V)."""
        if self._guesses is not None:
            for row, token in enumerate(input_ids[:, -1].tolist()):
                self._ended[row] |= token == self._end
                if not self._ended[row]:
                    self._sums[row] += float(self._guesses[row, token])
                    self._counts[row] += 1
        self._guesses = torch.log_softmax(scores.float(), dim=-1)
        return scores

    def confidences(self) -> list[float]:
        """For each row the geometric mean of its tokens' probabilities, 0 to 1; 0 for an empty caption."""
        pairs = zip(self._sums, self._counts, strict=True)
        return [math.exp(total / count) if count else 0.0 for total, count in pairs]


class BlipCaptioner(SentenceCaptioner):
    """Names and describes products by BLIP's captions; see ``SentenceCaptioner``.

    Args:
        folder: A ``BlipForConditionalGeneration`` in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
    """

    def __init__(self, folder: Path, device: str = "auto") -> None:
        super().__init__(folder, device, question=None, most_tokens=40)


class Florence2Captioner(SentenceCaptioner):
    """Names and describes products by Florence-2's detailed captions; see ``SentenceCaptioner``.

    Args:
        folder: A ``Florence2ForConditionalGeneration`` in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
    """

    def __init__(self, folder: Path, device: str = "auto") -> None:
        super().__init__(folder, device, question=TASK, most_tokens=100)
