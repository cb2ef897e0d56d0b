"""Forms, multipart or URL-encoded: read as they stream in, within limits, and checked against a model."""

import base64
import logging
import quopri
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import BinaryIO, TypeVar
from urllib.parse import parse_qsl

import pydantic
from fastapi.exceptions import RequestValidationError
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from photoshoot.errors import StoreError
from photoshoot.server.http.errors import NO_FILE, ApiError, ValidationError, repeated, required

_log = logging.getLogger("photoshoot")
_M = TypeVar("_M", bound=pydantic.BaseModel)
_MOST_PARTS = 32
_LONGEST_FIELD_BYTES = 128 * 1024
_UNREADABLE = "Failed to read the request form."
_CUT_SHORT = "It is cut short: its last boundary is missing."
_NO_BOUNDARY = "The boundary that its Content-Type names does not begin a line of it."
_UNNAMED_BOUNDARY = "Its Content-Type names no boundary, and it does not begin with one."
_FIRST_LINE = re.compile(rb"\s*--([\w'()+,./:=?-]{1,70})\r?\n", re.ASCII)
_LONGEST_HEAD_BYTES = 64 * 1024
"""Of what stands before the first boundary, and of a part's head."""
_TOO_LONG_FIELD = f"It may have {_LONGEST_FIELD_BYTES // 1024} KB; a picture is sent as a file, not as a text."
_LONGEST_ENCODED_BYTES = 256 * 1024
_TOO_LONG = f"It may have {_LONGEST_ENCODED_BYTES // 1024} KB where it is URL-encoded."
_COMPRESSED = "The request body must not be compressed."
_EXTENDED_NAME = re.compile(rb";\s*filename\*\s*=", re.IGNORECASE)
_FILE_KIND = re.compile(rb"\s*(image/|application/octet-stream)", re.IGNORECASE)
_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "base64": base64.b64decode,
    "quoted-printable": quopri.decodestring,
}
"""A part's Content-Transfer-Encoding → what undoes it; others leave it as it is."""
_KINDS = "The request body must be multipart/form-data."


class Form:
    """A form's fields and files, by name, in any case. What is left empty counts as left out.

    One that the call reads has one value: the same text twice is one, and several are an error, not a choice.
    """

    def __init__(self, items: Iterable[tuple[str, str | UploadFile]]) -> None:
        self._items = [*items]

    def read(self, model: type[_M], file: str = "") -> _M:
        """The fields as a checked record.

        Args:
            model: What is read.
            file: A file that the call also needs, by name; ``file()`` gives it.

        Raises:
            RequestValidationError: A field is missing or malformed; all of them are named, a missing file, too.
            ValidationError: A field has several values, or one that is too long.
        """
        try:
            return model.model_validate(self._texts(model))
        except pydantic.ValidationError as error:
            told = error.errors(include_url=False, include_context=False)
            items: list[dict[str, object]] = [{**item, "loc": ("body", *item["loc"])} for item in told]
            if file and self._find_file(file) is None:
                items += [{"type": kind, "loc": ("body", file), "input": None} for kind in ("missing", NO_FILE)]
            raise RequestValidationError(items) from error

    def _texts(self, model: type[_M]) -> dict[str, str]:
        """What is given by name; a model's own names as it spells them."""
        names = {str(field.alias or name).lower(): field.alias or name for name, field in model.model_fields.items()}
        found: dict[str, str] = {}
        for given, item in self._items:
            name = names.get(given.lower())
            if not isinstance(item, str) and name is None:
                continue
            text = (item if isinstance(item, str) else _read_text(given, item)).strip()
            if text and found.setdefault(name or given, text) != text and name is not None:
                raise ValidationError({name: [repeated(name)]})
        return found

    def file(self, name: str) -> BinaryIO:
        """An uploaded file.

        Raises:
            ValidationError: There is none, it is empty, or there are several.
        """
        if (file := self._find_file(name)) is None:
            raise ValidationError({name: [required(name), NO_FILE]})
        return file

    def read_optional_file(self, name: str) -> bytes | None:
        """An uploaded file's bytes; None where there is none, or it is empty.

        Raises:
            ValidationError: There are several.
        """
        file = self._find_file(name)
        return None if file is None else file.read()

    def _find_file(self, name: str) -> BinaryIO | None:
        found = [
            item.file
            for given, item in self._items
            if isinstance(item, UploadFile) and item.size and given.lower() == name.lower()
        ]
        if len(found) > 1:
            raise ValidationError({name: [repeated(name)]})
        return found[0] if found else None


