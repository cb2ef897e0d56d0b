"""Asks for the page's password or by which name it was asked for, and says what its browser may fetch.

Without Gradio, so that others can ask it, too.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Collection, Iterable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from photoshoot.addresses import LOOPBACK
from photoshoot.ui.settings import UiSettings

_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; frame-ancestors 'self'"
)
"""What the browser may fetch, and from where: from here alone, whatever a dependency's page asks for."""
CHALLENGE: Final = (b"www-authenticate", b'Basic realm="photoshoot"')
"""The header that makes a browser ask for name and password."""
_PLAIN: Final = (b"content-type", b"text/plain; charset=utf-8")
_OTHER_NAME: Final = (
    b"This page is asked for by a name that it does not know: use localhost, or start it with --allow-host NAME."
)
Headers = Iterable[tuple[bytes, bytes]]
"""A request's headers, by lower-case names."""


class Login:
    """A name and a password.

    Args:
        user: The name that goes with the password.
        password: None: nothing is asked.
    """

    def __init__(self, user: str, password: str | None) -> None:
        self._wanted = None if password is None else b"Basic " + base64.b64encode(f"{user}:{password}".encode())

    def admits(self, headers: Headers) -> bool:
        """Whether a request carries them."""
        given = _take(headers, b"authorization")
        return self._wanted is None or hmac.compare_digest(given, self._wanted)


class Guard:
    """Asks for the password, where there is one, and lets pages fetch nothing from elsewhere.

    Args:
        app: What is guarded.
        login: Who may come in.
        hosts: Names by which a browser may ask for it: a page elsewhere whose own name leads here (DNS rebinding)
            gets nothing. None: any.
    """

    def __init__(self, app: ASGIApp, login: Login, hosts: Collection[str] | None = None) -> None:
        self._app, self._login = app, login
        self._hosts = None if hosts is None else {"", *map(str.lower, hosts)}  # no browser leaves it out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if self._hosts is not None and _read_host(scope["headers"]) not in self._hosts:
            await _refuse(send, 421, _OTHER_NAME)
            return
        if not self._login.admits(scope["headers"]):
            await _refuse(send, 401, b"A password is needed.", CHALLENGE)
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


def _take(headers: Headers, name: bytes) -> bytes:
    return next((value for key, value in headers if key == name), b"")


def _read_host(headers: Headers) -> str:
    """The name that a request asks for, small and without its port."""
    return re.sub(r":\d*$", "", _take(headers, b"host").decode("latin-1")).strip("[]").rstrip(".").lower()


async def _refuse(send: Send, status: int, text: bytes, *headers: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [_PLAIN, *headers]})
    await send({"type": "http.response.body", "body": text})


def guard_page(app: ASGIApp, settings: UiSettings) -> Guard:
    """The page behind its password or, without one, for browsers that ask for this machine by its own names."""
    hosts = {*LOOPBACK, *settings.allowed_hosts} if settings.password is None else None
    return Guard(app, Login(settings.user, settings.password), hosts)
