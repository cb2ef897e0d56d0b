"""An answer where something broke that no one foresaw: the log says what, the answer does not."""

import logging

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from photoshoot.server.http.errors import answer, internal_error
from photoshoot.server.http.middleware.base import RequestMiddleware, watch_start

_log = logging.getLogger("photoshoot")


class InternalErrorsMiddleware(RequestMiddleware):
    """See the module. A client that hangs up is no error, and goes on to whoever logs the request."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        begun: list[Message] = []
        try:
            await self.app(scope, receive, watch_start(send, begun.append))
        except ClientDisconnect:
            raise
        except Exception:
            _log.exception("internal error")
            if not begun:
                await answer(internal_error())(scope, receive, send)
