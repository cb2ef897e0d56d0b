"""Ctrl-C ends a command within two seconds: between two passes of the renderer, or in the middle of one."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from photoshoot.cli.console import report_note
from photoshoot.cli.exit_codes import INTERRUPTED

PATIENCE_S: Final = 1.5
"""How long what is under way may take to end by itself."""


_WRITTEN: Final[list[Path]] = []
_STAND: Final[list[str]] = []


def keep(path: Path) -> None:
    """Note that a file is there, whole, so that Ctrl-C can say so."""
    _WRITTEN.append(path)


def stand(text: str) -> None:
    """Note where work stands that keeps files by itself; Ctrl-C says the last of these instead."""
    _STAND[:] = [text]


class Interruptible:
    """A context in which the first Ctrl-C says what is kept, and the process ends soon; a second one ends it at once.

    Python raises ``KeyboardInterrupt`` only once a pass of the renderer, which may take long, is over. The signal is
    written to a socket at once; a thread reads it there. Not in the main thread it does nothing.
    """

    def __enter__(self) -> Self:
        _WRITTEN.clear()
        _STAND.clear()
        self._told = threading.Event()
        self._ours, self._theirs = socket.socketpair()
        self._theirs.setblocking(False)
        self._watches = threading.current_thread() is threading.main_thread()
        if self._watches:
            self._before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
            threading.Thread(target=self._watch, name="photoshoot-ctrl-c", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._watches:
            signal.set_wakeup_fd(self._before)
        self._theirs.close()

    def _watch(self) -> None:
        with self._ours:
            while numbers := self._ours.recv(64):
                for _ in range(numbers.count(signal.SIGINT)):
                    self._stop()

    def _stop(self) -> None:
        if self._told.is_set():
            _leave()
        self._told.set()
        count = "1 file is" if len(_WRITTEN) == 1 else f"{len(_WRITTEN)} files are"
        files = f"{count} kept in {_WRITTEN[-1].parent}" if _WRITTEN else "no file was written yet"
        kept = _STAND[-1] if _STAND else files
        report_note(f"stopping: {kept}; Ctrl-C again stops at once")
        timer = threading.Timer(PATIENCE_S, _leave)
        timer.daemon = True
        timer.start()


def _leave() -> None:
    """End the process whatever it is at."""
    sys.stdout.flush()
    os._exit(INTERRUPTED)
