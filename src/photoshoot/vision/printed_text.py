"""Words that are printed on a product: read, covered by a mask, compared.

Source of the reader: PP-OCRv6's small networks, Apache-2.0, which the package ``rapidocr`` brings inside its wheel.
"""

from __future__ import annotations

import importlib.util
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from photoshoot.errors import MissingExtraError, WeightsMissingError

LEAST_SCORE: Final = 0.9
"""Of a line that counts, 0 to 1."""
LEAST_LETTERS: Final = 3
"""Of a line that is read for its words."""
_VIEW_PX = 800  # longest side at which words are looked for, where none is told; smaller pictures are enlarged
_MODELS = ("*_det_*.onnx", "*_rec_*.onnx", "*_cls_*.onnx")


@dataclass(frozen=True, kw_only=True)
class PrintedLine:
    """A line of words."""

    text: str
    """As it is printed."""
    score: float
    """0 to 1: how sure the reader is of its letters."""
    corners: tuple[tuple[float, float], ...]
    """Four points (x, y) round it, pixels of the picture, in order from its upper left."""

    @property
    def height(self) -> float:
        """Of its letters, about, pixels."""
        points = np.asarray(self.corners)
        return float((np.hypot(*(points[3] - points[0])) + np.hypot(*(points[2] - points[1]))) / 2)

    @property
    def width(self) -> float:
        """Of the line, about, pixels."""
        points = np.asarray(self.corners)
        return float((np.hypot(*(points[1] - points[0])) + np.hypot(*(points[2] - points[3]))) / 2)

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle (x, y)."""
        x, y = np.asarray(self.corners).mean(axis=0)
        return float(x), float(y)


class PrintedTextReader:
    """Reads the words in pictures; nothing is downloaded, and it may be asked from several threads.

    Args:
        view_px: Longest side at which words are looked for; at 480 px it takes a third of the time, and fine print is
            not found. None: 800, and smaller pictures are enlarged.

    Raises:
        MissingExtraError: ``rapidocr`` is not installed.
        WeightsMissingError: It came without its networks.
    """

    def __init__(self, view_px: int | None = None) -> None:
        self._view_px = view_px or _VIEW_PX
        if importlib.util.find_spec("rapidocr") is None:
            raise MissingExtraError("reading words on products", "ocr")
        import rapidocr

        folder = Path(rapidocr.__file__).parent / "models"
        for pattern in _MODELS:
            if not any(folder.glob(pattern)):  # it would fetch them
                raise WeightsMissingError(
                    f"rapidocr has no {pattern} of its own; get it with: pip install 'rapidocr>=3.10'"
                )
        sizes = {} if view_px is None else {"Det.limit_type": "max", "Det.limit_side_len": view_px}
        self._engine: Any = rapidocr.RapidOCR(params={"Global.log_level": "critical", **sizes})
        self._lock = threading.Lock()

    def read(self, picture: npt.NDArray[np.uint8], least_letters: int = LEAST_LETTERS) -> tuple[PrintedLine, ...]:
        """The lines of enough letters that are read surely.

        Args:
            picture: (H, W, 3), sRGB.
            least_letters: Of a line that counts; "50 ml" has two.
        """
        image = Image.fromarray(picture)
        image.thumbnail((self._view_px, self._view_px), Image.Resampling.LANCZOS)
        with self._lock:
            answer = self._engine(np.ascontiguousarray(np.asarray(image)[..., ::-1]))  # it takes blue first
        if answer.txts is None or answer.boxes is None:
            return ()
        scale = picture.shape[1] / image.width
        lines = (
            PrintedLine(
                text=" ".join(text.split()),
                score=float(score),
                corners=tuple((float(x * scale), float(y * scale)) for x, y in box),
            )
            for text, score, box in zip(answer.txts, answer.scores, answer.boxes, strict=True)
        )
        return tuple(line for line in lines if line.score >= LEAST_SCORE and count_letters(line.text) >= least_letters)


def measure_character_errors(expected: str, found: str) -> float:
    """Character error rate: insertions, deletions and replacements a character of what is expected; case counts not.

    Source: Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals" (1966).
    """
    expected, found = ("".join(text.casefold().split()) for text in (expected, found))
    row = list(range(len(found) + 1))
    for i, letter in enumerate(expected, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != other))
    return row[-1] / max(1, len(expected))


def count_letters(text: str) -> int:
    """How many characters of a text are letters."""
    return sum(character.isalpha() for character in text)
