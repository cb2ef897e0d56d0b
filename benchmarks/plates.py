"""What do plates save? One preset for many products: the whole picture, or what the product changes over a plate.

Usage: ``bench_batch.py --plates [PRESET…]``. CPU seconds are those of placing, kernels warm. Decibels are against the
whole picture of the same shared set at 32 paths a pixel, outside the product.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.bench_studio import psnr, request_of

from photoshoot import Photoshoot, StudioSettings
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.scene_cache import SetKey
from photoshoot.records import ShotRequest

FAMILIES = (
    "white_background",
    "coral_teal_podium",
    "white_pebbles_zen",
    "scandinavian_living_room",
    "terracotta_tile_kitchen",
    "easter_meadow_eggs",
)
REFERENCE = StudioSettings(samples=32)


class WholeOfSharedSet(StudioPlacer):
    """Traces the whole picture of the set that products of nearly one size share."""

    def _key(self, request: ShotRequest) -> SetKey:
        return SetKey.of(request, shared=True)


@dataclass(frozen=True, kw_only=True)
class Saving:
    """Of one preset: medians over the products."""

    preset_id: str
    whole_s: float
    over_s: float
    plate_s: float
    """Of a plate, once for each shared set."""
    sets: int
    """How many sets the products need."""
    whole_db: float
    over_db: float
    """The worst product's."""

    def speed_up(self, products: int) -> float:
        """Of so many products, which need the same sets."""
        return products * self.whole_s / (products * self.over_s + self.sets * self.plate_s)


def measure_savings(photos: Sequence[Path], preset_ids: Sequence[str]) -> list[Saving]:
    """Measure presets one after another."""
    with Photoshoot.embedded() as shoot:
        products = shoot.describe(photos)
        savings = []
        for preset_id in preset_ids or FAMILIES:
            requests = [request_of(shoot, shoot.presets.get(preset_id), product) for product in products]
            savings.append(_measure(preset_id, requests))
            print(savings[-1], flush=True)
    return savings


def _measure(preset_id: str, requests: Sequence[ShotRequest]) -> Saving:
    with tempfile.TemporaryDirectory() as folder:
        over = StudioPlacer(StudioSettings(share_plates=True), Path(folder))
        first = [_time(over, request)[1] for request in requests]
        for request in requests:  # kernels of each set beside each other's
            _time(over, request)
        pictures, over_s = zip(*(_time(over, request) for request in requests), strict=True)
        plates = [cold - warm for cold, warm in zip(first, over_s, strict=True) if cold > 2 * warm]
        over.close()
    whole, reference = WholeOfSharedSet(), WholeOfSharedSet(REFERENCE)
    _time(whole, requests[0])
    wholes, whole_s = zip(*(_time(whole, request) for request in requests), strict=True)
    true = _time(reference, requests[0])[0]
    outside = requests[0].layer.alpha_matte == 0
    whole.close()
    reference.close()
    return Saving(
        preset_id=preset_id,
        whole_s=statistics.median(whole_s),
        over_s=statistics.median(over_s),
        plate_s=statistics.median(plates or [0.0]),
        sets=len({SetKey.of(request, shared=True) for request in requests}),
        whole_db=psnr(wholes[0], true, outside),
        over_db=psnr(pictures[0], true, outside),
    )


def _time(placer: StudioPlacer, request: ShotRequest) -> tuple[np.ndarray, float]:
    start = time.process_time()
    (shot,) = placer.place([request])
    return shot.image, time.process_time() - start


def print_savings(savings: Sequence[Saving]) -> None:
    """The table of results."""
    print("| preset | whole, CPU s | over a plate, CPU s | times | a plate, CPU s | whole, dB | over a plate, dB |")
    print("|---|---|---|---|---|---|---|")
    for item in savings:
        print(
            f"| {item.preset_id} | {item.whole_s:.2f} | {item.over_s:.2f} | {item.whole_s / item.over_s:.1f} "
            f"| {item.plate_s:.1f} | {item.whole_db:.1f} | {item.over_db:.1f} |"
        )
