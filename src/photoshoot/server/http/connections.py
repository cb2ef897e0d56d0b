"""Connections that take their time: closed, so that those who open many and say little keep nobody out.

What uvicorn leaves open is how long a request may take to come in, and how many connections an address may hold.
"""

import asyncio
import contextlib
import logging
import sys
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from photoshoot.server.http.errors import ApiError, answer
from photoshoot.server.ops.tracing import begin_trace

_LARGEST_HEAD_BYTES: Final = 64 * 1024
_MOST_FILES: Final = 65_536
_RESERVED_FILES: Final = 128
"""File descriptors that the program needs beside its connections: database, pictures, logs, webhooks."""
_LINGER_S: Final = 5.0
"""How long a client that was answered early may pause in what it still sends."""
_SPACED: Final = "Unexpected whitespace after header value"
"""What the parser says of a header that goes on in the next line."""
_FOLDED: Final = "A header must not be folded over several lines (RFC 9112, 5.2)."
_LONGEST_URL_BYTES: Final = 2**16 - 1
"""What the parser of addresses takes."""
_TOO_LONG_URL: Final = "The address is too long"
_HOSTS: Final = "A request says once for which host it is (RFC 9112, 3.2)"
_log = logging.getLogger("photoshoot")


@dataclass(frozen=True, kw_only=True)
class ConnectionLimits:
    """How long a client may take, and how many connections it may hold."""

    header_s: float
    """For a request's head, from the connection or its first byte on."""
    body_s: float
    """For a request's body as a whole, and for a client to take more of an answer."""
    a_client: int
    """Most connections of one address."""
    exempt: frozenset[str] = frozenset()
    """Addresses, such as proxies, that stand for many clients."""


@dataclass
class Connections:
    """What is open, by address; of one server, whose loop alone touches it."""

    most: int
    """Of all addresses together."""
    open: Counter[str] = field(default_factory=Counter)
    """How many each address has."""

    def admit(self, address: str, limits: ConnectionLimits) -> bool:
        """Count a connection, and say whether it may stay."""
        self.open[address] += 1
        own = address in limits.exempt or self.open[address] <= limits.a_client
        return own and self.open.total() <= self.most

    def leave(self, address: str) -> None:
        """Forget a connection."""
        self.open[address] -= 1
        if not self.open[address]:
            del self.open[address]


def count_places() -> int:
    """How many connections this process may hold, by its limit of open files."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return _MOST_FILES
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _MOST_FILES if soft == resource.RLIM_INFINITY else min(soft, _MOST_FILES)
    return max(16, files - _RESERVED_FILES)


def raise_file_limit() -> None:
    """Let this process open as many files as it may; for a program, not for a library."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def build_protocol(limits: ConnectionLimits, connections: Connections) -> type[asyncio.Protocol]:
    """A protocol for uvicorn's ``http`` that holds these limits."""

    class LimitedProtocol(_LimitedProtocol):
        """Of one server."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.limits, self.counted = limits, connections

    return LimitedProtocol


class _UntilRead:
    """The transport of an answer after which the connection ends: not before the request was taken in.

    A socket that is closed with bytes unread is reset, and the answer is lost with it (RFC 9112, 9.6).
    """

    def __init__(self, transport: asyncio.Transport, close: Callable[[], None]) -> None:
        self.write, self.is_closing, self.close = transport.write, transport.is_closing, close


class _LimitedProtocol(HttpToolsProtocol):
    limits: ConnectionLimits
    counted: Connections
    _timer: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _lingering: asyncio.TimerHandle | None = None
    _address = ""
    _head_bytes = 0
    _in_head = True
    _ends = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count it, and begin to wait for a request."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        if not self.counted.admit(self._address, self.limits):
            _log.warning("a connection of %s is one too many", self._address)
            self.transport.abort()
            return
        self._wait(self.limits.header_s, self._end_head)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._wait(None)
        self._cancel_stalled()
        self._linger(None)
        self.counted.leave(self._address)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come, as long as a request's head is of a size that any client needs."""
        if self._in_head:
            if self._timer is None:  # the first byte after an answer
                self._wait(self.limits.header_s, self._end_head)
            self._head_bytes += len(data)
        elif self._ends:
            self._linger(_LINGER_S)
        super().data_received(data)
        if self._in_head and self._head_bytes > _LARGEST_HEAD_BYTES:
            self._refuse(431, "The request's headers are too long.")

    def on_headers_complete(self) -> None:
        """Begin to wait for the body.

        Raises:
            ValueError: It does not say once which host it is for, or its address is too long; the parser passes it on.
        """
        if len(self.url) > _LONGEST_URL_BYTES:
            raise ValueError(_TOO_LONG_URL)
        hosts = [name for name, _ in self.headers].count(b"host")
        if hosts > 1 or (not hosts and self.parser.get_http_version() != "1.0"):
            raise ValueError(_HOSTS)
        self._in_head, self._head_bytes = False, 0
        self._wait(self.limits.body_s, self._end_body)
        super().on_headers_complete()
        self.cycle.transport = _UntilRead(self.transport, self._end)  # type: ignore[assignment]

    def on_message_complete(self) -> None:
        """The request is whole: nothing more is waited for."""
        self._in_head = True
        self._wait(None)
        super().on_message_complete()
        if self._ends:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is refused in the contract's form; uvicorn calls this where the parser's error is caught."""
        error = sys.exception()
        fault = str((error and error.__context__) or error or "")
        self._refuse(400, f"{msg} {_FOLDED if fault == _SPACED else fault and f'{fault}.'}".strip())

    def pause_writing(self) -> None:
        """The client takes no more of an answer: it may not take for ever."""
        super().pause_writing()
        self._cancel_stalled()
        self._stalled = self.loop.call_later(self.limits.body_s, self.transport.abort)

    def resume_writing(self) -> None:
        """It takes more again."""
        self._cancel_stalled()
        super().resume_writing()

    def _cancel_stalled(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _wait(self, seconds: float | None, end: Callable[[], None] | None = None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if seconds is None or end is None else self.loop.call_later(seconds, end)

    def _end(self) -> None:
        """The last answer is written: end the connection, now or once the rest of the request has come.

        The client is told at once that nothing follows; what it still sends is taken in, and no more is waited for.
        """
        self._ends = True
        if self._in_head:
            self.transport.close()
            return
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._linger(_LINGER_S)

    def _linger(self, seconds: float | None) -> None:
        if self._lingering is not None:
            self._lingering.cancel()
        self._lingering = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)

    def _end_head(self) -> None:
        self._refuse(408, "The request took too long to come in.")

    def _end_body(self) -> None:
        if self.cycle is not None and not self.cycle.response_started:
            self._refuse(408, "The request took too long to come in.")
        else:
            self.transport.abort()

    def _refuse(self, status: int, message: str) -> None:
        """Answer in the contract's form, and hang up."""
        self._wait(None)
        if self.transport.is_closing():
            return
        trace_id = begin_trace(None)
        _log.warning("a request of %s is refused: %s", self._address, message)
        reply = answer(ApiError(status, {"business:": [message]}))
        head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "connection: close", f"x-trace-id: {trace_id}"]
        head += [f"{name.decode()}: {value.decode()}" for name, value in reply.raw_headers]
        self.transport.write("\r\n".join([*head, "", ""]).encode() + bytes(reply.body))
        self.transport.close()


def split_addresses(text: str) -> Collection[str]:
    """The addresses of a list with commas between."""
    return [item.strip() for item in text.split(",") if item.strip()]
