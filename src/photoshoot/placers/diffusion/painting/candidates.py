"""Several pictures for a shot, and which of them grew the product least.

Painting round a product tends to go on with it: a bottle gets shoulders, a shoe a second sole. What was added is found
by cutting the product out of the finished picture, as the quality gate does.
"""

import dataclasses
import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from photoshoot.errors import DeviceError
from photoshoot.quality.expansion import measure_expansion
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.records.light_map import LightMap
from photoshoot.records.reports import THRESHOLDS
from photoshoot.seeds import CANDIDATE
from photoshoot.stages import Segmenter

_log = logging.getLogger("photoshoot")
_MOST_GROWN = THRESHOLDS["expansion"].high


@dataclass(frozen=True, kw_only=True, eq=False)
class Painted:
    """What became of a shot."""

    image: RgbImage | DeviceError
    """The picture, or why there is none."""
    in_tiles: bool
    """Whether it went through the autoencoder so."""
    control_scale: float = 0.0
    """Weight of the control that it was painted under; 0: none."""
    scene: RgbImage | None = None
    """The picture before the product was laid over; None where nothing lights products."""
    light: LightMap | None = None
    """What the product was lit with; None where its pixels are its own."""


Paint: TypeAlias = Callable[[Sequence[ShotRequest], float], list[Painted]]
"""Paints shots under a weight of the control."""


def paint_best(
    requests: Sequence[ShotRequest], count: int, scales: Sequence[float], segmenter: Segmenter, paint: Paint
) -> list[Painted]:
    """Paint shots, and of what was painted of each keep what grew its product least.

    A shot is painted ``count`` times under the first of ``scales``. Where even the best of them grew
    it by more than the quality gate lets pass, it is painted again, with the same noise, under the next.
    """
    kept = _round(requests, count, scales[0], segmenter, paint, measure=count * len(scales) > 1)
    for scale in scales[1:]:
        grown = [place for place, (_, share) in enumerate(kept) if share > _MOST_GROWN]
        if not grown:
            break
        again = _round([requests[place] for place in grown], count, scale, segmenter, paint, measure=True)
        for place, tried in zip(grown, again, strict=True):
            kept[place] = min(kept[place], tried, key=lambda one: one[1])
    return [painted for painted, _ in kept]


def _round(
    requests: Sequence[ShotRequest],
    count: int,
    scale: float,
    segmenter: Segmenter,
    paint: Paint,
    *,
    measure: bool,
) -> list[tuple[Painted, float]]:
    """The best of each shot's candidates, and how much it grew its product: as a share of it."""
    candidates = with_candidates(requests, count)
    painted = paint(candidates, scale)
    if not measure:
        return [(one, 0.0) for one in painted]
    best = keep_best([one.image for one in painted], candidates, count, segmenter)
    _log.info("expansion of the kept candidates: %s", ", ".join(f"{grown:.3f}" for _, grown in best))
    return [(next(one for one in painted if one.image is image), grown) for image, grown in best]


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
