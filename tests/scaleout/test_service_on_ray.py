"""The service's contract with its pictures made on a Ray cluster: every test of the API's document once more."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from photoshoot.engines.choice import EngineChoice
from photoshoot.scaleout.replicas import ReplicaScaling, deploy
from photoshoot.scaleout.serving import RayServePlacer
from photoshoot.server import ServerSettings, Service, build_service
from photoshoot.server.engines import build_engine
from photoshoot.settings import StudioSettings
from tests.catalogue.products import QUICK_STUDIO
from tests.server import test_seed_contract as contract
from tests.server.asking import fetch
from tests.server.conftest import PLENTY, charging, user_id

pytest.importorskip("ray", reason="Ray, of the extra ray, is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
]  # of Ray, about itself

QUICK = StudioSettings(**QUICK_STUDIO)  # type: ignore[arg-type]  # one of each type
DEFAULTS = StudioSettings.__init__.__kwdefaults__ or {}
__all__ = ["charging", "user_id"]  # fixtures, like the next ones
url, credentials, client = contract.url, contract.credentials, contract.client
values, run, printed, session, ids = contract.values, contract.run, contract.printed, contract.session, contract.ids
TESTS = {name: test for name, test in vars(contract).items() if name.startswith("test_")}
globals().update(TESTS)


@pytest.fixture(scope="module")
def service(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """With the engine of ``photoshoot serve --ray local``, which finds the cluster; ``url`` starts it."""
    assert cluster
    settings = ServerSettings(
        folder=tmp_path_factory.mktemp("service"),
        samples=1,
        ray="local",
        max_replicas=1,
        replica_cpus=0.1,
        requests_a_minute=PLENTY,
        requests_a_minute_of_a_user=PLENTY,
        polls_a_minute=PLENTY,
        failures_a_minute=PLENTY,
        drain_s=10,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StudioSettings.__init__, "__kwdefaults__", {**DEFAULTS, **QUICK_STUDIO})
        shoot = build_engine(settings, "auto")  # whose settings name samples, and no denoiser
    with shoot:
        yield build_service(settings, shoot)


def test_it_is_ready_for_as_long_as_there_are_replicas(service: Service, url: str) -> None:
    from ray import serve

    assert isinstance(service.shoot.placer, RayServePlacer)
    assert len(TESTS) > 15
    assert fetch(f"{url}/readyz").status_code == 200
    application = f"photoshoot-{socket.gethostname()}-{service.settings.port}"
    serve.delete(application)
    try:
        assert fetch(f"{url}/readyz").status_code == 503
        assert fetch(f"{url}/healthz").status_code == 200
    finally:
        deploy(application, EngineChoice(studio=QUICK), ReplicaScaling(max_replicas=1, cpus=0.1), ())
    assert fetch(f"{url}/readyz").status_code == 200
