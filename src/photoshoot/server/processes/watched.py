"""A process that is started again where it ends by itself, after a pause that grows while its successors die young."""

import contextlib
import logging
import multiprocessing
import select
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from photoshoot.errors import PhotoshootError, StoreError

NICER: Final = 10
"""How much such processes give way to the one that answers: a picture takes seconds, an answer milliseconds."""
FIRST_PAUSE_S: Final = 1.0
"""Before the first successor."""
_LONGEST_PAUSE_S: Final = 60.0
_STEADY_S: Final = 60.0
"""A process that lived so long has not died of its start: the next pause is the first one again."""
_log = logging.getLogger("photoshoot")


class WatchedProcess(ABC):
    """One process and its successors.

    Args:
        what: What it is, for people, such as ``"a process that makes pictures"``.
        name: Of the thread that watches it.
    """

    process: SpawnProcess | None = None
    """The one there is, or was last."""

    def __init__(self, what: str, name: str) -> None:
        self._what = what
        self._pipe: Connection | None = None
        self._lock = threading.Lock()
        self._stopping, self._first = threading.Event(), threading.Event()
        self._error: PhotoshootError | None = None
        self._thread = threading.Thread(target=self._watch, name=name, daemon=True)

    def start(self) -> None:
        """Start it; ``wait`` waits until it is ready."""
        self._thread.start()

    def wait(self) -> None:
        """Wait for the first process to be ready.

        Raises:
            PhotoshootError: It ended before.
        """
        self._first.wait()
        if self._error is not None:
            raise self._error

    def tell(self, message: object) -> None:
        """Send it something, without waiting: where it has died nobody is told, nor where it has long read nothing."""
        with self._lock, contextlib.suppress(OSError):
            if self._pipe is not None and _has_room(self._pipe):
                self._pipe.send(message)

    def stop(self) -> None:
        """Have it end, without waiting for that."""
        self._stopping.set()
        self.tell("stop")

    @abstractmethod
    def _live(self) -> PhotoshootError | None:
        """Start a process with ``_spawn``, and hear it to its end; returns what it said of that."""

    @abstractmethod
    def _has_ended(self, *, by_itself: bool) -> None:
        """What was known of a process is known no more.

        Args:
            by_itself: It had been ready, and nobody had told it to stop: a successor follows.
        """

    def _spawn(self, run: Callable[..., None], *arguments: object, name: str) -> Connection | None:
        """Start a process with a pipe as its last argument; our end of that. None: nothing is started any more."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with self._lock:
            if self._stopping.is_set():
                return None
            process = context.Process(target=run, args=(*arguments, theirs), name=name)
            process.start()
            self._pipe, self.process = ours, process
        theirs.close()  # else its end would not be heard
        return ours

    def _hang_up(self) -> None:
        with self._lock:
            if self._pipe is not None:
                self._pipe.close()
            self._pipe = None

    def _watch(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._stopping.is_set():
            began = time.monotonic()
            failed = self._try_to_live()
            self._hang_up()
            was_ready, by_itself = self._first.is_set(), self._first.is_set() and not self._stopping.is_set()
            if by_itself:
                _log.error("%s has ended (%s); it is started again", self._what, failed or self._exit_code)
            self._has_ended(by_itself=by_itself)
            if not was_ready:
                self._error = failed or StoreError(f"{self._what} ended before it was ready")
                self._first.set()
            if not by_itself:
                return
            pause_s = FIRST_PAUSE_S if time.monotonic() - began > _STEADY_S else pause_s
            self._stopping.wait(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _try_to_live(self) -> PhotoshootError | None:
        try:
            return self._live()
        except Exception as error:  # no memory for a process: who waits for the first one must hear of it
            return StoreError(f"{self._what} can't be started: {error}")

    @property
    def _exit_code(self) -> int | None:
        if self.process is None:
            return None
        self.process.join()
        return self.process.exitcode


def _has_room(pipe: Connection) -> bool:
    """Whether a short message goes into a pipe at once. On Windows nobody knows; then it is sent all the same."""
    if not hasattr(select, "poll"):
        return True
    ready = select.poll()
    ready.register(pipe, select.POLLOUT)
    return bool(ready.poll(0))
