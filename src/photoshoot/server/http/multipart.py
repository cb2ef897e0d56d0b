"""Forms, multipart or URL-encoded: read as they stream in, within limits, and checked against a model."""

import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import BinaryIO, TypeVar
from urllib.parse import parse_qsl

import pydantic
from fastapi.exceptions import RequestValidationError
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from photoshoot.errors import StoreError
from photoshoot.server.http.errors import ApiError, ValidationError, required

_log = logging.getLogger("photoshoot")
_M = TypeVar("_M", bound=pydantic.BaseModel)
_MOST_PARTS = 32
_LONGEST_FIELD_BYTES = 128 * 1024
_NO_FILE = "The request does not contain a file. Please make sure to upload the file."
_UNREADABLE = "Failed to read the request form."
_CUT_SHORT = "It is cut short: its last boundary is missing."
_LONGEST_ENCODED_BYTES = 256 * 1024
_TOO_LONG = f"It may have {_LONGEST_ENCODED_BYTES // 1024} KB where it is URL-encoded."
_COMPRESSED = "The request body must not be compressed."
_EXTENDED_NAME = re.compile(rb";\s*filename\*\s*=", re.IGNORECASE)
_KINDS = "The request body must be multipart/form-data."


class Form:
    """A form's fields and files, by name, in any case; of several with one name the last counts."""

    def __init__(self, fields: Mapping[str, str], files: Mapping[str, UploadFile]) -> None:
        self._fields, self._files = fields, {name.lower(): file for name, file in files.items()}

    def read(self, model: type[_M]) -> _M:
        """The fields as a checked record. A field that is left empty counts as left out.

        Raises:
            RequestValidationError: A field is missing or malformed; all of them are named.
        """
        try:
            return model.model_validate({name: value for name, value in self._fields.items() if value.strip()})
        except pydantic.ValidationError as error:
            items = error.errors(include_url=False, include_context=False)
            raise RequestValidationError([{**item, "loc": ("body", *item["loc"])} for item in items]) from error

    def file(self, name: str) -> BinaryIO:
        """An uploaded file.

        Raises:
            ValidationError: There is none, or it is empty.
        """
        file = self._files.get(name.lower())
        if file is None or not file.size:
            raise ValidationError({name: [required(name), _NO_FILE]})
        return file.file

    def read_optional_file(self, name: str) -> bytes | None:
        """An uploaded file's bytes; None where there is none, or it is empty."""
        file = self._files.get(name.lower())
        return file.file.read() if file is not None and file.size else None


class _Parser(MultiPartParser):
    """Refuses what is cut short: within a field it would look like a form without that field.

    A part is a file also where its name is written in the extended form alone (RFC 5987), as some clients do where it
    is no ASCII.
    """

    def __init__(self, request: Request) -> None:
        sizes = {"max_files": _MOST_PARTS, "max_fields": _MOST_PARTS, "max_part_size": _LONGEST_FIELD_BYTES}
        super().__init__(request.headers, self._watch(request.stream()), **sizes)
        self._ended = False

    def on_end(self) -> None:
        """The last boundary was read."""
        self._ended = True

    def on_headers_finished(self) -> None:
        """A part's head was read."""
        named = self._current_part.content_disposition or b""
        if _EXTENDED_NAME.search(named) and b"filename" not in parse_options_header(named)[1]:
            self._current_part.content_disposition = named + b'; filename="photo"'
        super().on_headers_finished()

    async def _watch(self, stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
        async for chunk in stream:
            yield chunk
        if not self._ended:
            raise MultiPartException(_CUT_SHORT)


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
            data = await _Parser(request).parse()
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
        yield Form(
            {name: value for name, value in data.multi_items() if isinstance(value, str)},
            {name: value for name, value in data.multi_items() if isinstance(value, UploadFile)},
        )
    finally:
        await data.close()


async def _read_encoded(request: Request) -> list[tuple[str, str | UploadFile]]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_ENCODED_BYTES:
            raise MultiPartException(_TOO_LONG)
    return [*parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARTS)]
