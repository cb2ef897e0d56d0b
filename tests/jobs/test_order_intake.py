from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from photoshoot import Prompt
from photoshoot.errors import (
    BusyError,
    IdempotencyError,
    UnknownJobError,
    UnknownNameError,
)
from photoshoot.jobs import (
    JobEvent,
    JobSettings,
    OrderAccepted,
    OrderRefused,
)
from tests.jobs.conftest import OpenShop


def test_the_same_key_and_order_give_the_same_process(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url)
    order = shop.order(2, seed=None, idempotency_key="once", trace_id="first")
    first = shop.jobs.submit(order)
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: shop.jobs.submit(order), range(4)))
    assert {process.id for process in again} == {first.id}
    assert shop.jobs.submit(shop.order(2, seed=None, idempotency_key="once", trace_id="second")).id == first.id
    with pytest.raises(IdempotencyError):
        shop.jobs.submit(shop.order(3, seed=None, idempotency_key="once"))
    assert shop.jobs.counts().queued == 2
    other = shop.another()
    assert other.jobs.submit(other.order(2, seed=None, idempotency_key="once")).id != first.id


def test_keys_that_meet_for_the_first_time_at_once_make_one_process(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url)
    with ThreadPoolExecutor(6) as pool:
        processes = list(pool.map(lambda _: shop.jobs.submit(shop.order(idempotency_key="k")), range(6)))
    assert len({process.id for process in processes}) == 1
    assert shop.jobs.counts().queued == 1


def test_a_full_queue_says_when_to_come_back(database_url: str, open_shop: OpenShop) -> None:
    events: list[JobEvent] = []
    settings = JobSettings(queue_limit=7, queue_limit_per_application=5)
    shop = open_shop(database_url, settings=settings, observer=events.append)
    shop.jobs.submit(shop.order(4, idempotency_key="kept"))
    with pytest.raises(BusyError) as busy:
        shop.jobs.submit(shop.order(3))
    assert busy.value.retry_after_s == 10  # two tasks too many, five seconds each
    assert shop.jobs.counts().queued == 4
    assert shop.jobs.submit(shop.order(4, idempotency_key="kept")).total_count == 4
    other = shop.another()
    other.jobs.submit(other.order(3))
    with pytest.raises(BusyError):
        other.jobs.submit(other.order(1))
    ours, theirs = shop.application.id, other.application.id
    assert events == [
        OrderAccepted(application_id=ours, task_count=4),
        OrderRefused(application_id=ours, retry_after_s=10),
        OrderAccepted(application_id=theirs, task_count=3),
        OrderRefused(application_id=theirs, retry_after_s=5),
    ]


def test_an_order_larger_than_the_queue_is_taken_where_nothing_waits(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, settings=JobSettings(queue_limit=1))
    assert shop.jobs.submit(shop.order(6)).total_count == 6


def test_what_is_wrong_with_an_order_is_said_at_once(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    with pytest.raises(UnknownNameError, match="white_background"):
        shop.jobs.submit(shop.order(prompts=(Prompt.preset("white_backgroud"),)))
    with pytest.raises(UnknownJobError, match="asset"):
        shop.jobs.submit(shop.order(asset_id=uuid.uuid4()))
    with pytest.raises(UnknownJobError, match="application"):
        shop.jobs.submit(shop.order(application_id=uuid.uuid4()))
    assert shop.jobs.counts().queued == 0


def test_two_applications_that_fill_the_queue_do_not_shut_a_third_out(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url, settings=JobSettings(queue_limit=12, queue_limit_per_application=6))
    second, third = shop.another("second"), shop.another("third")
    for full in (shop, second):
        full.jobs.submit(full.order(6))
        with pytest.raises(BusyError):
            full.jobs.submit(full.order(1))
    third.jobs.submit(third.order(3))
    third.jobs.submit(third.order(1))  # a third of the queue is its own, whatever the others have filled
    with pytest.raises(BusyError):
        third.jobs.submit(third.order(1))


def test_another_users_product_is_answered_like_one_that_does_not_exist(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    with pytest.raises(UnknownJobError, match="asset"):
        shop.jobs.submit(shop.order(user_id=uuid.uuid4()))
