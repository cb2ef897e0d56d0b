"""A photoshoot whose placer paints plain backgrounds: the rest of the flow is the real one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Never

import numpy as np

from photoshoot import Photoshoot, PresetRegistry
from photoshoot.exporters.file_exporter import FileExporter
from photoshoot.jobs import JobSettings
from photoshoot.jobs.queue.pool import WorkerPool
from photoshoot.jobs.queue.task_runner import WorkerContext
from photoshoot.pixels.imaging import composite
from photoshoot.records import Provenance, Shot, ShotRequest
from photoshoot.stages import OnStep
from tests.jobs.waiting import PATIENCE_S

QUICK = JobSettings(
    poll_s=0.05,
    lease_s=PATIENCE_S,  # nobody is taken for dead, however busy the machine
    webhook_timeout_s=PATIENCE_S,
    webhook_backoff_s=0.05,
    allow_private_targets=True,
)
"""Settings of most tests."""

_PROVENANCE = Provenance(engine="flat", versions={}, settings={})


class FlatPlacer:
    """Composites the product over a ramp of one colour, drawn from the seed: no blank scene, so never redrawn."""

    def __init__(self, batch_size: int = 1, overlap: int = 1, before: Callable[[ShotRequest], object] = id) -> None:
        self.batch_size, self.overlap, self._before = batch_size, overlap, before
        self.batches: list[list[ShotRequest]] = []
        self._lock = threading.Lock()

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        with self._lock:
            self.batches.append(list(requests))
        if on_step is not None:
            on_step(1, 2)
        return [self._shoot(request) for request in requests]

    def _shoot(self, request: ShotRequest) -> Shot:
        self._before(request)
        colour = np.random.default_rng(request.seed).integers(64, 256, 3)
        ramp = np.linspace(0.25, 1, request.layer.rgb.shape[1])[None, :, None]
        background = np.broadcast_to(ramp * colour, request.layer.rgb.shape).astype(np.uint8)
        return request.answer(composite(background, request.layer), _PROVENANCE)

    def close(self) -> None:
        """Nothing is held."""

    @property
    def shots(self) -> list[ShotRequest]:
        """Everything that it was asked for."""
        return [request for batch in self.batches for request in batch]


class _Absent:
    """A role that jobs have no use for."""

    def _refuse(self, items: Sequence[object]) -> list[Never]:
        assert not items, "jobs place only what is described already"
        return []

    segment = describe = recommend = _refuse


@cache
def presets() -> PresetRegistry:
    """The catalogue."""
    return PresetRegistry.load()


def build_shoot(placer: FlatPlacer) -> Photoshoot:
    """A photoshoot round a placer."""
    absent: Any = _Absent()
    return Photoshoot(
        segmenter=absent,
        captioner=absent,
        recommender=absent,
        placer=placer,
        exporter=FileExporter(),
        presets=presets(),
    )


def with_placer(shoot: Photoshoot, placer: FlatPlacer) -> Photoshoot:
    """The parts of a photoshoot round another placer."""
    return Photoshoot(
        segmenter=shoot.segmenter,
        captioner=shoot.captioner,
        recommender=shoot.recommender,
        placer=placer,
        exporter=shoot.exporter,
        presets=shoot.presets,
    )


@contextmanager
def working(context: WorkerContext, *placers: FlatPlacer) -> Iterator[WorkerPool]:
    """Workers of the test's own, apart from those of ``Jobs``: parts of their context may be other ones."""
    pool = WorkerPool(context, [build_shoot(placer) for placer in placers])
    pool.start()
    try:
        yield pool
    finally:
        pool.close(PATIENCE_S)
