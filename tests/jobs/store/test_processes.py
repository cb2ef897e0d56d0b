from __future__ import annotations

import uuid

from photoshoot import Product
from photoshoot.jobs import Process
from photoshoot.jobs.store.processes import ProcessFilter
from tests.jobs.conftest import OpenShop


def test_views_list_the_latest_processes_first(database_url: str, open_shop: OpenShop, product: Product) -> None:
    shop = open_shop(database_url)
    somebody = uuid.uuid4()
    asset = shop.jobs.assets.add(shop.application.id, somebody, product)
    first = shop.jobs.submit(shop.order()).id
    second, third = (shop.jobs.submit(shop.order(user_id=somebody, asset_id=asset.id)).id for _ in range(2))
    of_all, of_user = ProcessFilter(), ProcessFilter(user_id=somebody)

    def latest(wanted: ProcessFilter, limit: int = 100, of: uuid.UUID = shop.application.id) -> list[Process]:
        return shop.jobs.processes.page(of, wanted, None, limit)[0]

    assert [process.id for process in latest(of_all)] == [third, second, first]
    assert [process.id for process in latest(of_all, 1)] == [third]
    assert [process.id for process in latest(of_user)] == [third, second]
    assert latest(of_user, of=uuid.uuid4()) == []
    assert len(latest(of_all)[0].tasks) == 1
