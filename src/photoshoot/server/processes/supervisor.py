"""START HERE: starts the processes that make pictures, watches them, and starts those again that die."""

import contextlib
import logging
import time
from collections.abc import Callable, Sequence

from photoshoot.errors import PhotoshootError, StoreError
from photoshoot.jobs import JobEvent, Jobs
from photoshoot.server.processes import render_process
from photoshoot.server.processes.watched import FIRST_PAUSE_S, WatchedProcess
from photoshoot.server.settings import ServerSettings

_log = logging.getLogger("photoshoot")


class RenderProcesses:
    """A process for each device; ``with`` starts them, and is there once each can work.

    Args:
        makers: Engine (the service's settings with it alone) and device of each; none at all where other machines make
            the pictures.
        jobs: The jobs of this process, on the same store: they are told of what has ended, and wake the processes.
        observer: Told of the processes' events.
    """

    def __init__(
        self, makers: Sequence[tuple[ServerSettings, str]], jobs: Jobs, observer: Callable[[JobEvent], object]
    ) -> None:
        self._makers = [_Maker(settings, device, jobs, observer) for settings, device in makers]
        jobs.notifier.pass_on(self.wake)

    def start(self) -> None:
        """Start all, and wait until each can work.

        Raises:
            PhotoshootError: An engine can't be built, or the store not be opened.
        """
        for maker in self._makers:
            maker.start()
        for maker in self._makers:
            maker.wait()

    def wake(self) -> None:
        """There is something to do."""
        for maker in self._makers:
            maker.tell("wake")

    def check(self) -> None:
        """Raise ``StoreError`` where there should be processes and none can work."""
        if self._makers and not any(maker.is_ready for maker in self._makers):
            raise StoreError("no process that makes pictures is at work")

    def stop(self) -> None:
        """Have each begin nothing further and end, without waiting for that."""
        for maker in self._makers:
            maker.stop()

    def close(self, grace_s: float) -> None:
        """Have each finish what it has begun, for so many seconds at most; safe to call twice."""
        self.stop()
        until = time.monotonic() + grace_s + FIRST_PAUSE_S
        for maker in self._makers:
            maker.end(max(0.0, until - time.monotonic()))


class _Maker(WatchedProcess):
    """One process that makes pictures, and its successors."""

    is_ready = False

    def __init__(
        self, settings: ServerSettings, device: str, jobs: Jobs, observer: Callable[[JobEvent], object]
    ) -> None:
        super().__init__("a process that makes pictures", f"photoshoot-watch-{device}")
        self._settings, self._device, self._jobs, self._observer = settings, device, jobs, observer
        self._owner = b""

    def end(self, grace_s: float) -> None:
        """Wait for it to end, and end it then; safe to call twice."""
        if self.process is not None:
            self.process.join(grace_s)
            if self.process.is_alive():
                self.process.kill()
        if self._thread.ident is not None:
            self._thread.join()

    def _live(self) -> PhotoshootError | None:
        self._owner = render_process.draw_owner()
        pipe = self._spawn(render_process.run, self._settings, self._device, self._owner, name="photoshoot-render")
        failed = None
        with contextlib.suppress(EOFError, OSError):
            while pipe is not None:
                failed = self._hear(pipe.recv()) or failed
        return failed

    def _has_ended(self, *, by_itself: bool) -> None:
        self.is_ready = False
        if by_itself:
            self._queue_again()

    def _queue_again(self) -> None:
        """What it was at work on is queued again at once."""
        try:
            self._jobs.take_over(self._owner)
        except PhotoshootError:
            _log.exception("what it was at work on is queued again when its leases run out")

    def _hear(self, message: object) -> PhotoshootError | None:
        if message in ("ready", "unwell"):
            self.is_ready = message == "ready"
            self._first.set()
        elif isinstance(message, PhotoshootError):
            return message
        else:
            self._observer(message)  # type: ignore[arg-type]  # what it sends is an event
            self._jobs.notifier.notify(pass_on=False)
        return None
