from __future__ import annotations

import base64
import hashlib
import hmac

from photoshoot.jobs.webhooks.signing import draw_secret, sign


def test_a_signature_is_the_hmac_of_id_time_and_raw_body() -> None:
    secret = draw_secret()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, b'id.1700000000.{"a":1}', hashlib.sha256).digest()).decode()
    assert sign(secret, "id", 1_700_000_000, b'{"a":1}') == f"v1,{expected}"


def test_secrets_are_random_and_long() -> None:
    secrets = {draw_secret() for _ in range(20)}
    assert len(secrets) == 20
    assert {len(base64.b64decode(secret.removeprefix("whsec_"))) for secret in secrets} == {32}


def test_whatever_is_changed_changes_the_signature() -> None:
    secret = draw_secret()
    signatures = {
        sign(secret, "id", 1, b"body"),
        sign(secret, "id", 2, b"body"),
        sign(secret, "other", 1, b"body"),
        sign(secret, "id", 1, b"body "),
        sign(draw_secret(), "id", 1, b"body"),
    }
    assert len(signatures) == 5
