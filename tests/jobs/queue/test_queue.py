from __future__ import annotations

import dataclasses
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import select

from photoshoot import RenderKind, Shot, ShotRequest
from photoshoot.jobs import Jobs, JobSettings, RenderState
from photoshoot.jobs.queue.queue import TaskQueue
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.records import TaskKey
from photoshoot.jobs.store.results import Results
from photoshoot.jobs.store.tables import TaskRow
from photoshoot.stages import OnStep
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


def once(call: Callable[[], object]) -> Callable[[ShotRequest], None]:
    """What a placer does before its first picture."""
    left = [call]

    def before(_: ShotRequest) -> None:
        if left:
            left.pop()()

    return before


def test_two_programs_share_a_store(database_url: str, open_shop: OpenShop) -> None:
    both = threading.Barrier(2, timeout=PATIENCE_S)
    placers = [FlatPlacer(before=once(both.wait)) for _ in range(2)]
    shop = open_shop(database_url, placers[0])
    second: Jobs = shop.reopen(placers[1])
    processes = [shop.jobs.submit(shop.order(6)) for _ in range(2)]
    shop.jobs.start()
    second.start()
    for process in processes:
        shop.wait(process)
    assert [len(placer.shots) > 0 for placer in placers] == [True, True]
    assert sum(len(placer.shots) for placer in placers) == 12


def test_a_worker_batches_across_users_and_applications(database_url: str, open_shop: OpenShop) -> None:
    placer = FlatPlacer(batch_size=4)
    shop = open_shop(database_url, placer)
    other = shop.another()
    processes = [shop.jobs.submit(shop.order(2)), other.jobs.submit(other.order(2, name="red bottle"))]
    shop.jobs.start()
    for process in processes:
        assert shop.wait(process).is_successful
    assert [len(batch) for batch in placer.batches] == [4]
    assert Counter(request.product.name for request in placer.shots) == {"green bottle": 2, "red bottle": 2}


def test_one_shot_is_finished_while_the_next_is_made(sqlite_url: str, open_shop: OpenShop) -> None:
    both = threading.Barrier(2, timeout=PATIENCE_S)
    shop = open_shop(sqlite_url, FlatPlacer(overlap=2, before=lambda _: both.wait()))
    process = shop.jobs.submit(shop.order(4))
    shop.jobs.start()
    assert shop.wait(process).is_successful  # alone, none gets past the barrier


def test_pictures_are_written_down_while_the_next_are_made(sqlite_url: str, open_shop: OpenShop) -> None:
    third_begun = threading.Event()

    class LateResults(Results):
        def keep(self, key: TaskKey, shot: Shot, *, again: bool = False) -> None:
            assert third_begun.wait(PATIENCE_S)
            super().keep(key, shot, again=again)

    def note(request: ShotRequest) -> None:
        if request.prompt_index == 2:
            third_begun.set()

    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order(4))
    results = LateResults(Database(sqlite_url), ObjectStore(str(shop.pictures)))
    context = dataclasses.replace(shop.jobs.context, results=results)
    with working(context, FlatPlacer(batch_size=2, before=note)):
        assert shop.wait(process).is_successful


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


def test_a_batch_that_nobody_wants_is_stopped_at_its_next_step(sqlite_url: str, open_shop: OpenShop) -> None:
    begin = threading.Event()

    class LatePlacer(FlatPlacer):
        def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
            assert begin.wait(PATIENCE_S)
            return super().place(requests, on_step)

    painted: list[ShotRequest] = []
    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order(2))
    context = dataclasses.replace(shop.jobs.context, clock=itertools.count().__next__)  # a second at each look
    with working(context, LatePlacer(batch_size=2, before=painted.append)):
        wait_until(lambda: shop.find(process).state is RenderState.PROCESSING)
        shop.jobs.cancel(process.application_id, process.id)
        begin.set()
        shop.wait(shop.jobs.submit(shop.order(1, seed=8)))
    assert [request.prompt_index for request in painted] == [0]
