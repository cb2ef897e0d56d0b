"""What do plates save, and how near do they come? One preset for many products, whole or over a plate.

Usage: ``bench_batch.py --plates [PRESET…] [--keep DIR]``. CPU seconds are those of placing, kernels warm.

How near a picture is to the truth is told by pixels that are strewn over the canvas: each is traced twice with many
paths, and the product of what the picture is off the two means has the square of its error for its mean, whatever
noise those have. How far a picture over a plate is from the whole one is told twice: from the one that is made
otherwise, with its noise, and from one with as many paths as the plate. How far two whole pictures of one set are
apart, each with paths of its own, is the yardstick. The seam is told from noise by random numbers in common: a plate,
and a whole picture with as many paths on every pixel, trace the same paths where these meet nothing of the product. So
what is between the two outside the traced area is what the plate misses there. DIR gets those pictures, one below the
other, with their difference.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from benchmarks.bench_studio import request_of
from PIL import Image

from photoshoot import Photoshoot, StudioSettings
from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.plate import PLATE_TIMES, RawChange
from photoshoot.placers.studio.renderer.raw_render import RawRender
from photoshoot.placers.studio.renderer.renderer import RR_DEPTH
from photoshoot.placers.studio.renderer.sampling import start_radiance
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.shapes import compose_scene
from photoshoot.placers.studio.scene_cache import BuiltSet, SetKey
from photoshoot.records import AlphaMatte, LinearImage, ShotRequest

FAMILIES = (
    "white_background",
    "coral_teal_podium",
    "white_pebbles_zen",
    "scandinavian_living_room",
    "terracotta_tile_kitchen",
    "easter_meadow_eggs",
)
EVEN_SPP = 2
"""Paths on every pixel that is traced over a plate, where a seam is looked for; a plate has ``PLATE_TIMES`` as many."""
TRUE_SPP, APART_PX = 256, 12
"""Paths of each of the two means; the side of the squares of which each has one such pixel."""
_AMPLIFIED = 20


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Two means of many paths at some pixels."""

    where: BoolArray
    """Which ones, of the canvas (H, W); N of them, outside the product."""
    means: tuple[Float32Array, Float32Array]
    """Radiance (N, 3)."""


class WatchedPlacer(StudioPlacer):
    """Makes pictures of the set that products of nearly one size share, as displayed, without dither and grain."""

    raw: RawRender | RawChange
    """What was traced last."""
    _request: ShotRequest
    _clean: tuple[RawRender | RawChange, LinearImage] | None = None
    _instead: tuple[BoolArray, Float32Array] | None = None
    _whole: tuple[BuiltSet, Mapping[str, object]]
    times, other_paths = 1, 0
    """How many times as many paths as a picture takes, at most; a number that chooses other paths."""

    def shoot(self, request: ShotRequest) -> Self:
        """Trace a picture, which ``show`` shows."""
        with self._lock:
            self._traced = self._trace(request)
        self.raw, self._request = self._traced.raw, request
        return self

    def show(self, truth: Truth | None = None) -> list[Float32Array]:
        """The picture (H, W, 3), [0, 1], and the same with each of the truth's means in place of its own pixels."""
        alpha, shown = self._request.layer.alpha_matte, []
        for self._instead in (None, *(() if truth is None else ((truth.where, mean) for mean in truth.means))):
            light = self._light(self._request, self._traced)
            shown.append(linear_to_srgb(self._traced.tone_mapping.apply(light, alpha)))
        return shown

    def trace_truth(self) -> Truth:
        """Trace pixels of the whole picture that was traced last."""
        where = strew(self._request.layer.alpha_matte == 0)
        with self._lock:
            built, shapes = self._whole
            camera = Camera(film=Film(view=built.key.view), aperture=built.camera.aperture)
            path = mi.load_dict({"type": "path", "max_depth": self.settings.max_depth, "rr_depth": RR_DEPTH})
            scene, corners = compose_scene(shapes), camera.film.corners(where)
            first, second = (start_radiance(scene, path, camera, corners, TRUE_SPP, 1000 + half)() for half in range(2))
        return Truth(where=where, means=(first, second))

    def _key(self, request: ShotRequest) -> SetKey:
        return SetKey.of(request, shared=True)

    def _render(
        self, request: ShotRequest, built: BuiltSet, shapes: Mapping[str, object], alpha: AlphaMatte
    ) -> RawRender:
        if alpha.any():  # and not the set by itself, which pure white asks for, too
            self._whole = built, shapes
        seed, exposure = request.seed + self.other_paths, built.tone_mapping.exposure
        return self._pipeline.render(shapes, built.camera, alpha, seed, exposure, times=self.times)

    def _reconstruct(self, request: ShotRequest, raw: RawRender | RawChange) -> LinearImage:
        if self._clean is None or self._clean[0] is not raw:
            self._clean = raw, super()._reconstruct(request, raw)
        light = self._clean[1].copy()
        if self._instead is not None:
            light[self._instead[0]] = self._instead[1]
        return light


