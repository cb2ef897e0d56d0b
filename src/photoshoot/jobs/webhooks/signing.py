"""Signs webhooks: HMAC-SHA256 over ``{id}.{timestamp}.{raw body}``, so that a receiver knows who sent a message.

Source: Standard Webhooks 1.0, whose libraries check these headers.
"""

import base64
import hmac
import secrets
from typing import Final

ID_HEADER: Final = "webhook-id"
"""The message's id, the same at every try."""
TIMESTAMP_HEADER: Final = "webhook-timestamp"
"""When this try was made, whole seconds since 1970."""
SIGNATURE_HEADER: Final = "webhook-signature"
"""``v1,`` and the signature in base64."""

_PREFIX = "whsec_"
_SECRET_BYTES = 32


def draw_secret() -> str:
    """A channel's secret: ``whsec_`` and 32 random bytes in base64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp_s: int, body: bytes) -> str:
    """The signature header of a message.

    Args:
        secret: The channel's; the key is what its base64 stands for.
        message_id: The id header.
        timestamp_s: The timestamp header.
        body: The raw body.
    """
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    digest = hmac.digest(key, f"{message_id}.{timestamp_s}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(digest).decode()}"
