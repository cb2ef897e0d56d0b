"""What callers of jobs give and get beside orders: frozen records, without a trace of the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from photoshoot.errors import SettingsError


def check_text(name: str, text: str, longest: int) -> None:
    """Refuse a text that is blank or too long, or that a database can't keep.

    Raises:
        SettingsError: It is.
    """
    broken = any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)
    if broken or not 0 < len(text.strip()) <= len(text) <= longest:
        raise SettingsError(name, text[:40], f"1 to {longest} characters that are not all blank, none of them broken")


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
