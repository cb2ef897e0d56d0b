"""Messages that wait to be delivered."""

import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from photoshoot.jobs.settings import Clock, JobSettings
from photoshoot.jobs.store.database import Database, from_row
from photoshoot.jobs.store.records import DeliveryState, TaskKey
from photoshoot.jobs.store.sealing import Sealer
from photoshoot.jobs.store.tables import ChannelRow, DeliveryRow

_BACKOFF_FACTOR: Final = 4.0
_LOST_AFTER: Final = 3.0  # a try that takes so many time limits is taken for lost with its program


@dataclass(frozen=True, kw_only=True)
class DeliveryClaim:
    """A message that is about to be sent, and where to."""

    number: int
    """Its row in the outbox."""
    id: UUID
    """The message's id, the same at every try."""
    lease: UUID
    """Names this try, and no other."""
    url: str = field(repr=False)
    """The channel's address: http or https, or amqp or amqps with its password."""
    secret: str = field(repr=False)
    """The channel's secret, which signs the message; empty for RabbitMQ."""
    picture_of: TaskKey | None
    """The task whose picture goes with it; None: none does."""
    body: dict[str, Any] = field(repr=False)
    """What it says, without a picture; ``photoshoot.jobs.webhooks.messages`` made it."""


class Outbox:
    """Hands out messages, one a channel at a time, and keeps what became of them.

    Args:
        database: Where they are kept.
        settings: How often a message is tried, and when again.
        sealer: Opens the channels' secrets.
        clock: Seconds since 1970.
    """

    def __init__(
        self, database: Database, settings: JobSettings, sealer: Sealer | None = None, clock: Clock = time.time
    ) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._sealer = sealer or Sealer()

    def claim(self, most: int) -> list[DeliveryClaim]:
        """Take up to ``most`` messages that are due: each channel's oldest, unless it has one under way already."""
        now = self._clock()
        with self._database.writing() as session:
            pending = DeliveryRow.state == DeliveryState.PENDING
            busy = select(DeliveryRow.channel_id).where(pending, DeliveryRow.lease.is_not(None))
            busy = busy.where(DeliveryRow.next_try_s > now)
            due = (pending, DeliveryRow.next_try_s <= now)
            oldest = select(func.min(DeliveryRow.number)).where(*due, DeliveryRow.channel_id.not_in(busy))
            numbers = session.scalars(oldest.group_by(DeliveryRow.channel_id).limit(most)).all()
            free = select(DeliveryRow).where(DeliveryRow.number.in_(numbers), *due).with_for_update(skip_locked=True)
            return [self._take(session, row, now) for row in session.scalars(free).all()]

    def _take(self, session: Session, row: DeliveryRow, now: float) -> DeliveryClaim:
        channel = session.get_one(ChannelRow, row.channel_id)
        row.lease, row.next_try_s = uuid.uuid4(), now + _LOST_AFTER * self._settings.webhook_timeout_s
        picture_of = None
        if channel.with_image and row.task_id is not None and row.body["IsSuccessful"]:
            picture_of = TaskKey(application_id=channel.application_id, process_id=row.process_id, task_id=row.task_id)
        secret = self._sealer.open(channel.secret)
        url, secret = (secret, "") if channel.kind == "rabbitmq" else (channel.url, secret)
        return from_row(DeliveryClaim, row, url=url, secret=secret, picture_of=picture_of)

    def settle(self, delivery: DeliveryClaim, error: str) -> DeliveryState | None:
        """Keep what became of a try: ``error`` is empty where the message was taken.

        Returns:
            Where the message stands now; None: its channel was deleted, or the try was taken for lost.
        """
        with self._database.writing() as session:
            mine = (DeliveryRow.number == delivery.number, DeliveryRow.lease == delivery.lease)
            row = session.scalar(select(DeliveryRow).where(*mine).with_for_update())
            if row is None:
                return None
            row.tries, row.last_error, row.lease = row.tries + 1, error, None
            row.settled_s = None if error and row.tries < self._settings.webhook_tries else self._clock()
            if not error:
                row.state = DeliveryState.DELIVERED
            elif row.tries >= self._settings.webhook_tries:
                row.state = DeliveryState.GIVEN_UP
            else:
                row.next_try_s = self._clock() + self._settings.webhook_backoff_s * _BACKOFF_FACTOR ** (row.tries - 1)
            return DeliveryState(row.state)

    def count_pending(self) -> int:
        """How many messages wait for a try."""
        query = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.state == DeliveryState.PENDING)
        with self._database.reading() as session:
            return session.scalar(query) or 0
