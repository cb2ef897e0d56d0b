"""The headers that every answer has: against sniffing, against caching, and those that a route asks for."""

from typing import Final

from starlette.types import Receive, Scope, Send

from photoshoot.server.http.middleware.base import RequestMiddleware, set_headers, watch_start

_ALWAYS: Final = {"X-Content-Type-Options": "nosniff"}
_OF_THE_API: Final = {"Cache-Control": "no-store"}


class AnswerHeadersMiddleware(RequestMiddleware):
    """See the module. ``request.state.answer_headers`` is what a route asks for."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        state = scope.setdefault("state", {})
        fixed = _ALWAYS | (_OF_THE_API if scope["path"].startswith("/api/") else {})
        await self.app(
            scope,
            receive,
            watch_start(send, lambda message: set_headers(message, fixed | state.get("answer_headers", {}))),
        )
