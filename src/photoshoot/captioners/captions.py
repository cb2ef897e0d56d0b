"""Captioners whose model writes one sentence a picture; ``photoshoot.captioners.sentences`` makes a product of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from photoshoot.captioners.answers import Answer
from photoshoot.captioners.certainty import CertaintyWatcher
from photoshoot.captioners.recall import Recall
from photoshoot.captioners.sentences import read_caption
from photoshoot.errors import CaptionError
from photoshoot.pretrained import Network
from photoshoot.records import Cutout, Product
from photoshoot.views import show

BATCH_SIZE = 8
"""Pictures that are captioned at once."""


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

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._network.close()

    def _answer(self, cutouts: Sequence[Cutout]) -> list[Answer]:
        given: dict[str, Any] = {} if self._question is None else {"text": [self._question] * len(cutouts)}
        pictures = [show(cutout) for cutout in cutouts]
        inputs = self._network.processor(images=pictures, return_tensors="pt", **given)
        watcher = CertaintyWatcher(len(cutouts), self._network.end_token)
        with self._lock:
            tokens = self._network.write(inputs, self._most_tokens, watcher)
        captions = self._network.processor.tokenizer.batch_decode(tokens, skip_special_tokens=True)
        for cutout, caption in zip(cutouts, captions, strict=True):
            if not any(letter.isalpha() for letter in caption):
                name = self._network.folder.name
                raise CaptionError(f"{name} wrote no caption for {cutout.photo_name}, only {caption!r}")
        return [read_caption(*pair) for pair in zip(captions, watcher.confidences(), strict=True)]
