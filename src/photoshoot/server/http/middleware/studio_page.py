"""``/studio``: passes requests on to the page's own process, as they come in and as it answers, piece by piece.

Only those with the page's password are passed on; what is no request for the page goes past this at once.
"""

import logging
from collections.abc import AsyncIterator, Callable
from typing import Final

import httpx
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from photoshoot.server.auth.rate_limits import RateLimiter
from photoshoot.server.http.middleware.base import RequestMiddleware
from photoshoot.server.settings import STUDIO_PATH
from photoshoot.ui.guard import CHALLENGE, Login

_PER_HOP: Final = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade".split()
)
"""Headers that concern one connection alone, RFC 9110, section 7.6.1."""
_SAID_HERE: Final = frozenset(
    (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-prefix")
)
"""Headers that this says itself, whatever the client does."""
_MOST_CONNECTIONS: Final = 256  # each open page holds one or two
_TIMEOUT: Final = httpx.Timeout(None, connect=5, pool=10)
_AWAY: Final = "The page is being started. Load it again in a moment."
_log = logging.getLogger("photoshoot")


class StudioPageMiddleware(RequestMiddleware):
    """See the module.

    Args:
        app: What is inside.
        login: Who may see the page.
        failures: Counts wrong passwords by address.
        find_port: Where the page listens on loopback; None: nowhere yet.
    """

    def __init__(
        self, app: ASGIApp, *, login: Login, failures: RateLimiter, find_port: Callable[[], int | None]
    ) -> None:
        super().__init__(app)
        self._login, self._failures, self._find_port = login, failures, find_port
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request for the page; pass on all others, and the program's life round its connections."""
        if scope["type"] == "lifespan":
            limits = httpx.Limits(max_connections=_MOST_CONNECTIONS, max_keepalive_connections=16)
            async with httpx.AsyncClient(timeout=_TIMEOUT, limits=limits, trust_env=False) as self._client:
                await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        path = scope["path"]
        if path != STUDIO_PATH and not path.startswith(f"{STUDIO_PATH}/"):
            await self.app(scope, receive, send)
            return
        if path == STUDIO_PATH:
            answer: Response = RedirectResponse(f"{STUDIO_PATH}/", 308)
        elif not self._login.admits(scope["headers"]):
            answer = self._refuse(scope)
        else:
            answer = await self._pass_on(Request(scope, receive))
        await answer(scope, receive, send)

    def _refuse(self, scope: Scope) -> Response:
        allowance = self._failures.take((scope.get("client") or ["unknown"])[0])
        if not allowance.allowed:
            return PlainTextResponse(
                "Too many wrong passwords.", 429, {"retry-after": str(allowance.reset_s), **allowance.headers}
            )
        name, value = CHALLENGE
        return PlainTextResponse("A password is needed.", 401, {name.decode(): value.decode()})

    async def _pass_on(self, request: Request) -> Response:
        port = self._find_port()
        if port is None or self._client is None:
            return PlainTextResponse(_AWAY, 503, {"retry-after": "5"})
        try:
            answer = await self._client.send(_address(request, port), stream=True)
        except httpx.TransportError as error:
            _log.warning("the page does not answer: %r", error)
            return PlainTextResponse(_AWAY, 503, {"retry-after": "5"})
        passed = StreamingResponse(_read(answer), answer.status_code)
        passed.raw_headers = [(name.lower(), value) for name, value in answer.headers.raw if _is_passed(name)]
        return passed


def _address(request: Request, port: int) -> httpx.Request:
    """The request as the page's process gets it: without the path's beginning, and with what it must know of it."""
    scope: Scope = request.scope
    given = Headers(scope=scope)
    headers = [(name, value) for name, value in given.raw if _is_passed(name)]
    headers += [(b"x-forwarded-proto", scope["scheme"].encode()), (b"x-forwarded-host", given.get("host", "").encode())]
    target = scope["raw_path"].partition(b"?")[0][len(STUDIO_PATH) :]
    url = httpx.URL(scheme="http", host="127.0.0.1", port=port, raw_path=target + b"?" + scope["query_string"])
    has_body = "content-length" in given or "transfer-encoding" in given
    return httpx.Request(scope["method"], url, headers=headers, content=request.stream() if has_body else None)


def _is_passed(name: bytes) -> bool:
    return name.lower() not in _PER_HOP | _SAID_HERE


async def _read(answer: httpx.Response) -> AsyncIterator[bytes]:
    """What the page answers, as it comes; events end where its process does, a file that is cut off is an error."""
    try:
        async for piece in answer.aiter_raw():
            yield piece
    except httpx.TransportError:
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            raise
    finally:
        await answer.aclose()
