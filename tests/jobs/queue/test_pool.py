from __future__ import annotations

import threading

import pytest

from photoshoot import ShotRequest
from tests.jobs.conftest import OpenShop
from tests.jobs.states import D, Q, states
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import PATIENCE_S


def test_closing_lets_what_is_under_way_finish(sqlite_url: str, open_shop: OpenShop) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(_: ShotRequest) -> None:
        begun.set()
        go_on.wait(PATIENCE_S)

    shop = open_shop(sqlite_url, FlatPlacer(before=wait))
    process = shop.jobs.submit(shop.order(2))
    shop.jobs.start()
    assert begun.wait(PATIENCE_S)
    closing = threading.Thread(target=shop.jobs.close, args=(PATIENCE_S,))
    closing.start()
    assert shop.jobs.context.notifier.stopping.wait(PATIENCE_S)
    go_on.set()
    closing.join()
    assert states(shop.find(process)) == [D, Q]


def test_a_picture_that_breaks_after_it_was_given_up_is_no_fault(
    sqlite_url: str, open_shop: OpenShop, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go_on, broke = threading.Event(), threading.Event(), threading.Event()
    others = set(threading.enumerate())  # of shops before, which end in their own time

    def wait_and_break(_: ShotRequest) -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        broke.set()
        raise RuntimeError("cannot schedule new futures after interpreter shutdown")

    shop = open_shop(sqlite_url, FlatPlacer(before=wait_and_break))
    process = shop.jobs.submit(shop.order(1))
    shop.jobs.start()
    assert begun.wait(PATIENCE_S)
    started = set(threading.enumerate()) - others
    (worker,) = (thread for thread in started if thread.name == "photoshoot-worker-0")
    shop.jobs.close(grace_s=0)
    go_on.set()
    assert broke.wait(PATIENCE_S)
    worker.join(PATIENCE_S)
    assert states(shop.find(process)) == [Q]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


def test_closing_without_grace_queues_what_is_under_way_again(database_url: str, open_shop: OpenShop) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(_: ShotRequest) -> None:
        begun.set()
        go_on.wait(PATIENCE_S)

    shop = open_shop(database_url, FlatPlacer(before=wait))
    process = shop.jobs.submit(shop.order(1))
    shop.jobs.start()
    assert begun.wait(PATIENCE_S)
    shop.jobs.close(grace_s=0)
    (task,) = shop.find(process).tasks
    assert (task.state, task.attempts) == (Q, 0)
    go_on.set()  # the abandoned picture is thrown away
    again = shop.reopen(FlatPlacer())
    again.start()
    assert shop.wait(process).tasks[0].attempts == 1
