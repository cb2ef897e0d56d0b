"""Notes how sure a model is of a caption while it writes it."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from transformers import LogitsProcessor


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
