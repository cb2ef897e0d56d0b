"""Files as answers: whole, in part, or only their headers, with a tag that tells whether they are still the same."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from photoshoot.files import write_disposition
from photoshoot.jobs import PictureFile
from photoshoot.server.http.errors import ApiError, answer

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
"""A single range; a request for several is answered with the whole, as RFC 9110, 14.2, allows."""


def answer_file(request: Request, picture: PictureFile, disposition: str, headers: Mapping[str, str]) -> Response:
    """The answer to GET or HEAD. Source: RFC 9110, sections 8.8.3 (ETag), 13.1 (conditions) and 14 (ranges).

    Args:
        request: What was asked; its ``If-None-Match``, ``Range`` and ``If-Range`` count.
        picture: The file.
        disposition: ``"inline"`` or ``"attachment"``.
        headers: Further headers.
    """
    tag = f'"{hashlib.sha256(picture.data).hexdigest()[:32]}"'
    fixed = {
        "Content-Disposition": write_disposition(disposition, picture.name),
        "ETag": tag,
        "Accept-Ranges": "bytes",
        **headers,
    }
    if _is_known(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=fixed)
    size = len(picture.data)
    part = _read_range(request, tag, size)
    if part is None:
        return _build(request, picture.data, 200, picture.media_type, fixed)
    if part.start >= part.stop:
        refused = ApiError(416, {"business:": [f"The file has {size} bytes."]}, {"Content-Range": f"bytes */{size}"})
        return answer(refused)
    fixed["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return _build(request, picture.data[part.start : part.stop], 206, picture.media_type, fixed)


def _build(request: Request, data: bytes, status: int, media_type: str, headers: Mapping[str, str]) -> Response:
    told = {**headers, "Content-Length": str(len(data))}
    return Response(b"" if request.method == "HEAD" else data, status, told, media_type)


def _is_known(condition: str, tag: str) -> bool:
    given = [item.strip().removeprefix("W/") for item in condition.split(",")]
    return tag in given or "*" in given


def _read_range(request: Request, tag: str, size: int) -> range | None:
    """The bytes that are asked for, empty where there are none of them; None: all."""
    asked = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if asked is None or request.headers.get("if-range", tag) != tag or asked[1] == asked[2] == "":
        return None
    if not asked[1]:
        return range(max(0, size - int(asked[2])), size) if int(asked[2]) else range(0)
    end = size if not asked[2] else min(size, int(asked[2]) + 1)
    if asked[2] and int(asked[2]) < int(asked[1]):
        return None  # malformed
    return range(int(asked[1]), end)
