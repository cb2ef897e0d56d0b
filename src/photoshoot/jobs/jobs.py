"""START HERE: orders in, finished pictures out, across restarts.

``Jobs`` puts the parts together: ``submit`` writes an order's tasks to the database, ``queue.worker`` claims and makes
them, ``queue.finishing`` makes them final and writes the messages that ``webhooks.sender`` delivers.
"""

import shutil
from collections.abc import Sequence
from typing import Self
from uuid import UUID

from photoshoot.errors import DeviceError, StoreError
from photoshoot.jobs.estimates import Estimate, Estimates
from photoshoot.jobs.events import JobEvent, Observer
from photoshoot.jobs.notifier import Notifier
from photoshoot.jobs.order_intake import OrderIntake
from photoshoot.jobs.orders import Order, Process, RenderState
from photoshoot.jobs.pictures import Pictures
from photoshoot.jobs.queue.finishing import Finisher
from photoshoot.jobs.queue.planner import Planner
from photoshoot.jobs.queue.pool import WorkerPool
from photoshoot.jobs.queue.queue import UNDER_WAY, TaskQueue
from photoshoot.jobs.queue.task_runner import WorkerContext
from photoshoot.jobs.rerolls import order_again
from photoshoot.jobs.retention import RetentionSweeper
from photoshoot.jobs.settings import JobPart, JobSettings
from photoshoot.jobs.store.applications import Applications
from photoshoot.jobs.store.assets import Assets, has_assets
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.deletion import Deletions
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.processes import Processes
from photoshoot.jobs.store.records import QueueCounts
from photoshoot.jobs.store.results import Results
from photoshoot.jobs.store.sealing import Sealer
from photoshoot.jobs.webhooks.channels import Channels
from photoshoot.jobs.webhooks.outbox import Outbox
from photoshoot.jobs.webhooks.sender import WebhookSender
from photoshoot.photoshoot import Photoshoot
from photoshoot.presets import PresetRegistry
from photoshoot.stages import Checkable


