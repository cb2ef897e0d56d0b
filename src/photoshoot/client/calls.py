"""What is sent for each call, and how its answer is read; nothing here opens a connection."""

import json
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, TypeAlias, TypeVar
from uuid import UUID

import httpx

from photoshoot.client.answers import (
    read_channel,
    read_deleted,
    read_error,
    read_picture,
    read_presets,
    read_process,
    read_progress,
    read_tokens,
)
from photoshoot.client.records import (
    ApiError,
    Channel,
    Deleted,
    Picture,
    Preset,
    Progress,
    Recommendation,
    Task,
    Tokens,
)

T = TypeVar("T")
Photo: TypeAlias = Path | str | bytes | BinaryIO
"""A photo's file: its path, its bytes, or an open binary file."""
Prompts: TypeAlias = Sequence[str | Mapping[str, Any]]
"""Up to six: texts, or the contract's prompt objects."""
FORMATS: Final = {"png": 0, "jpeg": 1, "pdf": 2}
"""The contract's ``format``, by its name."""
_API: Final = "/api/v1"
_GENERATION: Final = f"{_API}/Image/ProductGeneration"
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
    glass: bool = False
    """Whether the product is of clear glass."""
    keep: Photo | None = None
    """A picture whose strokes, white or opaque, are of the product. None: no strokes."""
    remove: Photo | None = None
    """The same of what is not."""

    @property
    def fields(self) -> dict[str, str]:
        """Of the form, as text."""
        wished = {"select": self.select, "glass": self.glass or None}
        return _write_fields({name: value for name, value in wished.items() if value is not None})

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


def get_tokens(who: Credentials, jwt_private_key: str) -> Call[Tokens]:
    """Tokens for the private key."""
    body = {"applicationId": str(who.application_id), "jwtPrivateKey": jwt_private_key}
    return Call(method="POST", path=f"{_API}/Authorization/GenerateJwtToken", body=body, read=read_tokens)


def list_presets(who: Credentials, user_id: UUID) -> Call[list[Preset]]:
    """All presets."""
    params = {"applicationId": str(who.application_id), "userId": str(user_id)}
    return Call(method="GET", path=f"{_GENERATION}/PresetKeys", params=params, read=read_presets)


def recommend(who: Credentials, upload: Upload, user_id: UUID) -> Call[Recommendation]:
    """Upload a photo."""
    form = {"applicationId": str(who.application_id), "userId": str(user_id), **upload.fields}

    def read(response: httpx.Response) -> Recommendation:
        told = response.json()
        return Recommendation(
            asset_id=UUID(told["backgroundRemovedImageAssetId"]),
            user_id=user_id,
            product_name=told["productInfo"]["productName"],
            product_description=told["productInfo"]["productDescription"],
            prompts=tuple(told["recommendedPrompts"]),
            preset_ids=tuple(told["recommendedPresetIds"]),
        )

    path = f"{_GENERATION}/Recommendations"
    return Call(method="POST", path=path, form=form, files=upload.files, read=read)


def order(
    who: Credentials, of: Recommendation, prompts: Prompts, render_kind: int, fields: Mapping[str, object]
) -> Call[Progress]:
    """Order pictures; sent twice, it is carried out once."""
    form = {
        "applicationId": str(who.application_id),
        "userId": str(of.user_id),
        "renderKind": str(int(render_kind)),
        "productImageAssetId": str(of.asset_id),
        "PromptObjectsString": _write_prompts(prompts),
        "productName": of.product_name or "product",
        "productDescription": of.product_description or "A product.",
        **_write_fields(fields),
    }
    key = {"Idempotency-Key": uuid.uuid4().hex}
    return Call(method="POST", path=f"{_GENERATION}/AdCreative", form=form, headers=key, read=read_process)


