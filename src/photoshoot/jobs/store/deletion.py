"""Deletes what is kept of an upload, a picture, a process, a user or an application.

Rows go first, in one transaction, so that every URL and id is dead at once; it also writes down which files are doomed,
and these are removed next, by whoever sweeps after a crash.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from photoshoot.errors import UnknownJobError
from photoshoot.jobs.orders import RenderState
from photoshoot.jobs.store.applications import lock_application
from photoshoot.jobs.store.assets import path_of_asset
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.processes import find_process, lock_process
from photoshoot.jobs.store.records import TaskKey
from photoshoot.jobs.store.results import paths_of_picture
from photoshoot.jobs.store.tables import (
    AssetRow,
    ChannelRow,
    CreditRow,
    DeliveryRow,
    DoomedFileRow,
    ProcessRow,
    TaskRow,
)

DELETED_MESSAGE = "The picture was deleted."
"""``error_message`` of a task whose picture was deleted."""
UPLOAD_DELETED_MESSAGE = "The upload was deleted."
"""``error_message`` of a task that was still to be made of an upload that was deleted."""
_AT_ONCE = 200
_OPEN = (RenderState.QUEUED, RenderState.PROCESSING, RenderState.UPLOADING)


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """What was deleted, by its ids."""

    uploads: tuple[UUID, ...] = ()
    """Assets whose pixels and texts are gone."""
    processes: tuple[UUID, ...] = ()
    """Processes that are gone, with their tasks and messages."""
    pictures: tuple[UUID, ...] = ()
    """Tasks whose pictures are gone."""
    channels: tuple[UUID, ...] = ()
    """Notification channels that are gone."""


class Deletions:
    """Deletes, for good. Credits that were paid stay in the ledger, without what they were paid for."""

    def __init__(self, database: Database, objects: ObjectStore) -> None:
        self._database, self._objects = database, objects

    def upload(self, application_id: UUID, asset_id: UUID) -> Deleted:
        """Delete an upload. What is not made yet of it is cancelled; pictures of it stay.

        Raises:
            UnknownJobError: The application has no such asset.
        """
        with self._database.writing() as session:
            row = session.get(AssetRow, asset_id)
            if row is None or row.application_id != application_id or row.deleted_s is not None:
                raise UnknownJobError("asset", asset_id)
            _delete_assets(session, [row])
        self.remove_doomed()
        return Deleted(uploads=(asset_id,))

    def picture(self, application_id: UUID, process_id: UUID, task_id: UUID) -> Deleted:
        """Delete a task's picture; the task is cancelled from then on.

        Raises:
            UnknownJobError: The application has no such task in such a process, or its picture was deleted already.
        """
        with self._database.writing() as session:
            lock_process(session, process_id)
            process = find_process(session, application_id, process_id)
            if task_id not in {task.id for task in process.tasks if task.error_message != DELETED_MESSAGE}:
                raise UnknownJobError("task", task_id)
            _doom_pictures(session, application_id, process_id, [task_id])
            _cancel(session, TaskRow.id == task_id, DELETED_MESSAGE)
        self.remove_doomed()
        return Deleted(pictures=(task_id,))

    def process(self, application_id: UUID, process_id: UUID) -> Deleted:
        """Delete a process, with its pictures and messages.

        Raises:
            UnknownJobError: The application has no such process.
        """
        with self._database.writing() as session:
            row = lock_process(session, process_id)
            if row is None or row.application_id != application_id:
                raise UnknownJobError("process", process_id)
            pictures = _delete_processes(session, [row])
        self.remove_doomed()
        return Deleted(processes=(process_id,), pictures=tuple(pictures))

    def user(self, application_id: UUID, user_id: UUID) -> Deleted:
        """Delete everything of an application's user; one of whom nothing is kept is no error."""
        with self._database.writing() as session:
            lock_application(session, application_id)
            deleted = _delete_all(session, application_id, user_id)
        self.remove_doomed()
        return deleted

    def application(self, application_id: UUID) -> Deleted:
        """Delete an application and everything of it; its secrets and tokens are void at once.

        Raises:
            UnknownJobError: There is no such application.
        """
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            channels = select(ChannelRow.id).where(ChannelRow.application_id == application_id)
            channel_ids = session.scalars(channels).all()
            deleted = _delete_all(session, application_id, None)
            session.execute(delete(DeliveryRow).where(DeliveryRow.channel_id.in_(channel_ids)))
            session.execute(delete(ChannelRow).where(ChannelRow.application_id == application_id))
            session.execute(delete(CreditRow).where(CreditRow.application_id == application_id))
            session.delete(row)
        self.remove_doomed()
        return Deleted(**{**vars(deleted), "channels": tuple(channel_ids)})

    def older_than(self, *, uploads_s: float | None, pictures_s: float | None, messages_s: float | None) -> Deleted:
        """Delete what is older than these times, seconds since 1970; None: nothing of that kind.

        What is still to be made or sent stays, and the upload that it is made of.
        """
        deleted = Deleted()
        with self._database.writing() as session:
            if messages_s is not None:
                session.execute(delete(DeliveryRow).where(DeliveryRow.settled_s < messages_s))
            if pictures_s is not None:
                rows = session.scalars(_finished_before(pictures_s)).all()
                pictures = _delete_processes(session, rows)
                deleted = Deleted(processes=tuple(row.id for row in rows), pictures=tuple(pictures))
            if uploads_s is not None:
                assets = session.scalars(_uploaded_before(uploads_s)).all()
                deleted = Deleted(**{**vars(deleted), "uploads": tuple(row.id for row in assets)})
                _delete_assets(session, assets)
        self.remove_doomed()
        return deleted

    def remove_doomed(self) -> None:
        """Remove the files of what was deleted; those that can't be removed now are when this is called again.

        Raises:
            StoreError: The store is out of reach.
        """
        while True:
            with self._database.reading() as session:
                rows = session.scalars(select(DoomedFileRow).order_by(DoomedFileRow.number).limit(_AT_ONCE)).all()
            if not rows:
                return
            for row in rows:
                self._objects.remove(row.path)
            with self._database.writing() as session:
                numbers = [row.number for row in rows]
                session.execute(delete(DoomedFileRow).where(DoomedFileRow.number.in_(numbers)))


