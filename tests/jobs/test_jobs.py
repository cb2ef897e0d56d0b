from __future__ import annotations

import io
import threading
import uuid

import pytest
from PIL import Image

from photoshoot import Product, RenderKind
from photoshoot.errors import (
    StoreError,
    UnknownJobError,
)
from photoshoot.jobs import (
    BatchPlaced,
    JobEvent,
    TaskFinished,
)
from tests.jobs.conftest import OpenShop
from tests.jobs.states import D, P, Q, states
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import PATIENCE_S, wait_until


def test_an_order_becomes_a_task_per_prompt_and_size_and_each_a_picture(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url, FlatPlacer())
    queued = shop.jobs.submit(shop.order(2, render_kind=RenderKind.DISPLAY))
    assert (queued.state, queued.progress, queued.total_count, queued.completed_count) == (Q, 0, 10, 0)
    assert set(states(queued)) == {Q}
    assert [task.prompt_index for task in queued.tasks] == [0] * 5 + [1] * 5
    assert [task.size_label for task in queued.tasks[:2]] == ["medium_banner", "leaderboard"]
    assert not queued.is_successful
    shop.jobs.start()
    done = shop.wait(queued)
    assert (done.state, done.progress, done.completed_count) == (D, 100, 10)
    assert done.is_successful
    assert done.error_message == ""
    assert [task.id for task in done.tasks] == [task.id for task in queued.tasks]
    sizes = [Image.open(io.BytesIO(shop.open_png(done, index))).size for index in range(5)]
    assert sizes == [(300, 250), (728, 90), (160, 600), (300, 600), (970, 90)]


def test_progress_counts_finished_tasks_while_the_rest_is_made(database_url: str, open_shop: OpenShop) -> None:
    turn = threading.Semaphore(0)
    shop = open_shop(database_url, FlatPlacer(before=lambda _: turn.acquire(timeout=PATIENCE_S)))
    shop.jobs.start()
    process = shop.jobs.submit(shop.order(3))
    wait_until(lambda: shop.find(process).state is P)
    assert states(shop.find(process)) == [P, Q, Q]
    for progress in (33, 66):
        turn.release()
        wait_until(lambda expected=progress: shop.find(process).progress == expected)  # type: ignore[misc]
        assert shop.find(process).state is P
    turn.release()
    assert shop.wait(process).progress == 100


def test_what_belongs_to_another_application_is_not_there(
    database_url: str, open_shop: OpenShop, product: Product
) -> None:
    shop = open_shop(database_url, FlatPlacer())
    shop.jobs.start()
    process = shop.wait(shop.jobs.submit(shop.order()))
    other = shop.another().application.id
    task = process.tasks[0].id
    for look_up in (
        lambda: shop.jobs.assets.find(other, shop.asset.id),
        lambda: shop.jobs.submit(shop.order(application_id=other)),
        lambda: shop.jobs.processes.find(other, process.id),
        lambda: shop.jobs.processes.find(shop.application.id, process.id, uuid.uuid4()),
        lambda: shop.jobs.cancel(other, process.id),
        lambda: shop.jobs.results.open(other, process.id, task),
        lambda: shop.jobs.results.open(shop.application.id, process.id, uuid.uuid4()),
        lambda: shop.jobs.channels.deliveries(other, process.id),
        lambda: shop.jobs.assets.add(uuid.uuid4(), shop.user_id, product),
    ):
        with pytest.raises(UnknownJobError, match="there is no"):
            look_up()


def test_observers_hear_of_batches_and_tasks(sqlite_url: str, open_shop: OpenShop) -> None:
    events: list[JobEvent] = []
    shop = open_shop(sqlite_url, FlatPlacer(batch_size=2), observer=events.append)
    process = shop.jobs.submit(shop.order(2))
    shop.jobs.start()
    shop.wait(process)
    wait_until(lambda: sum(isinstance(event, TaskFinished) for event in events) == 2)
    assert [event.task_count for event in events if isinstance(event, BatchPlaced)] == [2]
    ended = [event for event in events if isinstance(event, TaskFinished)]
    assert [event.state for event in ended] == [D, D]
    assert all(event.waited_s >= 0 and event.worked_s > 0 for event in ended)


def test_check_notices_what_is_missing(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.start()
    shop.jobs.check()
    shop.pictures.rename(shop.pictures.with_name("elsewhere"))
    with pytest.raises(StoreError, match="picture"):
        shop.jobs.check()
