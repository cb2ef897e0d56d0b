"""The database: SQLite in a file, or PostgreSQL.

Brings the tables of older versions up to today's. Each step only adds, so that it can't lose what is kept.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Connection, Engine, Row, create_engine, event, inspect, select, text, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateColumn

from photoshoot.errors import MissingExtraError, SettingsError, StoreError
from photoshoot.jobs.store.tables import SCHEMA_VERSION, Base, SchemaRow

_OLDEST = 1


def migrate(connection: Connection) -> None:
    """Make the tables, or bring those of an older version up to today's.

    Raises:
        StoreError: A newer photoshoot made them.
    """
    known = inspect(connection).has_table(SchemaRow.__tablename__)
    version = connection.scalar(select(SchemaRow.version)) if known else None
    if version is not None and not _OLDEST <= version <= SCHEMA_VERSION:
        raise StoreError(f"the database has tables of version {version}; this photoshoot needs {SCHEMA_VERSION}")
    if version is not None and version < SCHEMA_VERSION:
        _add_columns(connection)
    Base.metadata.create_all(connection)
    if version is None:
        connection.execute(SchemaRow.__table__.insert().values(version=SCHEMA_VERSION))  # type: ignore[attr-defined]
    elif version != SCHEMA_VERSION:
        connection.execute(update(SchemaRow).values(version=SCHEMA_VERSION))


def _add_columns(connection: Connection) -> None:
    there = inspect(connection)
    for table in Base.metadata.sorted_tables:
        if not there.has_table(table.name):
            continue
        names = {column["name"] for column in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in names:
                described = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {described}"))
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    if connection.dialect.name == "postgresql":  # SQLite holds no text to its length
        connection.execute(text("ALTER TABLE notification_channels ALTER COLUMN secret TYPE TEXT"))


_ADDRESSES = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
_POSTGRESQL = ("postgresql", "postgres")
_BUSY_TIMEOUT_MS: Final = 30_000
_SCHEMA_LOCK: Final = 0x70686F746F  # any number that is photoshoot's own; PostgreSQL's advisory locks are numbered
_WRITES: Final = "photoshoot_writes"
_LOCKED: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PRIMARY_CODE: Final = 0xFF  # Source: sqlite.org/rescode.html, the other bits of a code are its extension
_PRAGMAS = (
    f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}",  # first, since the next may have to wait for another program
    "PRAGMA synchronous = FULL",  # an accepted order survives a power cut
    "PRAGMA foreign_keys = ON",
)
if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Record = TypeVar("_Record", bound="DataclassInstance")
_OUT_OF_REACH = (OperationalError, InterfaceError, PoolTimeoutError)


def from_row(kind: type[_Record], row: Base | Row[Any], **changes: Any) -> _Record:
    """A frozen record whose fields are a row's columns of the same names.

    Args:
        kind: The record's dataclass.
        row: Where its fields come from.
        changes: Fields that are no columns, or not as they stand there.
    """
    columns = {item.name: getattr(row, item.name) for item in fields(kind) if item.name not in changes}
    return kind(**columns, **changes)


class Database:
    """Short transactions on the tables of ``photoshoot.jobs.store.tables``.

    Args:
        url: See ``Jobs.open``.

    Raises:
        SettingsError: The address is malformed.
        MissingExtraError: PostgreSQL's driver is missing.
        StoreError: It can't be opened, or another version of photoshoot made its tables.
    """

    def __init__(self, url: str) -> None:
        self._closed = False
        parsed = _parse(url)
        self.file = _file_of(parsed)
        """SQLite's file, which only its owner may read; None: the database is elsewhere."""
        if self.file is not None:
            _make_private(self.file)
        self._engine = _build_engine(parsed)
        self._writer = self._engine.execution_options(**{_WRITES: True})
        try:
            with self.writing() as session:
                _create_tables(session.connection())
        except StoreError as error:
            self.close()
            raise StoreError(f"{error} ({self.file})" if self.file else str(error)) from error
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads.

        Raises:
            StoreError: The database is out of reach.
        """
        with self._tidying(), _translating(), Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A transaction that only reads columns, without objects: half as dear as ``reading``, for what is asked often.

        Raises:
            StoreError: The database is out of reach.
        """
        with self._tidying(), _translating(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed on leaving, and rolled back on any error.

        Raises:
            StoreError: The database is out of reach.
        """
        with self._tidying(), _translating(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def check(self) -> None:
        """Raise ``StoreError`` unless the database answers."""
        with self.reading() as session:
            session.execute(select(SchemaRow.version))

    def close(self) -> None:
        """Close all connections; one that is in use, when its transaction ends."""
        self._closed = True
        self._engine.pool.dispose()

    @contextmanager
    def _tidying(self) -> Iterator[None]:
        try:
            yield
        finally:
            if self._closed:
                self._engine.pool.dispose()


def _parse(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise SettingsError("database_url", "…", _ADDRESSES) from error  # it may hold a password
    if url.get_backend_name() in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        raise SettingsError("database_url", url.render_as_string(hide_password=True), _ADDRESSES)
    return url


def _file_of(url: URL) -> Path | None:
    is_file = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith("file:")
    return Path(url.database) if is_file and url.database else None


def _make_private(file: Path) -> None:
    """Make an empty file, where there is none, so that SQLite gives its mode to the journals beside it, too."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"the database {file} can't be opened: {error.strerror}") from error


def _build_engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=url.get_backend_name() != "sqlite")
    except ImportError as error:
        raise MissingExtraError("PostgreSQL", "postgresql") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's events begin transactions, not the driver
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Keep a journal with which readers and the writer do not wait for each other.

    A file changes to it once. Programs that start at once may be told at once that it is locked: here SQLite does not
    wait for the busy time-out.
    """
    until = time.monotonic() + _BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE not in _LOCKED or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that will write takes the lock first: one that turns from reading to writing can't wait for it."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _create_tables(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # two programs may start at once
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SCHEMA_LOCK})
    migrate(connection)


@contextmanager
def _translating() -> Iterator[None]:
    try:
        yield
    except _OUT_OF_REACH as error:
        cause = getattr(error, "orig", None)  # another's reason may name hosts and users
        told = f": {cause}" if isinstance(cause, sqlite3.Error) else ""
        raise StoreError(f"the database is out of reach{told}") from error
    except SQLAlchemyError as error:
        raise StoreError("the database refused an operation") from error
