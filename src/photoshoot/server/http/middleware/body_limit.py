"""The body on its way in: stopped when it is too long, by what it says of itself or by what has come."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from photoshoot.errors import FileTooLargeError
from photoshoot.server.http.errors import ApiError, file_too_large
from photoshoot.server.http.middleware.base import RequestMiddleware

UPLOAD_PATHS: Final = (
    "/api/v1/Image/ProductGeneration/Recommendations",
    "/api/v1/Image/ProductGeneration/Shoot",
)
"""The routes that take a photo."""
_LARGEST_BODY_BYTES: Final = 256 * 1024


class BodyLimitMiddleware(RequestMiddleware):
    """See the module.

    Args:
        app: What is inside.
        max_upload_bytes: Largest photo; the form round it may add a little.
    """

    def __init__(self, app: ASGIApp, *, max_upload_bytes: int) -> None:
        super().__init__(app)
        self._max_upload_bytes = max_upload_bytes

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        photo_bytes = self._max_upload_bytes if scope["path"] in UPLOAD_PATHS else None
        limit = _LARGEST_BODY_BYTES + (photo_bytes or 0)
        announced, came = _announced(scope), 0

        async def receive_within() -> Message:
            nonlocal came
            if announced > limit:
                raise _too_long(announced, limit, photo_bytes)
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise _too_long(came, limit, photo_bytes)
            return message

        await self.app(scope, receive_within, send)


def _announced(scope: Scope) -> int:
    """The length that a request's headers say its body has, 10**19 and more as such; 0 where they say no number."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length.lstrip("0")[:20] or 0) if length.isascii() and length.isdigit() else 0


def _too_long(size: int, limit: int, photo_bytes: int | None) -> ApiError:
    if photo_bytes is not None:
        return file_too_large(FileTooLargeError(size, photo_bytes))
    return ApiError(413, {"business:": [f"The request body exceeds the limit of {limit} bytes."]})
