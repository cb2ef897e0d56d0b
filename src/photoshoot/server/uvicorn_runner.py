"""A service on a socket: what ``photoshoot serve`` runs."""

import asyncio
import dataclasses
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Final, Never, Self

import uvicorn

from photoshoot.addresses import take_port, url_of
from photoshoot.server.app import build_app
from photoshoot.server.http.connections import (
    ConnectionLimits,
    Connections,
    build_protocol,
    count_places,
    raise_file_limit,
    split_addresses,
)
from photoshoot.server.ops.logs import configure_logs
from photoshoot.server.service import Service, open_service
from photoshoot.server.settings import ServerSettings

_BACKLOG: Final = 2048
"""Connections that wait to be taken, as uvicorn has it."""


class Running:
    """A service that listens. ``with`` builds the engine and takes the port; ``serve`` answers until it is stopped.

    SIGTERM ends it in peace at any time, also while the engine is built.

    Args:
        settings: How to run.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self.settings = settings
        self.url = ""
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(_ended_by_sigterm())
            self._socket = stack.enter_context(take_port(self.settings.host, self.settings.port))
            self.settings = dataclasses.replace(self.settings, port=self._socket.getsockname()[1])
            raise_file_limit()
            configure_logs(self.settings.log_level, with_ray=self.settings.ray is not None)
            self._server = build_server(stack.enter_context(open_service(self.settings)))
            self._stack = stack.pop_all()
        self._socket.listen(_BACKLOG)  # from now on a client may knock: it waits for the server's first turn
        self.url = self.settings.public_url or url_of(self._socket)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def serve(self) -> bool:
        """Answer requests until a signal ends it; whether it could start at all.

        uvicorn finishes what is under way, and then raises the signal once more; SIGTERM has done its work by then.
        """
        before = signal.signal(signal.SIGTERM, self._stop)
        try:
            self._server.run(sockets=[self._socket])
        finally:
            signal.signal(signal.SIGTERM, before)
        return self._server.started

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Also before the server hears signals itself, so that none is lost."""
        self._server.should_exit = True


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM leaves the program, and closes what is open on the way."""

    def leave(_signal: int, _frame: FrameType | None) -> Never:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def build_server(service: Service) -> uvicorn.Server:
    """A uvicorn server of a service, which logs through the ``logging`` module as it stands."""
    settings = service.settings
    return _Server(
        uvicorn.Config(
            build_app(service),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=settings.drain_s,
            timeout_keep_alive=settings.idle_s,
            http=build_protocol(_limits_of(settings), Connections(count_places())),
            ws="none",
        ),
        service,
    )


class _Server(uvicorn.Server):
    """Tells the service first when it shuts down, so that what waits is answered and not cut off."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        await asyncio.to_thread(self._service.begin_to_end)
        await super().shutdown(sockets)


def _limits_of(settings: ServerSettings) -> ConnectionLimits:
    return ConnectionLimits(
        header_s=settings.header_s,
        body_s=settings.body_s,
        a_client=settings.connections_a_client,
        exempt=frozenset(split_addresses(settings.trusted_proxies)) - {"127.0.0.1", "::1"},
    )
