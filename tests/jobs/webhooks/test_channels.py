from __future__ import annotations

import pytest

from photoshoot.errors import UnknownJobError
from tests.jobs.conftest import OpenShop


def test_channels_are_listed_and_deleted(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url)
    ours = shop.application.id
    first = shop.jobs.channels.create(ours, "http://127.0.0.1:9/a", name="first", with_image=True)
    second = shop.jobs.channels.create(ours, "http://127.0.0.1:9/b", is_active=False)
    assert shop.jobs.channels.of_application(ours) == [first, second]
    assert shop.jobs.channels.of_application(ours, only_active=True) == [first]
    assert first.secret != second.secret
    assert first.secret not in repr(first)
    process = shop.jobs.submit(shop.order())
    shop.jobs.cancel(ours, process.id)
    assert shop.jobs.counts().pending_deliveries == 2  # the active channel's
    other = shop.another().application.id
    with pytest.raises(UnknownJobError, match="channel"):
        shop.jobs.channels.delete(other, first.id)
    shop.jobs.channels.delete(ours, first.id)
    assert shop.jobs.channels.of_application(ours) == [second]
    assert shop.jobs.counts().pending_deliveries == 0
    with pytest.raises(UnknownJobError, match="channel"):
        shop.jobs.channels.delete(ours, first.id)
