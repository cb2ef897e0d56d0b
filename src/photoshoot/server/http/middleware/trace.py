"""A trace id for every request: that of its ``traceparent`` goes on; the answer's ``X-Trace-Id`` says it."""

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from photoshoot.server.http.middleware.base import RequestMiddleware, set_headers, watch_start
from photoshoot.server.ops.tracing import begin_trace


class TraceMiddleware(RequestMiddleware):
    """See the module."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        headers = {"X-Trace-Id": begin_trace(Headers(scope=scope).get("traceparent"))}
        await self.app(scope, receive, watch_start(send, lambda message: set_headers(message, headers)))
