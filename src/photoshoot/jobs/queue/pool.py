"""All workers of a program, and the thread that keeps their leases."""

import threading
import time
from collections.abc import Sequence

from photoshoot.jobs.queue.lease_renewer import LeaseRenewer
from photoshoot.jobs.queue.task_runner import WorkerContext
from photoshoot.jobs.queue.worker import Worker
from photoshoot.photoshoot import Photoshoot


class WorkerPool:
    """A worker for each ``Photoshoot``; with none it still takes over what dead programs left.

    Args:
        context: What the workers share.
        shoots: What makes the pictures, one a device.
        others: Threads that start with the workers, and end when the context's notifier says stop as they do.
    """

    def __init__(
        self, context: WorkerContext, shoots: Sequence[Photoshoot], others: Sequence[threading.Thread] = ()
    ) -> None:
        self._notifier = context.notifier
        self._workers = [Worker(context, shoot, f"photoshoot-worker-{number}") for number, shoot in enumerate(shoots)]
        self._threads = [*self._workers, *others]
        self._renewer = LeaseRenewer(context, self._workers)

    def start(self) -> None:
        """Begin; once."""
        self._renewer.start()
        for thread in self._threads:
            thread.start()

    def close(self, grace_s: float) -> None:
        """Begin no further task, and wait for those under way; after ``grace_s`` seconds they are queued again."""
        until = time.monotonic() + grace_s
        self._notifier.stop()
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        late = [worker for worker in self._workers if worker.is_alive()]
        if late:
            self._notifier.abandoned.set()
        for worker in late:
            worker.give_up()
        self._renewer.stop()

    def take_over(self) -> None:
        """Queue again what programs that are gone have left, now and not only at the next turn."""
        self._renewer.renew()

    @property
    def is_alive(self) -> bool:
        """Whether every thread runs."""
        return all(thread.is_alive() for thread in (self._renewer, *self._threads))
