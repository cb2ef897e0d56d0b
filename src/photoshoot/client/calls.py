"""What a call is, and how what goes out is written; nothing here opens a connection."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, TypeAlias, TypeVar
from uuid import UUID

import httpx

from photoshoot.client.answers import read_error
from photoshoot.client.records import ApiError, Progress
from photoshoot.errors import UnknownNameError

T = TypeVar("T")
Photo: TypeAlias = Path | str | bytes | BinaryIO
"""A photo's file: its path, its bytes, or an open binary file."""
Prompts: TypeAlias = str | Mapping[str, Any] | Sequence[str | Mapping[str, Any]]
"""One to six: texts, or the contract's prompt objects."""
FORMATS: Final = {"png": 0, "jpeg": 1, "pdf": 2}
"""The contract's ``format``, by its name."""
API: Final = "/api/v1"
"""What the paths of calls begin with."""
GENERATION: Final = f"{API}/Image/ProductGeneration"
"""What the paths of product pictures begin with."""
_BUSY: Final = (429, 503)


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """An application's secrets, as ``photoshoot apps create`` shows them."""

    application_id: UUID | str
    """Names the application."""
    key: str = field(repr=False)
    """``x-api-key``, 32 hexadecimal digits."""
    secret: str = field(repr=False)
    """``x-api-secret``, 64 hexadecimal digits."""

    @property
    def headers(self) -> dict[str, str]:
        """What every call carries."""
        return {"x-api-key": self.key, "x-api-secret": self.secret}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A photo, and what is wished of its cut-out."""

    photo: Photo
    """The photo: its path, its bytes, or an open binary file."""
    select: str | None = None
    """Which of the things in it is the product: a number, a point, a box or words. None: what stands out."""
    glass: bool | None = None
    """Whether the product is of clear glass. None: the photo tells."""
    keep: Photo | None = None
    """A picture whose strokes, white or opaque, are of the product. None: no strokes."""
    remove: Photo | None = None
    """The same of what is not."""

    @property
    def fields(self) -> dict[str, str]:
        """Of the form, as text."""
        wished = {"select": self.select, "glass": self.glass}
        return write_fields({name: value for name, value in wished.items() if value is not None})

    @property
    def files(self) -> dict[str, tuple[str, bytes]]:
        """Of the form, as files."""
        given = {"productImage": self.photo, "keep": self.keep, "remove": self.remove}
        return {name: read_photo(photo) for name, photo in given.items() if photo is not None}


@dataclass(frozen=True, kw_only=True)
class Call(Generic[T]):
    """A request, and how its answer is read."""

    method: str
    """``"GET"``, ``"POST"``, ``"PATCH"`` or ``"DELETE"``."""
    path: str
    """Beginning with a slash."""
    read: Callable[[httpx.Response], T]
    """What an answer of 2xx means."""
    params: Mapping[str, str] = field(default_factory=dict)
    """Names and values of the query."""
    form: Mapping[str, str] | None = None
    """Fields of a multipart form."""
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """A form's files by their fields: each one's name and bytes."""
    body: Mapping[str, Any] | None = None
    """What goes out as JSON."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Beside the credentials."""

    def build(self, client: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        """The request, for one of httpx's clients."""
        files: dict[str, Any] | None = None
        if self.form is not None:
            files = {name: (None, value) for name, value in self.form.items()} | dict(self.files)
        return client.build_request(
            self.method, self.path, params=dict(self.params), files=files, json=self.body, headers=dict(self.headers)
        )

    def finish(self, response: httpx.Response) -> T:
        """What an answer means.

        Raises:
            ApiError: The service refused the call.
        """
        if response.is_success:
            return self.read(response)
        raise read_error(response)


def pause_s(error: ApiError, tries: int) -> float | None:
    """How long to wait before a call is tried again, seconds; None: it is not."""
    if error.status not in _BUSY:
        return None
    return error.retry_after_s if error.retry_after_s is not None else float(2**tries)


def read_photo(photo: Photo) -> tuple[str, bytes]:
    """A photo's file name and bytes."""
    if isinstance(photo, bytes):
        return "photo", photo
    if isinstance(photo, str | Path):
        return Path(photo).name, Path(photo).read_bytes()
    return Path(str(getattr(photo, "name", "photo"))).name, photo.read()


def name_process(who: Credentials, progress: Progress) -> dict[str, str]:
    """What names a process in a query."""
    ids = {"applicationId": who.application_id, "imageProductGeneratorProcessId": progress.process_id}
    return {name: str(value) for name, value in ids.items()}


def write_prompts(prompts: Prompts) -> str:
    """Prompts as the form has them; texts are custom prompts, and one alone needs no list."""
    prompts = [prompts] if isinstance(prompts, str | Mapping) else prompts
    plain = [{"tag": "custom", "prompt": one} if isinstance(one, str) else dict(one) for one in prompts]
    return json.dumps(plain)


def write_format(format: str) -> str:
    """The contract's number of a format.

    Raises:
        UnknownNameError: It is none of ``FORMATS``.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    return str(FORMATS[format])


def write_fields(fields: Mapping[str, object]) -> dict[str, str]:
    """Further fields of a form: ``seed=7`` as ``seed``, ``max_redraws`` as ``maxRedraws``, records as JSON."""
    return {
        re.sub(r"_([a-z])", lambda match: match[1].upper(), name): value
        if isinstance(value, str)
        else json.dumps(value)
        for name, value in fields.items()
        if value is not None
    }
