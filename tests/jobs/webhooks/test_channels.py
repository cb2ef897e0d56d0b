from __future__ import annotations

import pytest
from sqlalchemy import select

from photoshoot.errors import StoreError, UnknownJobError
from photoshoot.jobs import JobPart
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.tables import ChannelRow
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


def test_secrets_are_sealed_and_a_key_can_be_replaced(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url)
    plain = shop.jobs.channels.create(shop.application.id, "http://127.0.0.1:9/a")

    def kept() -> list[str]:
        database = Database(database_url)
        with database.reading() as session:
            secrets = list(session.scalars(select(ChannelRow.secret).order_by(ChannelRow.created_s)))
        database.close()
        return secrets

    assert kept() == [plain.secret]  # by an older version, or without a key
    old = shop.reopen(part=JobPart(sealing_keys=[b"o" * 32]))
    sealed = old.channels.create(shop.application.id, "http://127.0.0.1:9/b")
    assert not {plain.secret, sealed.secret} & set(kept())
    assert old.channels.of_application(shop.application.id) == [plain, sealed]
    both = shop.reopen(part=JobPart(sealing_keys=[b"n" * 32, b"o" * 32]))
    assert both.channels.of_application(shop.application.id) == [plain, sealed]
    new = shop.reopen(part=JobPart(sealing_keys=[b"n" * 32]))  # all were sealed again at the last opening
    assert new.channels.of_application(shop.application.id) == [plain, sealed]
    with pytest.raises(StoreError, match="another signing key"):
        shop.reopen(part=JobPart(sealing_keys=[b"x" * 32]))
