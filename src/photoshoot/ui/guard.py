"""Asks for the page's password, and says what its browser may fetch; without Gradio, so that others can ask it, too."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; frame-ancestors 'self'"
)
"""What the browser may fetch, and from where: from here alone, whatever a dependency's page asks for."""
CHALLENGE: Final = (b"www-authenticate", b'Basic realm="photoshoot"')
"""The header that makes a browser ask for name and password."""


class Login:
    """A name and a password.

    Args:
        user: The name that goes with the password.
        password: None: nothing is asked.
    """

    def __init__(self, user: str, password: str | None) -> None:
        self._wanted = None if password is None else b"Basic " + base64.b64encode(f"{user}:{password}".encode())

    def admits(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether a request's headers, by lower-case names, carry them."""
        given = next((value for key, value in headers if key == b"authorization"), b"")
        return self._wanted is None or hmac.compare_digest(given, self._wanted)


class Guard:
    """Asks for the password, where there is one, and lets pages fetch nothing from elsewhere.

    Args:
        app: What is guarded.
        login: Who may come in.
    """

    def __init__(self, app: ASGIApp, login: Login) -> None:
        self._app, self._login = app, login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if not self._login.admits(scope["headers"]):
            await send({"type": "http.response.start", "status": 401, "headers": [CHALLENGE]})
            await send({"type": "http.response.body", "body": b"A password is needed."})
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = [
                    (b"content-security-policy", _POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"same-origin"),
                ]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self._app(scope, receive, answer)
