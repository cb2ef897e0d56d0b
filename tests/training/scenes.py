"""Small training data in memory: a product before painted backgrounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photoshoot.pixels.imaging import composite
from photoshoot.training.samples import TrainingSample
from tests.making import draw_cutout, make_canvas, make_product, make_request


class ListedData:
    """Samples that are there already."""

    def __init__(self, samples: Sequence[TrainingSample]) -> None:
        self._samples = list(samples)

    def __len__(self) -> int:
        return len(self._samples)

    def __getitem__(self, index: int) -> TrainingSample:
        return self._samples[index]

    def size_of(self, index: int) -> tuple[int, int]:
        height, width = self._samples[index].alpha_matte.shape
        return width, height

    def product_of(self, index: int) -> str:
        return self._samples[index].product


def make_sample(
    place: int, *, width: int = 64, height: int = 48, product: str = "", caption: str = ""
) -> TrainingSample:
    """A drawn bottle or box before a slope of two colours that follow from ``place``."""
    cutout = draw_cutout(60, 80, shape=("bottle", "box", "ring")[place % 3])
    request = make_request(product=make_product(cutout), canvas=make_canvas(make_product(cutout), width, height))
    rng = np.random.default_rng(place)
    first, last = rng.integers(20, 236, (2, 3))
    slope = np.linspace(0, 1, height)[:, None, None]
    plate = np.broadcast_to(first + slope * (last - first), (height, width, 3)).round().astype(np.uint8)
    matte = request.layer.alpha_matte
    shadow = np.ones_like(matte)
    shadow[-6:] = 0.4
    return TrainingSample(
        key=f"{place:04d}",
        image=composite(plate, request.layer),
        alpha_matte=matte,
        shadow=shadow if place % 2 else None,
        caption=caption or f"before slope {place % 4}",
        product=product or f"product {place % 3}",
        source="rendered",
    )


def make_split(count: int = 6) -> tuple[ListedData, ListedData]:
    """Samples of two products to train on, and of a third; all of one size but each fifth."""
    samples = [make_sample(place, width=48 if place % 5 == 4 else 64) for place in range(count)]
    parts = [[sample for place, sample in enumerate(samples) if (place % 3 == 2) is held] for held in (False, True)]
    return ListedData(parts[0]), ListedData(parts[1])
