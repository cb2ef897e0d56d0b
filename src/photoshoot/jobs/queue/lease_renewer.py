"""Renews the leases of this program's workers, and takes over those of programs that are gone."""

import logging
import threading
from collections.abc import Sequence

from photoshoot.errors import PhotoshootError
from photoshoot.jobs.queue.task_runner import WorkerContext
from photoshoot.jobs.queue.worker import Worker

INTERRUPTED_MESSAGE = "The picture could not be made: the task was interrupted too often."
"""What a caller is told of a task that no program survived."""
_RENEWALS = 3  # in the time that a lease lasts

_log = logging.getLogger("photoshoot")


class LeaseRenewer(threading.Thread):
    """A thread of its own, since a worker may be at one picture for longer than a lease lasts."""

    def __init__(self, context: WorkerContext, workers: Sequence[Worker]) -> None:
        super().__init__(name="photoshoot-leases", daemon=True)
        self._context, self._workers = context, workers
        self._stopping = threading.Event()

    def start(self) -> None:
        """Take over what is left of programs that are gone, and go on doing so."""
        self.renew()
        super().start()

    def stop(self) -> None:
        """Stop, and wait for it; to be called last, since it renews what is still under way."""
        self._stopping.set()
        self.join()

    def run(self) -> None:
        """Renew until it is stopped."""
        while not self._stopping.wait(self._context.settings.lease_s / _RENEWALS):
            self.renew()

    def renew(self) -> None:
        """Renew the leases of this program, and queue again what others have let run out."""
        context = self._context
        try:
            leases = {lease for worker in self._workers for lease in worker.leases.current}
            if leases:
                context.queue.renew(leases)
            for claim in context.queue.reclaim():
                context.finisher.finish(claim, INTERRUPTED_MESSAGE)
            context.notifier.notify()
        except PhotoshootError:
            _log.exception("leases can't be renewed; trying again")
