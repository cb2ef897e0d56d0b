from __future__ import annotations

import threading

from tests.jobs.conftest import OpenShop
from tests.jobs.states import C, D, P, Q, states
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import PATIENCE_S, wait_until


def test_cancelling_keeps_what_is_finished_and_drops_the_rest(database_url: str, open_shop: OpenShop) -> None:
    turn = threading.Semaphore(1)
    placer = FlatPlacer(before=lambda _: turn.acquire(timeout=PATIENCE_S))
    shop = open_shop(database_url, placer)
    shop.jobs.start()
    process = shop.jobs.submit(shop.order(3))
    wait_until(lambda: states(shop.find(process)) == [D, P, Q])
    cancelled = shop.jobs.cancel(process.application_id, process.id)
    assert states(cancelled) == [D, C, C]
    assert (cancelled.state, cancelled.progress, cancelled.is_successful) == (D, 100, False)
    assert shop.jobs.cancel(process.application_id, process.id) == cancelled
    turn.release()
    after = shop.jobs.submit(shop.order())  # the worker goes on, and throws the second picture away
    turn.release()
    shop.wait(after)
    assert shop.find(process) == cancelled
    assert len(placer.shots) == 3
    assert len(list(shop.pictures.rglob("*.png"))) == 2


def test_a_process_that_is_cancelled_before_it_begins_is_cancelled(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order(2))
    cancelled = shop.jobs.cancel(process.application_id, process.id)
    assert (cancelled.state, cancelled.error_message) == (C, "2 of 2 tasks were cancelled: The task was cancelled.")
