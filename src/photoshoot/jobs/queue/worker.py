"""A thread that carries out what is queued, with one ``Photoshoot``."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from photoshoot.errors import StoreError
from photoshoot.jobs.queue.queue import Claim
from photoshoot.jobs.queue.task_runner import Made, TaskRunner, WorkerContext
from photoshoot.machine.lookahead import map_ahead
from photoshoot.photoshoot import Photoshoot

_log = logging.getLogger("photoshoot")


class Worker(threading.Thread):
    """Claims batches, makes them, and writes them down while the next are made, until the notifier says stop."""

    def __init__(self, context: WorkerContext, shoot: Photoshoot, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._context, self._placer = context, shoot.placer
        self._runner = TaskRunner(context, shoot)
        self.leases = Leases()
        """The claims whose tasks are not finished yet."""

    def give_up(self) -> None:
        """Queue again what is not done yet, where it is not waited for any longer."""
        self._context.queue.release(self.leases.current)

    def run(self) -> None:
        """Work until the notifier says stop; no error ends it."""
        heard = 0
        while not self._context.notifier.stopping.is_set():
            worked = False
            try:
                for _ in map_ahead(self._keep, self._pictures(), 1 + self._batch_size):
                    worked = True
            except Exception:  # whatever it is, a worker outlives it
                _log.exception("a worker could not go on; it begins anew")
                self.leases.drop()
            if not worked:
                heard = self._context.notifier.wait(heard, self._context.settings.poll_s)

    @property
    def _batch_size(self) -> int:
        return max(1, self._placer.batch_size)

    def _claims(self) -> Iterator[list[Claim]]:
        """Batches, until the queue is empty or out of reach."""
        while not self._context.notifier.stopping.is_set():
            try:
                batch = self._context.queue.claim(self._batch_size)
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
            made = self._runner.make(batch)
        except StoreError:
            _log.exception("the store failed; a batch of %d is left until its lease runs out", len(batch))
        left = {claim.task_id for claim, _ in made}
        for claim in batch:
            if claim.task_id not in left:
                self.leases.end(claim)
        return made

    def _keep(self, made: Made) -> None:
        try:
            self._runner.keep(made)
        except StoreError:
            _log.exception("the store failed; task %s is left until its lease runs out", made[0].task_id)
        finally:
            self.leases.end(made[0])


class Leases:
    """The leases that a worker still has tasks of, counted; several threads may use it."""

    def __init__(self) -> None:
        self._tasks: Counter[UUID] = Counter()
        self._lock = threading.Lock()

    def take(self, batch: Sequence[Claim]) -> None:
        """Begin with the tasks of a batch."""
        with self._lock:
            self._tasks.update(claim.lease for claim in batch)

    def end(self, claim: Claim) -> None:
        """Be done with a task."""
        with self._lock:
            self._tasks -= Counter([claim.lease])

    def drop(self) -> None:
        """Be done with all: what was not finished is queued again when its lease runs out."""
        with self._lock:
            self._tasks.clear()

    @property
    def current(self) -> set[UUID]:
        """Those that are to be renewed."""
        with self._lock:
            return set(self._tasks)
