"""Never asks a model twice about the same picture."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from photoshoot.captioners.answers import Answer
from photoshoot.color.palette import dominant_colors
from photoshoot.records import Cutout, Product

_MOST = 1024  # answers that are kept; a few hundred bytes each


class Recall:
    """Asks about cut-outs in batches, and remembers the answers by the cut-outs' digests. For several threads.

    Args:
        ask: Answers about a batch of different cut-outs, in order.
        batch_size: Most cut-outs asked about at once.
    """

    def __init__(self, ask: Callable[[Sequence[Cutout]], list[Answer]], batch_size: int) -> None:
        self._ask, self._batch_size = ask, batch_size
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """The products; only pictures that were not asked about before are asked about."""
        with self._lock:
            wanted = {cutout.sha256: cutout for cutout in cutouts}
            unknown = [cutout for digest, cutout in wanted.items() if digest not in self._answers]
            found = {digest: self._answers[digest] for digest in wanted if digest in self._answers}
            for start in range(0, len(unknown), self._batch_size):
                batch = unknown[start : start + self._batch_size]
                found |= {cutout.sha256: answer for cutout, answer in zip(batch, self._ask(batch), strict=True)}
            self._remember(found)
        return [_build_product(cutout, found[cutout.sha256]) for cutout in cutouts]

    def _remember(self, found: dict[str, Answer]) -> None:
        self._answers.update(found)
        for digest in found:
            self._answers.move_to_end(digest)
        while len(self._answers) > _MOST:
            self._answers.popitem(last=False)


def _build_product(cutout: Cutout, answer: Answer) -> Product:
    return Product(
        cutout=cutout,
        name=answer.name,
        description=answer.description,
        category=answer.category,
        palette=dominant_colors(cutout.rgb, cutout.alpha_matte),
        confidence=answer.confidence,
        prompts=answer.prompts,
    )
