from __future__ import annotations

import uuid

from photoshoot import Product
from tests.jobs.conftest import OpenShop


def test_views_list_the_latest_processes_first(database_url: str, open_shop: OpenShop, product: Product) -> None:
    shop = open_shop(database_url)
    somebody = uuid.uuid4()
    asset = shop.jobs.assets.add(shop.application.id, somebody, product)
    first = shop.jobs.submit(shop.order()).id
    second, third = (shop.jobs.submit(shop.order(user_id=somebody, asset_id=asset.id)).id for _ in range(2))
    ids = [process.id for process in shop.jobs.processes.of_application(shop.application.id)]
    assert ids == [third, second, first]
    assert [process.id for process in shop.jobs.processes.of_application(shop.application.id, limit=1)] == [third]
    assert [process.id for process in shop.jobs.processes.of_user(shop.application.id, somebody)] == [third, second]
    assert shop.jobs.processes.of_user(uuid.uuid4(), somebody) == []
    assert len(shop.jobs.processes.of_application(shop.application.id)[0].tasks) == 1
