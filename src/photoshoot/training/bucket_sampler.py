"""Which pictures a step takes: all of one size, each size as often as it has pictures, each picture equally often."""

from collections.abc import Mapping, Sequence

import numpy as np

from photoshoot.training.random_streams import Stream, draw

_Size = tuple[int, int]


class BucketSampler:
    """The pictures of every step; a step's do not depend on how the run came to it.

    Args:
        buckets: Size of the latents → indices of its pictures.
        batch: Pictures a step takes, over all processes.
        seed: Of the order.
    """

    def __init__(self, buckets: Mapping[_Size, Sequence[int]], batch: int, seed: int) -> None:
        self._sizes = sorted(buckets)
        self._buckets = [tuple(buckets[size]) for size in self._sizes]
        counts = np.array([len(bucket) for bucket in self._buckets], np.float64)
        self._shares = counts / counts.sum()
        self._batch, self._seed = batch, seed
        self._shuffled: dict[int, tuple[int, list[int]]] = {}
        self._taken: list[list[int]] = [[0] * len(self._buckets)]  # steps that each bucket has had before each step

    def pictures(self, step: int) -> tuple[int, ...]:
        """Indices of a step's pictures, in order; steps count from 0."""
        while len(self._taken) <= step:
            before = list(self._taken[-1])
            before[self._bucket(len(self._taken) - 1)] += 1
            self._taken.append(before)
        which = self._bucket(step)
        first = self._taken[step][which] * self._batch
        return tuple(self._picture(which, first + place) for place in range(self._batch))

    def _bucket(self, step: int) -> int:
        return int(draw(self._seed, Stream.BUCKET, step).choice(len(self._buckets), p=self._shares))

    def _picture(self, which: int, place: int) -> int:
        """A bucket is gone through again and again, each time shuffled anew."""
        bucket = self._buckets[which]
        turn, within = divmod(place, len(bucket))
        if self._shuffled.get(which, (-1, []))[0] != turn:
            shuffled = draw(self._seed, Stream.ORDER, which, turn).permutation(len(bucket))
            self._shuffled[which] = (turn, shuffled.tolist())
        return bucket[self._shuffled[which][1][within]]
