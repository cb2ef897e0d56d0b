from __future__ import annotations

import dataclasses
import uuid
from pathlib import Path

import pytest

from photoshoot import Product
from photoshoot.errors import AuthenticationError, PictureNotFoundError, UnknownJobError
from photoshoot.jobs import Deleted, JobSettings, Process, RenderState
from photoshoot.jobs.notifier import Notifier
from photoshoot.jobs.retention import RetentionSweeper
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.deletion import Deletions
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.tables import Base
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import Clock


def files_of(shop: Shop) -> list[Path]:
    return [path for path in shop.pictures.rglob("*.*") if path.name != "photoshoot.txt"]


def finished(shop: Shop, count: int = 2) -> Process:
    shop.jobs.start()
    return shop.wait(shop.jobs.submit(shop.order(count)))


def count_rows(url: str) -> dict[str, int]:
    database = Database(url)
    with database.reading() as session:
        rows = {table.name: len(session.execute(table.select()).all()) for table in Base.metadata.sorted_tables}
    database.close()
    return {name: number for name, number in rows.items() if number and name != "photoshoot_schema"}


def test_a_deleted_picture_is_gone_at_once_and_its_task_says_so(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    process = finished(shop)
    first, second = (task.id for task in process.tasks)
    assert shop.jobs.deletions.picture(shop.application.id, process.id, first) == Deleted(pictures=(first,))
    with pytest.raises(PictureNotFoundError):
        shop.jobs.pictures.download(shop.application.id, process.id, first)
    assert shop.jobs.pictures.download(shop.application.id, process.id, second).data
    assert [task.state for task in shop.find(process).tasks] == [RenderState.CANCELLED, RenderState.COMPLETED]
    assert shop.find(process).tasks[0].error_message == "The picture was deleted."
    assert len(files_of(shop)) == 3  # the product, and two of the other picture
    for gone in (first, uuid.uuid4()):
        with pytest.raises(UnknownJobError, match="task"):
            shop.jobs.deletions.picture(shop.application.id, process.id, gone)


def test_a_deleted_upload_is_gone_and_its_pictures_stay(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    process = finished(shop, 1)
    deleted = shop.jobs.deletions.upload(shop.application.id, shop.asset.id)
    assert deleted == Deleted(uploads=(shop.asset.id,))
    assert shop.open_png(process)
    for call in (
        lambda: shop.jobs.submit(shop.order()),
        lambda: shop.jobs.assets.find(shop.application.id, shop.asset.id),
        lambda: shop.jobs.deletions.upload(shop.application.id, shop.asset.id),
        lambda: shop.jobs.reroll(shop.application.id, process.id, process.tasks[0].id),
    ):
        with pytest.raises(UnknownJobError, match="asset"):
            call()
    assert {path.suffix for path in files_of(shop)} == {".png", ".jpg"}
    shop.jobs.deletions.process(shop.application.id, process.id)
    assert files_of(shop) == []
    assert count_rows(sqlite_url) == {"applications": 1}


def test_all_of_a_user_is_deleted_and_nothing_of_another(
    database_url: str, open_shop: OpenShop, product: Product
) -> None:
    shop = open_shop(database_url, FlatPlacer())
    other = uuid.uuid4()
    theirs = shop.jobs.assets.add(shop.application.id, other, product)
    mine = finished(shop, 1)
    kept = shop.wait(shop.jobs.submit(shop.order(user_id=other, asset_id=theirs.id)))
    waiting = shop.jobs.submit(shop.order(1))
    shop.wait(waiting)
    deleted = shop.jobs.deletions.user(shop.application.id, shop.user_id)
    assert set(deleted.processes) == {mine.id, waiting.id}
    assert deleted.uploads == (shop.asset.id,)
    assert len(deleted.pictures) == 2
    assert shop.open_png(kept)
    with pytest.raises(UnknownJobError):
        shop.find(mine)
    assert shop.jobs.deletions.user(shop.application.id, uuid.uuid4()) == Deleted()
    assert len(files_of(shop)) == 3


def test_all_of_an_application_is_deleted(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url, FlatPlacer(), settings=JobSettings(credits_required=True, poll_s=0.05))
    credentials = shop.jobs.applications.create("leaving")
    leaving = dataclasses.replace(
        shop,
        application=credentials.application,
        asset=shop.jobs.assets.add(
            credentials.application.id, shop.user_id, shop.jobs.assets.load(shop.application.id, shop.asset.id)
        ),
    )
    shop.jobs.applications.grant_credits(credentials.application.id, 2)
    channel = shop.jobs.channels.create(credentials.application.id, "https://192.0.43.8/hook")
    process = finished(leaving)
    shop.jobs.pictures.download(credentials.application.id, process.id, process.tasks[0].id)
    deleted = shop.jobs.deletions.application(credentials.application.id)
    assert (deleted.processes, deleted.channels) == ((process.id,), (channel.id,))
    with pytest.raises(AuthenticationError):
        shop.jobs.applications.authenticate(credentials.key, credentials.secret)
    assert count_rows(database_url) == {"applications": 1, "assets": 1}
    assert len(files_of(shop)) == 1


def test_a_picture_that_is_deleted_while_it_is_made_leaves_no_file(sqlite_url: str, open_shop: OpenShop) -> None:
    placer = FlatPlacer(before=lambda _: shop.jobs.deletions.process(shop.application.id, process.id))
    shop = open_shop(sqlite_url, placer)
    process = shop.jobs.submit(shop.order(1))
    shop.jobs.start()
    shop.jobs.close()
    again = shop.reopen()
    with pytest.raises(UnknownJobError):
        again.processes.find(shop.application.id, process.id)
    assert {path.suffix for path in files_of(shop)} == {".zip"}


def test_what_is_kept_for_long_enough_is_swept_and_what_waits_is_not(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    done = finished(shop, 1)
    shop.jobs.close()
    again = shop.reopen()
    waiting = again.submit(shop.order(1))
    clock = Clock()
    clock.now = done.created_s + 86400 * 3
    database = Database(sqlite_url)
    deletions = Deletions(database, ObjectStore(str(shop.pictures)))

    def sweep(**days: float) -> None:
        RetentionSweeper(deletions, JobSettings(**days), Notifier(), clock).sweep()  # type: ignore[arg-type]

    sweep(keep_pictures_days=4, keep_uploads_days=4)
    assert again.processes.find(shop.application.id, done.id).is_successful
    sweep(keep_pictures_days=2, keep_uploads_days=2)
    with pytest.raises(UnknownJobError):
        again.processes.find(shop.application.id, done.id)
    assert again.assets.find(shop.application.id, shop.asset.id)  # something waits to be made of it
    again.cancel(shop.application.id, waiting.id)
    sweep(keep_uploads_days=2)
    with pytest.raises(UnknownJobError):
        again.assets.find(shop.application.id, shop.asset.id)
    assert files_of(shop) == []
    database.close()


def test_a_task_is_ordered_once_more_with_another_seed(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    process = finished(shop, 3)
    second = process.tasks[1]
    again = shop.wait(shop.jobs.reroll(shop.application.id, process.id, second.id))
    assert (again.total_count, again.user_id) == (1, process.user_id)
    assert again.seed != process.seed
    assert shop.open_png(again) != shop.open_png(process, 1)
    same = shop.wait(shop.jobs.reroll(shop.application.id, again.id, again.tasks[0].id, seed=process.seed))
    assert shop.open_png(same) == shop.open_png(process, 1)  # the same prompt, number and seed


def test_a_picture_of_its_own_size_is_ordered_once_more_in_that_size(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order(render_kind=("96x64", "half_page", "64x128")))
    for task in process.tasks:
        again = shop.jobs.reroll(shop.application.id, process.id, task.id, seed=8)
        assert [one.size_label for one in again.tasks] == [task.size_label]


def test_one_task_of_a_process_is_cancelled(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    process = shop.jobs.submit(shop.order(3))
    later = shop.jobs.submit(shop.order(2))
    assert (shop.jobs.estimate(later).place, shop.jobs.estimate(later).seconds_left) == (3, 25)
    states = [task.state for task in shop.jobs.cancel(process.application_id, process.id, process.tasks[1].id).tasks]
    assert states == [RenderState.QUEUED, RenderState.CANCELLED, RenderState.QUEUED]
    assert shop.jobs.estimate(later).place == 2
    with pytest.raises(UnknownJobError, match="task"):
        shop.jobs.cancel(process.application_id, process.id, later.tasks[0].id)
    shop.jobs.cancel(process.application_id, process.id)
    assert shop.jobs.estimate(shop.find(process)).seconds_left == 0
