"""Several pictures for a shot, and which of them grew the product least.

Painting round a product tends to go on with it: a bottle gets shoulders, a shoe a second sole. What was added is found
by cutting the product out of the finished picture, as the quality gate does.
"""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np

from photoshoot.errors import DeviceError
from photoshoot.quality.expansion import measure_expansion
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.seeds import CANDIDATE
from photoshoot.stages import Segmenter


def candidate_seed(seed: int, number: int) -> int:
    """The seed of a shot's candidate, 0 to 2**32 - 1; the first is the shot's own."""
    return CANDIDATE.seed(seed, number) if number else seed


def with_candidates(requests: Sequence[ShotRequest], count: int) -> list[ShotRequest]:
    """Each request ``count`` times in a row, with a seed of its own."""
    return [
        dataclasses.replace(request, seed=candidate_seed(request.seed, number))
        for request in requests
        for number in range(count)
    ]


def keep_best(
    images: Sequence[RgbImage | DeviceError], requests: Sequence[ShotRequest], count: int, segmenter: Segmenter
) -> list[tuple[RgbImage | DeviceError, float]]:
    """The candidate of each shot with the least expansion, and that expansion; the earlier one where they are equal.

    One that became no picture is kept only where all did.
    """
    best = []
    for start in range(0, len(images), count):
        group = range(start, start + count)
        grown = [_measure(images[i], requests[i], segmenter) for i in group]
        least = int(np.argmin(grown))
        best.append((images[start + least], grown[least]))
    return best


def _measure(image: RgbImage | DeviceError, request: ShotRequest, segmenter: Segmenter) -> float:
    if isinstance(image, DeviceError):
        return math.inf
    expansion = measure_expansion(image, request.layer.alpha_matte, segmenter)
    return 0.0 if expansion is None else expansion.share  # None: it finds no product
