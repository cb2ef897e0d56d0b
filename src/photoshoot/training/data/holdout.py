"""Parts of data sets: what is trained on, and what is held out, by product."""

from __future__ import annotations

import math
from collections.abc import Sequence

from photoshoot.errors import InputError
from photoshoot.seeds import HOLDOUT
from photoshoot.settings import check_range
from photoshoot.training.samples import TrainingData, TrainingSample


class Subset:
    """Some samples of a data set, as a data set.

    Args:
        data: All samples.
        indices: Which of them, in order.
    """

    def __init__(self, data: TrainingData, indices: Sequence[int]) -> None:
        self._data, self._indices = data, list(indices)

    def __len__(self) -> int:
        return len(self._indices)

    def __getitem__(self, index: int) -> TrainingSample:
        return self._data[self._indices[index]]

    def size_of(self, index: int) -> tuple[int, int]:
        """Width and height of one in pixels."""
        return self._data.size_of(self._indices[index])

    def product_of(self, index: int) -> str:
        """Which product one shows."""
        return self._data.product_of(self._indices[index])


def hold_out_products(data: TrainingData, share: float, *, seed: int = 0) -> tuple[Subset, Subset]:
    """Part a data set so that no product is on both sides.

    Which products are held out depends on their names and the seed alone: one that joins later moves few others.

    Args:
        data: All samples.
        share: Of the products that are held out, 0 to 1; at least one is, and one is not.
        seed: Chooses them.

    Returns:
        What is trained on, and what is held out, each in the order of ``data``.

    Raises:
        InputError: There is one product only.
        SettingsError: ``share`` is out of range.
    """
    check_range("share", share, 0, 1)
    names = [data.product_of(index) for index in range(len(data))]
    products = sorted(set(names), key=lambda name: HOLDOUT.seed(seed, name))
    if len(products) < 2:
        raise InputError(f"holding products out needs at least two, and these data show {len(products)}")
    held = set(products[: min(len(products) - 1, max(1, math.ceil(share * len(products))))])
    parts: tuple[list[int], list[int]] = ([], [])
    for index, name in enumerate(names):
        parts[name in held].append(index)
    return Subset(data, parts[0]), Subset(data, parts[1])
