"""A store for each test: SQLite and PostgreSQL."""

from __future__ import annotations

import dataclasses
import secrets
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from photoshoot import Product, Prompt, RenderKind, Request
from photoshoot.jobs import Application, Asset, Jobs, JobSettings, Order, Process
from tests.jobs.postgresql import run_server
from tests.jobs.stubs import QUICK, FlatPlacer, build_shoot, presets
from tests.jobs.waiting import wait_until
from tests.making import make_product


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server, without a database."""
    folder = Path(tempfile.mkdtemp(prefix="photoshoot-postgresql-"))  # short-lived, and open to another user
    folder.chmod(0o755)
    try:
        with run_server(folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jobs.db'}"
    return create_schema(request.getfixturevalue("postgresql"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database, where the kind of database does not matter."""
    return f"sqlite:///{tmp_path / 'jobs.db'}"


def create_schema(server: str) -> str:
    """The address of an empty schema on a PostgreSQL server, which is made much sooner than a database."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
    return f"{server}/postgres?options=-csearch_path%3D{name}"


@dataclass(kw_only=True)
class Shop:
    """A store with an application and an asset, and what its jobs are opened with."""

    database_url: str
    pictures: Path
    jobs: Jobs
    application: Application
    asset: Asset
    user_id: uuid.UUID
    reopen: Callable[..., Jobs]

    def order(self, count: int = 1, **changes: Any) -> Order:
        """An order of small pictures."""
        ids: dict[str, Any] = {
            "application_id": self.application.id,
            "user_id": self.user_id,
            "asset_id": self.asset.id,
        }
        others = {
            name: changes.pop(name) for name in [item.name for item in dataclasses.fields(Order)] if name in changes
        }
        asked: dict[str, Any] = {
            "prompts": tuple(Prompt.custom(f"on a table number {number}") for number in range(count)),
            "render_kind": RenderKind.WIDE_SKYSCRAPER,
            "safe_margin": False,
            "seed": 7,
        }
        return Order(request=Request(**(asked | changes)), **(ids | others))

    def another(self, name: str = "another") -> Shop:
        """The same store, with another application and its asset."""
        application = self.jobs.applications.create(name).application
        asset = self.jobs.assets.add(application.id, self.user_id, make_product())
        return Shop(**(vars(self) | {"application": application, "asset": asset}))

    def find(self, process: Process) -> Process:
        """The process as it stands."""
        return self.jobs.processes.find(process.application_id, process.id)

    def open_png(self, process: Process, index: int = 0) -> bytes:
        """A finished picture's file."""
        return self.jobs.results.open(process.application_id, process.id, process.tasks[index].id).data

    def wait(self, process: Process) -> Process:
        """Wait until a process is finished."""
        wait_until(lambda: self.find(process).state.is_final)
        return self.find(process)


@pytest.fixture(scope="session")
def product() -> Product:
    """The drawn bottle."""
    return make_product()


OpenShop = Callable[..., Shop]


@pytest.fixture
def open_shop(tmp_path: Path, product: Product) -> Iterator[OpenShop]:
    """Opens shops: ``open_shop(url, *placers, settings=…, observer=…)``; they are closed after the test."""
    opened: list[Jobs] = []

    def open_jobs(url: str, *placers: FlatPlacer, settings: JobSettings = QUICK, **options: Any) -> Jobs:
        shoots = [build_shoot(placer) for placer in placers]
        pictures = str(tmp_path / "pictures")
        jobs = Jobs.open(url, pictures, presets=presets(), shoots=shoots, settings=settings, **options)
        opened.append(jobs)
        return jobs

    def build(url: str, *placers: FlatPlacer, **options: Any) -> Shop:
        jobs = open_jobs(url, *placers, **options)
        application, user_id = jobs.applications.create("shop").application, uuid.uuid4()
        return Shop(
            database_url=url,
            pictures=tmp_path / "pictures",
            jobs=jobs,
            application=application,
            asset=jobs.assets.add(application.id, user_id, product),
            user_id=user_id,
            reopen=lambda *again, **changes: open_jobs(url, *again, **(options | changes)),
        )

    yield build
    for jobs in opened:
        jobs.close()
