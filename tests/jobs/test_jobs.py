from __future__ import annotations

import dataclasses
import io
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pikepdf
import pytest
from PIL import Image

from photoshoot import Edge, ImageFormat, Product, Prompt, RenderKind, ShotRequest
from photoshoot.errors import (
    BusyError,
    IdempotencyError,
    PictureNotFoundError,
    SettingsError,
    StoreError,
    UnknownJobError,
    UnknownNameError,
)
from photoshoot.exporters.file_exporter import encode
from photoshoot.jobs import (
    BatchPlaced,
    JobEvent,
    JobSettings,
    OrderAccepted,
    OrderRefused,
    Process,
    RenderState,
    TaskFinished,
)
from photoshoot.settings import ExportSettings
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.stubs import FlatPlacer, build_shoot
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.making import draw_cutout, make_product

Q, P, U, F, D, C = (RenderState(number) for number in range(1, 7))


def states(process: Process) -> list[RenderState]:
    return [task.state for task in process.tasks]


def open_png(shop: Shop, process: Process, index: int = 0) -> bytes:
    return shop.jobs.results.open(process.application_id, process.id, process.tasks[index].id).data


def fails_at(*prompt_indices: int) -> Callable[[ShotRequest], None]:
    def check(request: ShotRequest) -> None:
        if request.prompt_index in prompt_indices:
            raise RuntimeError("/secret/path is broken")

    return check


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
    sizes = [Image.open(io.BytesIO(open_png(shop, done, index))).size for index in range(5)]
    assert sizes == [(300, 250), (728, 90), (160, 600), (300, 600), (970, 90)]


def test_its_pictures_are_those_that_the_library_makes(sqlite_url: str, open_shop: OpenShop, product: Product) -> None:
    shop = open_shop(sqlite_url, FlatPlacer(batch_size=4))
    prompts = (Prompt.preset("white_background"), Prompt.custom("on a marble slab"))
    options: dict[str, Any] = {"render_kind": RenderKind.MEDIUM_BANNER, "safe_margin": True, "seed": 11}
    shots = build_shoot(FlatPlacer()).generate(product, prompts=prompts, name="red bottle", **options)
    process = shop.jobs.submit(shop.order(prompts=prompts, name="red bottle", **options))
    shop.jobs.start()
    done = shop.wait(process)
    for index, shot in enumerate(shots):
        assert open_png(shop, done, index) == encode(shot, ExportSettings())


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
        open_png(shop, done, 1)


def test_a_process_whose_tasks_all_fail_has_failed(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer(before=fails_at(0, 1)))
    process = shop.jobs.submit(shop.order(2))
    shop.jobs.start()
    assert (shop.wait(process).state, shop.find(process).progress) == (F, 100)


def test_cancelling_keeps_what_is_finished_and_drops_the_rest(database_url: str, open_shop: OpenShop) -> None:
    turn = threading.Semaphore(1)
    placer = FlatPlacer(before=lambda _: turn.acquire(timeout=PATIENCE_S))
    shop = open_shop(database_url, placer)
    shop.jobs.start()
    process = shop.jobs.submit(shop.order(3))
    wait_until(lambda: states(shop.find(process)) == [D, P, Q])
    cancelled = shop.jobs.cancel(process.application_id, process.id)
    assert states(cancelled) == [D, C, C]
    assert (cancelled.state, cancelled.progress, cancelled.is_successful) == (D, 100, False)
    assert shop.jobs.cancel(process.application_id, process.id) == cancelled
    turn.release()
    after = shop.jobs.submit(shop.order())  # the worker goes on, and throws the second picture away
    turn.release()
    shop.wait(after)
    assert shop.find(process) == cancelled
    assert len(placer.shots) == 3
    assert len(list(shop.pictures.rglob("*.png"))) == 2


def test_a_process_that_is_cancelled_before_it_begins_is_cancelled(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order(2))
    cancelled = shop.jobs.cancel(process.application_id, process.id)
    assert (cancelled.state, cancelled.error_message) == (C, "2 of 2 tasks were cancelled: The task was cancelled.")


