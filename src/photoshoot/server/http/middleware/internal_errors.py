"""An answer where something broke that no one foresaw: the log says what, the answer does not.

So is what the end of the service cuts off: 503, since its successor may have time for it.
"""

import asyncio
import logging

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from photoshoot.server.http.errors import answer, internal_error, out_of_reach
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
        except asyncio.CancelledError:  # by the server, whose time to shut down is over
            _log.warning("a request is cut off: the service ends")
            if not begun:
                await answer(out_of_reach())(scope, receive, send)
        except Exception:
            _log.exception("internal error")
            if not begun:
                await answer(internal_error())(scope, receive, send)
