"""A thread that carries out what is queued, with one ``Photoshoot``."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from photoshoot.errors import StoreError
from photoshoot.jobs.queue.leases import Leases
from photoshoot.jobs.queue.queue import Claim
from photoshoot.jobs.queue.task_runner import Desk, Made, TaskMaker
from photoshoot.lookahead import map_ahead
from photoshoot.photoshoot import Photoshoot

_log = logging.getLogger("photoshoot")


class Worker:
    """Claims batches, makes them, and writes them down while the next are made, until it is told to stop."""

    def __init__(self, desk: Desk, shoot: Photoshoot, name: str) -> None:
        self._desk, self._placer = desk, shoot.placer
        self._maker = TaskMaker(desk, shoot)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.leases = Leases()
        """What it is at work on."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no further task; whoever calls it rings the bell."""
        self._stopping.set()

    def join(self, timeout_s: float) -> None:
        """Wait until it has stopped; whatever is not done by then is given up, and queued again."""
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            self._desk.queue.release(self.leases.current)

    @property
    def is_alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        heard = 0
        while not self._stopping.is_set():
            worked = False
            try:
                for _ in map_ahead(self._keep, self._pictures(), 1 + self._batch_size):
                    worked = True
            except Exception:  # whatever it is, a worker outlives it
                _log.exception("a worker could not go on; it begins anew")
                self.leases.drop()
            if not worked:
                heard = self._desk.bell.wait(heard, self._desk.settings.poll_s)

    @property
    def _batch_size(self) -> int:
        return max(1, self._placer.batch_size)

    def _claims(self) -> Iterator[list[Claim]]:
        """Batches, until the queue is empty or out of reach."""
        while not self._stopping.is_set():
            try:
                batch = self._desk.queue.claim(self._batch_size)
            except StoreError:
                _log.exception("the queue can't be read; trying again")
                return
            if not batch:
                return
            self.leases.take(batch)
            yield batch

    def _pictures(self) -> Iterator[Made]:
        for made in map_ahead(self._make, self._claims(), self._placer.overlap):
            yield from made

    def _make(self, batch: list[Claim]) -> list[Made]:
        made: list[Made] = []
        try:
            made = self._maker.make(batch)
        except StoreError:
            _log.exception("the store failed; a batch of %d is left until its lease runs out", len(batch))
        left = {claim.task_id for claim, _ in made}
        for claim in batch:
            if claim.task_id not in left:
                self.leases.end(claim)
        return made

    def _keep(self, made: Made) -> None:
        try:
            self._maker.keep(made)
        except StoreError:
            _log.exception("the store failed; task %s is left until its lease runs out", made[0].task_id)
        finally:
            self.leases.end(made[0])
