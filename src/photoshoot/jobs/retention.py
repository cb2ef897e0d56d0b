"""Deletes what has been kept for as long as it should be, and the files of what was deleted."""

import logging
import threading
import time

from photoshoot.errors import PhotoshootError
from photoshoot.jobs.notifier import Notifier
from photoshoot.jobs.settings import Clock, JobSettings
from photoshoot.jobs.store.deletion import Deletions

_DAY_S = 86400.0
_log = logging.getLogger("photoshoot")


class RetentionSweeper(threading.Thread):
    """Sweeps every so often, until the notifier says stop.

    Args:
        deletions: What deletes.
        settings: How long things are kept, and how often it sweeps.
        notifier: Tells it to stop.
        clock: Seconds since 1970.
    """

    def __init__(
        self, deletions: Deletions, settings: JobSettings, notifier: Notifier, clock: Clock = time.time
    ) -> None:
        super().__init__(name="photoshoot-retention", daemon=True)
        self._deletions, self._settings, self._notifier, self._clock = deletions, settings, notifier, clock

    def run(self) -> None:
        """Sweep until the notifier says stop."""
        while True:
            self.sweep()
            if self._notifier.stopping.wait(self._settings.sweep_s):
                return

    def sweep(self) -> None:
        """Delete what is too old; what can't be deleted now is at the next turn."""
        settings = self._settings
        try:
            deleted = self._deletions.older_than(
                uploads_s=self._since(settings.keep_uploads_days),
                pictures_s=self._since(settings.keep_pictures_days),
                messages_s=self._since(settings.keep_messages_days),
            )
        except PhotoshootError:
            _log.exception("what is too old can't be deleted; trying again")
            return
        if deleted.uploads or deleted.processes:
            _log.info("deleted %d uploads and %d processes by age", len(deleted.uploads), len(deleted.processes))

    def _since(self, days: float | None) -> float | None:
        return None if days is None else self._clock() - days * _DAY_S
