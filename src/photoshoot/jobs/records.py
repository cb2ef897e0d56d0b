"""What callers of jobs give and get: frozen records, without a trace of the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from uuid import UUID

from photoshoot.errors import SettingsError
from photoshoot.layout import RenderKind
from photoshoot.prompts import Prompt, parse_prompts

_LONGEST = {"product_name": 2000, "product_description": 2000, "idempotency_key": 255}
"""Most characters of an order's texts."""


def check_text(name: str, text: str, longest: int) -> None:
    """Refuse a text that is blank or too long, or that a database can't keep.

    Raises:
        SettingsError: It is.
    """
    broken = any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)
    if broken or not 0 < len(text.strip()) <= len(text) <= longest:
        raise SettingsError(name, text[:40], f"1 to {longest} characters that are not all blank, none of them broken")


class RenderState(IntEnum):
    """Where a task or a process stands; the numbers are the seed API's ``renderState``."""

    UNSET = 0
    QUEUED = 1
    PROCESSING = 2
    UPLOADING = 3
    FAILED = 4
    COMPLETED = 5
    CANCELLED = 6

    @property
    def is_final(self) -> bool:
        """Whether it stays as it is: failed, completed or cancelled."""
        return self in (RenderState.FAILED, RenderState.COMPLETED, RenderState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Application:
    """Someone who integrates the service; owner of all that is made for its users."""

    id: UUID
    """Names it."""
    name: str
    """What people call it."""
    credentials_version: int
    """Counts up whenever the secrets are replaced: what was signed for an older version is void."""
    credits: int | None
    """Downloads that are left. None: nobody has granted any yet."""
    created_s: float
    """When it was created, seconds since 1970."""


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """An application's secrets in the clear. They exist only in the answer that creates or rotates them."""

    application: Application
    """Whose they are."""
    key: str = field(repr=False)
    """``x-api-key``: 32 hexadecimal digits, 128 random bits."""
    secret: str = field(repr=False)
    """``x-api-secret``: 64 hexadecimal digits, 256 random bits."""
    jwt_private_key: str = field(repr=False)
    """``jwtPrivateKey``, which a token is asked for with: 64 hexadecimal digits, 256 random bits."""


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A product whose cut-out is kept, so that pictures of it can be ordered by its id."""

    id: UUID
    """The seed's ``imageId``, ``backgroundRemovedImageAssetId`` and ``productImageAssetId``."""
    application_id: UUID
    """Whose it is."""
    user_id: UUID
    """For which of its users."""
    product_name: str
    """The captioner's name for it."""
    product_description: str
    """The captioner's description."""
    created_s: float
    """When it was added, seconds since 1970."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is submitted: pictures of one asset, one per prompt and size."""

    application_id: UUID
    """Who orders."""
    user_id: UUID
    """For which user."""
    asset_id: UUID
    """The product; an asset of the same application."""
    prompts: tuple[Prompt, ...]
    """One to six."""
    render_kind: RenderKind = RenderKind.LANDSCAPE
    """A size or a group of sizes; unset means landscape."""
    safe_margin: bool = True
    """1674x628 instead of 1200x628; the seed's ``DisableSafeMargin``, negated."""
    same_style_reference: bool = True
    """Take up the presets' style."""
    product_name: str | None = None
    """Instead of the captioner's."""
    product_description: str | None = None
    """Instead of the captioner's."""
    seed: int | None = None
    """0 to 2**31 - 1: the same seed gives the same pictures. None: a random one, which the process then keeps."""
    idempotency_key: str | None = None
    """The same key and the same order give the same process again."""
    trace_id: str | None = None
    """Written to the log with whatever is done for the order; no part of what is ordered."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "prompts", tuple(parse_prompts(self.prompts)))
        object.__setattr__(self, "render_kind", RenderKind.parse(int(self.render_kind)))
        if self.seed is not None and not 0 <= self.seed < 2**31:
            raise SettingsError("seed", self.seed, "a whole number from 0 to 2147483647")
        for name, longest in _LONGEST.items():
            if getattr(self, name) is not None:
                check_text(name, getattr(self, name), longest)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One picture of a process."""

    id: UUID
    """Names it."""
    process_id: UUID
    """The process that it is part of."""
    state: RenderState
    """Where it stands."""
    prompt_index: int
    """Which of the order's prompts it answers, from 0."""
    size_label: str
    """Size name, such as ``"landscape"``."""
    error_message: str
    """Why it failed, fit to be shown to the caller; empty where it did not."""
    attempts: int
    """How often it was begun; over 1 only where the program was killed meanwhile."""
    queued_s: float
    """When it was ordered, seconds since 1970."""
    started_s: float | None
    """When it was begun last."""
    finished_s: float | None
    """When it became final."""


@dataclass(frozen=True, kw_only=True)
class Process:
    """All pictures of one order, and where they stand."""

    id: UUID
    """The seed's ``imageRenderProcessId`` and ``imageProductGeneratorProcessId``."""
    application_id: UUID
    """Who ordered."""
    user_id: UUID
    """For which user."""
    asset_id: UUID
    """The product."""
    seed: int
    """The order's seed, or the one that was drawn for it."""
    created_s: float
    """When it was submitted, seconds since 1970."""
    tasks: tuple[Task, ...]
    """One per prompt and size: prompts in order, and sizes within a prompt."""

    @property
    def total_count(self) -> int:
        """How many pictures were ordered: ``totalTaskCount``."""
        return len(self.tasks)

    @property
    def completed_count(self) -> int:
        """How many are there: ``completedTaskCount``. A failed or cancelled task is not among them."""
        return self._count(RenderState.COMPLETED)

    @property
    def progress(self) -> int:
        """Finished tasks, failed and cancelled ones included, in percent; 100 only when all are finished."""
        return 100 * sum(task.state.is_final for task in self.tasks) // len(self.tasks)

    @property
    def state(self) -> RenderState:
        """``requestRenderState``.

        Completed once all is finished and there is at least one picture; cancelled or failed where there is none.
        Uploading while only uploads are left; queued before the first task is begun.
        """
        states = {task.state for task in self.tasks}
        if all(state.is_final for state in states):
            for state in (RenderState.COMPLETED, RenderState.FAILED):
                if state in states:
                    return state
            return RenderState.CANCELLED
        unfinished = {state for state in states if not state.is_final}
        if unfinished == {RenderState.UPLOADING}:
            return RenderState.UPLOADING
        return RenderState.QUEUED if states == {RenderState.QUEUED} else RenderState.PROCESSING

    @property
    def is_successful(self) -> bool:
        """Whether every picture is there."""
        return self.completed_count == self.total_count

    @property
    def error_message(self) -> str:
        """What went wrong, fit to be shown to the caller; empty while nothing has."""
        failed, cancelled = self._count(RenderState.FAILED), self._count(RenderState.CANCELLED)
        parts = [
            f"{count} of {self.total_count} tasks {word}"
            for count, word in ((failed, "failed"), (cancelled, "were cancelled"))
            if count
        ]
        reasons = dict.fromkeys(task.error_message for task in self.tasks if task.error_message)
        return ": ".join(filter(None, (", ".join(parts), " ".join(reasons))))

    def _count(self, state: RenderState) -> int:
        return sum(task.state is state for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class PictureFile:
    """A picture as it is downloaded."""

    data: bytes = field(repr=False)
    """The file."""
    media_type: str
    """``"image/png"``, ``"image/jpeg"`` or ``"application/pdf"``."""
    name: str
    """A file name that is safe on every system, such as ``green-bottle_white-background_landscape_1a2b3c4d.png``."""


@dataclass(frozen=True, kw_only=True)
class NotificationChannel:
    """An address that is told of an application's finished tasks and processes."""

    id: UUID
    """Names it."""
    application_id: UUID
    """Whose it is."""
    name: str
    """What people call it; may be empty."""
    url: str
    """Where messages are posted: http or https."""
    with_image: bool
    """Whether messages of finished tasks carry the picture, in base64."""
    is_active: bool
    """Whether it is told of anything."""
    secret: str = field(repr=False)
    """What messages are signed with: ``whsec_`` and 32 random bytes in base64."""
    created_s: float
    """When it was created, seconds since 1970."""


class DeliveryState(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message to one channel."""

    id: UUID
    """The message's id, the same at every try, so that a receiver knows a repetition."""
    channel_id: UUID
    """Where it goes."""
    process_id: UUID
    """Of which process it tells."""
    task_id: UUID | None
    """Of which task; None: of the whole process."""
    state: DeliveryState
    """Where it stands."""
    tries: int
    """How often it was tried."""
    last_error: str
    """Why the last try failed; empty where it did not."""


@dataclass(frozen=True, kw_only=True)
class QueueCounts:
    """How much there is to do, over all applications."""

    queued: int
    """Tasks that wait."""
    processing: int
    """Tasks that are being made or uploaded."""
    pending_deliveries: int
    """Messages that wait for their first or next try."""
