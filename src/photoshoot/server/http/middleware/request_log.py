"""A log line and a metric for every request, and a span where there is a collector, once it is answered."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from photoshoot.server.http.middleware.base import RequestMiddleware, watch_start
from photoshoot.server.ops.metrics import Metrics
from photoshoot.server.ops.tracing import current_trace_id

if TYPE_CHECKING:
    from photoshoot.server.ops.spans import SpanSender

_GONE: Final = 499
"""What is logged of a request whose client hung up before its end, as nginx has it."""
_log = logging.getLogger("photoshoot")


class RequestLogMiddleware(RequestMiddleware):
    """See the module.

    Args:
        app: What is inside.
        metrics: Where requests are counted.
        spans: What sends their traces to a collector. None: nothing does.
        name_route: A path as its route has it, without ids; None where there is no such route.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        spans: SpanSender | None = None,
        name_route: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        super().__init__(app)
        self._metrics, self._spans, self._name_route = metrics, spans, name_route

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        began, status = time.perf_counter(), 500

        def note(message: Message) -> None:
            nonlocal status
            status = message["status"]

        try:
            await self.app(scope, receive, watch_start(send, note))
        except ClientDisconnect:
            status = _GONE
        finally:
            self._tell(scope, status, time.perf_counter() - began)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._name_route(scope["path"]) or str(getattr(scope.get("route"), "path", "unmatched"))
        self._metrics.observe_request(scope["method"], route, status, seconds)
        if self._spans is not None:
            traceparent = Headers(scope=scope).get("traceparent")
            self._spans.observe_request(current_trace_id(), traceparent, scope["method"], route, status, seconds)
        facts = {
            "traceId": current_trace_id(),
            "method": scope["method"],
            "route": route,
            "status": status,
            "milliseconds": round(1000 * seconds, 1),
            "application": scope.get("state", {}).get("application_id"),
            "client": (scope.get("client") or [None])[0],
        }
        _log.info("request", extra={"facts": facts})
