"""Never asks a model twice about the same picture."""

from collections.abc import Callable, Sequence

from photoshoot.captioners.answers import Answer
from photoshoot.color.palette import dominant_colors
from photoshoot.machine.recent_results import RecentResults
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
        self._answers: RecentResults[str, Answer] = RecentResults(_MOST)

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """The products; only pictures that were not asked about before are asked about."""
        by_digest = {cutout.sha256: cutout for cutout in cutouts}

        def ask(digests: list[str]) -> list[Answer]:
            unknown, size = [by_digest[digest] for digest in digests], self._batch_size
            return [answer for at in range(0, len(unknown), size) for answer in self._ask(unknown[at : at + size])]

        answers = self._answers.get([cutout.sha256 for cutout in cutouts], ask)
        return [_build_product(cutout, answer) for cutout, answer in zip(cutouts, answers, strict=True)]


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
