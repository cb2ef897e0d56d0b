"""One service for all tests: the embedded parts, the studio at its quickest, SQLite in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx
import pytest

from photoshoot import Photoshoot
from photoshoot.jobs import Credentials
from photoshoot.server import ServerSettings, Service, build_service
from tests.server.serving import serving

PLENTY = 1_000_000


@pytest.fixture(scope="session")
def service(shoot: Photoshoot, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The service; ``url`` starts it, and stops it at the end."""
    settings = ServerSettings(
        folder=tmp_path_factory.mktemp("service"),
        requests_a_minute=PLENTY,
        failures_a_minute=PLENTY,
        private_webhooks=True,
        drain_s=10,
    )
    return build_service(settings, shoot)


@pytest.fixture(scope="session")
def url(service: Service) -> Iterator[str]:
    """Where it is served."""
    with serving(service) as address:
        yield address


@pytest.fixture(scope="session")
def credentials(service: Service, url: str) -> Credentials:
    """An application's secrets."""
    assert url
    return service.jobs.create_application("tests")


@pytest.fixture(scope="session")
def other(service: Service, url: str) -> Credentials:
    """Another application's secrets."""
    assert url
    return service.jobs.create_application("others")


@pytest.fixture(scope="session")
def user_id() -> UUID:
    """A user of the application."""
    return uuid4()


def headers_of(credentials: Credentials) -> dict[str, str]:
    """The headers of an application's calls."""
    return {"x-api-key": credentials.key, "x-api-secret": credentials.secret}


@pytest.fixture(scope="session")
def client(url: str, credentials: Credentials) -> Iterator[httpx.Client]:
    """A client with the application's secrets."""
    with httpx.Client(base_url=url, headers=headers_of(credentials), timeout=60) as connected:
        yield connected


@pytest.fixture(scope="session")
def stranger(url: str, other: Credentials) -> Iterator[httpx.Client]:
    """A client with the other application's secrets."""
    with httpx.Client(base_url=url, headers=headers_of(other), timeout=60) as connected:
        yield connected
