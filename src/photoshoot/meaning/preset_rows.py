"""The presets' embeddings: those of the catalogue come with the library, those of a user's folders are made once.

``python -m photoshoot.meaning.preset_rows`` writes the file anew after the catalogue has changed.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from photoshoot.files import find_data
from photoshoot.meaning.embedder import DIMENSIONS, Rows, SentenceEmbedder, center
from photoshoot.presets import Preset, PresetRegistry

FILE: Final = "languages/preset_rows.npz"
"""Where the rows of the catalogue lie, under ``presets``: ``keys`` (of texts), ``rows`` (int8), ``mean`` (float16)."""

_SCALE = 127.0 / 0.4  # no number of a row of unit length is over 0.4 in size
_KEY_BYTES = 12
_made: dict[str, Rows] = {}
_lock = threading.Lock()


def texts_of(preset: Preset) -> tuple[str, str]:
    """What is compared: its name with its prompt, and its scene with its tags."""
    words = ", ".join((*preset.categories, *preset.tags))
    return f"{preset.preview_name} {preset.prompt_text}", f"{preset.scene_text}, {words}"


def rank_presets(
    texts: Sequence[str], presets: Iterable[Preset], embedder: SentenceEmbedder
) -> list[tuple[Preset, float]]:
    """Presets with their likeness to what is wanted, said in one or several ways, best first.

    The likeness is the mean of the cosines with both of a preset's texts, less the mean embedding: about -0.3 to 0.8.
    """
    presets = list(presets)
    mean = _load_mean()
    query = center(np.stack([_embed_query(text, embedder) for text in texts]), mean).mean(axis=0)
    rows = (
        np.stack([_rows_of(texts_of(preset), embedder) for preset in presets])
        if presets
        else np.empty((0, 2, DIMENSIONS))
    )
    likeness = (center(np.asarray(rows, np.float32), mean) @ query).mean(axis=1)
    order = np.argsort(-likeness, kind="stable")
    return [(presets[index], float(likeness[index])) for index in order]


@lru_cache(maxsize=256)
def _embed_query(text: str, embedder: SentenceEmbedder) -> Rows:
    row: Rows = embedder.embed([text])[0]
    return row


@lru_cache(maxsize=1024)
def _rows_of(texts: tuple[str, str], embedder: SentenceEmbedder) -> Rows:
    return np.stack([_row_of(text, embedder) for text in texts])


def _row_of(text: str, embedder: SentenceEmbedder) -> Rows:
    key = _key(text)
    shipped = _load_file()[0].get(key)
    if shipped is not None:
        return shipped
    with _lock:
        if key not in _made:
            _made[key] = _unpack(_pack(embedder.embed([text])))[0]
        return _made[key]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * _KEY_BYTES]


def _pack(rows: Rows) -> np.ndarray:
    return np.asarray(np.clip(np.round(rows * _SCALE), -127, 127), np.int8)


def _unpack(rows: np.ndarray) -> Rows:
    return np.asarray(rows / np.float32(_SCALE), np.float32)


@cache
def _load_file() -> tuple[dict[str, Rows], Rows]:
    with np.load(find_data("presets") / FILE) as data:
        keys, rows, mean = data["keys"], _unpack(data["rows"]), np.asarray(data["mean"], np.float32)
    return {str(key): row for key, row in zip(keys, rows, strict=True)}, mean


def _load_mean() -> Rows:
    return _load_file()[1]


def write_rows(presets: Sequence[Preset], file: Path, embedder: SentenceEmbedder) -> int:
    """Write the rows of presets' texts, and return their number; rows that the file has already stay."""
    texts = sorted({text for preset in presets for text in texts_of(preset)})
    known = _load_file()[0] if file.is_file() else {}
    missing = [text for text in texts if _key(text) not in known]
    made = dict(zip(missing, _unpack(_pack(embedder.embed(missing))), strict=True))
    rows = np.stack([made[text] if text in made else known[_key(text)] for text in texts])
    keys = np.array([_key(text) for text in texts])
    np.savez_compressed(file, keys=keys, rows=_pack(rows), mean=rows.mean(axis=0).astype(np.float16))
    return len(texts)


if __name__ == "__main__":
    number = write_rows(list(PresetRegistry.load()), find_data("presets") / FILE, SentenceEmbedder())
    sys.stdout.write(f"{number} rows\n")
