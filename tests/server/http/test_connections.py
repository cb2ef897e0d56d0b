"""Clients that take their time keep nobody out: over real sockets.

Limits that must be reached are reached at once, and those that must not be never are: no test depends on the load.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import httpx
import pytest

from photoshoot.server import Service
from photoshoot.server.service import Ending
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.asking import fetch
from tests.server.serving import serving

LIMIT = 40


Address = tuple[str, int]


@contextlib.contextmanager
def serving_again(service: Service, **limits: Any) -> Iterator[Address]:
    """The same service on a port of its own, whose connections are limited; its jobs are not started again."""
    settings = dataclasses.replace(service.settings, **limits, connections_a_client=LIMIT, drain_s=0)
    idle: Any = _Idle()  # of the same service nothing may be closed
    with serving(dataclasses.replace(service, settings=settings, jobs=idle, photos=idle, ending=Ending())) as where:
        parsed = urlparse(where)
        yield str(parsed.hostname), int(parsed.port or 0)


@pytest.fixture(scope="module")
def hasty(service: Service, url: str) -> Iterator[Address]:
    """It gives a request hardly any time to come in."""
    assert url
    with serving_again(service, header_s=0.1, body_s=0.1) as address:
        yield address


@pytest.fixture(scope="module")
def patient(service: Service, url: str) -> Iterator[Address]:
    """It gives a request all the time there is, and a connection little once it is answered."""
    assert url
    with serving_again(service, header_s=PATIENCE_S, body_s=PATIENCE_S, idle_s=1) as address:
        yield address


class _Idle:
    """Jobs and uploads that nobody asks for here."""

    def start(self) -> None:
        """Nothing is to be done."""

    def close(self, _grace_s: float = 0) -> None:
        """Nothing is to be closed."""


def connect(address: Address, sent: bytes = b"") -> socket.socket:
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
def test_a_request_that_does_not_come_in_is_ended(hasty: Address, sent: bytes) -> None:
    reply = read_all(connect(hasty, sent))
    assert reply.startswith(b"HTTP/1.1 408 ")
    assert b'"title": "One or more errors occurred."' in reply


def test_a_connection_that_has_nothing_to_say_any_more_is_ended(patient: Address) -> None:
    reply = read_all(connect(patient, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"))
    assert reply.startswith(b"HTTP/1.1 200 ")
    assert reply.endswith(b'{"status":"ok"}')


def test_a_head_without_end_is_refused(patient: Address) -> None:
    with contextlib.suppress(ConnectionError):
        connection = connect(patient, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000)
        assert read_all(connection).startswith((b"HTTP/1.1 431 ", b""))
    assert is_well(patient)


@pytest.mark.parametrize("head", ["HTTP/1.0", "HTTP/1.1\r\nHost: x\r\nConnection: close"])
def test_an_answer_arrives_before_a_long_body_is_read(patient: Address, head: str) -> None:
    """What is refused at once is told to a client that first sends all it has, and the connection is closed."""
    body = b"x" * 24_000_000
    sent = f"POST /healthz {head}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with connect(patient, sent + body) as connection:
        reply = connection.recv(65_536)
        assert reply.startswith(b"HTTP/1.1 405 ")
        assert b"connection: close" in reply
        assert connection.recv(1) == b""
    assert is_well(patient)


def test_who_was_answered_early_and_sends_no_more_is_not_waited_for(patient: Address) -> None:
    sent = b"POST /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n"
    assert read_all(connect(patient, sent)).startswith(b"HTTP/1.1 405 ")  # to the end
    assert is_well(patient)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (b"Content-Length: -1", b"Content-Length."),
        (b"X-Long: a\r\n b", b"must not be folded"),
        (b"Host : x", b"token."),
        (b"X: y", b"says once for which host"),
        (b"Host: x\r\nHost: x", b"says once for which host"),
    ],
)
def test_what_is_no_http_is_refused_in_the_contracts_form(patient: Address, header: bytes, told: bytes) -> None:
    reply = read_all(connect(patient, b"GET / HTTP/1.1\r\n" + header + b"\r\n\r\n"))
    assert reply.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    head, _, body = reply.partition(b"\r\n\r\n")
    problem = json.loads(body)
    assert problem["title"] == "One or more errors occurred."
    assert told.decode() in problem["errors"]["business:"][0]
    assert f"x-trace-id: {problem['extensions']['traceId']}".encode() in head.splitlines()


def test_an_address_without_end_is_refused_in_few_words(patient: Address) -> None:
    reply = read_all(connect(patient, b"GET /" + b"y" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"))
    assert reply.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 431 "))
    assert len(reply) < 2000


def test_a_client_of_before_hosts_is_answered(patient: Address) -> None:
    assert read_all(connect(patient, b"GET /healthz HTTP/1.0\r\n\r\n")).startswith(b"HTTP/1.1 200 ")


def test_one_address_gets_so_many_connections_and_more_once_it_lets_go(patient: Address) -> None:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(connect(patient)) for _ in range(LIMIT)]
        for _ in range(2 * LIMIT):
            assert read_all(connect(patient)) == b""
        for connection in held:  # which may still send
            connection.setblocking(False)
            with pytest.raises(BlockingIOError):
                connection.recv(1)
    wait_until(lambda: is_well(patient))


def test_half_open_connections_lock_nobody_out(hasty: Address) -> None:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(connect(hasty)) for _ in range(3 * LIMIT)]
        for connection in held:
            read_all(connection)
        wait_until(lambda: is_well(hasty))  # it has a tenth of a second to ask


def is_well(address: Address) -> bool:
    """Whether a request is answered."""
    try:
        return fetch(f"http://{address[0]}:{address[1]}/healthz").status_code == 200
    except httpx.TransportError:
        return False
