"""START READING HERE: orders in, finished pictures out, across restarts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Self
from uuid import UUID

from photoshoot.errors import DeviceError, StoreError
from photoshoot.jobs.events import JobEvent, Observer
from photoshoot.jobs.order_intake import OrderDesk
from photoshoot.jobs.orders import Order, Process, RenderState
from photoshoot.jobs.queue.finishing import Finisher
from photoshoot.jobs.queue.lease_renewer import Keeper
from photoshoot.jobs.queue.notifier import Bell
from photoshoot.jobs.queue.planner import Planner
from photoshoot.jobs.queue.queue import UNDER_WAY, TaskQueue
from photoshoot.jobs.queue.task_runner import Desk
from photoshoot.jobs.queue.worker import Worker
from photoshoot.jobs.settings import JobSettings
from photoshoot.jobs.store.applications import Applications
from photoshoot.jobs.store.assets import Assets
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.object_store import PictureStore
from photoshoot.jobs.store.processes import Processes
from photoshoot.jobs.store.records import (
    Application,
    Asset,
    Credentials,
    Delivery,
    NotificationChannel,
    PictureFile,
    QueueCounts,
)
from photoshoot.jobs.store.results import Results
from photoshoot.jobs.webhooks.channels import Channels
from photoshoot.jobs.webhooks.outbox import Outbox
from photoshoot.jobs.webhooks.sender import WebhookSender
from photoshoot.photoshoot import Photoshoot
from photoshoot.presets import PresetRegistry
from photoshoot.records import Product
from photoshoot.settings import ImageFormat
from photoshoot.stages import Checkable


class Jobs:
    """Keeps applications, assets, orders, pictures and webhooks in a store, and carries orders out.

    May be called from several threads; several programs may share a store. Calls block for as long as the store takes,
    milliseconds as a rule; ``add_asset``, ``open_picture`` and ``download`` also encode or read pictures.

    Every look-up is scoped to an application: the id of another application's process, task, asset or channel is
    answered like one that does not exist, with ``UnknownJobError``. Any method raises ``StoreError`` where the store is
    out of reach.
    """

    def __init__(
        self,
        database: Database,
        pictures: PictureStore,
        presets: PresetRegistry,
        shoots: Sequence[Photoshoot],
        settings: JobSettings,
        observer: Observer | None,
    ) -> None:
        self._database, self._pictures, self._settings = database, pictures, settings
        tell = observer or _ignore
        self._bell, self._started = Bell(), False
        self._applications, self._processes = Applications(database), Processes(database)
        self._assets, self._results = Assets(database, pictures), Results(database, pictures)
        self._queue, self._outbox = TaskQueue(database, settings), Outbox(database, settings)
        self._channels, self._finisher = Channels(database, settings), Finisher(database, tell)
        self._orders = OrderDesk(database, presets, settings, len(shoots), tell)
        desk = Desk(
            queue=self._queue,
            planner=Planner(self._assets, presets),
            results=self._results,
            finisher=self._finisher,
            settings=settings,
            observer=tell,
            bell=self._bell,
        )
        workers = [Worker(desk, shoot, f"photoshoot-worker-{number}") for number, shoot in enumerate(shoots)]
        sender = WebhookSender(self._outbox, self._results, settings, tell, self._bell)
        self._threads: list[Worker | WebhookSender] = [*workers, sender]
        self._keeper = Keeper(desk, workers)
        self._placers = [shoot.placer for shoot in shoots if isinstance(shoot.placer, Checkable)]

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
        pictures = PictureStore(pictures_url)
        return cls(Database(database_url), pictures, presets, shoots, settings or JobSettings(), observer)

    def start(self) -> None:
        """Begin to carry out what is queued and to deliver messages, with what a killed program left behind; once."""
        self._started = True
        self._keeper.start()
        for thread in self._threads:
            thread.start()

    def close(self, grace_s: float = 30.0) -> None:
        """Stop; safe to call twice.

        No task is begun any more; those under way have ``grace_s`` seconds to finish, and are queued again after that.
        Messages that are not delivered wait in the store.
        """
        if self._started:
            self._started = False
            until = time.monotonic() + grace_s
            for thread in self._threads:
                thread.stop()
            self._bell.ring()
            for thread in self._threads:
                thread.join(max(0.0, until - time.monotonic()))
            self._keeper.stop()  # last: it renews what is under way
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self) -> None:
        """Raise ``StoreError`` unless database and pictures answer and, after ``start``, every worker can work."""
        self._database.check()
        self._pictures.check()
        if self._started and not (self._keeper.is_alive and all(thread.is_alive for thread in self._threads)):
            raise StoreError("a worker has stopped")
        for placer in self._placers:
            try:
                placer.check()
            except DeviceError as error:
                raise StoreError(f"an engine can't work: {error}") from error

    def counts(self) -> QueueCounts:
        """How much there is to do."""
        return QueueCounts(
            queued=self._queue.count([RenderState.QUEUED]),
            processing=self._queue.count(UNDER_WAY),
            pending_deliveries=self._outbox.count_pending(),
        )

    # Applications

    def create_application(self, name: str) -> Credentials:
        """Add an application. Its secrets are in the answer and nowhere else: the store has only their digests.

        Raises:
            SettingsError: The name is empty or over 200 characters.
        """
        return self._applications.create(name)

    def rotate_secrets(self, application_id: UUID) -> Credentials:
        """Replace an application's secrets; the old ones are void from now on.

        Raises:
            UnknownJobError: There is no such application.
        """
        return self._applications.rotate(application_id)

    def applications(self) -> list[Application]:
        """All applications, oldest first."""
        return self._applications.all()

    def find_application(self, application_id: UUID) -> Application:
        """An application.

        Raises:
            UnknownJobError: There is no such application.
        """
        return self._applications.find(application_id)

    def authenticate(self, key: str, secret: str) -> Application:
        """The application that has this ``x-api-key`` and ``x-api-secret``.

        Raises:
            AuthenticationError: There is none.
        """
        return self._applications.authenticate(key, secret)

    def authenticate_token_request(self, application_id: UUID, jwt_private_key: str) -> Application:
        """The application, if this is its ``jwtPrivateKey``.

        Raises:
            AuthenticationError: It is not, or there is no such application.
        """
        return self._applications.authenticate_token_request(application_id, jwt_private_key)

    def grant_credits(self, application_id: UUID, amount: int) -> Application:
        """Give an application credits on top of those that it has.

        Raises:
            UnknownJobError: There is no such application.
            SettingsError: The amount is not above 0.
        """
        return self._applications.grant(application_id, amount)

    def charge(self, application_id: UUID, task_id: UUID) -> None:
        """Take one credit for a task's download; a task is paid once, however often it is downloaded.

        Does nothing where ``JobSettings.credits_required`` is off.

        Raises:
            UnknownJobError: The application has no such task.
            NoCreditsError: It has no credits.
        """
        if self._settings.credits_required:
            self._applications.charge(application_id, task_id)

    # Assets and orders

    def add_asset(self, application_id: UUID, user_id: UUID, product: Product) -> Asset:
        """Keep a described product; pictures of it can then be ordered.

        Raises:
            UnknownJobError: There is no such application.
        """
        return self._assets.add(application_id, user_id, product)

    def find_asset(self, application_id: UUID, asset_id: UUID) -> Asset:
        """An asset.

        Raises:
            UnknownJobError: The application has no such asset.
        """
        return self._assets.find(application_id, asset_id)

    def open_cutout(self, application_id: UUID, asset_id: UUID) -> PictureFile:
        """An asset's cut-out: a PNG with transparency, as large as the photo.

        Raises:
            UnknownJobError: The application has no such asset.
        """
        return self._assets.open_cutout(application_id, asset_id)

    def submit(self, order: Order) -> Process:
        """Queue an order: one task per prompt and size.

        Raises:
            UnknownJobError: The application has no such asset.
            UnknownNameError: A prompt names a preset that does not exist.
            IdempotencyError: The order's key was used for another order.
            BusyError: The queue is full; says when to come back. Nothing was queued.
        """
        process = self._orders.submit(order)
        self._bell.ring()
        return process

    def find_process(self, application_id: UUID, process_id: UUID, user_id: UUID | None = None) -> Process:
        """A process as it stands.

        Args:
            application_id: Who ordered.
            process_id: The process.
            user_id: The user that it must be for. None: any.

        Raises:
            UnknownJobError: The application (or its user) has no such process.
        """
        return self._processes.find(application_id, process_id, user_id)

    def processes_of_user(self, application_id: UUID, user_id: UUID, limit: int = 100) -> list[Process]:
        """A user's latest processes, newest first."""
        return self._processes.of_user(application_id, user_id, limit)

    def processes_of_application(self, application_id: UUID, limit: int = 100) -> list[Process]:
        """An application's latest processes, newest first."""
        return self._processes.of_application(application_id, limit)

    def cancel(self, application_id: UUID, process_id: UUID) -> Process:
        """Cancel what is not finished of a process; what is finished stays. Safe at any time, and twice.

        Raises:
            UnknownJobError: The application has no such process.
        """
        process = self._finisher.cancel(application_id, process_id)
        self._bell.ring()
        return process

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
        return self._results.open(application_id, process_id, task_id, low_resolution=low_resolution, format=format)

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
        picture = self.open_picture(application_id, process_id, task_id, low_resolution=low_resolution, format=format)
        self.charge(application_id, task_id)
        return picture

    # Webhooks

    def create_channel(
        self, application_id: UUID, url: str, *, name: str = "", with_image: bool = False, is_active: bool = True
    ) -> NotificationChannel:
        """Have an address told of an application's tasks and processes that finish from now on.

        Every message is delivered at least once, and not always in order. ``photoshoot.jobs.webhooks.messages`` has
        what it says, ``photoshoot.jobs.webhooks.signing`` how it is signed. An answer of 2xx within ten seconds takes
        it; any other is followed by up to four more tries.

        Raises:
            UnknownJobError: There is no such application.
            TargetError: The address is malformed, or lies in a private network (see ``JobSettings``).
        """
        return self._channels.create(application_id, url, name=name, with_image=with_image, is_active=is_active)

    def channels(self, application_id: UUID, *, only_active: bool = False) -> list[NotificationChannel]:
        """An application's channels, oldest first."""
        return self._channels.of_application(application_id, only_active=only_active)

    def delete_channel(self, application_id: UUID, channel_id: UUID) -> None:
        """Remove a channel and the messages that wait for it.

        Raises:
            UnknownJobError: The application has no such channel.
        """
        self._channels.delete(application_id, channel_id)

    def deliveries(self, application_id: UUID, process_id: UUID) -> list[Delivery]:
        """The messages about a process, oldest first.

        Raises:
            UnknownJobError: The application has no such process.
        """
        return self._channels.deliveries(application_id, process_id)


def _ignore(_: JobEvent) -> None:
    """The observer where there is none."""
