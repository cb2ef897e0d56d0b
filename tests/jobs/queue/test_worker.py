from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from photoshoot import Shot, ShotRequest
from photoshoot.errors import StoreError
from photoshoot.jobs import Jobs, JobSettings
from photoshoot.jobs.queue.finishing import Finisher
from photoshoot.jobs.queue.queue import Claim, TaskQueue
from photoshoot.jobs.settings import Clock as AnyClock
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.records import TaskKey
from photoshoot.jobs.store.results import Results
from tests.jobs.conftest import OpenShop
from tests.jobs.stubs import QUICK, FlatPlacer, working
from tests.jobs.waiting import PATIENCE_S, Clock, wait_until


class Trouble:
    """The store is out of reach once, at the step that is named."""

    def __init__(self, step: str) -> None:
        self._step, self.struck = step, False

    def at(self, step: str) -> None:
        if step == self._step and not self.struck:
            self.struck = True
            raise StoreError("the database is out of reach")


class TroubledQueue(TaskQueue):
    def __init__(self, trouble: Trouble, database: Database, settings: JobSettings, clock: AnyClock) -> None:
        super().__init__(database, settings, clock)
        self._trouble = trouble

    def claim(self, most: int) -> list[Claim]:
        self._trouble.at("claim")
        return super().claim(most)

    def start_upload(self, claim: Claim) -> bool:
        self._trouble.at("start_upload")
        return super().start_upload(claim)


class TroubledResults(Results):
    def __init__(self, trouble: Trouble, database: Database, objects: ObjectStore) -> None:
        super().__init__(database, objects)
        self._trouble = trouble

    def keep(self, key: TaskKey, shot: Shot, *, again: bool = False) -> None:
        self._trouble.at("keep")
        super().keep(key, shot, again=again)


class TroubledFinisher(Finisher):
    def __init__(self, trouble: Trouble, database: Database) -> None:
        super().__init__(database, lambda _: None)
        self._trouble = trouble

    def finish(self, claim: Claim, error_message: str | None = None) -> bool:
        self._trouble.at("finish")
        return super().finish(claim, error_message)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("step", "shots"),
    [
        ("claim", 1),
        ("start_upload", 2),  # nothing was kept, so it is made again
        ("keep", 2),
        ("finish", 1),  # the picture is there
    ],
)
def test_a_worker_outlives_a_store_that_is_out_of_reach(
    step: str, shots: int, sqlite_url: str, database: Database, open_shop: OpenShop
) -> None:
    shop, placer, trouble, clock = open_shop(sqlite_url), FlatPlacer(), Trouble(step), Clock()
    settings = dataclasses.replace(QUICK, lease_s=0.3)  # by a clock that stands still
    context = dataclasses.replace(
        shop.jobs.context,
        settings=settings,
        queue=TroubledQueue(trouble, database, settings, clock),
        results=TroubledResults(trouble, database, ObjectStore(str(shop.pictures))),
        finisher=TroubledFinisher(trouble, database),
    )
    process = shop.jobs.submit(shop.order())
    with working(context, placer) as pool:
        if step in ("start_upload", "finish"):  # the task is nobody's until its lease has run out
            wait_until(lambda: trouble.struck and not any(worker.leases.current for worker in pool._workers))
            clock.now += 1
        assert shop.wait(process).is_successful
        assert trouble.struck
        assert len(placer.shots) == shots
        assert pool.is_alive


def test_every_device_has_a_worker(sqlite_url: str, open_shop: OpenShop) -> None:
    both = threading.Barrier(2, timeout=PATIENCE_S)

    def meet(_: ShotRequest) -> None:
        both.wait()

    placers = FlatPlacer(before=meet), FlatPlacer(before=meet)
    shop = open_shop(sqlite_url, *placers)
    process = shop.jobs.submit(shop.order(2))
    shop.jobs.start()
    assert shop.wait(process).is_successful
    assert [len(placer.shots) for placer in placers] == [1, 1]


def test_a_picture_that_is_not_wanted_any_more_is_thrown_away(
    sqlite_url: str, database: Database, open_shop: OpenShop
) -> None:
    kept: list[TaskKey] = []

    class WatchedResults(Results):
        def keep(self, key: TaskKey, shot: Shot, *, again: bool = False) -> None:
            kept.append(key)
            super().keep(key, shot, again=again)

    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order())

    def cancel(_: ShotRequest) -> None:
        shop.jobs.cancel(process.application_id, process.id)

    placer = FlatPlacer(before=cancel)
    results = WatchedResults(database, ObjectStore(str(shop.pictures)))
    with working(dataclasses.replace(shop.jobs.context, results=results), placer):
        shop.wait(process)
    assert len(placer.shots) == 1
    assert kept == []


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


def test_pictures_are_written_down_while_the_next_are_made(
    sqlite_url: str, database: Database, open_shop: OpenShop
) -> None:
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
    results = LateResults(database, ObjectStore(str(shop.pictures)))
    context = dataclasses.replace(shop.jobs.context, results=results)
    with working(context, FlatPlacer(batch_size=2, before=note)):
        assert shop.wait(process).is_successful