@dataclass(frozen=True, kw_only=True)
class Saving:
    """Of one preset: medians over the products."""

    preset_id: str
    whole_s: float
    over_s: float
    plate_s: float
    """Of a plate, once for each shared set."""
    whole_db: float
    """Of the whole picture against the truth."""
    over_db: float
    """Over the plate, likewise."""
    apart_db: float
    """Between the two, both with their own noise."""
    whole_apart_db: float
    """Between two whole pictures, of paths of their own."""
    clean_db: float
    """Between the picture over the plate and a whole one of as many paths as the plate."""
    share: float
    """Of the film that is traced over the plate; 1 where the whole picture was."""
    seam_db: float
    """Outside the traced area, between a plate's picture and the whole one of the same paths."""
    seam_steps: float
    """The most of that in the mean of 16 x 16 pixels, steps of 1/255; the worst product's."""


def measure_savings(photos: Sequence[Path], preset_ids: Sequence[str], keep: Path | None = None) -> list[Saving]:
    """Measure presets one after another."""
    with Photoshoot.embedded() as shoot:
        products = shoot.describe(photos)
        savings = []
        for preset_id in preset_ids or FAMILIES:
            requests = [request_of(shoot, shoot.presets.get(preset_id), product) for product in products]
            savings.append(_measure(preset_id, requests, keep))
            print(savings[-1], flush=True)
    return savings


def strew(outside: BoolArray) -> BoolArray:
    """One pixel in each square of a grid over the canvas (H, W), as far as it is ``outside``."""
    rng, chosen = np.random.default_rng(0), np.zeros_like(outside)
    rows, columns = (np.arange(0, size - APART_PX + 1, APART_PX) for size in outside.shape)
    down, across = rng.integers(APART_PX, size=(2, len(rows), len(columns)))
    chosen[rows[:, None] + down, columns[None] + across] = True
    return chosen & outside


def _measure(preset_id: str, requests: Sequence[ShotRequest], keep: Path | None) -> Saving:
    with tempfile.TemporaryDirectory() as folder:
        over, whole = WatchedPlacer(StudioSettings(share_plates=True), Path(folder)), WatchedPlacer()
        first = [_time(over, request) for request in requests]
        _time(whole, requests[0])
        over_s = [_time(over, request) for request in requests]
        whole_s = [_time(whole, request) for request in requests]
        decibels = [_compare(over, whole, request) for request in requests]
        over.close()
        whole.close()
    seams = [_find_seam(preset_id, number, request, keep) for number, request in enumerate(requests)]
    plates = [cold - warm for cold, warm in zip(first, over_s, strict=True) if cold > 2 * warm]
    medians = [statistics.median(values) for values in zip(*decibels, strict=True)]
    whole_db, over_db, apart_db, whole_apart_db, clean_db, share = medians
    return Saving(
        preset_id=preset_id,
        whole_s=statistics.median(whole_s),
        over_s=statistics.median(over_s),
        plate_s=statistics.median(plates or [0.0]),
        whole_db=whole_db,
        over_db=over_db,
        apart_db=apart_db,
        whole_apart_db=whole_apart_db,
        clean_db=clean_db,
        share=share,
        seam_db=statistics.median(seam[0] for seam in seams),
        seam_steps=max(seam[1] for seam in seams),
    )


