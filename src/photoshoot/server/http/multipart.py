"""Multipart forms: read as they stream in, within limits, and checked against a model."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import BinaryIO, TypeVar

import pydantic
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from photoshoot.server.http.errors import ApiError, ValidationError, required

_M = TypeVar("_M", bound=pydantic.BaseModel)
_MOST_PARTS = 32
_LONGEST_FIELD_BYTES = 128 * 1024
_NO_FILE = "The request does not contain a file. Please make sure to upload the file."
_UNREADABLE = "Failed to read the request form."


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


@asynccontextmanager
async def open_form(request: Request) -> AsyncIterator[Form]:
    """Read a request's form. Files over a megabyte go to a temporary file that has no name, and is gone at the end.

    How much may stream in is held by ``photoshoot.server.http.middleware``.

    Raises:
        ApiError: It is no multipart form.
        ValidationError: It is broken, or has too many or too long parts.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise ApiError(415, {"business:": ["The request body must be multipart/form-data."]})
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=_MOST_PARTS,
        max_fields=_MOST_PARTS,
        max_part_size=_LONGEST_FIELD_BYTES,
    )
    try:
        data = await parser.parse()
    except (MultiPartException, ValueError, LookupError) as error:
        raise ValidationError({"": [_UNREADABLE]}) from error
    try:
        yield Form(
            {name: value for name, value in data.multi_items() if isinstance(value, str)},
            {name: value for name, value in data.multi_items() if isinstance(value, UploadFile)},
        )
    finally:
        await data.close()
