from __future__ import annotations

import dataclasses
import time
from collections import defaultdict
from collections.abc import Iterator

import pytest

from photoshoot.jobs import DeliveryState
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.webhooks.outbox import Outbox
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.stubs import QUICK
from tests.jobs.waiting import Clock


@pytest.fixture
def shop(database_url: str, open_shop: OpenShop) -> Shop:
    return open_shop(database_url)


@pytest.fixture
def database(shop: Shop) -> Iterator[Database]:
    database = Database(shop.database_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    """By which all that waits is due."""
    clock = Clock()
    clock.now = time.time() + 1000
    return clock


def cancel_order(shop: Shop, count: int = 1) -> None:
    """Leaves a message for each task, and one for the process."""
    process = shop.jobs.submit(shop.order(count))
    shop.jobs.cancel(process.application_id, process.id)


def test_waits_grow_fourfold_until_a_message_is_given_up(shop: Shop, database: Database, clock: Clock) -> None:
    shop.jobs.channels.create(shop.application.id, "http://127.0.0.1:9/hook")
    cancel_order(shop)
    outbox = Outbox(database, dataclasses.replace(QUICK, webhook_backoff_s=10.0, webhook_tries=4), clock=clock)
    (first,) = outbox.claim(9)
    assert outbox.settle(first, "refused") is DeliveryState.PENDING
    (other,) = outbox.claim(9)  # the channel's next message goes out meanwhile
    assert outbox.settle(other, "") is DeliveryState.DELIVERED
    for wait_s, state in ((10, DeliveryState.PENDING), (40, DeliveryState.PENDING), (160, DeliveryState.GIVEN_UP)):
        clock.now += wait_s - 1
        assert outbox.claim(9) == []
        clock.now += 1
        (again,) = outbox.claim(9)
        assert (again.id, again.body) == (first.id, first.body)
        assert outbox.settle(again, "refused") is state
    clock.now += 10**6
    assert outbox.claim(9) == []


def test_a_try_that_is_not_heard_of_is_made_anew(shop: Shop, database: Database, clock: Clock) -> None:
    shop.jobs.channels.create(shop.application.id, "http://127.0.0.1:9/hook")
    cancel_order(shop)
    outbox = Outbox(database, dataclasses.replace(QUICK, webhook_timeout_s=10.0), clock=clock)
    (lost,) = outbox.claim(9)
    clock.now += 29
    assert outbox.claim(9) == []  # one a channel at a time
    clock.now += 2
    (again,) = outbox.claim(9)
    assert again.id == lost.id
    assert outbox.settle(lost, "") is None  # too late: it was taken for lost
    assert outbox.settle(again, "") is DeliveryState.DELIVERED


def test_each_channel_has_one_message_under_way_the_oldest_first(shop: Shop, database: Database, clock: Clock) -> None:
    for name in "ab":
        shop.jobs.channels.create(shop.application.id, f"http://127.0.0.1:9/{name}")
    cancel_order(shop, 2)
    outbox, seen = Outbox(database, QUICK, clock=clock), defaultdict[str, list[int]](list)
    while batch := outbox.claim(9):
        assert len({delivery.url for delivery in batch}) == len(batch) == 2
        assert outbox.claim(9) == []
        for delivery in batch:
            seen[delivery.url].append(delivery.number)
            outbox.settle(delivery, "")
    assert [len(numbers) for numbers in seen.values()] == [3, 3]
    assert all(numbers == sorted(numbers) for numbers in seen.values())
