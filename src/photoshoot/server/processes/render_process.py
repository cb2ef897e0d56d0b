"""What a process does that makes pictures: it takes tasks from the store until it is told to stop."""

import logging
import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from types import FrameType
from typing import Final, Literal, Never, TypeAlias

from photoshoot.errors import DeviceError, PhotoshootError, StoreError
from photoshoot.jobs import JobEvent, JobPart, Jobs, Observer
from photoshoot.photoshoot import Photoshoot
from photoshoot.server.auth.keys import derive_keys, load_signing_keys
from photoshoot.server.engines import build_engine
from photoshoot.server.ops.logs import configure_logs
from photoshoot.server.processes.watched import NICER
from photoshoot.server.settings import ServerSettings, job_settings

_CHECK_S: Final = 5.0
"""Between two looks at whether it can still work."""
OWNER_BYTES: Final = 8
"""How many bytes name a process in the leases that it takes."""
Message: TypeAlias = Literal["ready", "unwell", "wake", "stop"] | JobEvent | PhotoshootError
"""What goes over the pipe: events and errors to the supervisor, ``wake`` and ``stop`` from it."""

_log = logging.getLogger("photoshoot")


class _Stopped(BaseException):
    """SIGTERM came."""


def draw_owner() -> bytes:
    """What names a process in the leases that it takes."""
    return secrets.token_bytes(OWNER_BYTES)


def run(settings: ServerSettings, device: str, owner: bytes, pipe: Connection) -> None:
    """Make pictures until the supervisor says stop, or is gone; the process's main function.

    Args:
        settings: How the service runs, with one engine; its signing key is there already.
        device: What this process makes pictures with.
        owner: Names the process in its leases.
        pipe: To the supervisor.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor decides
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(os, "nice"):
        os.nice(NICER)
    configure_logs(settings.log_level, with_ray=settings.ray is not None)
    send = _sender(pipe)
    try:
        with build_engine(settings, device) as shoot, open_jobs(settings, [shoot], send, owner) as jobs:
            jobs.start()
            send("ready")
            _listen(jobs, pipe, send)
            jobs.close(settings.drain_s)
    except _Stopped:
        return
    except PhotoshootError as error:
        send(error)
    except Exception as error:
        send(DeviceError(f"the engine can't be built: {error}"))
        raise


@contextmanager
def open_jobs(
    settings: ServerSettings,
    shoots: Sequence[Photoshoot],
    observer: Observer,
    owner: bytes | None = None,
) -> Iterator[Jobs]:
    """The jobs of a process that makes pictures, and sends no messages.

    Raises:
        StoreError: Database or pictures can't be opened.
    """
    with ExitStack() as stack:
        jobs = Jobs.open(
            settings.database_url,
            settings.pictures_url,
            presets=shoots[0].presets,
            shoots=shoots,
            settings=job_settings(settings),
            observer=observer,
            part=JobPart(
                sealing_keys=derive_keys(load_signing_keys(settings), "webhooks"),
                owner=owner,
                delivers=False,
                engine=next(iter(settings.engines)),
            ),
        )
        stack.callback(jobs.close, settings.drain_s)
        yield jobs


def _sender(pipe: Connection) -> Callable[[Message], None]:
    """Sends from any thread; what can't be sent any more is for nobody."""
    lock = threading.Lock()

    def send(message: Message) -> None:
        with lock:
            try:
                pipe.send(message)
            except OSError:
                return

    return send


def _listen(jobs: Jobs, pipe: Connection, send: Callable[[Message], None]) -> None:
    checked = time.monotonic()
    try:
        while True:
            if pipe.poll(_CHECK_S):
                if pipe.recv() != "wake":
                    return
                jobs.notifier.notify()
            if time.monotonic() - checked > _CHECK_S:
                send(_ask(jobs))
                checked = time.monotonic()
    except (EOFError, OSError, _Stopped):
        return


def _ask(jobs: Jobs) -> Literal["ready", "unwell"]:
    try:
        jobs.check()
    except StoreError as error:
        _log.warning("no pictures can be made: %s", error)
        return "unwell"
    return "ready"


def _stop(_signal: int, _frame: FrameType | None) -> Never:
    raise _Stopped
