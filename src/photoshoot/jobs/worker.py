"""Makes claimed tasks, with one ``Photoshoot``."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from photoshoot.errors import (
    CancelledError,
    ProductDoesNotFitError,
    PromptError,
    SettingsError,
    StoreError,
    UnknownNameError,
)
from photoshoot.jobs.bell import Bell
from photoshoot.jobs.events import BatchPlaced, Observer
from photoshoot.jobs.finishing import Finisher
from photoshoot.jobs.planner import Planner
from photoshoot.jobs.queue import Claim, TaskQueue
from photoshoot.jobs.results import Results
from photoshoot.jobs.settings import JobSettings
from photoshoot.lookahead import map_ahead
from photoshoot.photoshoot import Photoshoot
from photoshoot.records import Progress, Shot, ShotRequest

FAILED_MESSAGE = "The picture could not be made."
"""What a caller is told where the reason is none of theirs; the log has it."""
INTERRUPTED_MESSAGE = "The picture could not be made: the task was interrupted too often."
"""What a caller is told of a task that the program did not survive."""
_TELLABLE = (PromptError, SettingsError, UnknownNameError, ProductDoesNotFitError)  # their messages name no files
_LOOK_S = 1.0  # how often it is asked whether a batch is still wanted

_log = logging.getLogger("photoshoot")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What workers share."""

    queue: TaskQueue
    planner: Planner
    results: Results
    finisher: Finisher
    settings: JobSettings
    observer: Observer
    bell: Bell
    """Rings when there is work, or when it is time to stop."""


class Worker:
    """A thread that makes tasks until it is told to stop."""

    def __init__(self, desk: Desk, shoot: Photoshoot, name: str) -> None:
        self._desk, self._shoot = desk, shoot
        self._leases: set[UUID] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

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
            self._desk.queue.release(self.leases)

    @property
    def leases(self) -> set[UUID]:
        """What it is at work on."""
        with self._lock:
            return set(self._leases)

    @property
    def is_alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        heard = 0
        while not self._stopping.is_set():
            worked = False
            try:
                for _ in map_ahead(self._make, self._claims(), self._shoot.placer.overlap):
                    worked = True
            except Exception:  # the store may be out of reach for a while; a worker outlives that
                _log.exception("a worker could not go on; it tries again")
                worked = False
            if not worked:
                heard = self._desk.bell.wait(heard, self._desk.settings.poll_s)

    def _claims(self) -> Iterator[list[Claim]]:
        """Batches, until the queue is empty."""
        while not self._stopping.is_set():
            batch = self._desk.queue.claim(max(1, self._shoot.placer.batch_size))
            if not batch:
                return
            with self._lock:
                self._leases.add(batch[0].lease)
            yield batch

    def _make(self, batch: list[Claim]) -> None:
        try:
            ready = [(claim, planned) for claim in batch if (planned := self._prepare(claim)) is not None]
            if ready:
                self._place(ready)
        except StoreError:
            _log.exception("the store failed; %d tasks are left until their lease runs out", len(batch))
        finally:
            with self._lock:
                self._leases.discard(batch[0].lease)

    def _prepare(self, claim: Claim) -> ShotRequest | None:
        """Plan a task; None where there is nothing to be made any more."""
        try:
            if self._desk.results.is_kept(claim):
                self._desk.finisher.finish(claim)
                return None
            return self._desk.planner.plan(claim)
        except _TELLABLE as error:
            self._fail(claim, error, str(error))
        except Exception as error:
            self._fail(claim, error)
        return None

    def _place(self, ready: Sequence[tuple[Claim, ShotRequest]]) -> None:
        """Make a batch; one that fails is made task by task, so that only those fail that must."""
        began, done = time.perf_counter(), 0
        try:
            shots = self._shoot.place([planned for _, planned in ready], self._watch(ready[0][0].lease))
            for (claim, _), shot in zip(ready, shots, strict=True):
                done += 1
                self._keep(claim, shot)
            self._desk.observer(BatchPlaced(task_count=len(ready), seconds=time.perf_counter() - began))
        except CancelledError:
            _log.info("a batch of %d was stopped", len(ready))
            self._desk.queue.release({ready[0][0].lease})  # what is still wanted of it, where all calls were stopped
        except StoreError:
            raise
        except Exception as error:
            left = ready[done:]
            if len(left) > 1:
                _log.warning("a batch of %d failed; making its tasks one by one", len(left), exc_info=True)
                for one in left:
                    self._place([one])
            elif left:
                self._fail(left[0][0], error)

    def _keep(self, claim: Claim, shot: Shot) -> None:
        """Write a picture down, unless it is not wanted any more."""
        if not self._desk.queue.start_upload(claim):
            return
        try:
            self._desk.results.keep(claim, shot)
        except Exception as error:
            self._fail(claim, error)
            return
        self._desk.finisher.finish(claim)
        self._desk.bell.ring()  # its messages can go out
        _log.info("task %s is done", claim.task_id, extra={"trace_id": claim.trace_id})

    def _fail(self, claim: Claim, error: Exception, told: str = FAILED_MESSAGE) -> None:
        """A task that can't be made fails; where only the store is at fault, it is tried again."""
        _log.error("task %s: %s", claim.task_id, error, exc_info=error, extra={"trace_id": claim.trace_id})
        if isinstance(error, StoreError) and self._desk.queue.put_back(claim):
            return
        self._desk.finisher.finish(claim, told)
        self._desk.bell.ring()

    def _watch(self, lease: UUID) -> Callable[[Progress], None]:
        """Stops a batch that nobody waits for: at its next step, in engines that have steps."""
        looked = time.monotonic()

        def on_progress(_: Progress) -> None:
            nonlocal looked
            if time.monotonic() - looked >= _LOOK_S:
                looked = time.monotonic()
                if not self._desk.queue.is_wanted(lease):
                    raise CancelledError("no task of the batch is wanted any more")

        return on_progress
