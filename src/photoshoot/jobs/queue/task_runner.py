"""Makes the pictures of claimed tasks, and writes them down."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from photoshoot.errors import (
    CancelledError,
    DeviceError,
    ProductDoesNotFitError,
    PromptError,
    SettingsError,
    StoreError,
    UnknownNameError,
)
from photoshoot.jobs.events import BatchPlaced, Observer
from photoshoot.jobs.notifier import Notifier
from photoshoot.jobs.queue.finishing import Finisher
from photoshoot.jobs.queue.planner import Planner
from photoshoot.jobs.queue.queue import Claim, TaskQueue
from photoshoot.jobs.settings import Clock, JobSettings
from photoshoot.jobs.store.results import Results
from photoshoot.machine.cancellation import Check, cancel_scope
from photoshoot.notebook_bar import tell_nobody
from photoshoot.photoshoot import Photoshoot
from photoshoot.production import gather
from photoshoot.records import Shot, ShotRequest

Made: TypeAlias = "tuple[Claim, Shot]"
"""A task and its picture."""

FAILED_MESSAGE = "The picture could not be made."
"""What a caller is told where the reason is none of theirs; the log has it."""
_TELLABLE = (PromptError, SettingsError, UnknownNameError, ProductDoesNotFitError)  # their messages name no files
_ASK_S = 1.0  # between two questions whether a batch is still wanted

_log = logging.getLogger("photoshoot")


@dataclass(frozen=True, kw_only=True)
class WorkerContext:
    """What workers share."""

    queue: TaskQueue
    """Where tasks are claimed, and given back."""
    planner: Planner
    """Turns a claimed task into the shot to be placed."""
    results: Results
    """Where finished pictures are written."""
    finisher: Finisher
    """Makes tasks final, and writes the messages that tell of it."""
    settings: JobSettings
    """Limits and times of jobs."""
    observer: Observer
    """Told of each batch that was placed."""
    notifier: Notifier
    """Wakes workers when there is work, and tells them to stop."""
    clock: Clock = time.monotonic
    """Seconds of a clock that is never set; times the questions whether a batch is still wanted."""


class TaskRunner:
    """Makes tasks with one ``Photoshoot``. No method raises, but for ``StoreError`` where nothing could be noted."""

    def __init__(self, context: WorkerContext, shoot: Photoshoot) -> None:
        self._context, self._shoot = context, shoot

    def make(self, batch: Sequence[Claim]) -> list[Made]:
        """Make a batch's pictures. Tasks that fail, or that need none, are finished here and left out."""
        ready = [(claim, planned) for claim in batch if (planned := self._prepare(claim)) is not None]
        return self._place(ready) if ready else []

    def keep(self, made: Made) -> None:
        """Write a picture down, unless its task was cancelled or given to another worker meanwhile."""
        claim, shot = made
        if not self._context.queue.start_upload(claim):
            return
        try:
            self._context.results.keep(claim.key, shot, again=claim.attempts > 1)
        except Exception as error:
            self._fail(claim, error)
            return
        self._finish(claim)
        if not self._context.queue.is_known(claim.task_id):  # it was deleted while its picture was written
            self._context.results.remove(claim.key)

    def _prepare(self, claim: Claim) -> ShotRequest | None:
        """Plan a task; None where there is nothing to be made any more."""
        try:
            if self._context.results.is_kept(claim.key):
                self._finish(claim)
                return None
            return self._context.planner.plan(claim)
        except Exception as error:
            self._fail(claim, error)
        return None

    def _place(self, ready: Sequence[tuple[Claim, ShotRequest]]) -> list[Made]:
        """Make a batch; one that fails is made task by task, so that only those fail that must."""
        claims, began = [claim for claim, _ in ready], time.perf_counter()
        try:
            with cancel_scope(self._watch(claims[0].lease)):
                made = gather(self._shoot.place([planned for _, planned in ready], tell_nobody))
        except Exception as error:
            if self._context.notifier.abandoned.is_set():  # the program ends under it, and it is queued again
                return []
            if isinstance(error, CancelledError):
                _log.info("a batch of %d was stopped", len(ready))
                self._context.queue.release({claims[0].lease})  # what is still wanted, where all calls were stopped
                return []
            if len(ready) > 1:
                _log.warning(
                    "a batch of %d failed; making its tasks one by one",
                    len(ready),
                    exc_info=not isinstance(error, _TELLABLE),
                )
                return [made for one in ready for made in self._place([one])]
            self._fail(claims[0], error)
            return []
        traces = tuple(claim.trace_id for claim in claims if claim.trace_id is not None)
        placed = BatchPlaced(task_count=len(ready), trace_ids=traces, seconds=time.perf_counter() - began)
        self._context.observer(placed)
        for claim, outcome in zip(claims, made, strict=True):
            if isinstance(outcome, DeviceError):
                self._fail(claim, outcome)
        return [(claim, shot) for claim, shot in zip(claims, made, strict=True) if isinstance(shot, Shot)]

    def _finish(self, claim: Claim) -> None:
        self._context.finisher.finish(claim)
        self._context.notifier.notify()  # its messages can go out
        _log.info("task %s is done", claim.task_id, extra={"trace_id": claim.trace_id})

    def _fail(self, claim: Claim, error: Exception) -> None:
        """A task that can't be made fails; where only the store is at fault, it is tried again."""
        tellable = isinstance(error, _TELLABLE)  # the order's own fault, of which a trace would tell nothing
        level, trace = (logging.WARNING, None) if tellable else (logging.ERROR, error)
        _log.log(level, "task %s: %s", claim.task_id, error, exc_info=trace, extra={"trace_id": claim.trace_id})
        if isinstance(error, StoreError) and self._context.queue.put_back(claim):
            return
        self._context.finisher.finish(claim, str(error) if tellable else FAILED_MESSAGE)
        self._context.notifier.notify()

    def _watch(self, lease: UUID) -> Check:
        """Stops a batch that nobody waits for, within a picture too; asked by whichever thread works on it."""
        asked = self._context.clock()

        def check() -> None:
            nonlocal asked
            if self._context.notifier.abandoned.is_set():
                raise CancelledError("the program ends")
            if self._context.clock() - asked >= _ASK_S:
                asked = self._context.clock()
                if not self._context.queue.is_wanted(lease):
                    raise CancelledError("no task of the batch is wanted any longer")

        return check
