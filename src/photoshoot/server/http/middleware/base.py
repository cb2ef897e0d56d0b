"""What the middlewares share."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class RequestMiddleware(ABC):
    """ASGI middleware of requests; what is none, such as the start of the program, passes by.

    Args:
        app: What is inside.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or pass on what is none."""
        handle = self.handle if scope["type"] == "http" else self.app
        await handle(scope, receive, send)

    @abstractmethod
    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""


def watch_start(send: Send, on_start: Callable[[Message], object]) -> Send:
    """A ``send`` that has a look at the message with which an answer begins; it may change it."""

    async def watched(message: Message) -> None:
        if message["type"] == "http.response.start":
            on_start(message)
        await send(message)

    return watched


def set_headers(message: Message, headers: Mapping[str, str]) -> None:
    """Set headers of an answer that begins."""
    MutableHeaders(scope=message).update(headers)
