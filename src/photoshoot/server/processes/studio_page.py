"""The page of ``photoshoot ui`` beside the service: in a process of its own, watched, and reached through ``/studio``.

The process that answers imports neither Gradio nor what renders: it starts this one, and passes requests on to it.
"""

import contextlib
import dataclasses
import importlib.util
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

import uvicorn

from photoshoot.errors import MissingExtraError, PhotoshootError, StoreError
from photoshoot.server.engines import build_engine
from photoshoot.server.ops.logs import configure_logs
from photoshoot.server.settings import STUDIO_PATH, ServerSettings

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_STEADY_S: Final = 60.0
"""A process that lived so long has not died of its start: the next pause is the first one again."""
_GRACE_S: Final = 10.0  # that its end may take
_POLL_S: Final = 0.2
_NICER: Final = 10
"""How much it gives way to the process that answers, as what renders does."""
_FOLDER: Final = "studio"  # in the service's own: sessions
_log = logging.getLogger("photoshoot")


class StudioPage:
    """The page's process and its successors.

    Args:
        settings: How the service runs; its page makes pictures with the first engine.

    Raises:
        MissingExtraError: The extra ``ui`` is not installed.
    """

    port: int | None = None
    """Where it listens on loopback; None while it is being started."""

    def __init__(self, settings: ServerSettings) -> None:
        if importlib.util.find_spec("gradio") is None:
            raise MissingExtraError("the page", "ui")
        self._settings = settings
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._first = threading.Event()
        self._error: PhotoshootError | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            PhotoshootError: It can't be built.
        """
        self._thread = threading.Thread(target=self._watch, name="photoshoot-watch-studio", daemon=True)
        self._thread.start()
        self._first.wait()
        if self._error is not None:
            raise self._error

    @property
    def pid(self) -> int | None:
        """Its process's id; None before there is one."""
        return None if self._process is None else self._process.pid

    def stop(self) -> None:
        """Have it end, without waiting for that: pages that listen would hold a shutdown up."""
        with self._lock:
            self._stopping.set()
            if self._pipe is not None:
                with contextlib.suppress(OSError):  # it has just died
                    self._pipe.send("stop")

    def close(self) -> None:
        """End it; safe to call twice, and where it was never started."""
        self.stop()
        if self._thread is None:
            return
        self._thread.join(_GRACE_S)
        if self._thread.is_alive() and self._process is not None:
            self._process.kill()
        self._thread.join()

    def _watch(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._stopping.is_set():
            began = time.monotonic()
            error = self._live()
            self.port = None
            if not self._first.is_set():
                self._error = error or StoreError("the page's process ended before it was ready")
                self._first.set()
                return
            if self._stopping.is_set():
                return
            code = None if self._process is None else self._process.exitcode
            _log.error("the page's process has ended (%s); it is started again", error or code)
            pause_s = _FIRST_PAUSE_S if time.monotonic() - began > _STEADY_S else pause_s
            self._stopping.wait(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _live(self) -> PhotoshootError | None:
        """Start a process, and wait for its end; returns what it said of that."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with self._lock:
            if self._stopping.is_set():
                return None
            process = context.Process(target=run, args=(self._settings, theirs), name="photoshoot-studio")
            process.start()
            self._pipe, self._process = ours, process
        theirs.close()  # else its end would not be heard
        try:
            told = ours.recv()
        except (EOFError, OSError):
            told = None  # it ended without a word
        if isinstance(told, int):
            self.port = told
            self._first.set()
        process.join()
        with self._lock:
            self._pipe = None
            ours.close()
        return told if isinstance(told, PhotoshootError) else None


def run(settings: ServerSettings, pipe: Connection) -> None:
    """Serve the page until the other end of the pipe says stop, or is gone; the process's main function.

    Args:
        settings: How the service runs.
        pipe: Is told the port, or why there is none.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides
    if hasattr(os, "nice"):
        os.nice(_NICER)
    configure_logs(settings.log_level, with_ray=False)
    try:
        server = _build_server(settings)
    except PhotoshootError as error:
        pipe.send(error)
        return
    listener = server.config.bind_socket()
    pipe.send(listener.getsockname()[1])

    def hear() -> None:
        with contextlib.suppress(EOFError, OSError):
            pipe.recv()
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # pages that listen are cut off: no error
        server.should_exit = True

    threading.Thread(target=hear, name="photoshoot-parent", daemon=True).start()
    server.run(sockets=[listener])


def _build_server(settings: ServerSettings) -> uvicorn.Server:
    """Not before a process of its own is there: what this imports is large."""
    from photoshoot.ui.serving import build_app
    from photoshoot.ui.settings import UiSettings
    from photoshoot.ui.workroom import Workroom

    page = UiSettings(
        folder=settings.folder / _FOLDER,
        user=settings.studio_user,
        password=settings.studio_password,
        root_path=STUDIO_PATH,
    )
    name, own = next(iter(settings.engines.items()))
    device = own.device.split(",")[0].strip()
    own = dataclasses.replace(own, ray=None)  # a page is one machine's
    room = Workroom(page, {name: lambda: build_engine(own, device)}, settings.presets)
    room.warm()
    return _Server(
        uvicorn.Config(
            build_app(page, room),
            host=page.host,
            port=0,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
    )


class _Server(uvicorn.Server):
    """Leaves signals alone: its parent says when it is to end."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """See uvicorn."""
        yield
