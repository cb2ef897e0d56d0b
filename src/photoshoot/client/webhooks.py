"""Whether a message to a channel comes from the service. Source: Standard Webhooks 1.0."""

import base64
import binascii
import hmac
import time
from collections.abc import Mapping

_FRESH_S = 300


def is_genuine(secret: str, headers: Mapping[str, str], body: bytes, *, now_s: float | None = None) -> bool:
    """Whether the service signed a message, within five minutes.

    Args:
        secret: The channel's, as its creation answered it.
        headers: The request's; their names in any case.
        body: The raw body, not decoded and encoded again.
        now_s: Seconds since 1970. None: now.
    """
    given = {name.lower(): value for name, value in headers.items()}
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        stamp = int(given["webhook-timestamp"])
        signed = f"{given['webhook-id']}.{stamp}.".encode() + body
    except (KeyError, ValueError, binascii.Error):
        return False
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    signatures = given.get("webhook-signature", "").split()
    fresh = abs((time.time() if now_s is None else now_s) - stamp) < _FRESH_S
    return fresh and any(hmac.compare_digest(expected.encode(), one.encode()) for one in signatures)
