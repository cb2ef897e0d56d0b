"""START READING HERE: orders in, finished pictures out, across restarts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from photoshoot.jobs.events import Observer
from photoshoot.jobs.records import (
    Application,
    Asset,
    Credentials,
    Delivery,
    NotificationChannel,
    Order,
    PictureFile,
    Process,
    QueueCounts,
)
from photoshoot.jobs.settings import JobSettings
from photoshoot.photoshoot import Photoshoot
from photoshoot.presets import PresetRegistry
from photoshoot.records import Product
from photoshoot.settings import ImageFormat


class Jobs:
    """Keeps applications, assets, orders, pictures and webhooks in a store, and carries orders out.

    May be called from several threads; several programs may share a store. Calls block for as long as the store takes,
    milliseconds as a rule; ``add_asset``, ``open_picture`` and ``download`` also encode or read pictures.

    Every look-up is scoped to an application: the id of another application's process, task, asset or channel is
    answered like one that does not exist, with ``UnknownJobError``. Any method raises ``StoreError`` where the store is
    out of reach.
    """

    @classmethod
    def open(
        cls,
        database_url: str,
        pictures_url: str,
        *,
        presets: PresetRegistry,
        shoots: Sequence[Photoshoot] = (),
        settings: JobSettings | None = None,
        observer: Observer | None = None,
    ) -> Self:
        """Open a store, which is made where there is none. Nothing is carried out before ``start``.

        Args:
            database_url: ``"sqlite:///photoshoot.db"`` or ``"postgresql://user:password@host/name"``.
            pictures_url: A folder, or any address that fsspec knows, such as ``"s3://bucket/folder"``.
            presets: The presets that orders may name.
            shoots: What makes the pictures: one worker for each, so one a device. None where another program does the
                work. They stay the caller's, who closes them after ``close``.
            settings: Limits and times.
            observer: Told of what happens, for metrics.

        Raises:
            StoreError: The store can't be opened.
            SettingsError: An address is malformed.
            MissingExtraError: A package for this address is missing.
        """
        raise NotImplementedError

    def start(self) -> None:
        """Begin to carry out what is queued and to deliver messages, with what a killed program left behind."""
        raise NotImplementedError

    def close(self, grace_s: float = 30.0) -> None:
        """Stop; safe to call twice.

        No task is begun any more; those under way have ``grace_s`` seconds to finish, and are queued again after that.
        Messages that are not delivered wait in the store.
        """
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self) -> None:
        """Raise ``StoreError`` unless database and pictures answer and, after ``start``, every worker is alive."""
        raise NotImplementedError

    def counts(self) -> QueueCounts:
        """How much there is to do."""
        raise NotImplementedError

    # Applications

    def create_application(self, name: str) -> Credentials:
        """Add an application. Its secrets are in the answer and nowhere else: the store has only their digests.

        Raises:
            SettingsError: The name is empty or over 200 characters.
        """
        raise NotImplementedError

    def rotate_secrets(self, application_id: UUID) -> Credentials:
        """Replace an application's secrets; the old ones are void from now on.

        Raises:
            UnknownJobError: There is no such application.
        """
        raise NotImplementedError

    def applications(self) -> list[Application]:
        """All applications, oldest first."""
        raise NotImplementedError

    def find_application(self, application_id: UUID) -> Application:
        """An application.

        Raises:
            UnknownJobError: There is no such application.
        """
        raise NotImplementedError

    def authenticate(self, key: str, secret: str) -> Application:
        """The application that has this ``x-api-key`` and ``x-api-secret``.

        Raises:
            AuthenticationError: There is none.
        """
        raise NotImplementedError

    def authenticate_token_request(self, application_id: UUID, jwt_private_key: str) -> Application:
        """The application, if this is its ``jwtPrivateKey``.

        Raises:
            AuthenticationError: It is not, or there is no such application.
        """
        raise NotImplementedError

    def grant_credits(self, application_id: UUID, amount: int) -> Application:
        """Give an application credits on top of those that it has.

        Raises:
            UnknownJobError: There is no such application.
            SettingsError: The amount is not above 0.
        """
        raise NotImplementedError

    def charge(self, application_id: UUID, task_id: UUID) -> None:
        """Take one credit for a task's download; a task is paid once, however often it is downloaded.

        Does nothing where ``JobSettings.credits_required`` is off.

        Raises:
            UnknownJobError: The application has no such task.
            NoCreditsError: It has no credits.
        """
        raise NotImplementedError

    # Assets and orders

    def add_asset(self, application_id: UUID, user_id: UUID, product: Product) -> Asset:
        """Keep a described product; pictures of it can then be ordered.

        Raises:
            UnknownJobError: There is no such application.
        """
        raise NotImplementedError

    def find_asset(self, application_id: UUID, asset_id: UUID) -> Asset:
        """An asset.

        Raises:
            UnknownJobError: The application has no such asset.
        """
        raise NotImplementedError

    def open_cutout(self, application_id: UUID, asset_id: UUID) -> PictureFile:
        """An asset's cut-out: a PNG with transparency, as large as the photo.

        Raises:
            UnknownJobError: The application has no such asset.
        """
        raise NotImplementedError

    def submit(self, order: Order) -> Process:
        """Queue an order: one task per prompt and size.

        Raises:
            UnknownJobError: The application has no such asset.
            UnknownNameError: A prompt names a preset that does not exist.
            IdempotencyError: The order's key was used for another order.
            BusyError: The queue is full; says when to come back. Nothing was queued.
        """
        raise NotImplementedError

    def find_process(self, application_id: UUID, process_id: UUID, user_id: UUID | None = None) -> Process:
        """A process as it stands.

        Args:
            application_id: Who ordered.
            process_id: The process.
            user_id: The user that it must be for. None: any.

        Raises:
            UnknownJobError: The application (or its user) has no such process.
        """
        raise NotImplementedError

    def processes_of_user(self, application_id: UUID, user_id: UUID, limit: int = 100) -> list[Process]:
        """A user's latest processes, newest first."""
        raise NotImplementedError

    def processes_of_application(self, application_id: UUID, limit: int = 100) -> list[Process]:
        """An application's latest processes, newest first."""
        raise NotImplementedError

    def cancel(self, application_id: UUID, process_id: UUID) -> Process:
        """Cancel what is not finished of a process; what is finished stays. Safe at any time, and twice.

        Raises:
            UnknownJobError: The application has no such process.
        """
        raise NotImplementedError

    def open_picture(
        self,
        application_id: UUID,
        process_id: UUID,
        task_id: UUID,
        *,
        low_resolution: bool = False,
        format: ImageFormat = ImageFormat.PNG,
    ) -> PictureFile:
        """A finished picture as a file.

        The pixels of each, as the seed's table has it::

            low_resolution  PNG                     JPEG                     PDF 1.6
            False           the original, as it is  the original, converted  the original, embedded
            True            thumbnail, converted    thumbnail, as it is      the thumbnail, embedded

        Raises:
            UnknownJobError: The application has no such task in such a process.
            PictureNotFoundError: The task has no picture, or not yet.
            SettingsError: Another format was asked for.
        """
        raise NotImplementedError

    def download(
        self,
        application_id: UUID,
        process_id: UUID,
        task_id: UUID,
        *,
        low_resolution: bool = False,
        format: ImageFormat = ImageFormat.PNG,
    ) -> PictureFile:
        """``open_picture``, then ``charge``: only a picture that is there is paid for.

        Raises:
            UnknownJobError: See ``open_picture``.
            PictureNotFoundError: See ``open_picture``.
            SettingsError: See ``open_picture``.
            NoCreditsError: The application has no credits.
        """
        raise NotImplementedError

    # Webhooks

    def create_channel(
        self, application_id: UUID, url: str, *, name: str = "", with_image: bool = False, is_active: bool = True
    ) -> NotificationChannel:
        """Have an address told of an application's tasks and processes that finish from now on.

        Raises:
            UnknownJobError: There is no such application.
            TargetError: The address is malformed, or lies in a private network (see ``JobSettings``).
        """
        raise NotImplementedError

    def channels(self, application_id: UUID, *, only_active: bool = False) -> list[NotificationChannel]:
        """An application's channels, oldest first."""
        raise NotImplementedError

    def delete_channel(self, application_id: UUID, channel_id: UUID) -> None:
        """Remove a channel and the messages that wait for it.

        Raises:
            UnknownJobError: The application has no such channel.
        """
        raise NotImplementedError

    def deliveries(self, application_id: UUID, process_id: UUID) -> list[Delivery]:
        """The messages about a process, oldest first.

        Raises:
            UnknownJobError: The application has no such process.
        """
        raise NotImplementedError
