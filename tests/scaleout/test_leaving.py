"""A cluster that is left stays left, whatever Ray Serve's thread still asks of it; without a cluster."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from photoshoot.engines.choice import EngineChoice
from photoshoot.scaleout import serving
from photoshoot.scaleout.cluster import LOCAL, join_cluster
from tests.jobs.waiting import PATIENCE_S

ray: Any = pytest.importorskip("ray", reason="Ray, of the extra ray, is not installed")

pytestmark = pytest.mark.filterwarnings("ignore")  # of Ray, about itself


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What Ray was asked to begin; nothing begins, and it always takes itself for left."""
    asked: list[object] = []
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", lambda **options: asked.append(options.get("address")))
    return asked


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.AbstractEventLoop]:
    """Stands in for the loop of Ray Serve's thread."""
    from ray.serve._private.router import SingletonThreadRouter

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    monkeypatch.setattr(SingletonThreadRouter, "_asyncio_loop", loop)
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(PATIENCE_S)
    loop.close()


def test_what_serve_asks_as_a_cluster_ends_begins_none(
    begun: list[object],
    loop: asyncio.AbstractEventLoop,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from ray._private.auto_init_hook import auto_init_ray

    asked = threading.Event()

    def ask() -> None:
        auto_init_ray()  # as each call of an actor does
        asked.set()
        raise RuntimeError("Ray has not been started yet.")

    monkeypatch.setattr(ray, "shutdown", lambda: loop.call_soon_threadsafe(ask))
    with join_cluster(LOCAL):
        assert begun == [LOCAL]
    assert asked.is_set()
    assert begun == [LOCAL]
    assert not caplog.records
    auto_init_ray()
    assert begun == [LOCAL, None], "which a host may count on"


def test_an_opening_that_is_broken_off_waits_for_no_replica(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that no machine has room for ended after 20 s, and the program that waited for it with it."""
    from ray import serve

    asked: list[tuple[str, bool]] = []

    def break_off(*_: object) -> None:
        raise SystemExit(143)

    def delete(name: str, _blocking: bool = True) -> None:
        asked.append((name, _blocking))

    monkeypatch.setattr(ray, "is_initialized", lambda: True)
    monkeypatch.setattr(serve, "start", lambda **_: None)
    monkeypatch.setattr(serve, "delete", delete)
    monkeypatch.setattr(serving, "deploy", break_off)
    with pytest.raises(SystemExit):
        serving.RayServePlacer(EngineChoice(), "auto", application="one")
    assert asked == [("one", False)]
