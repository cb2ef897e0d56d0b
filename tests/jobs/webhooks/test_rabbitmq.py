from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pika
import pytest

from photoshoot.errors import TargetError
from photoshoot.jobs import Delivery, DeliveryState, Process
from photoshoot.jobs.webhooks.rabbitmq import EXCHANGE, PROCESS_KEY, TASK_KEY
from tests.jobs.broker import run_broker
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import wait_until


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real one, on loopback."""
    with run_broker(tmp_path_factory.mktemp("rabbitmq")) as address:
        yield address


@pytest.fixture
def channel(broker: str) -> Iterator[Any]:
    """Of the broker, with the queue ``taken`` that gets all messages of the exchange."""
    connection = pika.BlockingConnection(pika.URLParameters(broker))
    opened = connection.channel()
    opened.exchange_declare(EXCHANGE, "topic", durable=True)
    opened.queue_declare("taken", exclusive=True)
    opened.queue_bind("taken", EXCHANGE, "#")
    yield opened
    connection.close()


def settle(shop: Shop, process: Process) -> list[Delivery]:
    """Wait until nothing more will be sent about a process."""

    def deliveries() -> list[Delivery]:
        return shop.jobs.channels.deliveries(process.application_id, process.id)

    shop.wait(process)
    wait_until(lambda: all(delivery.state is not DeliveryState.PENDING for delivery in deliveries()))
    return deliveries()


@pytest.mark.slow
def test_a_broker_gets_every_task_and_the_end(broker: str, channel: Any, sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    kept = shop.jobs.channels.create(shop.application.id, broker, with_image=True)
    assert (kept.secret, kept.url) == ("", broker.replace("guest:guest@", "guest@"))  # a password is told to nobody
    shop.jobs.start()
    process = shop.jobs.submit(shop.order(2))
    assert [delivery.state for delivery in settle(shop, process)] == [DeliveryState.DELIVERED] * 3
    taken = [channel.basic_get("taken", auto_ack=True) for _ in range(3)]
    assert [method.routing_key for method, _, _ in taken] == [TASK_KEY, TASK_KEY, PROCESS_KEY]
    assert {properties.delivery_mode for _, properties, _ in taken} == {2}
    assert len({properties.message_id for _, properties, _ in taken}) == 3
    bodies = [json.loads(body) for _, _, body in taken]
    assert [body["MessageType"] for body in bodies] == [properties.type for _, properties, _ in taken]
    assert {body["TaskId"] for body in bodies[:2]} == {str(task.id) for task in process.tasks}
    assert all(body["ImageContentBytes"] for body in bodies[:2])
    assert "guest:guest" not in repr(shop.jobs.channels.of_application(shop.application.id))


@pytest.mark.slow
def test_what_no_queue_gets_or_no_password_opens_is_not_delivered(
    broker: str, sqlite_url: str, open_shop: OpenShop
) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.channels.create(shop.application.id, broker)
    shop.jobs.channels.create(shop.application.id, broker.replace("guest:guest", "guest:wrong"))
    shop.jobs.start()
    settled = settle(shop, shop.jobs.submit(shop.order()))
    assert {delivery.state for delivery in settled} == {DeliveryState.GIVEN_UP}
    assert {delivery.last_error.partition(" of ")[0] for delivery in settled} == {
        f"no queue gets {TASK_KEY}",
        f"no queue gets {PROCESS_KEY}",
        "RabbitMQ did not take it: ProbableAuthenticationError",
    }


def test_a_channel_stays_of_its_kind(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    create, update = shop.jobs.channels.create, shop.jobs.channels.update
    posted = create(shop.application.id, "http://127.0.0.1:9/")
    published = create(shop.application.id, "amqp://me:secret@127.0.0.1:9/shop")
    changed = update(shop.application.id, published.id, url="amqps://me:other@127.0.0.1/shop")
    assert (changed.url, changed.secret) == ("amqps://me@127.0.0.1/shop", "")
    for channel, url in ((posted, "amqp://127.0.0.1/"), (published, "http://127.0.0.1:9/")):
        with pytest.raises(TargetError, match="create another"):
            update(shop.application.id, channel.id, url=url)
    with pytest.raises(TargetError, match="no user"):
        create(shop.application.id, "http://me:secret@127.0.0.1/")
