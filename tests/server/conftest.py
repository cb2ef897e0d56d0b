"""One service for all tests: the embedded parts, plain pictures, SQLite in a temporary folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy

from photoshoot import Photoshoot, Prompt, RenderKind, Request
from photoshoot.jobs import Credentials, Order, Process
from photoshoot.server import ServerSettings, Service, build_service
from tests.jobs.stubs import FlatPlacer, with_placer
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.asking import headers_of
from tests.server.serving import serving
from tests.server.uploads import draw_photo, encode_photo

PLENTY = 1_000_000


@pytest.fixture(scope="session")
def shoot(shoot: Photoshoot) -> Photoshoot:
    """The embedded parts but for the studio: it makes the pictures of services that run as programs of their own."""
    return with_placer(shoot, FlatPlacer())


@pytest.fixture(scope="session")
def service(shoot: Photoshoot, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The service; ``url`` starts it, and stops it at the end."""
    return build_service(generous_settings(tmp_path_factory.mktemp("service")), shoot)


def generous_settings(folder: Path) -> ServerSettings:
    """Of a service that limits no test."""
    return ServerSettings(
        folder=folder,
        requests_a_minute=PLENTY,
        requests_a_minute_of_a_user=PLENTY,
        polls_a_minute=PLENTY,
        failures_a_minute=PLENTY,
        private_webhooks=True,
        drain_s=10,
    )


@pytest.fixture(scope="session")
def url(service: Service) -> Iterator[str]:
    """Where it is served."""
    with serving(service) as address:
        yield address


@pytest.fixture(scope="session")
def credentials(service: Service, url: str) -> Credentials:
    """An application's secrets."""
    assert url
    return service.jobs.applications.create("tests")


@pytest.fixture(scope="session")
def other(service: Service, url: str) -> Credentials:
    """Another application's secrets."""
    assert url
    return service.jobs.applications.create("others")


@pytest.fixture(scope="session")
def user_id() -> UUID:
    """A user of the application."""
    return uuid4()


@pytest.fixture
def charging(service: Service, url: str) -> Iterator[tuple[Service, str]]:
    """The same store, served by one that charges, and where; at first and afterwards no application has credits."""
    assert url
    built = build_service(dataclasses.replace(service.settings, charge_credits=True), service.shoot)
    take_credits(built)
    with serving(built) as address:
        yield built, address
    take_credits(built)


def take_credits(service: Service) -> None:
    """As if none had ever been granted."""
    engine = sqlalchemy.create_engine(service.settings.database_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE applications SET credits = NULL"))
    engine.dispose()


@pytest.fixture(scope="session")
def client(url: str, credentials: Credentials) -> Iterator[httpx.Client]:
    """A client with the application's secrets."""
    with httpx.Client(base_url=url, headers=headers_of(credentials), timeout=PATIENCE_S) as connected:
        yield connected


@pytest.fixture(scope="session")
def stranger(url: str, other: Credentials) -> Iterator[httpx.Client]:
    """A client with the other application's secrets."""
    with httpx.Client(base_url=url, headers=headers_of(other), timeout=PATIENCE_S) as connected:
        yield connected


@pytest.fixture(scope="session")
def asset_id(client: httpx.Client, credentials: Credentials, user_id: UUID) -> UUID:
    """A product of the application."""
    form = {"applicationId": str(credentials.application.id), "userId": str(user_id)}
    files = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
    reply = client.post("/api/v1/Image/ProductGeneration/Recommendations", data=form, files=files)
    return UUID(reply.json()["backgroundRemovedImageAssetId"])


@pytest.fixture(scope="session")
def process(service: Service, credentials: Credentials, user_id: UUID, asset_id: UUID) -> Process:
    """A finished process of one picture, 300x250."""
    order = Order(
        application_id=credentials.application.id,
        user_id=user_id,
        asset_id=asset_id,
        request=Request(
            prompts=(Prompt.preset("white_background"),),
            render_kind=RenderKind.MEDIUM_BANNER,
            safe_margin=False,
            name="vodka bottle",
            seed=1,
        ),
    )
    submitted = service.jobs.submit(order)

    def find() -> Process:
        return service.jobs.processes.find(credentials.application.id, submitted.id)

    wait_until(lambda: find().state.is_final)
    assert find().is_successful, find().error_message
    return find()