def shoot(
    who: Credentials,
    upload: Upload,
    user_id: UUID,
    prompt: str | Mapping[str, Any] | None,
    format: str,
    **fields: object,
) -> Call[Picture]:
    """Photo in, picture out."""
    form = {
        "applicationId": str(who.application_id),
        "userId": str(user_id),
        **upload.fields,
        **_write_fields(fields),
    }
    if prompt is not None:
        form["PromptObjectsString"] = _write_prompts([prompt])
    params = {"format": str(FORMATS[format]), "waitSeconds": "600"}
    path = f"{_GENERATION}/Shoot"
    return Call(method="POST", path=path, params=params, form=form, files=upload.files, read=read_picture)


def check(progress: Progress) -> Call[Progress]:
    """Ask how far a process is."""
    params = {"userId": str(progress.user_id), "imageProductGeneratorProcessId": str(progress.process_id)}
    path = f"{_GENERATION}/CheckUserProgress"
    return Call(
        method="GET", path=path, params=params | {"details": "true"}, read=lambda got: read_progress(got.json()[0])
    )


def cancel(who: Credentials, progress: Progress, task: Task | None) -> Call[Progress]:
    """Cancel a process or a task."""
    params = _name(who, progress) | ({} if task is None else {"taskId": str(task.id)})
    return Call(method="POST", path=f"{_GENERATION}/Cancel", params=params, read=lambda got: read_progress(got.json()))


def reroll(who: Credentials, progress: Progress, task: Task, seed: int | None) -> Call[Progress]:
    """Order a picture once more."""
    params = _name(who, progress) | {"taskId": str(task.id)} | ({} if seed is None else {"seed": str(seed)})
    return Call(method="POST", path=f"{_GENERATION}/Reroll", params=params, read=read_process)


def download(who: Credentials, progress: Progress, task: Task, format: str, low_resolution: bool) -> Call[Picture]:
    """Download a picture."""
    params = _name(who, progress) | {"taskId": str(task.id), "format": str(FORMATS[format])}
    params["lowResolution"] = "true" if low_resolution else "false"
    return Call(method="GET", path=f"{_GENERATION}/Download", params=params, read=read_picture)


def create_channel(who: Credentials, url: str, name: str, with_image: bool) -> Call[Channel]:
    """Have an address told of what is finished."""
    body = {"applicationId": str(who.application_id), "url": url, "name": name, "includeImageData": with_image}
    return Call(method="POST", path=f"{_API}/NotificationChannel", body=body, read=read_channel)


def delete_channel(who: Credentials, channel: Channel) -> Call[None]:
    """Tell an address no more."""
    params = {"applicationId": str(who.application_id)}
    return Call(method="DELETE", path=f"{_API}/NotificationChannel/{channel.id}", params=params, read=lambda _: None)


def delete(who: Credentials, what: str, **ids: UUID) -> Call[Deleted]:
    """Delete an upload, a picture, a process or a user's everything: ``what`` is the route's name."""
    params = {"applicationId": str(who.application_id), **{name: str(value) for name, value in ids.items()}}
    return Call(method="DELETE", path=f"{_GENERATION}/{what}", params=params, read=read_deleted)


def read_photo(photo: Photo) -> tuple[str, bytes]:
    """A photo's file name and bytes."""
    if isinstance(photo, bytes):
        return "photo", photo
    if isinstance(photo, str | Path):
        return Path(photo).name, Path(photo).read_bytes()
    return Path(str(getattr(photo, "name", "photo"))).name, photo.read()


def _name(who: Credentials, progress: Progress) -> dict[str, str]:
    ids = {"applicationId": who.application_id, "imageProductGeneratorProcessId": progress.process_id}
    return {name: str(value) for name, value in ids.items()}


def _write_prompts(prompts: Prompts) -> str:
    """Texts are custom prompts."""
    plain = [{"tag": "custom", "prompt": one} if isinstance(one, str) else dict(one) for one in prompts]
    return json.dumps(plain)


def _write_fields(fields: Mapping[str, object]) -> dict[str, str]:
    """Further fields of a form: ``seed=7`` as ``seed``, ``max_redraws`` as ``maxRedraws``, records as JSON."""
    return {
        re.sub(r"_([a-z])", lambda match: match[1].upper(), name): value
        if isinstance(value, str)
        else json.dumps(value)
        for name, value in fields.items()
        if value is not None
    }
