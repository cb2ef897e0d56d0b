"""Clients that take their time keep nobody out: over real sockets, with limits that are soon reached."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import pytest

from photoshoot.server import Service
from photoshoot.server.ending import Ending
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.asking import fetch
from tests.server.serving import serving

LIMIT = 40


@pytest.fixture(scope="module")
def address(service: Service, url: str) -> Iterator[tuple[str, int]]:
    """The same service on a port of its own, whose connections are limited; its jobs are not started again."""
    assert url
    settings = dataclasses.replace(
        service.settings, header_s=1.0, body_s=1.5, idle_s=1, connections_a_client=LIMIT, drain_s=0
    )
    idle: Any = _Idle()  # of the same service nothing may be closed
    with serving(dataclasses.replace(service, settings=settings, jobs=idle, photos=idle, ending=Ending())) as where:
        parsed = urlparse(where)
        yield str(parsed.hostname), int(parsed.port or 0)


class _Idle:
    """Jobs and uploads that nobody asks for here."""

    def start(self) -> None:
        """Nothing is to be done."""

    def close(self, _grace_s: float = 0) -> None:
        """Nothing is to be closed."""


def connect(address: tuple[str, int], sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(address, timeout=PATIENCE_S)
    if sent:
        connection.sendall(sent)
    return connection


def read_all(connection: socket.socket) -> bytes:
    """What comes until the other side hangs up."""
    parts = []
    with connection, contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
        b"POST /api/v1/Authorization/GenerateJwtToken HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: 100\r\n\r\n{",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_request_that_does_not_come_in_is_ended(address: tuple[str, int], sent: bytes) -> None:
    reply = read_all(connect(address, sent))
    assert reply.startswith(b"HTTP/1.1 408 ")
    assert b'"title": "One or more errors occurred."' in reply


def test_a_connection_that_has_nothing_to_say_any_more_is_ended(address: tuple[str, int]) -> None:
    reply = read_all(connect(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))
    assert reply.startswith(b"HTTP/1.1 200 ")
    assert reply.endswith(b'{"status":"ok"}')


def test_a_head_without_end_is_refused(address: tuple[str, int]) -> None:
    with contextlib.suppress(ConnectionError):
        connection = connect(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000)
        assert read_all(connection).startswith((b"HTTP/1.1 431 ", b""))
    assert fetch(f"http://{address[0]}:{address[1]}/healthz").status_code == 200


def test_half_open_connections_lock_nobody_out(address: tuple[str, int]) -> None:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(connect(address)) for _ in range(3 * LIMIT)]
        refused = sum(_is_closed(connection) for connection in held[LIMIT:])
        assert refused == 2 * LIMIT  # at once; the first ones may still send
        wait_until(lambda: all(map(_is_closed, held)))
    reply = fetch(f"http://{address[0]}:{address[1]}/healthz")
    assert reply.status_code == 200


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(65536) == b"" or _is_closed(connection)
    except ConnectionError:
        return True
