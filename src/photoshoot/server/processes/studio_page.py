"""The page of ``photoshoot ui`` beside the service: in a process of its own, watched, and reached through ``/studio``.

The process that answers imports neither Gradio nor what renders: it starts this one, and passes requests on to it.
"""

import contextlib
import dataclasses
import importlib.util
import logging
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Final

import uvicorn

from photoshoot.errors import MissingExtraError, PhotoshootError
from photoshoot.server.engines import build_engine, choose_engine
from photoshoot.server.ops.logs import configure_logs
from photoshoot.server.processes.watched import NICER, WatchedProcess
from photoshoot.server.settings import STUDIO_PATH, ServerSettings

_GRACE_S: Final = 10.0  # that its end may take
_FOLDER: Final = "studio"  # in the service's own: sessions


class StudioPage(WatchedProcess):
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
        super().__init__("the page's process", "photoshoot-watch-studio")
        self._settings = settings

    @property
    def pid(self) -> int | None:
        """Its process's id; None before there is one."""
        return None if self.process is None else self.process.pid

    def close(self) -> None:
        """End it; safe to call twice, and where it was never started."""
        self.stop()  # pages that listen would hold it up
        if self._thread.ident is None:
            return
        self._thread.join(_GRACE_S)
        if self._thread.is_alive() and self.process is not None:
            self.process.kill()
        self._thread.join()

    def _live(self) -> PhotoshootError | None:
        pipe = self._spawn(run, self._settings, name="photoshoot-studio")
        if pipe is None or self.process is None:
            return None
        told = None
        with contextlib.suppress(EOFError, OSError):  # it ended without a word
            told = pipe.recv()
        if isinstance(told, int):
            self.port = told
            self._first.set()
        self.process.join()
        return told if isinstance(told, PhotoshootError) else None

    def _has_ended(self, *, by_itself: bool) -> None:
        del by_itself
        self.port = None


def run(settings: ServerSettings, pipe: Connection) -> None:
    """Serve the page until the other end of the pipe says stop, or is gone; the process's main function.

    Args:
        settings: How the service runs.
        pipe: Is told the port, or why there is none.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it decides
    if hasattr(os, "nice"):
        os.nice(NICER)
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
    from photoshoot.ui.engines import Builder
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
    builder = Builder(choice=choose_engine(own), build=lambda: build_engine(own, device))
    room = Workroom(page, {name: builder}, settings.presets)
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