def test_every_row_of_the_download_table(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.start()
    order = shop.order(prompts=(Prompt.preset("white_background"),), render_kind=RenderKind.HALF_PAGE)
    process = shop.wait(shop.jobs.submit(order))
    ids = process.application_id, process.id, process.tasks[0].id
    png, jpeg, pdf = (shop.jobs.results.open(*ids, format=kind) for kind in KINDS)
    low_png, low_jpeg, low_pdf = (shop.jobs.results.open(*ids, low_resolution=True, format=kind) for kind in KINDS)
    kept = {path.suffix: path.read_bytes() for path in (shop.pictures / "pictures").rglob("*.*")}
    assert (png.data, low_jpeg.data) == (kept[".png"], kept[".jpg"])  # as they are
    assert [file.media_type for file in (png, jpeg, pdf)] == ["image/png", "image/jpeg", "application/pdf"]
    size = Image.open(io.BytesIO(png.data)).size
    assert Image.open(io.BytesIO(jpeg.data)).size == size == (300, 600)
    thumbnail = Image.open(io.BytesIO(low_jpeg.data))
    assert max(thumbnail.size) == 512
    assert Image.open(io.BytesIO(low_png.data)).convert("RGB").tobytes() == thumbnail.convert("RGB").tobytes()
    for file, embedded in ((pdf, png), (low_pdf, low_jpeg)):
        with pikepdf.open(io.BytesIO(file.data)) as document:
            assert document.pdf_version == "1.6"
            (image,) = document.pages[0].get_images().values()
            pixels = pikepdf.PdfImage(image).as_pil_image().convert("RGB")  # type: ignore[arg-type]
        assert pixels.tobytes() == Image.open(io.BytesIO(embedded.data)).convert("RGB").tobytes()
    stem = f"green-bottle_white-background_half-page_{ids[2].hex[:8]}"
    assert [png.name, low_jpeg.name, pdf.name] == [f"{stem}.png", f"{stem}_thumbnail.jpg", f"{stem}.pdf"]
    with pytest.raises(SettingsError, match="format"):
        shop.jobs.results.open(*ids, format=ImageFormat.WEBP)


KINDS = (ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.PDF)


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
        lambda: shop.jobs.assets.open_cutout(other, shop.asset.id),
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


def test_views_list_the_latest_processes_first(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url)
    somebody = uuid.uuid4()
    first, second, third = (
        shop.jobs.submit(shop.order(user_id=user)).id for user in (shop.user_id, somebody, somebody)
    )
    ids = [process.id for process in shop.jobs.processes.of_application(shop.application.id)]
    assert ids == [third, second, first]
    assert [process.id for process in shop.jobs.processes.of_application(shop.application.id, limit=1)] == [third]
    assert [process.id for process in shop.jobs.processes.of_user(shop.application.id, somebody)] == [third, second]
    assert shop.jobs.processes.of_user(uuid.uuid4(), somebody) == []
    assert len(shop.jobs.processes.of_application(shop.application.id)[0].tasks) == 1


def test_what_is_wrong_with_an_order_is_said_at_once(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    with pytest.raises(UnknownNameError, match="white_background"):
        shop.jobs.submit(shop.order(prompts=(Prompt.preset("white_backgroud"),)))
    with pytest.raises(UnknownJobError, match="asset"):
        shop.jobs.submit(shop.order(asset_id=uuid.uuid4()))
    with pytest.raises(UnknownJobError, match="application"):
        shop.jobs.submit(shop.order(application_id=uuid.uuid4()))
    assert shop.jobs.counts().queued == 0


def test_a_product_that_can_not_be_laid_out_fails_with_the_reason(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    cut = dataclasses.replace(draw_cutout(), touches=frozenset({Edge.LEFT, Edge.RIGHT}))
    asset = shop.jobs.assets.add(shop.application.id, shop.user_id, make_product(cut))
    process = shop.jobs.submit(shop.order(asset_id=asset.id, render_kind=RenderKind.LEADERBOARD))
    shop.jobs.start()
    (task,) = shop.wait(process).tasks
    assert (task.state, task.attempts) == (F, 1)
    assert "left" in task.error_message


def test_a_store_that_fails_is_tried_again_before_the_task_fails(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    process = shop.jobs.submit(shop.order())
    (kept,) = (shop.pictures / "assets").rglob("*.zip")
    kept.unlink()
    shop.jobs.start()
    (task,) = shop.wait(process).tasks
    assert (task.state, task.attempts, task.error_message) == (F, 3, "The picture could not be made.")


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
