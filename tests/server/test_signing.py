from __future__ import annotations

import dataclasses
import stat
from pathlib import Path
from uuid import uuid4

import jwt
import pytest

from photoshoot import SettingsError
from photoshoot.jobs import Application
from photoshoot.server import ServerSettings
from photoshoot.server.auth.keys import derive_key, load_signing_key
from photoshoot.server.auth.signed_urls import PictureSigner
from photoshoot.server.auth.tokens import Tokens

KEY = b"k" * 32
APPLICATION = Application(id=uuid4(), name="a", credentials_version=1, credits=None, created_s=0)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def build_tokens(clock: Clock) -> Tokens:
    return Tokens(KEY, {"access": 3600, "refresh": 7200}, clock)


def test_the_signing_key_is_made_once_for_its_owners_eyes(tmp_path: Path) -> None:
    settings = ServerSettings(folder=tmp_path / "new")
    key = load_signing_key(settings)
    assert load_signing_key(settings) == key
    assert len(key) == 64
    assert stat.S_IMODE((tmp_path / "new" / "signing.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["signing.key"]
    assert load_signing_key(ServerSettings(folder=tmp_path / "other")) != key
    assert load_signing_key(dataclasses.replace(settings, signing_key="s" * 40)) == b"s" * 40


def test_a_folder_that_cant_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="signing_key"):
        load_signing_key(ServerSettings(folder=tmp_path / "file"))


def test_a_token_is_an_hs256_web_token_of_its_application_until_it_expires() -> None:
    clock = Clock()
    tokens = build_tokens(clock)
    token = tokens.sign(APPLICATION, "access")
    assert jwt.get_unverified_header(token.text)["alg"] == "HS256"
    assert token.expires.timestamp() == clock.now + 3600
    assert tokens.belongs_to(token.text, APPLICATION, "access")
    clock.now += 3599
    assert tokens.belongs_to(token.text, APPLICATION, "access")
    clock.now += 1
    assert not tokens.belongs_to(token.text, APPLICATION, "access")


def test_a_token_of_another_kind_application_version_or_key_is_refused() -> None:
    clock = Clock()
    tokens = build_tokens(clock)
    text = tokens.sign(APPLICATION, "access").text
    assert not tokens.belongs_to(text, APPLICATION, "refresh")
    assert not tokens.belongs_to(text, dataclasses.replace(APPLICATION, id=uuid4()), "access")
    assert not tokens.belongs_to(text, dataclasses.replace(APPLICATION, credentials_version=2), "access")
    assert not Tokens(b"o" * 32, {"access": 1}, clock).belongs_to(text, APPLICATION, "access")


@pytest.mark.parametrize("text", ["", "a.b.c", "é.é.é", "x" * 5000])
def test_what_is_no_token_is_refused(text: str) -> None:
    assert not build_tokens(Clock()).belongs_to(text, APPLICATION, "access")


def test_a_token_without_a_signature_or_an_end_is_refused() -> None:
    claims = {"iss": "photoshoot", "aud": "access", "sub": str(APPLICATION.id), "ver": 1}
    unsigned = jwt.encode({**claims, "exp": 2**40}, "", algorithm="none")
    endless = jwt.encode(claims, derive_key(KEY, "tokens"), algorithm="HS256")
    for text in (unsigned, endless):
        assert not build_tokens(Clock()).belongs_to(text, APPLICATION, "access")


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