def _read_text(name: str, file: UploadFile) -> str:
    """A text that was sent as a file, as browsers send one that has a content type.

    Raises:
        ValidationError: It is too long.
    """
    data = file.file.read(_LONGEST_FIELD_BYTES + 1)
    if len(data) > _LONGEST_FIELD_BYTES:
        raise ValidationError({name: [_TOO_LONG_FIELD]})
    return data.decode("utf-8", "replace")


class _Parser(MultiPartParser):
    """Takes what the standards allow, whoever wrote it, and refuses what is cut short.

    Within a field that would look like a form without that field. A part is a file also where its name is written in
    the extended form alone (RFC 5987), as some clients do where it is no ASCII, or where it has none but a picture's
    content type. What is encoded for mail (RFC 2045) is decoded, and what stands before the first boundary is left out.
    """

    def __init__(self, content_type: str, stream: AsyncIterator[bytes]) -> None:
        sizes = {"max_files": _MOST_PARTS, "max_fields": _MOST_PARTS, "max_part_size": _LONGEST_FIELD_BYTES}
        boundary = parse_options_header(content_type)[1].get(b"boundary", b"")
        headers = Headers({"content-type": content_type})
        super().__init__(headers, self._watch(_open(stream, b"--" + boundary)), **sizes)
        self._ended = False

    def on_end(self) -> None:
        """The last boundary was read."""
        self._ended = True

    def on_headers_finished(self) -> None:
        """A part's head was read."""
        part = self._current_part
        named = part.content_disposition or b""
        is_file = _EXTENDED_NAME.search(named) or _FILE_KIND.match(dict(part.item_headers).get(b"content-type", b""))
        if is_file and b"filename" not in parse_options_header(named)[1]:
            part.content_disposition = named + b'; filename="photo"'
        super().on_headers_finished()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Some of a part was read."""
        try:
            super().on_part_data(data, start, end)
        except MultiPartException as error:
            raise ValidationError({self._current_part.field_name: [_TOO_LONG_FIELD]}) from error

    def on_part_end(self) -> None:
        """A part was read; a file's data are decoded once they are written."""
        part = self._current_part
        if part.file is None:
            part.data = bytearray(_coding_of(Headers(raw=part.item_headers))(bytes(part.data)))
        super().on_part_end()

    async def _watch(self, stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
        async for chunk in stream:
            yield chunk
        if not self._ended:
            raise MultiPartException(_CUT_SHORT)


async def _find_boundary(request: Request) -> tuple[str, AsyncIterator[bytes]]:
    """A form's content type and body. Who sets the header by hand leaves out the boundary: the body tells it."""
    kind, stream, head = request.headers["content-type"], request.stream(), b""
    if b"boundary" in parse_options_header(kind)[1]:
        return kind, stream
    async for chunk in stream:
        head += chunk
        if b"\n" in head or len(head) > _LONGEST_HEAD_BYTES:
            break
    if (first := _FIRST_LINE.match(head)) is None:
        raise MultiPartException(_UNNAMED_BOUNDARY)
    return f'{kind}; boundary="{first[1].decode()}"', _chain(head, stream)


async def _open(stream: AsyncIterator[bytes], delimiter: bytes) -> AsyncGenerator[bytes, None]:
    """A body from its first boundary on; with CR LF at the lines' ends, where a client wrote bare line feeds."""
    head = b""
    async for chunk in stream:
        head += chunk
        at = (b"\n" + head).find(b"\n" + delimiter)
        if at >= 0 and len(head) > at + len(delimiter):
            break
        if len(head) > _LONGEST_HEAD_BYTES:
            raise MultiPartException(_NO_BOUNDARY)
    else:
        raise MultiPartException(_CUT_SHORT if delimiter.startswith(head[: len(delimiter)]) else _NO_BOUNDARY)
    opened = _chain(head[at:], stream)
    mended = _mend_lines(opened, delimiter) if head[at + len(delimiter) :].startswith(b"\n") else opened
    async for chunk in mended:
        yield chunk


async def _chain(first: bytes, rest: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    yield first
    async for chunk in rest:
        yield chunk


async def _mend_lines(stream: AsyncIterator[bytes], delimiter: bytes) -> AsyncGenerator[bytes, None]:
    """Heads and boundaries with CR LF; what is in the parts stays as it is."""
    kept, in_head = b"", True
    async for chunk in stream:
        kept += chunk
        mended = b""
        while (at := kept.find(mark := b"\n\n" if in_head else b"\n" + delimiter)) >= 0:
            text, kept = kept[:at], kept[at + len(mark) :]
            mended += text.replace(b"\n", b"\r\n") + b"\r\n\r\n" if in_head else text + b"\r\n" + delimiter
            in_head = not in_head
        if not in_head:  # all but what a boundary may begin with
            mended, kept = mended + kept[: -len(delimiter)], kept[-len(delimiter) :]
        elif len(kept) > _LONGEST_HEAD_BYTES:
            raise MultiPartException(_NO_BOUNDARY)
        yield mended
    yield kept.replace(b"\n", b"\r\n")


def _coding_of(headers: Headers) -> Callable[[bytes], bytes]:
    return _CODINGS.get(headers.get("content-transfer-encoding", "").strip().lower(), bytes)


def _decode(file: UploadFile) -> UploadFile:
    """A file whose data are what was meant.

    Raises:
        ValidationError: They are not encoded as its head says.
    """
    if (decode := _coding_of(file.headers)) is not bytes:
        try:
            data = decode(file.file.read())
        except ValueError as error:
            raise ValidationError({"": [_UNREADABLE]}) from error
        file.file.seek(0)
        file.file.truncate()
        file.file.write(data)
        file.file.seek(0)
        file.size = len(data)
    return file


@asynccontextmanager
async def open_form(request: Request) -> AsyncIterator[Form]:
    """Read a request's form. Files over a megabyte go to a temporary file that has no name, and is gone at the end.

    How much may stream in is held by ``photoshoot.server.http.middleware``.

    Raises:
        ApiError: It is no form, or compressed.
        ValidationError: It is broken or cut short, or has too many or too long parts.
        StoreError: There is no room for its temporary file.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ApiError(415, {"business:": [_COMPRESSED]})
    try:
        if kind == "multipart/form-data":
            data = await _Parser(*await _find_boundary(request)).parse()
        elif kind == "application/x-www-form-urlencoded":  # what most clients send where a form has no file
            data = FormData(await _read_encoded(request))
        else:
            raise ApiError(415, {"business:": [_KINDS]})
    except MultiPartException as error:
        raise ValidationError({"": [f"{_UNREADABLE} {error.message}"]}) from error
    except (ValueError, LookupError) as error:
        raise ValidationError({"": [_UNREADABLE]}) from error
    except OSError as error:
        _log.warning("no upload over a megabyte can be read: its temporary file can't be written: %s", error.strerror)
        raise StoreError("a temporary file can't be written") from error
    try:
        yield Form((name, _decode(item) if isinstance(item, UploadFile) else item) for name, item in data.multi_items())
    finally:
        await data.close()


async def _read_encoded(request: Request) -> list[tuple[str, str | UploadFile]]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_ENCODED_BYTES:
            raise MultiPartException(_TOO_LONG)
    return [*parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARTS)]
