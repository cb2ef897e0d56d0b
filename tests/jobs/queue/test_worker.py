from __future__ import annotations

import dataclasses
import threading
from typing import Any

import pytest

from photoshoot import ShotRequest
from photoshoot.errors import StoreError
from photoshoot.jobs.queue.finishing import Finisher
from photoshoot.jobs.queue.queue import Claim, TaskQueue
from photoshoot.jobs.store.results import Results
from tests.jobs.conftest import OpenShop
from tests.jobs.stubs import QUICK, FlatPlacer


def fail_once(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
    """Have a method's first call find the store out of reach."""
    method, failed = getattr(owner, name), threading.Event()

    def call(*arguments: Any) -> Any:
        if failed.is_set():
            return method(*arguments)
        failed.set()
        raise StoreError("the database is out of reach")

    monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize(
    ("owner", "name", "shots"),
    [
        (TaskQueue, "claim", 1),
        (TaskQueue, "start_upload", 2),  # nothing was kept, so it is made again
        (Results, "keep", 2),
        (Finisher, "finish", 1),  # the picture is there
    ],
)
def test_a_worker_outlives_a_store_that_is_out_of_reach(
    owner: type, name: str, shots: int, sqlite_url: str, open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_once(monkeypatch, owner, name)
    placer = FlatPlacer()
    shop = open_shop(sqlite_url, placer, settings=dataclasses.replace(QUICK, lease_s=2.0))
    process = shop.jobs.submit(shop.order())
    shop.jobs.start()
    assert shop.wait(process).is_successful
    assert len(placer.shots) == shots
    shop.jobs.check()


def test_every_device_has_a_worker(sqlite_url: str, open_shop: OpenShop) -> None:
    both = threading.Barrier(2, timeout=60)

    def meet(_: ShotRequest) -> None:
        both.wait()

    placers = FlatPlacer(before=meet), FlatPlacer(before=meet)
    shop = open_shop(sqlite_url, *placers)
    process = shop.jobs.submit(shop.order(2))
    shop.jobs.start()
    assert shop.wait(process).is_successful
    assert [len(placer.shots) for placer in placers] == [1, 1]


def test_a_picture_that_is_not_wanted_any_more_is_thrown_away(
    sqlite_url: str, open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Claim] = []
    monkeypatch.setattr(Results, "keep", lambda _self, claim, _shot: kept.append(claim))
    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order())

    def cancel(_: ShotRequest) -> None:
        shop.jobs.cancel(process.application_id, process.id)

    placer = FlatPlacer(before=cancel)
    worker = shop.reopen(placer)
    worker.start()
    shop.wait(process)
    worker.close()
    assert len(placer.shots) == 1
    assert kept == []
