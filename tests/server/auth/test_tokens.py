from __future__ import annotations

import dataclasses
from uuid import uuid4

import jwt
import pytest

from photoshoot.jobs import Application
from photoshoot.server.auth.keys import derive_key
from photoshoot.server.auth.tokens import Tokens
from tests.jobs.waiting import Clock

KEY = b"k" * 32
APPLICATION = Application(id=uuid4(), name="a", credentials_version=1, credits=None, created_s=0)


def build_tokens(clock: Clock) -> Tokens:
    return Tokens(KEY, {"access": 3600, "refresh": 7200}, clock)


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
