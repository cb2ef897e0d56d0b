"""Several pictures for a shot, and which of them grew the product least.

Painting round a product tends to go on with it: a bottle gets shoulders, a shoe a second sole. What was added is found
by cutting the product out of the finished picture.

Source: expansion as in Eshratifar et al., "Salient Object-Aware Background Generation", arXiv 2404.10157, section 3.2.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence

import numpy as np

from photoshoot.errors import NoProductFoundError
from photoshoot.records import AlphaMatte, Photo, RgbImage, ShotRequest
from photoshoot.seeds import derive_seed
from photoshoot.stages import Segmenter

_INSIDE = 0.5


def candidate_seed(seed: int, number: int) -> int:
    """The seed of a shot's candidate, 0 to 2**32 - 1; the first is the shot's own."""
    return derive_seed(f"{seed}/{number}") if number else seed


def with_candidates(requests: Sequence[ShotRequest], count: int) -> list[ShotRequest]:
    """Each request ``count`` times in a row, with a seed of its own."""
    return [
        dataclasses.replace(request, seed=candidate_seed(request.seed, number))
        for request in requests
        for number in range(count)
    ]


def measure_expansion(image: RgbImage, alpha_matte: AlphaMatte, segmenter: Segmenter) -> float:
    """Area that the product gained in a picture, as a share of its own area; 0 = none.

    ``E = area(out | in) / area(in) - 1``, where ``in`` is the product's matte and ``out`` what the segmenter takes for
    the product in the picture. A picture in which it finds no product counts as 0.

    Args:
        image: The finished picture (H, W, 3).
        alpha_matte: The product's matte (H, W), not empty.
        segmenter: Cuts it out.
    """
    inside = alpha_matte > _INSIDE
    photo = Photo(rgb=image, alpha_matte=None, name="shot", sha256=hashlib.sha256(image.tobytes()).hexdigest())
    try:
        (cutout,) = segmenter.segment([photo])
    except NoProductFoundError:
        return 0.0
    together = inside | (cutout.alpha_matte > _INSIDE)
    return float(together.sum() / max(1, inside.sum()) - 1)


def keep_best(
    images: Sequence[RgbImage], requests: Sequence[ShotRequest], count: int, segmenter: Segmenter
) -> list[tuple[RgbImage, float]]:
    """The candidate of each shot with the least expansion, and that expansion; the earlier one where they are equal."""
    best = []
    for start in range(0, len(images), count):
        group = range(start, start + count)
        grown = [measure_expansion(images[i], requests[i].layer.alpha_matte, segmenter) for i in group]
        least = int(np.argmin(grown))
        best.append((images[start + least], grown[least]))
    return best
