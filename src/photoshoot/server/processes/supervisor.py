"""START HERE: starts the processes that make pictures, watches them, and starts those again that die."""

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from photoshoot.errors import PhotoshootError, StoreError
from photoshoot.jobs import JobEvent, Jobs
from photoshoot.server.processes import render_process
from photoshoot.server.settings import ServerSettings

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_STEADY_S: Final = 60.0
"""A process that lived so long has not died of its start: the next pause is the first one again."""
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
        self._watchers = [_Watcher(settings, device, jobs, observer) for settings, device in makers]
        jobs.notifier.pass_on(self.wake)

    def start(self) -> None:
        """Start all, and wait until each can work.

        Raises:
            PhotoshootError: An engine can't be built, or the store not be opened.
        """
        for watcher in self._watchers:
            watcher.start()
        for watcher in self._watchers:
            watcher.wait()

    def wake(self) -> None:
        """There is something to do."""
        for watcher in self._watchers:
            watcher.tell("wake")

    def check(self) -> None:
        """Raise ``StoreError`` where there should be processes and none can work."""
        if self._watchers and not any(watcher.is_ready for watcher in self._watchers):
            raise StoreError("no process that makes pictures is at work")

    @property
    def ready_count(self) -> int:
        """How many can work."""
        return sum(watcher.is_ready for watcher in self._watchers)

    @property
    def pids(self) -> list[int]:
        """Their process ids, of those that live."""
        return [watcher.process.pid for watcher in self._watchers if watcher.process and watcher.process.pid]

    def close(self, grace_s: float) -> None:
        """Have each finish what it has begun, for so many seconds at most; safe to call twice."""
        for watcher in self._watchers:
            watcher.stop()
        until = time.monotonic() + grace_s + _FIRST_PAUSE_S
        for watcher in self._watchers:
            watcher.end(max(0.0, until - time.monotonic()))


@dataclass
class _Watcher:
    """One process and its successors."""

    settings: ServerSettings
    device: str
    jobs: Jobs
    observer: Callable[[JobEvent], object]
    process: SpawnProcess | None = None
    is_ready: bool = False
    _pipe: Connection | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _first: threading.Event = field(default_factory=threading.Event)
    _error: PhotoshootError | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._watch, name=f"photoshoot-watch-{self.device}", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait for the first process to be ready, or to fail."""
        self._first.wait()
        if self._error is not None:
            raise self._error

    def tell(self, message: render_process.Message) -> None:
        with self._lock:
            try:
                if self._pipe is not None:
                    self._pipe.send(message)
            except OSError:
                return  # it has just died, and its successor asks the store

    def stop(self) -> None:
        self._stopping.set()
        self.tell("stop")

    def end(self, grace_s: float) -> None:
        if self.process is not None:
            self.process.join(grace_s)
            if self.process.is_alive():
                self.process.kill()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._stopping.is_set():
            began, owner = time.monotonic(), render_process.draw_owner()
            failed = self._live(owner)
            self.is_ready = False
            if not self._first.is_set():
                self._error = failed or StoreError("a process that makes pictures ended before it was ready")
                self._first.set()
                return
            if self._stopping.is_set():
                return
            _log.error("a process that makes pictures has ended (%s); it is started again", failed or self._exit_code)
            self._take_over(owner)
            pause_s = _FIRST_PAUSE_S if time.monotonic() - began > _STEADY_S else pause_s
            self._stopping.wait(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    @property
    def _exit_code(self) -> int | None:
        if self.process is None:
            return None
        self.process.join()
        return self.process.exitcode

    def _take_over(self, owner: bytes) -> None:
        """What it was at work on is queued again at once."""
        try:
            self.jobs.take_over(owner)
        except PhotoshootError:
            _log.exception("what it was at work on is queued again when its leases run out")

    def _live(self, owner: bytes) -> PhotoshootError | None:
        """Start a process and hear it to its end; returns what it said of that."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (self.settings, self.device, owner, theirs)
        self.process = context.Process(target=render_process.run, args=arguments, name="photoshoot-render")
        self.process.start()
        theirs.close()  # else its end would not be heard
        with self._lock:
            self._pipe = ours
        if self._stopping.is_set():
            self.tell("stop")
        failed = None
        try:
            while True:
                failed = self._hear(ours.recv()) or failed
        except (EOFError, OSError):
            pass
        with self._lock:
            self._pipe = None
            ours.close()
        return failed

    def _hear(self, message: object) -> PhotoshootError | None:
        if message in ("ready", "unwell"):
            self.is_ready = message == "ready"
            self._first.set()
        elif isinstance(message, PhotoshootError):
            return message
        else:
            self.observer(message)  # type: ignore[arg-type]  # what it sends is an event
            self.jobs.notifier.notify(pass_on=False)
        return None