def _time(placer: StudioPlacer, request: ShotRequest) -> float:
    start = time.process_time()
    placer.place([request])
    return time.process_time() - start


def _compare(over: WatchedPlacer, whole: WatchedPlacer, request: ShotRequest) -> tuple[float, ...]:
    """Of one product, the decibels and the share of ``Saving``, from ``whole_db`` on."""
    truth = whole.shoot(request).trace_truth()
    over.shoot(request)
    outside, shown, true = request.layer.alpha_matte == 0, {}, {}
    for name, placer in (("whole", whole), ("over", over)):
        shown[name], *means = placer.show(truth)
        own, first, second = (picture[truth.where] for picture in (shown[name], *means))
        true[name] = _decibels((own - first) * (own - second))
    whole.times = PLATE_TIMES
    (shown["clean"],) = whole.shoot(request).show()
    whole.times, whole.other_paths = 1, 1000
    (shown["again"],) = whole.shoot(request).show()
    whole.other_paths = 0
    apart = [
        _decibels(((shown[one] - shown[other]) ** 2)[outside])
        for one, other in (("whole", "over"), ("whole", "again"), ("clean", "over"))
    ]
    share = over.raw.change.share if isinstance(over.raw, RawChange) else 1.0
    return true["whole"], true["over"], *apart, share


def _find_seam(preset_id: str, number: int, request: ShotRequest, keep: Path | None) -> tuple[float, float]:
    """Decibels, and the most steps of a byte, outside the traced area, to the whole picture of the same paths."""
    with tempfile.TemporaryDirectory() as folder:
        over = WatchedPlacer(StudioSettings(samples=EVEN_SPP, share_plates=True), Path(folder))
        whole = WatchedPlacer(StudioSettings(samples=PLATE_TIMES * EVEN_SPP))
        (seamed,), (true,) = over.shoot(request).show(), whole.shoot(request).show()
        raw = over.raw
        over.close()
        whole.close()
    if not isinstance(raw, RawChange):
        return 99.0, 0.0  # all of it was traced
    traced = raw.camera.film.to_canvas(raw.change.weight[..., None])[..., 0] > 1e-3
    clear = ~traced & (request.layer.alpha_matte == 0)
    off = seamed - true
    height, width = (size // 16 * 16 for size in clear.shape)
    blocks = (off * clear[..., None])[:height, :width].reshape(height // 16, 16, width // 16, 16, 3).mean((1, 3))
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        difference = np.clip(0.5 + _AMPLIFIED * off, 0, 1)
        edge = np.gradient(traced.astype(np.float32))
        difference[np.hypot(*edge) > 0] = 0
        stack = np.concatenate([seamed, true, difference])
        Image.fromarray((255 * stack).astype(np.uint8)).save(keep / f"{preset_id}-{number}.png")
    return _decibels((off**2)[clear]), 255 * float(np.abs(blocks).max())


def _decibels(squares: npt.NDArray[np.floating]) -> float:
    return -10 * float(np.log10(max(float(squares.mean()), 1e-9)))


def print_savings(savings: Sequence[Saving]) -> None:
    """The table of results."""
    print(
        "| preset | whole, CPU s | over a plate, CPU s | times | a plate, CPU s | area | whole, dB | over a plate, dB "
        "| between them, dB | between two whole ones, dB | to a whole one of the plate's paths, dB "
        "| missed outside the area, dB | most, steps |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for item in savings:
        print(
            f"| {item.preset_id} | {item.whole_s:.2f} | {item.over_s:.2f} | {item.whole_s / item.over_s:.1f} "
            f"| {item.plate_s:.1f} | {item.share:.2f} | {item.whole_db:.1f} | {item.over_db:.1f} "
            f"| {item.apart_db:.1f} | {item.whole_apart_db:.1f} | {item.clean_db:.1f} "
            f"| {item.seam_db:.1f} | {item.seam_steps:.1f} |"
        )
