from __future__ import annotations

import dataclasses
import itertools
import threading
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from photoshoot import Edge, Progress, RenderKind, Shot, ShotRequest, notebook_bar
from photoshoot.errors import (
    DeviceError,
    PictureNotFoundError,
)
from photoshoot.jobs import (
    RenderState,
)
from photoshoot.machine.cancellation import check_cancelled
from photoshoot.stages import OnStep, take_all
from tests.jobs.conftest import OpenShop
from tests.jobs.states import C, D, F, states
from tests.jobs.stubs import FlatPlacer, working
from tests.jobs.waiting import PATIENCE_S, Clock, wait_until
from tests.making import draw_cutout, make_product


def fails_at(*prompt_indices: int) -> Callable[[ShotRequest], None]:
    def check(request: ShotRequest) -> None:
        if request.prompt_index in prompt_indices:
            raise RuntimeError("/secret/path is broken")

    return check


def test_a_task_that_fails_spares_its_siblings_and_tells_no_secrets(database_url: str, open_shop: OpenShop) -> None:
    placer = FlatPlacer(batch_size=4, before=fails_at(1))
    shop = open_shop(database_url, placer)
    process = shop.jobs.submit(shop.order(4))
    shop.jobs.start()
    done = shop.wait(process)
    assert states(done) == [D, F, D, D]
    assert (done.state, done.progress, done.completed_count) == (D, 100, 3)
    assert not done.is_successful
    assert done.tasks[1].error_message == "The picture could not be made."
    assert done.error_message == "1 of 4 tasks failed: The picture could not be made."
    assert [len(batch) for batch in placer.batches] == [4, 1, 1, 1, 1]
    with pytest.raises(PictureNotFoundError, match="Image content not found"):
        shop.open_png(done, 1)


def test_a_task_whose_picture_overflows_fails_alone_and_its_siblings_are_not_made_again(
    sqlite_url: str, open_shop: OpenShop
) -> None:
    class OverflowingPlacer(FlatPlacer):
        def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
            shots = super().place(requests, on_step)
            pairs = zip(requests, shots, strict=True)
            return take_all([DeviceError("NaN") if request.prompt_index == 1 else shot for request, shot in pairs])

    placer = OverflowingPlacer(batch_size=3)
    shop = open_shop(sqlite_url, placer)
    process = shop.jobs.submit(shop.order(3))
    shop.jobs.start()
    done = shop.wait(process)
    assert states(done) == [D, F, D]
    assert done.tasks[1].error_message == "The picture could not be made."
    assert [len(batch) for batch in placer.batches] == [3]


def test_a_process_whose_tasks_all_fail_has_failed(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer(before=fails_at(0, 1)))
    process = shop.jobs.submit(shop.order(2))
    shop.jobs.start()
    assert (shop.wait(process).state, shop.find(process).progress) == (F, 100)


def test_a_product_that_can_not_be_laid_out_fails_with_the_reason(
    sqlite_url: str, open_shop: OpenShop, caplog: pytest.LogCaptureFixture
) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    cut = dataclasses.replace(draw_cutout(), touches=frozenset({Edge.LEFT, Edge.RIGHT}))
    asset = shop.jobs.assets.add(shop.application.id, shop.user_id, make_product(cut))
    process = shop.jobs.submit(shop.order(asset_id=asset.id, render_kind=RenderKind.LEADERBOARD))
    shop.jobs.start()
    (task,) = shop.wait(process).tasks
    assert (task.state, task.attempts) == (F, 1)
    assert "left" in task.error_message
    (told,) = (record for record in caplog.records if task.error_message in record.message)
    assert (told.levelname, told.exc_info) == ("WARNING", None)  # it is the order's fault, not the program's


def test_a_store_that_fails_is_tried_again_before_the_task_fails(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    process = shop.jobs.submit(shop.order())
    (kept,) = (shop.pictures / "assets").rglob("*.zip")
    kept.unlink()
    shop.jobs.start()
    (task,) = shop.wait(process).tasks
    assert (task.state, task.attempts, task.error_message) == (F, 3, "The picture could not be made.")


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


def test_a_picture_that_nobody_wants_is_stopped_within_itself(sqlite_url: str, open_shop: OpenShop) -> None:
    painted: list[int] = []
    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order())

    def paint(request: ShotRequest) -> None:
        if request.prompt_index == 0 and not shop.find(process).state.is_final:
            shop.jobs.cancel(process.application_id, process.id)
        check_cancelled()
        painted.append(request.seed)

    context = dataclasses.replace(shop.jobs.context, clock=itertools.count().__next__)  # a second at each look
    with working(context, FlatPlacer(before=paint)):
        assert states(shop.wait(process)) == [C]
        assert shop.wait(shop.jobs.submit(shop.order(1, seed=8))).is_successful
    assert len(painted) == 1


def test_the_store_is_asked_once_a_second_whether_a_picture_is_wanted(
    sqlite_url: str, open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[UUID] = []
    shop = open_shop(sqlite_url)
    clock = Clock()
    context = dataclasses.replace(shop.jobs.context, clock=clock)

    def is_wanted(lease: UUID) -> bool:
        asked.append(lease)
        return True

    monkeypatch.setattr(context.queue, "is_wanted", is_wanted)

    def paint(_: ShotRequest) -> None:
        for step in range(20):
            clock.now += 0.25
            check_cancelled()
            assert len(asked) == (step + 1) // 4

    with working(context, FlatPlacer(before=paint)):
        assert shop.wait(shop.jobs.submit(shop.order())).is_successful


def test_no_notebook_is_told_of_orders(sqlite_url: str, open_shop: OpenShop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker's thread would draw the bar of whatever cell its kernel runs."""
    told: list[Progress] = []
    monkeypatch.setattr(notebook_bar, "build_notebook_bar", lambda: told.append)
    shop = open_shop(sqlite_url)
    with working(shop.jobs.context, FlatPlacer()):
        assert shop.wait(shop.jobs.submit(shop.order())).is_successful
    assert told == []
