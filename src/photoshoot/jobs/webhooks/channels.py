"""Notification channels: who is told."""

from __future__ import annotations

import time
import uuid
from uuid import UUID

from sqlalchemy import select

from photoshoot.errors import UnknownJobError
from photoshoot.jobs.settings import JobSettings
from photoshoot.jobs.store.applications import lock_application
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.processes import find_process
from photoshoot.jobs.store.records import Delivery, DeliveryState, NotificationChannel, check_text
from photoshoot.jobs.store.tables import ChannelRow, DeliveryRow
from photoshoot.jobs.webhooks.signing import draw_secret
from photoshoot.jobs.webhooks.ssrf import resolve_target

_LONGEST_NAME = 200


class Channels:
    """The addresses that applications want to be told at."""

    def __init__(self, database: Database, settings: JobSettings) -> None:
        self._database, self._settings = database, settings

    def create(
        self, application_id: UUID, url: str, *, name: str, with_image: bool, is_active: bool
    ) -> NotificationChannel:
        """See ``Jobs.create_channel``."""
        if name:
            check_text("name", name, _LONGEST_NAME)
        target = resolve_target(url, allow_private=self._settings.allow_private_targets)
        row = ChannelRow(
            id=uuid.uuid4(),
            application_id=application_id,
            name=name,
            url=str(target.url),
            with_image=with_image,
            is_active=is_active,
            secret=draw_secret(),
            created_s=time.time(),
        )
        with self._database.writing() as session:
            lock_application(session, application_id)
            session.add(row)
        return _record(row)

    def of_application(self, application_id: UUID, *, only_active: bool) -> list[NotificationChannel]:
        """See ``Jobs.channels``."""
        query = select(ChannelRow).where(ChannelRow.application_id == application_id)
        if only_active:
            query = query.where(ChannelRow.is_active)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(ChannelRow.created_s, ChannelRow.id)).all()
        return [_record(row) for row in rows]

    def delete(self, application_id: UUID, channel_id: UUID) -> None:
        """See ``Jobs.delete_channel``."""
        with self._database.writing() as session:
            row = session.get(ChannelRow, channel_id)
            if row is None or row.application_id != application_id:
                raise UnknownJobError("channel", channel_id)
            session.delete(row)

    def deliveries(self, application_id: UUID, process_id: UUID) -> list[Delivery]:
        """See ``Jobs.deliveries``."""
        query = select(DeliveryRow).where(DeliveryRow.process_id == process_id).order_by(DeliveryRow.number)
        with self._database.reading() as session:
            find_process(session, application_id, process_id)
            rows = session.scalars(query).all()
        return [_delivery(row) for row in rows]


def _record(row: ChannelRow) -> NotificationChannel:
    return NotificationChannel(
        id=row.id,
        application_id=row.application_id,
        name=row.name,
        url=row.url,
        with_image=row.with_image,
        is_active=row.is_active,
        secret=row.secret,
        created_s=row.created_s,
    )


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        id=row.id,
        channel_id=row.channel_id,
        process_id=row.process_id,
        task_id=row.task_id,
        state=DeliveryState(row.state),
        tries=row.tries,
        last_error=row.last_error,
    )
