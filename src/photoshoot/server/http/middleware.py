"""Round every request: trace id, limit of the body, headers of the answer, log line and metrics."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from photoshoot.errors import FileTooLargeError
from photoshoot.server.http.errors import ApiError, answer, file_too_large, internal_error
from photoshoot.server.ops.metrics import Metrics
from photoshoot.server.ops.tracing import begin_trace

UPLOAD_PATH: Final = "/api/v1/Image/ProductGeneration/Recommendations"
"""The one route that takes a photo."""
_LARGEST_BODY_BYTES: Final = 256 * 1024
_GONE: Final = 499
"""What is logged of a request whose client hung up before its end, as nginx has it."""
_HEADERS: Final = {"X-Content-Type-Options": "nosniff"}
_API_HEADERS: Final = {"Cache-Control": "no-store"}
_log = logging.getLogger("photoshoot")


class Envelope:
    """ASGI middleware; see the module.

    Args:
        app: What is inside.
        metrics: Where requests are counted.
        max_upload_bytes: Largest photo; the form round it may add a little.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics, max_upload_bytes: int) -> None:
        self._app, self._metrics, self._max_upload_bytes = app, metrics, max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace_id = begin_trace(Headers(scope=scope).get("traceparent"))
        exchange = _Exchange(scope, send, trace_id)
        began = time.perf_counter()
        try:
            await self._app(scope, _Meter(scope, receive, self._max_upload_bytes).receive, exchange.send)
        except ClientDisconnect:
            exchange.status = _GONE
        except Exception:
            _log.exception("internal error")
            if not exchange.started:
                await answer(internal_error())(scope, receive, exchange.send)
        finally:
            self._tell(scope, exchange, time.perf_counter() - began)

    def _tell(self, scope: Scope, exchange: _Exchange, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        self._metrics.observe_request(scope["method"], route, exchange.status, seconds)
        facts = {
            "traceId": exchange.trace_id,
            "method": scope["method"],
            "route": route,
            "status": exchange.status,
            "milliseconds": round(1000 * seconds, 1),
            "application": scope["state"].get("application_id"),
            "client": (scope.get("client") or [None])[0],
        }
        _log.info("request", extra={"facts": facts})


class _Exchange:
    """The answer on its way out, which gets its headers."""

    def __init__(self, scope: Scope, send: Send, trace_id: str) -> None:
        scope.setdefault("state", {})
        self.trace_id, self.status, self.started = trace_id, 500, False
        self._send, self._state = send, scope["state"]
        self._fixed = {
            **_HEADERS,
            **(_API_HEADERS if scope["path"].startswith("/api/") else {}),
            "X-Trace-Id": trace_id,
        }

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.started = message["status"], True
            headers = MutableHeaders(scope=message)
            extra: Mapping[str, str] = self._state.get("answer_headers", {})
            for name, value in (*self._fixed.items(), *extra.items()):
                headers[name] = value
        await self._send(message)


class _Meter:
    """The body on its way in: stopped when it is too long, by what it says of itself or by what has come."""

    def __init__(self, scope: Scope, receive: Receive, max_upload_bytes: int) -> None:
        self._receive, self._bytes = receive, 0
        self._photo_bytes = max_upload_bytes if scope["path"] == UPLOAD_PATH else None
        self._limit = _LARGEST_BODY_BYTES + (self._photo_bytes or 0)
        length = Headers(scope=scope).get("content-length", "")
        self._announced = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0

    async def receive(self) -> Message:
        if self._announced > self._limit:
            raise self._error(self._announced)
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > self._limit:
            raise self._error(self._bytes)
        return message

    def _error(self, size: int) -> ApiError:
        if self._photo_bytes is not None:
            return file_too_large(FileTooLargeError(size, self._photo_bytes))
        return ApiError(413, {"business:": [f"The request body exceeds the limit of {self._limit} bytes."]})
