from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from photoshoot.jobs import JobSettings, RenderState
from photoshoot.jobs.queue.queue import TaskQueue
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.tables import TaskRow
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.stubs import QUICK, FlatPlacer, working
from tests.jobs.waiting import PATIENCE_S, Clock, wait_until


@pytest.fixture
def shop(database_url: str, open_shop: OpenShop) -> Shop:
    return open_shop(database_url)


@pytest.fixture
def database(shop: Shop) -> Iterator[Database]:
    database = Database(shop.database_url)
    yield database
    database.close()


def test_a_long_picture_keeps_its_lease(shop: Shop, database: Database) -> None:
    clock, go_on = Clock(), threading.Event()
    settings = dataclasses.replace(QUICK, lease_s=0.3)  # it is renewed every tenth of a second
    queue = TaskQueue(database, settings, clock)
    context = dataclasses.replace(shop.jobs.context, queue=queue, settings=settings)
    process = shop.jobs.submit(shop.order())

    def lease_until() -> float | None:
        with database.reading() as session:
            return session.scalar(select(TaskRow.lease_until_s))

    with working(context, FlatPlacer(before=lambda _: go_on.wait(PATIENCE_S))):
        wait_until(lambda: lease_until() == clock.now + 0.3)
        for _ in range(3):
            clock.now += 0.2
            wait_until(lambda: lease_until() == clock.now + 0.3)
            assert queue.reclaim() == queue.claim(1) == []
        go_on.set()
        assert shop.wait(process).tasks[0].attempts == 1


def test_a_task_that_no_program_survives_fails_in_the_end(shop: Shop, database: Database) -> None:
    settings = JobSettings(lease_s=0.05, poll_s=0.02, max_attempts=2)
    process, queue = shop.jobs.submit(shop.order()), TaskQueue(database, settings)
    for _ in range(2):  # as by a program that dies each time
        wait_until(lambda: queue.reclaim() == [] and queue.claim(1))
    shop.reopen(settings=settings).start()
    done = shop.wait(process)
    assert done.state is RenderState.FAILED
    assert "interrupted too often" in done.error_message
