from __future__ import annotations

import base64
import dataclasses
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from photoshoot import ShotRequest
from photoshoot.errors import TargetError
from photoshoot.jobs import Delivery, DeliveryState, DeliveryTried, JobEvent, Process
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.tables import DeliveryRow
from photoshoot.jobs.webhooks.outbox import Outbox
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.receiver import Receiver, run_receiver
from tests.jobs.stubs import QUICK, FlatPlacer
from tests.jobs.waiting import wait_until


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with run_receiver() as server:
        yield server


def settle(shop: Shop, process: Process) -> list[Delivery]:
    """Wait until nothing more will be sent about a process."""

    def deliveries() -> list[Delivery]:
        return shop.jobs.channels.deliveries(process.application_id, process.id)

    shop.wait(process)
    wait_until(lambda: all(delivery.state is not DeliveryState.PENDING for delivery in deliveries()))
    return deliveries()


def fail_second(request: ShotRequest) -> None:
    if request.prompt_index == 1:
        raise RuntimeError("broken")


def test_a_channel_is_told_of_every_task_and_of_the_end(
    database_url: str, open_shop: OpenShop, receiver: Receiver
) -> None:
    shop = open_shop(database_url, FlatPlacer(before=fail_second))
    channel = shop.jobs.channels.create(shop.application.id, receiver.url)
    shop.jobs.start()
    process = shop.jobs.submit(shop.order(2))
    states = [delivery.state for delivery in settle(shop, process)]
    assert states == [DeliveryState.DELIVERED] * 3
    assert all(message.is_signed_with(channel.secret) for message in receiver.messages)
    assert receiver.messages[0].headers["content-type"] == "application/json"
    ids = {
        "ApplicationId": str(process.application_id),
        "UserId": str(process.user_id),
        "ImageRenderProcessId": str(process.id),
    }
    task = {"MessageType": "ImageProductGenerationTaskCompleted", "ImageContentBytes": None, **ids}
    first, second = (str(task.id) for task in process.tasks)
    progress = receiver.bodies[-1]
    made, failed = sorted(receiver.bodies[:-1], key=lambda body: body["TaskId"] == second)
    assert made == {**task, "TaskId": first, "IsSuccessful": True, "ErrorMessage": ""}
    told = "The picture could not be made."
    assert failed == {**task, "TaskId": second, "IsSuccessful": False, "ErrorMessage": told}
    assert progress == {
        "MessageType": "ImageProductGenerationProgress",
        "RequestRenderState": 5,
        **ids,
        "TotalTaskCount": 2,
        "CompletedTaskCount": 1,
        "Progress": 100,
        "Tasks": {first: 5, second: 4},
        "RenderType": 4,
        "IsSuccessful": False,
        "ErrorMessage": f"1 of 2 tasks failed: {told}",
    }


def test_a_channel_that_asks_for_it_gets_the_picture(sqlite_url: str, open_shop: OpenShop, receiver: Receiver) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.channels.create(shop.application.id, receiver.url, with_image=True)
    shop.jobs.start()
    process = shop.jobs.submit(shop.order())
    settle(shop, process)
    picture = shop.jobs.results.open(process.application_id, process.id, process.tasks[0].id).data
    assert base64.b64decode(receiver.bodies[0]["ImageContentBytes"]) == picture


def test_a_cancelled_process_is_told_of_once(sqlite_url: str, open_shop: OpenShop, receiver: Receiver) -> None:
    shop = open_shop(sqlite_url)
    shop.jobs.channels.create(shop.application.id, receiver.url)
    process = shop.jobs.submit(shop.order(2))
    for _ in range(2):
        shop.jobs.cancel(process.application_id, process.id)
    shop.jobs.start()
    assert len(settle(shop, process)) == 3
    assert [body["IsSuccessful"] for body in receiver.bodies] == [False] * 3
    assert receiver.bodies[2]["RequestRenderState"] == 6


@pytest.mark.parametrize("statuses", [[500, 302, 404, 503], [500] * 9])
def test_a_message_is_tried_five_times_with_longer_and_longer_waits(
    statuses: list[int],
    sqlite_url: str,
    open_shop: OpenShop,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
) -> None:
    events: list[JobEvent] = []
    settings = dataclasses.replace(QUICK, webhook_backoff_s=0.002)
    shop = open_shop(sqlite_url, settings=settings, observer=events.append)
    shop.jobs.channels.create(shop.application.id, receiver.url)
    receiver.statuses = list(statuses)
    process = shop.jobs.submit(shop.order())
    shop.jobs.start()
    shop.jobs.cancel(process.application_id, process.id)
    first, _ = settle(shop, process)
    assert first.tries == 5
    assert first.state is (DeliveryState.GIVEN_UP if len(statuses) > 5 else DeliveryState.DELIVERED)
    assert first.last_error == ("the receiver answered 500" if len(statuses) > 5 else "")
    assert len(receiver.tries) == 5
    assert {message.path for message in receiver.tries} == {"/hook"}  # a redirect is not followed
    assert len({message.raw for message in receiver.tries}) == 1
    assert f"message {first.id} to 127.0.0.1 was not delivered: the receiver answered 500" in caplog.messages
    wait_until(lambda: sum(isinstance(event, DeliveryTried) and event.last for event in events) == 2)


