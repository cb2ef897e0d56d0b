from __future__ import annotations

import importlib
import os
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select, text, update

from photoshoot.errors import MissingExtraError, SettingsError, StoreError
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.tables import SCHEMA_VERSION, ApplicationRow, ChannelRow, SchemaRow


def test_what_failed_is_rolled_back(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(database)
    database.check()
    database.close()
    Database(database_url).close()  # its tables are still of the right version


def _write_and_fail(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(SchemaRow).values(version=99))
        raise ZeroDivisionError


def test_tables_of_another_version_are_refused(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as session:
        session.execute(update(SchemaRow).values(version=99))
    database.close()
    with pytest.raises(StoreError, match="version 99"):
        Database(database_url)


def test_programs_that_start_at_once_make_the_tables_once(database_url: str) -> None:
    failures: list[Exception] = []

    def open_it() -> None:
        try:
            Database(database_url).close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_readers_do_not_wait_for_a_writer(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.writing() as writing, database.reading() as reading:
        writing.execute(update(SchemaRow).values(version=99))
        assert reading.scalar(text("SELECT version FROM photoshoot_schema")) == SCHEMA_VERSION
    with database.reading() as reading:
        assert reading.scalar(text("SELECT version FROM photoshoot_schema")) == 99
        assert reading.scalar(text("PRAGMA journal_mode")) == "wal"
        assert reading.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()


def test_two_writers_take_turns(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    def count_up() -> None:
        for _ in range(20):
            with database.writing() as session:
                row = session.execute(text("SELECT version FROM photoshoot_schema")).scalar_one()
                session.execute(update(SchemaRow).values(version=row + 1))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.execute(text("SELECT version FROM photoshoot_schema")).scalar_one() == SCHEMA_VERSION + 80
    database.close()


def test_what_is_out_of_reach_is_a_store_error_without_a_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="out of reach") as failed:
        Database("postgresql://somebody:hidden@127.0.0.1:1/none?connect_timeout=2")
    assert "hidden" not in str(failed.value)
    (tmp_path / "not-a-database").write_bytes(b"something else" * 100)
    with pytest.raises(StoreError):
        Database(f"sqlite:///{tmp_path / 'not-a-database'}")


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="database_url"):
        Database(url)


def test_it_is_a_file_that_other_tools_can_read(sqlite_url: str, tmp_path: Path) -> None:
    Database(sqlite_url).close()
    connection = sqlite3.connect(tmp_path / "jobs.db")
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert {"applications", "processes", "tasks", "deliveries"} <= names


@pytest.mark.parametrize("package", ["sqlalchemy", "fsspec", "httpx"])
def test_a_missing_package_is_named_by_its_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "photoshoot.jobs")
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[server\]"):
        importlib.import_module("photoshoot.jobs")


def test_a_missing_driver_is_named_by_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[postgresql\]"):
        Database("postgresql://127.0.0.1/none")


def test_only_the_owner_may_read_the_file_and_its_journals(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        database = Database(f"sqlite:///{tmp_path / 'jobs.db'}")
    finally:
        os.umask(before)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("jobs.db", "jobs.db-wal", "jobs.db-shm"), "0o600")
    database.close()


OLD = Path(__file__).parent / "version1"
OLD_ID = "0b1e5c0e-7a4c-4d7f-9f53-2f6f6f1c9d11"
OLD_APPLICATION = (
    "INSERT INTO applications (id, name, key_digest, secret_digest, jwt_private_key_digest, credentials_version, "
    "served_s, created_s) VALUES ('{id}', 'old shop', 'k', 's', 'j', 1, 0, 1)"
)


def test_tables_of_the_first_version_are_brought_up_and_nothing_is_lost(database_url: str) -> None:
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    script = (OLD / f"{kind}.sql").read_text()
    engine = create_engine(make_url(database_url).set(drivername={"postgresql": "postgresql+psycopg"}.get(kind, kind)))
    with engine.begin() as connection:
        for statement in script.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            OLD_APPLICATION.format(id=OLD_ID if kind == "postgresql" else OLD_ID.replace("-", ""))
        )
    engine.dispose()
    for _ in range(2):
        database = Database(database_url)
        with database.reading() as session:
            (application,) = session.scalars(select(ApplicationRow)).all()
            assert (application.name, application.disabled_s, application.old_until_s) == ("old shop", None, None)
            assert session.scalar(select(SchemaRow.version)) == SCHEMA_VERSION
            assert session.scalars(select(ChannelRow)).all() == []
        database.close()


def test_a_journal_that_cant_be_written_is_told_at_once_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(_: float) -> None:
        raise AssertionError("it waits for what will not change")

    monkeypatch.setattr("photoshoot.jobs.store.database.time.sleep", wait)
    (tmp_path / "photoshoot.db-wal").mkdir()
    with pytest.raises(StoreError, match=r"out of reach: .*photoshoot\.db"):
        Database(f"sqlite:///{tmp_path / 'photoshoot.db'}")
