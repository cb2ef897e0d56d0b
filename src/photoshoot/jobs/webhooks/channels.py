"""Notification channels: who is told."""

import importlib
import time
import uuid
from uuid import UUID

import httpx
from sqlalchemy import select
from sqlalchemy.orm import Session

from photoshoot.errors import MissingExtraError, TargetError, UnknownJobError
from photoshoot.jobs.settings import JobSettings
from photoshoot.jobs.store.applications import lock_application
from photoshoot.jobs.store.database import Database, from_row
from photoshoot.jobs.store.processes import find_process
from photoshoot.jobs.store.records import Delivery, DeliveryState, NotificationChannel
from photoshoot.jobs.store.sealing import Sealer
from photoshoot.jobs.store.tables import ChannelRow, DeliveryRow
from photoshoot.jobs.webhooks.signing import draw_secret
from photoshoot.jobs.webhooks.ssrf import AMQP, Target, resolve_target
from photoshoot.settings import check_text

_LONGEST_NAME = 200
WEBHOOK, RABBITMQ = "webhook", "rabbitmq"
"""Kinds of channels. Of the latter the whole address is the secret, since it holds a password."""


class Channels:
    """The addresses that applications want to be told at."""

    def __init__(self, database: Database, settings: JobSettings, sealer: Sealer) -> None:
        self._database, self._settings, self._sealer = database, settings, sealer

    def seal_all(self) -> None:
        """Seal the secrets that are kept in the clear, or sealed with an older key.

        Raises:
            StoreError: One was sealed with a key that is not known.
        """
        with self._database.writing() as session:
            for row in session.scalars(select(ChannelRow)):
                if not self._sealer.is_current(row.secret):
                    row.secret = self._sealer.seal_again(row.secret)

    def create(
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
        if name:
            check_text("name", name, _LONGEST_NAME)
        target = self._look_at(url)
        broker = target.url.scheme in AMQP
        secret = str(target.url) if broker else draw_secret()
        row = ChannelRow(
            id=uuid.uuid4(),
            application_id=application_id,
            name=name,
            kind=RABBITMQ if broker else WEBHOOK,
            url=_without_password(target.url),
            with_image=with_image,
            is_active=is_active,
            secret=self._sealer.seal(secret),
            created_s=time.time(),
        )
        with self._database.writing() as session:
            lock_application(session, application_id)
            session.add(row)
        return self._read(row)

    def of_application(self, application_id: UUID, *, only_active: bool = False) -> list[NotificationChannel]:
        """An application's channels, oldest first."""
        query = select(ChannelRow).where(ChannelRow.application_id == application_id)
        if only_active:
            query = query.where(ChannelRow.is_active)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(ChannelRow.created_s, ChannelRow.id)).all()
        return [self._read(row) for row in rows]

    def _read(self, row: ChannelRow) -> NotificationChannel:
        secret = "" if row.kind == RABBITMQ else self._sealer.open(row.secret)
        return from_row(NotificationChannel, row, secret=secret)

    def _look_at(self, url: str) -> Target:
        """An address, looked up.

        Raises:
            TargetError: It is malformed, may not be used, or is a broker's where the extra ``rabbitmq`` is missing.
        """
        target = resolve_target(url, allow_private=self._settings.allow_private_targets)
        if target.url.scheme in AMQP:
            try:
                importlib.import_module("photoshoot.jobs.webhooks.rabbitmq")
            except MissingExtraError as error:
                raise TargetError("this service takes no addresses of RabbitMQ") from error
        return target

    def update(
        self,
        application_id: UUID,
        channel_id: UUID,
        *,
        url: str | None = None,
        name: str | None = None,
        with_image: bool | None = None,
        is_active: bool | None = None,
    ) -> NotificationChannel:
        """Change what is given of a channel; its secret stays, and what waits goes to the new address.

        Raises:
            UnknownJobError: The application has no such channel.
            TargetError: The address is malformed, may not be used, or is of another kind than before.
        """
        if name:
            check_text("name", name, _LONGEST_NAME)
        target = None if url is None else self._look_at(url).url
        with self._database.writing() as session:
            row = _find(session, application_id, channel_id)
            if target is not None and (target.scheme in AMQP) != (row.kind == RABBITMQ):
                raise TargetError("a channel stays a webhook, or one of RabbitMQ: create another")
            if target is not None and row.kind == RABBITMQ:
                row.secret = self._sealer.seal(str(target))
            plain = None if target is None else _without_password(target)
            changes = {"url": plain, "name": name, "with_image": with_image, "is_active": is_active}
            for column, value in changes.items():
                if value is not None:
                    setattr(row, column, value)
        return self._read(row)

    def deliveries_of(
        self,
        application_id: UUID,
        channel_id: UUID,
        *,
        state: DeliveryState | None,
        before: UUID | None,
        limit: int,
    ) -> list[Delivery]:
        """The messages of a channel, newest first.

        Args:
            application_id: Whose channel it is.
            channel_id: The channel.
            state: In this state alone. None: in any.
            before: The last one of the page before. None: the first page.
            limit: Most messages.

        Raises:
            UnknownJobError: The application has no such channel, or the channel no such message.
        """
        query = select(DeliveryRow).where(DeliveryRow.channel_id == channel_id)
        with self._database.reading() as session:
            _find(session, application_id, channel_id)
            if state is not None:
                query = query.where(DeliveryRow.state == state)
            if before is not None:
                query = query.where(DeliveryRow.number < _find_delivery(session, channel_id, before).number)
            rows = session.scalars(query.order_by(DeliveryRow.number.desc()).limit(limit)).all()
        return [from_row(Delivery, row, state=DeliveryState(row.state)) for row in rows]

    def redeliver(self, application_id: UUID, channel_id: UUID, delivery_id: UUID) -> Delivery:
        """Send a message once more, with the same id and as many tries as a new one has.

        Raises:
            UnknownJobError: The application has no such channel, or the channel no such message.
        """
        with self._database.writing() as session:
            _find(session, application_id, channel_id)
            row = _find_delivery(session, channel_id, delivery_id)
            row.state, row.tries, row.lease, row.last_error = DeliveryState.PENDING, 0, None, ""
            row.next_try_s, row.settled_s = time.time(), None
        return from_row(Delivery, row, state=DeliveryState.PENDING)

    def delete(self, application_id: UUID, channel_id: UUID) -> None:
        """Remove a channel and the messages that wait for it.

        Raises:
            UnknownJobError: The application has no such channel.
        """
        with self._database.writing() as session:
            session.delete(_find(session, application_id, channel_id))

    def deliveries(self, application_id: UUID, process_id: UUID) -> list[Delivery]:
        """The messages about a process, oldest first.

        Raises:
            UnknownJobError: The application has no such process.
        """
        query = select(DeliveryRow).where(DeliveryRow.process_id == process_id).order_by(DeliveryRow.number)
        with self._database.reading() as session:
            find_process(session, application_id, process_id)
            rows = session.scalars(query).all()
        return [from_row(Delivery, row, state=DeliveryState(row.state)) for row in rows]


def _without_password(url: httpx.URL) -> str:
    return str(url.copy_with(username=url.username, password=None) if url.userinfo else url)


def _find(session: Session, application_id: UUID, channel_id: UUID) -> ChannelRow:
    row = session.get(ChannelRow, channel_id)
    if row is None or row.application_id != application_id:
        raise UnknownJobError("channel", channel_id)
    return row


def _find_delivery(session: Session, channel_id: UUID, delivery_id: UUID) -> DeliveryRow:
    query = select(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.channel_id == channel_id)
    row = session.scalar(query)
    if row is None:
        raise UnknownJobError("delivery", delivery_id)
    return row