def test_a_receiver_that_takes_too_long_has_not_taken_it(
    sqlite_url: str, open_shop: OpenShop, receiver: Receiver
) -> None:
    settings = dataclasses.replace(QUICK, webhook_timeout_s=0.2, webhook_tries=1)
    shop = open_shop(sqlite_url, settings=settings)
    shop.jobs.channels.create(shop.application.id, receiver.url)
    receiver.answering.clear()
    shop.jobs.start()
    process = shop.jobs.submit(shop.order())
    shop.jobs.cancel(process.application_id, process.id)
    deliveries = settle(shop, process)
    receiver.answering.set()
    assert {delivery.last_error for delivery in deliveries} == {"no answer within 0.2 s"}


def test_one_slow_channel_does_not_hold_up_another(sqlite_url: str, open_shop: OpenShop, receiver: Receiver) -> None:
    with run_receiver() as slow:
        slow.answering.clear()
        shop = open_shop(sqlite_url)
        for url in (slow.url, receiver.url):
            shop.jobs.channels.create(shop.application.id, url)
        shop.jobs.start()
        process = shop.jobs.submit(shop.order(3))
        shop.jobs.cancel(process.application_id, process.id)
        wait_until(lambda: len(receiver.messages) == 4)
        assert len(slow.messages) <= 1  # one a channel at a time
        slow.answering.set()
        settle(shop, process)
        assert len(slow.messages) == 4


def test_what_was_under_way_when_a_program_died_is_sent_again(
    database_url: str, open_shop: OpenShop, receiver: Receiver
) -> None:
    shop = open_shop(database_url)
    shop.jobs.channels.create(shop.application.id, receiver.url)
    process = shop.jobs.submit(shop.order())
    shop.jobs.cancel(process.application_id, process.id)
    database = Database(database_url)
    outbox = Outbox(database, QUICK)
    (lost,) = outbox.claim(9)
    assert outbox.claim(9) == []  # one a channel at a time
    with database.writing() as session:  # as though half a minute had passed
        session.execute(update(DeliveryRow).where(DeliveryRow.lease == lost.lease).values(next_try_s=0.0))
    shop.jobs.start()
    settle(shop, process)
    assert {message.id for message in receiver.messages} >= {str(lost.id)}
    assert outbox.settle(lost, "") is None  # too late: it was taken for lost
    database.close()


def test_private_networks_are_refused_when_a_channel_is_made_and_when_it_is_used(
    sqlite_url: str, open_shop: OpenShop, receiver: Receiver
) -> None:
    shop = open_shop(sqlite_url)
    shop.jobs.channels.create(shop.application.id, receiver.url)
    process = shop.jobs.submit(shop.order())
    shop.jobs.cancel(process.application_id, process.id)
    strict = shop.reopen(settings=dataclasses.replace(QUICK, allow_private_targets=False, webhook_tries=1))
    with pytest.raises(TargetError, match="network"):
        strict.channels.create(shop.application.id, receiver.url)
    strict.start()
    told = "the address's host is not known, or lies in a network that webhooks may not reach"
    assert {delivery.last_error for delivery in settle(shop, process)} == {told}
    assert receiver.messages == []


def test_a_picture_goes_along_only_where_it_is_paid(sqlite_url: str, open_shop: OpenShop, receiver: Receiver) -> None:
    shop = open_shop(sqlite_url, FlatPlacer(), settings=dataclasses.replace(QUICK, credits_required=True))
    ours = shop.application.id
    shop.jobs.channels.create(ours, receiver.url, with_image=True)
    shop.jobs.start()
    settle(shop, shop.wait(shop.jobs.submit(shop.order())))
    assert [bool(body["ImageContentBytes"]) for body in receiver.bodies if "TaskId" in body] == [False]
    shop.jobs.applications.grant_credits(ours, 1)
    paid = shop.wait(shop.jobs.submit(shop.order()))
    settle(shop, paid)
    assert [bool(body["ImageContentBytes"]) for body in receiver.bodies if "TaskId" in body] == [False, True]
    assert shop.jobs.applications.find(ours).credits == 0
    shop.jobs.pictures.download(ours, paid.id, paid.tasks[0].id)  # paid already
