"""A model's head that recites: everything round it is real, what it says is written down beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from photoshoot.captioners.forms import Blank, Fixed, Form, Vocabulary
from photoshoot.captioners.vlm import VlmCaptioner

SURE = 10.0
"""Its logit of what it says, over 0 for everything else."""


class Recital(nn.Module):
    """Says one line a row in each call of ``generate``, in order."""

    def __init__(self, calls: Sequence[Sequence[Sequence[int]]], vocabulary_size: int) -> None:
        super().__init__()
        self._calls = list(calls)
        self._size = vocabulary_size
        self._lines: Sequence[Sequence[int]] = ()
        self._step = 0
        self.asked: list[int] = []
        """Rows of each call."""

    def begin(self) -> None:
        """The next call."""
        self._lines, self._step = self._calls.pop(0), 0
        self.asked.append(len(self._lines))

    def forward(self, hidden: Tensor) -> Tensor:
        logits = torch.zeros(*hidden.shape[:2], self._size)
        for row, line in enumerate(self._lines):
            if self._step < len(line):
                logits[row, -1, line[self._step]] = SURE
        self._step += 1
        return logits


def recite(captioner: VlmCaptioner, calls: Sequence[Sequence[Sequence[str]]], form: Form) -> Recital:
    """Let a captioner's model fill in a form with these texts: call → row → blank, in the form's order."""
    network, vocabulary = captioner._network, captioner._vocabulary
    tokens = [[spell(form, texts, vocabulary) for texts in rows] for rows in calls]
    head = Recital(tokens, len(network.processor.tokenizer))
    network.model.lm_head = head
    write = network.write

    def begin_and_write(*arguments: Any) -> Tensor:
        head.begin()
        return write(*arguments)

    network.write = begin_and_write  # type: ignore[assignment,method-assign]
    return head


def spell(form: Form, texts: Sequence[str], vocabulary: Vocabulary) -> list[int]:
    """The tokens of a form that is filled in."""
    rest, tokens = list(texts), list[int]()
    for part in form:
        text = part.text if isinstance(part, Fixed) else rest.pop(0)
        tokens += [*vocabulary.encode(text), *([vocabulary.quote] if isinstance(part, Blank) else [])]
    return tokens
