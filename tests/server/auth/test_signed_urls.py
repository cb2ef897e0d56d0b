from __future__ import annotations

import dataclasses
from uuid import uuid4

from photoshoot.server.auth.signed_urls import PictureSigner
from tests.jobs.waiting import Clock

KEY = b"k" * 32


def test_a_picture_address_is_good_for_its_time_and_stable_within_an_hour() -> None:
    clock = Clock()
    signer = PictureSigner(KEY, 86400, clock)
    ids = (uuid4(), uuid4(), uuid4())
    address = signer.address(*ids)
    signature = signer.sign(address)
    assert signer.is_genuine(address, signature)
    assert 86400 <= address.expires_s - clock.now <= 86400 + 3600
    clock.now += 1
    assert signer.address(*ids) == address
    clock.now = address.expires_s - 1
    assert not signer.is_expired(address)
    clock.now += 1
    assert signer.is_expired(address)


def test_a_changed_address_or_signature_is_no_longer_genuine() -> None:
    signer = PictureSigner(KEY, 3600)
    address = signer.address(uuid4(), uuid4(), uuid4())
    signature = signer.sign(address)
    changes = [
        dataclasses.replace(address, expires_s=address.expires_s + 1),
        dataclasses.replace(address, task_id=uuid4()),
        dataclasses.replace(address, process_id=uuid4()),
        dataclasses.replace(address, application_id=uuid4()),
    ]
    assert not any(signer.is_genuine(changed, signature) for changed in changes)
    for wrong in ("", signature[:-1], signature + "=", "é", "\ud800"):
        assert not signer.is_genuine(address, wrong)
