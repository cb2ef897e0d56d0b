"""Finished pictures on their way out: paid for where the service charges, and made again where they are damaged."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from photoshoot.errors import DamagedPictureError, NoCreditsError
from photoshoot.jobs.notifier import Notifier
from photoshoot.jobs.queue.queue import TaskQueue
from photoshoot.jobs.store.applications import Applications
from photoshoot.jobs.store.records import PictureFile, TaskKey
from photoshoot.jobs.store.results import Results
from photoshoot.settings import ImageFormat

_log = logging.getLogger("photoshoot")


class Pictures:
    """Opens pictures for those who ask. One that is damaged or gone is queued anew: its seed makes the same one."""

    def __init__(self, results: Results, applications: Applications, queue: TaskQueue, notifier: Notifier) -> None:
        self._results, self._applications, self._queue, self._notifier = results, applications, queue, notifier

    def download(
        self,
        application_id: UUID,
        process_id: UUID,
        task_id: UUID,
        *,
        low_resolution: bool = False,
        format: ImageFormat = ImageFormat.PNG,
    ) -> PictureFile:
        """``look``, then ``applications.charge``: only a picture that is there is paid for.

        Raises:
            UnknownJobError: See ``Results.open``.
            PictureNotFoundError: See ``Results.open``.
            DamagedPictureError: See ``Results.open``.
            NoCreditsError: The application has no credits.
        """
        picture = self.look(application_id, process_id, task_id, low_resolution=low_resolution, format=format)
        self._applications.charge(application_id, task_id)
        return picture

    def look(
        self,
        application_id: UUID,
        process_id: UUID,
        task_id: UUID,
        *,
        low_resolution: bool = False,
        format: ImageFormat = ImageFormat.PNG,
    ) -> PictureFile:
        """What a download would give; nothing is charged, so it must not leave."""
        key = TaskKey(application_id=application_id, process_id=process_id, task_id=task_id)
        with self._making_again(key):
            return self._results.open(application_id, process_id, task_id, low_resolution=low_resolution, format=format)

    def for_message(self, key: TaskKey) -> bytes | None:
        """The picture that goes with a message; None: the application can't pay for it.

        Raises:
            DamagedPictureError: It is gone, or not what was written.
        """
        with self._making_again(key):
            data = self._results.read_original(key)
        try:
            self._applications.charge(key.application_id, key.task_id)
        except NoCreditsError:
            return None
        return data

    @contextmanager
    def _making_again(self, key: TaskKey) -> Iterator[None]:
        try:
            yield
        except DamagedPictureError as error:
            _log.error("%s; task %s is queued again", error, key.task_id, exc_info=error)
            self._results.remove(key)
            self._queue.queue_again(key.task_id)
            self._notifier.notify()
            raise
