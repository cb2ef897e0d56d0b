"""What callers of jobs give and get beside orders: frozen records, without a trace of the store."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class TaskKey:
    """Which picture of whom."""

    application_id: UUID
    """The application that ordered it."""
    process_id: UUID
    """The process that it is part of."""
    task_id: UUID
    """The task that it answers."""


@dataclass(frozen=True, kw_only=True)
class Application:
    """Someone who integrates the service; owner of all that is made for its users."""

    id: UUID
    """Names the application in every call."""
    name: str
    """What people call it, 1 to 200 characters."""
    credentials_version: int
    """Counts up whenever the secrets are replaced: what was signed for an older version is void."""
    credits: int | None
    """Downloads that are left. None: nobody has granted any yet."""
    old_until_s: float | None = None
    """Until when the secrets before these count too, seconds since 1970. None: they don't."""
    disabled_s: float | None = None
    """Since when it is shut out, seconds since 1970. None: it is not."""
    created_s: float
    """When it was created, seconds since 1970."""


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """An application's secrets in the clear. They exist only in the answer that creates or rotates them."""

    application: Application
    """The application that they open."""
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
    """The HTTP API's ``imageId``, ``backgroundRemovedImageAssetId`` and ``productImageAssetId``."""
    application_id: UUID
    """The application that owns it."""
    user_id: UUID
    """The user of the application that it was added for."""
    product_name: str
    """The captioner's name for the product."""
    product_description: str
    """The captioner's description, a sentence or two."""
    created_s: float
    """When it was added, seconds since 1970."""


@dataclass(frozen=True, kw_only=True)
class PictureFile:
    """A picture as it is downloaded."""

    data: bytes = field(repr=False)
    """The bytes of the file."""
    media_type: str
    """``"image/png"``, ``"image/jpeg"`` or ``"application/pdf"``."""
    name: str
    """A file name that is safe on every system, such as ``green-bottle_white-background_landscape_1a2b3c4d.png``."""


@dataclass(frozen=True, kw_only=True)
class NotificationChannel:
    """An address that is told of an application's finished tasks and processes."""

    id: UUID
    """Names the channel when it is deleted."""
    application_id: UUID
    """The application that is told."""
    name: str
    """What people call it, up to 200 characters; may be empty."""
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
    """The channel that it goes to."""
    process_id: UUID
    """The process that it tells of."""
    task_id: UUID | None
    """The task that it tells of; None: the whole process."""
    state: DeliveryState
    """Whether it waits, was taken, or was given up."""
    tries: int
    """How often it was tried, from 0."""
    last_error: str
    """Why the last try failed; empty where it did not."""
    created_s: float | None
    """When it was written, seconds since 1970. None: by an older version."""


@dataclass(frozen=True, kw_only=True)
class QueueCounts:
    """How much there is to do, over all applications."""

    queued: int
    """Tasks that wait for a worker."""
    processing: int
    """Tasks that are being made or uploaded."""
    pending_deliveries: int
    """Messages that wait for their first or next try."""