def _delete_all(session: Session, application_id: UUID, user_id: UUID | None) -> Deleted:
    """Processes, pictures and uploads of an application, or of one of its users."""
    processes = select(ProcessRow).where(ProcessRow.application_id == application_id)
    assets = select(AssetRow).where(AssetRow.application_id == application_id)
    if user_id is not None:
        processes, assets = processes.where(ProcessRow.user_id == user_id), assets.where(AssetRow.user_id == user_id)
    process_rows = session.scalars(processes).all()
    pictures = _delete_processes(session, process_rows)
    asset_rows = session.scalars(assets).all()
    uploads = tuple(row.id for row in asset_rows if row.deleted_s is None)
    _delete_assets(session, asset_rows)
    return Deleted(uploads=uploads, processes=tuple(row.id for row in process_rows), pictures=tuple(pictures))


def _delete_processes(session: Session, rows: Sequence[ProcessRow]) -> list[UUID]:
    """Delete processes; returns the tasks that had a picture."""
    pictures: list[UUID] = []
    for row in rows:
        tasks = session.scalars(select(TaskRow).where(TaskRow.process_id == row.id)).all()
        ids = [task.id for task in tasks]
        pictures += [task.id for task in tasks if task.state == RenderState.COMPLETED]
        _doom_pictures(session, row.application_id, row.id, ids)
        session.execute(update(CreditRow).where(CreditRow.task_id.in_(ids)).values(task_id=None))
        session.execute(delete(DeliveryRow).where(DeliveryRow.process_id == row.id))
        session.execute(delete(TaskRow).where(TaskRow.process_id == row.id))
    session.flush()
    session.execute(delete(ProcessRow).where(ProcessRow.id.in_([row.id for row in rows])))
    _drop_empty_assets(session, AssetRow.id.in_([row.asset_id for row in rows]))
    return pictures


def _delete_assets(session: Session, rows: Sequence[AssetRow]) -> None:
    """What is kept of assets; their rows stay while processes refer to them."""
    for row in rows:
        if row.deleted_s is None:
            session.add(DoomedFileRow(path=path_of_asset(row.application_id, row.id)))
            row.product_name, row.product_description, row.deleted_s = "", "", time.time()
    ids = [row.id for row in rows]
    orders = select(ProcessRow.id).where(ProcessRow.asset_id.in_(ids))
    _cancel(session, TaskRow.process_id.in_(orders), UPLOAD_DELETED_MESSAGE, _OPEN)
    session.flush()
    _drop_empty_assets(session, AssetRow.id.in_(ids))


def _drop_empty_assets(session: Session, condition: ColumnElement[bool]) -> None:
    used = select(ProcessRow.asset_id)
    session.execute(
        delete(AssetRow)
        .where(condition, AssetRow.deleted_s.is_not(None), AssetRow.id.not_in(used))
        .execution_options(synchronize_session=False)
    )


def _doom_pictures(session: Session, application_id: UUID, process_id: UUID, task_ids: Sequence[UUID]) -> None:
    for task_id in task_ids:
        key = TaskKey(application_id=application_id, process_id=process_id, task_id=task_id)
        session.add_all(DoomedFileRow(path=path) for path in paths_of_picture(key))


def _cancel(session: Session, condition: ColumnElement[bool], message: str, states: Sequence[RenderState] = ()) -> None:
    query = update(TaskRow).where(condition)
    if states:
        query = query.where(TaskRow.state.in_(states))
    gone = {"lease": None, "lease_until_s": None, "finished_s": time.time()}
    session.execute(query.values(state=RenderState.CANCELLED, error_message=message, **gone))


def _finished_before(seconds: float) -> Select[ProcessRow]:
    busy = select(TaskRow.process_id).where((TaskRow.finished_s.is_(None)) | (TaskRow.finished_s >= seconds))
    return select(ProcessRow).where(ProcessRow.created_s < seconds, ProcessRow.id.not_in(busy)).limit(_AT_ONCE)


def _uploaded_before(seconds: float) -> Select[AssetRow]:
    waiting = select(ProcessRow.asset_id).join(TaskRow, TaskRow.process_id == ProcessRow.id)
    waiting = waiting.where(TaskRow.state.in_(_OPEN))
    old = select(AssetRow).where(AssetRow.created_s < seconds, AssetRow.deleted_s.is_(None))
    return old.where(AssetRow.id.not_in(waiting)).limit(_AT_ONCE)
