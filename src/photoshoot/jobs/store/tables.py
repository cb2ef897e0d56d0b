"""The tables of the store. Times are seconds since 1970; ids are random UUIDs."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA_VERSION = 4
"""Counts up with every change of the tables; ``photoshoot.jobs.store.database`` brings older ones up to it."""

_Serial = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER column
_Digest = String(64)  # SHA-256, hexadecimal


class Base(DeclarativeBase):
    """What all tables share."""


class SchemaRow(Base):
    """One row: which tables these are."""

    __tablename__ = "photoshoot_schema"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ApplicationRow(Base):
    """An application and its secrets' digests."""

    __tablename__ = "applications"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    key_digest: Mapped[str] = mapped_column(_Digest, unique=True)
    secret_digest: Mapped[str] = mapped_column(_Digest)
    jwt_private_key_digest: Mapped[str] = mapped_column(_Digest)
    credentials_version: Mapped[int] = mapped_column(default=1)
    old_key_digest: Mapped[str | None] = mapped_column(_Digest, index=True)  # of the secrets before these
    old_secret_digest: Mapped[str | None] = mapped_column(_Digest)
    old_jwt_private_key_digest: Mapped[str | None] = mapped_column(_Digest)
    old_until_s: Mapped[float | None]  # how long they still count
    disabled_s: Mapped[float | None]  # since when it is shut out
    credits: Mapped[int | None] = mapped_column(BigInteger)
    served_s: Mapped[float] = mapped_column(default=0.0)  # when a task of it was last begun: who waits longest is next
    created_s: Mapped[float]


class SpentTokenRow(Base):
    """A refresh token that new tokens were given for: it counts no more. The row goes once it would have ended."""

    __tablename__ = "spent_tokens"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    until_s: Mapped[float] = mapped_column(index=True)


class CreditRow(Base):
    """A line of the ledger: credits granted, or one taken for a task."""

    __tablename__ = "credit_entries"
    number: Mapped[int] = mapped_column(_Serial, primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey(ApplicationRow.id), index=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("tasks.id"), unique=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    created_s: Mapped[float]


class AssetRow(Base):
    """A product; its pixels are among the pictures."""

    __tablename__ = "assets"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey(ApplicationRow.id), index=True)
    user_id: Mapped[UUID]
    product_name: Mapped[str] = mapped_column(Text)
    product_description: Mapped[str] = mapped_column(Text)
    created_s: Mapped[float]
    deleted_s: Mapped[float | None]  # its pixels and texts are gone; the row stays while orders refer to it


class ProcessRow(Base):
    """An order. Its state follows from its tasks and is kept nowhere."""

    __tablename__ = "processes"
    __table_args__ = (
        UniqueConstraint("application_id", "idempotency_key"),
        Index("processes_of_application", "application_id", "created_s"),
        Index("processes_of_user", "application_id", "user_id", "created_s"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey(ApplicationRow.id))
    user_id: Mapped[UUID]
    asset_id: Mapped[UUID] = mapped_column(ForeignKey(AssetRow.id))
    ordered: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[int]
    formats: Mapped[str | None] = mapped_column(String(60))  # with commas between; None: PNG
    idempotency_key: Mapped[str | None] = mapped_column(String(255))
    order_digest: Mapped[str] = mapped_column(_Digest)
    trace_id: Mapped[str | None] = mapped_column(Text)
    created_s: Mapped[float]


class TaskRow(Base):
    """A picture to be made, and who is making it."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("process_id", "position"),
        Index("tasks_waiting", "state", "application_id", "queued_s"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    process_id: Mapped[UUID] = mapped_column(ForeignKey(ProcessRow.id))
    application_id: Mapped[UUID] = mapped_column(ForeignKey(ApplicationRow.id))
    position: Mapped[int]
    prompt_index: Mapped[int]
    size_label: Mapped[str] = mapped_column(String(40))
    canvas: Mapped[str] = mapped_column(String(60))  # tasks of one canvas can share a batch
    engine: Mapped[str | None] = mapped_column(String(200))  # None: any may make it
    state: Mapped[int]
    error_message: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[UUID | None] = mapped_column(index=True)  # names the claim that it is under way for
    lease_until_s: Mapped[float | None]
    queued_s: Mapped[float]
    started_s: Mapped[float | None]
    finished_s: Mapped[float | None] = mapped_column(index=True)


class ChannelRow(Base):
    """An address that is told. What is secret of it is sealed, since every message needs it."""

    __tablename__ = "notification_channels"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey(ApplicationRow.id), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20), server_default="webhook")
    url: Mapped[str] = mapped_column(Text)  # without a password
    with_image: Mapped[bool]
    is_active: Mapped[bool]
    secret: Mapped[str] = mapped_column(Text)  # what messages are signed with, or the whole address
    created_s: Mapped[float]


class DeliveryRow(Base):
    """A message to a channel: the outbox, written in the transaction that the message tells of."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("deliveries_due", "state", "next_try_s"),)
    number: Mapped[int] = mapped_column(_Serial, primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey(ChannelRow.id, ondelete="CASCADE"), index=True)
    process_id: Mapped[UUID] = mapped_column(ForeignKey(ProcessRow.id), index=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey(TaskRow.id))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)  # without the picture, which is added when it is sent
    state: Mapped[str] = mapped_column(String(20))
    tries: Mapped[int] = mapped_column(default=0)
    next_try_s: Mapped[float]  # while it is under way: when it is taken for lost
    lease: Mapped[UUID | None]
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_s: Mapped[float | None]  # None: by an older version
    settled_s: Mapped[float | None]  # when it was delivered or given up


class DoomedFileRow(Base):
    """A file whose row is gone, and that is still to be removed: written in the transaction that deletes the row."""

    __tablename__ = "doomed_files"
    number: Mapped[int] = mapped_column(_Serial, primary_key=True)
    path: Mapped[str] = mapped_column(Text)
