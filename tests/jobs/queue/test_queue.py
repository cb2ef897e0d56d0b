from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import UUID

import pytest

from photoshoot import RenderKind
from photoshoot.errors import UnknownNameError
from photoshoot.jobs import JobPart, JobSettings
from photoshoot.jobs.queue.queue import TaskQueue
from photoshoot.jobs.store.database import Database
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
def queue(database: Database) -> TaskQueue:
    return TaskQueue(database, QUICK)


def test_applications_take_turns_however_much_each_has_queued(shop: Shop, queue: TaskQueue) -> None:
    late = shop.another()
    for _ in range(3):
        shop.jobs.submit(shop.order(6))
    late.jobs.submit(late.order(3))
    turns = [claim.application_id for _ in range(8) for claim in queue.claim(1)]
    ours, theirs = shop.application.id, late.application.id
    assert Counter(turns[:6]) == {ours: 3, theirs: 3}
    assert all(first != second for first, second in pairwise(turns[:6]))
    assert turns[6:] == [ours, ours]


def test_within_an_application_the_oldest_order_is_first(shop: Shop, queue: TaskQueue) -> None:
    first, second = shop.jobs.submit(shop.order(2)), shop.jobs.submit(shop.order(1))
    claims = queue.claim(5)
    expected = [task.id for task in (*first.tasks, *second.tasks)]
    assert [claim.task_id for claim in claims] == expected
    assert len({claim.lease for claim in claims}) == 1


def test_a_batch_holds_tasks_of_one_canvas_from_all_applications(shop: Shop, queue: TaskQueue) -> None:
    other = shop.another()
    shop.jobs.submit(shop.order(3))
    shop.jobs.submit(shop.order(1, render_kind=RenderKind.LEADERBOARD))
    other.jobs.submit(other.order(3))
    batch = queue.claim(4)
    assert Counter(claim.application_id for claim in batch) == {shop.application.id: 2, other.application.id: 2}
    assert {claim.size_label for claim in batch} == {"wide_skyscraper"}
    labels = [[claim.size_label for claim in queue.claim(4)] for _ in range(3)]
    assert sorted(map(len, labels)) == [0, 1, 2]
    assert all(len(set(batch)) <= 1 for batch in labels)


def test_safe_margins_are_other_canvases(shop: Shop, queue: TaskQueue) -> None:
    shop.jobs.submit(shop.order(1, safe_margin=True))
    shop.jobs.submit(shop.order(1, safe_margin=False))
    assert len(queue.claim(2)) == 1


def test_no_task_is_claimed_twice_by_many_at_once(shop: Shop, queue: TaskQueue) -> None:
    for _ in range(4):
        shop.jobs.submit(shop.order(6))

    def claim_all(size: int) -> list[UUID]:
        mine: list[UUID] = []
        while batch := queue.claim(size):
            mine += [claim.task_id for claim in batch]
        return mine

    with ThreadPoolExecutor(6) as pool:
        claimed = [task for mine in pool.map(claim_all, (1, 1, 2, 2, 3, 3)) for task in mine]
    assert len(claimed) == len(set(claimed)) == 24


def test_a_lease_that_ran_out_is_somebody_elses(shop: Shop, database: Database) -> None:
    clock = Clock()
    queue = TaskQueue(database, JobSettings(lease_s=30), clock)
    shop.jobs.submit(shop.order())
    (lost,) = queue.claim(1)
    clock.now += 29
    queue.reclaim()
    assert queue.claim(1) == []
    queue.renew({lost.lease})
    clock.now += 29
    queue.reclaim()
    assert queue.claim(1) == []
    clock.now += 2
    queue.reclaim()
    (again,) = queue.claim(1)
    assert (again.task_id, again.attempts) == (lost.task_id, 2)
    assert not queue.start_upload(lost)
    assert queue.start_upload(again)


def test_a_program_takes_the_tasks_of_its_engine_alone(open_shop: OpenShop, sqlite_url: str) -> None:
    shop = open_shop(sqlite_url, part=JobPart(engines={"studio": False, "sd15": True}))
    painted, plain = shop.jobs.submit(shop.order(2, engine="sd15")), shop.jobs.submit(shop.order(2))
    again = shop.jobs.reroll(shop.application.id, painted.id, painted.tasks[1].id)
    with pytest.raises(UnknownNameError, match="unknown engine 'sd16'; did you mean sd15"):
        shop.jobs.submit(shop.order(engine="sd16"))
    database = Database(sqlite_url)
    for engine, processes in (("studio", [plain]), ("sd15", [painted, again]), ("sdxl", [])):
        claimed = TaskQueue(database, QUICK, engine=engine).claim(9)
        assert [claim.task_id for claim in claimed] == [task.id for process in processes for task in process.tasks]
    database.close()


def test_what_was_ordered_of_no_engine_is_anybodys(shop: Shop, database: Database) -> None:
    process = shop.jobs.submit(shop.order())
    (claim,) = TaskQueue(database, QUICK, engine="whatever").claim(9)
    assert claim.process_id == process.id
