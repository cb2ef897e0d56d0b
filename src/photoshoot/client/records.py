"""What the service answers, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from photoshoot.errors import PhotoshootError

FINAL_STATES = (4, 5, 6)
"""``renderState`` of what stays as it is: failed, completed, cancelled."""


class ApiError(PhotoshootError):
    """The service refused a call.

    ``status`` is the HTTP status, ``errors`` its messages by field or layer, ``trace_id`` finds it in the service's
    log, ``retry_after_s`` says when to come back, where it says so, ``denial`` which of the credentials is wrong, and
    ``process`` what ``shoot`` did not wait for.
    """

    def __init__(
        self,
        status: int,
        errors: Mapping[str, Sequence[str]],
        trace_id: str = "",
        retry_after_s: float | None = None,
        denial: str = "",
        process: Progress | None = None,
    ) -> None:
        self.status, self.errors, self.trace_id, self.retry_after_s = status, errors, trace_id, retry_after_s
        self.denial, self.process = denial, process
        told = " ".join(f"{name} {' '.join(texts)}".strip() for name, texts in errors.items())
        told += f" ({denial})" if denial else ""
        super().__init__(f"{status}: {told or 'no reason given'}" + (f" (trace {trace_id})" if trace_id else ""))


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """A pair of bearer tokens."""

    access_token: str = field(repr=False)
    """Goes into ``Authorization: Bearer``."""
    refresh_token: str = field(repr=False)
    """Exchanged for a new pair."""
    expires_at: datetime
    """When the access token ends."""
    refresh_expires_at: datetime
    """When the refresh token ends."""


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A style that prompts may name."""

    id: str
    """Names it in a prompt."""
    preview_image_url: str
    """Where its preview is; empty where it has none."""
    preview_name: str
    """What people call it."""
    prompt_text: str
    """What it adds to a prompt."""
    tags: tuple[str, ...]
    """Words to filter by, such as ``"holiday"``."""
    categories: tuple[str, ...]
    """Groups that it is shown in."""


@dataclass(frozen=True, kw_only=True)
class FoundPreset:
    """A preset that a search has found."""

    id: str
    """Names it in a prompt."""
    preview_image_url: str
    """Where its preview is; empty where it has none."""
    preview_name: str
    """What people call it."""
    score: float
    """How well it fits; only the order within one search means something."""


@dataclass(frozen=True, kw_only=True)
class PromptReading:
    """How a prompt is read."""

    understood: bool
    """Whether anything was."""
    reading: str
    """All of it in one line."""
    language: str
    """The language that it was read as, in English."""
    english: str
    """Translated and mended, as far as its words are known."""
    unread: tuple[str, ...]
    """Words that nothing in the picture comes from."""
    absent: tuple[str, ...]
    """What was asked for and the studio has none of, such as people."""
    nearest: tuple[str, ...]
    """Ids of presets that are near to it."""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What a photo shows, and what suits it."""

    asset_id: UUID
    """Names the upload in orders."""
    user_id: UUID
    """The user that it was uploaded for, and who alone may order of it."""
    product_name: str
    """What the product is."""
    product_description: str
    """A sentence or two about it."""
    prompts: tuple[str, ...]
    """Four prompts that suit it."""
    preset_ids: tuple[str, ...]
    """Six presets that suit it."""
    warning: str = ""
    """What was not there of the photo's file, where it was cut short."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One picture of a process."""

    id: UUID
    """By which calls name it."""
    state: int
    """``renderState``: 1 queued, 2 processing, 3 uploading, 4 failed, 5 completed, 6 cancelled."""
    url: str = ""
    """Where its picture is, without credentials and for a time; empty until it is there."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """The same by format, of those that the order's ``formats`` asked for; empty until it is there."""
    prompt_index: int | None = None
    """Which of the order's prompts it answers, from 0. None: an answer without details."""
    size: str = ""
    """Name of its size, such as ``"landscape"``, or the size that was asked for, such as ``"96x64"``."""
    error_message: str = ""
    """Why it failed or was cancelled; empty where it was not."""

    @property
    def is_completed(self) -> bool:
        """Whether its picture is there."""
        return self.state == 5


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a process stands."""

    process_id: UUID
    """Names the process."""
    user_id: UUID
    """The user that it was ordered for."""
    state: int
    """``requestRenderState``, numbered as a task's state."""
    percent: int
    """Finished tasks of all, failed and cancelled ones included, 0 to 100."""
    tasks: tuple[Task, ...]
    """A task per prompt and size."""
    is_successful: bool
    """Whether every picture is there."""
    error_message: str
    """What went wrong; empty while nothing has."""
    queue_position: int | None = None
    """Tasks that are made before its first one that waits, where it was asked for."""
    seconds_left: int | None = None
    """Until its last picture is there, about, where it was asked for."""

    @property
    def is_final(self) -> bool:
        """Whether all its tasks are finished."""
        return all(task.state in FINAL_STATES for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of an application's processes, newest first."""

    processes: tuple[Progress, ...]
    """As the list tells of them, without the details that ``check`` gives."""
    next_cursor: str | None
    """What asks for the next page. None: there is none."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture's file."""

    data: bytes = field(repr=False)
    """The bytes of the file."""
    media_type: str
    """``"image/png"``, ``"image/jpeg"`` or ``"application/pdf"``."""
    name: str
    """A file name that is safe on every system."""
    process_id: UUID | None = None
    """The process that ``shoot`` ordered. None: it was downloaded."""
    task_id: UUID | None = None
    """The task of its picture. None: see ``process_id``."""
    asset_id: UUID | None = None
    """The upload that ``shoot`` has made. None: see ``process_id``."""
    warning: str = ""
    """What was not there of the photo's file that ``shoot`` was given, where it was cut short."""

    def save(self, folder: Path | str = ".") -> Path:
        """Write it into a folder, which is made where there is none; returns the file's path."""
        path = Path(folder) / Path(self.name).name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.data)
        return path


@dataclass(frozen=True, kw_only=True)
class Channel:
    """An address that is told of finished tasks and processes."""

    id: UUID
    """By which calls name it."""
    url: str
    """Where messages are posted."""
    name: str
    """What people call it; may be empty."""
    is_active: bool
    """Whether it is told of anything."""
    with_image: bool
    """Whether a finished picture goes along."""
    secret: str = field(default="", repr=False)
    """What messages are signed with; told only when it is created."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message to a channel."""

    id: UUID
    """Its ``webhook-id``, the same at every try."""
    process_id: UUID
    """The process that it tells of."""
    task_id: UUID | None
    """The task that it tells of. None: the process."""
    state: str
    """``"pending"``, ``"delivered"`` or ``"given_up"``."""
    tries: int
    """How often it was sent."""
    last_error: str
    """Why the last try failed; empty where it did not."""


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """What was deleted, by its ids."""

    uploads: tuple[UUID, ...]
    """Uploads that are gone."""
    processes: tuple[UUID, ...]
    """Processes that are gone."""
    pictures: tuple[UUID, ...]
    """Tasks whose pictures are gone."""
    channels: tuple[UUID, ...]
    """Channels that are gone."""