class Jobs:
    """Keeps applications, assets, orders, pictures and webhooks in a store, and carries orders out.

    May be called from several threads; several programs may share a store. Calls block for as long as the store takes,
    milliseconds as a rule; ``assets.add``, ``results.open`` and ``download`` also encode or read pictures.

    Every look-up is scoped to an application: the id of another application's process, task, asset or channel is
    answered like one that does not exist, with ``UnknownJobError``. Any method of the parts raises ``StoreError`` where
    the store is out of reach.
    """

    def __init__(
        self,
        database: Database,
        objects: ObjectStore,
        presets: PresetRegistry,
        shoots: Sequence[Photoshoot],
        settings: JobSettings,
        observer: Observer | None,
        part: JobPart,
    ) -> None:
        any_text = any(shoot.reads_any_text for shoot in shoots)
        observer, sealer = observer or _ignore, Sealer(part.sealing_keys)
        self._database, self._objects, self._settings, self._started = database, objects, settings, False
        self.applications = Applications(database, credits_required=settings.credits_required)
        """Who may order: secrets and credits."""
        self.assets = Assets(database, objects)
        """Products that pictures can be ordered of."""
        self.processes = Processes(database)
        """What was ordered, and how far it is."""
        self.results = Results(database, objects, records=settings.picture_records)
        """Finished pictures."""
        self.channels = Channels(database, settings, sealer)
        """Webhooks: who is told."""
        self.channels.seal_all()
        self.context = WorkerContext(
            queue=TaskQueue(database, settings, owner=part.owner, engine=part.engine),
            planner=Planner(self.assets, presets, any_text=any_text),
            results=self.results,
            finisher=Finisher(database, observer),
            settings=settings,
            observer=observer,
            notifier=Notifier(),
        )
        """What the workers share."""
        self.notifier = self.context.notifier
        """Wakes whoever waits for work."""
        makers = part.makers or len(shoots)
        self._intake = OrderIntake(database, presets, settings, makers, observer, _engines_of(part, any_text))
        self.pictures = Pictures(self.results, self.applications, self.context.queue, self.notifier)
        """Finished pictures on their way out, paid for where they are to be."""
        self.deletions = Deletions(database, objects)
        """What is to be kept no longer."""
        self._estimates = Estimates(database, self.context.queue, makers)
        self._outbox = Outbox(database, settings, sealer)
        sender = WebhookSender(self._outbox, self.pictures.for_message, settings, observer, self.notifier)
        sweeper = RetentionSweeper(self.deletions, settings, self.notifier)
        self._pool = WorkerPool(self.context, shoots, [sender, sweeper] if part.delivers else [])
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
        part: JobPart | None = None,
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
            part: What this program has to do with the store, where others share it. None: everything.

        Raises:
            StoreError: The store can't be opened.
            SettingsError: An address is malformed.
            MissingExtraError: A package for this address is missing.
        """
        database = Database(database_url)
        try:
            objects = ObjectStore(pictures_url, is_known=has_assets(database))
            return cls(
                database,
                objects,
                presets,
                shoots,
                settings or JobSettings(),
                observer,
                part or JobPart(),
            )
        except BaseException:
            database.close()
            raise

    def start(self) -> None:
        """Begin to carry out what is queued and to deliver messages, with what a killed program left behind; once."""
        self._started = True
        self._pool.start()

    def close(self, grace_s: float = 30.0) -> None:
        """Stop; safe to call twice.

        No task is begun any more; those under way have ``grace_s`` seconds to finish, and are queued again after that.
        Messages that are not delivered wait in the store.
        """
        if self._started:
            self._started = False
            self._pool.close(grace_s)
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self) -> None:
        """Raise ``StoreError`` unless database and pictures answer, have room on their disks, and workers can work."""
        self._database.check()
        self._objects.check()
        for place in (self._database.file and self._database.file.parent, self._objects.folder):
            if place is not None and shutil.disk_usage(place).free < self._settings.least_free_bytes:
                raise StoreError("a disk of the store is full")
        if self._started and not self._pool.is_alive:
            raise StoreError("a worker has stopped")
        for placer in self._placers:
            try:
                placer.check()
            except DeviceError as error:
                raise StoreError(f"an engine can't work: {error}") from error

    def take_over(self, owner: bytes) -> None:
        """Queue again what a program has left that is known to be gone: at once, not only when its leases run out."""
        self.context.queue.abandon(owner)
        self._pool.take_over()

    def counts(self) -> QueueCounts:
        """How much there is to do."""
        return QueueCounts(
            queued=self.context.queue.count([RenderState.QUEUED]),
            processing=self.context.queue.count(UNDER_WAY),
            pending_deliveries=self._outbox.count_pending(),
        )

    def submit(self, order: Order) -> Process:
        """Queue an order: one task per prompt and size.

        Raises:
            UnknownJobError: The application has no such asset.
            UnknownNameError: A prompt names a preset that does not exist.
            IdempotencyError: The order's key was used for another order.
            BusyError: The queue is full; says when to come back. Nothing was queued.
        """
        process = self._intake.submit(order)
        self.context.notifier.notify()
        return process

    def cancel(self, application_id: UUID, process_id: UUID, task_id: UUID | None = None) -> Process:
        """Cancel what is not finished of a process, or of one task of it; what is finished stays. Safe twice.

        Raises:
            UnknownJobError: The application has no such process, or the process no such task.
        """
        process = self.context.finisher.cancel(application_id, process_id, task_id)
        self.context.notifier.notify()
        return process

    def reroll(self, application_id: UUID, process_id: UUID, task_id: UUID, seed: int | None = None) -> Process:
        """Order a task's picture once more, with another seed: a new process of one task.

        Args:
            application_id: The application that ordered it.
            process_id: The process.
            task_id: Its task.
            seed: The new seed, 0 to 2**31 - 1. None: a random one.

        Raises:
            UnknownJobError: The application has no such task in such a process, or the upload was deleted.
            SettingsError: The seed is out of its range.
            BusyError: The queue is full.
        """
        return self.submit(order_again(self._database, application_id, process_id, task_id, seed))

    def estimate(self, process: Process) -> Estimate:
        """When a process's turn is, and how long it will take, by the pace of the latest tasks."""
        return self._estimates.of(process)


def _engines_of(part: JobPart, any_text: bool) -> dict[str | None, bool]:
    """What orders may name, with whether it reads any text, as whatever makes pictures here may do."""
    named: dict[str | None, bool] = {name: reads or any_text for name, reads in part.engines.items()}
    return named or {None: any_text}


def _ignore(_: JobEvent) -> None:
    """The observer where there is none."""
