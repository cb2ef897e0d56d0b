"""URLs of result pictures: signed, so that they need no credentials, and good for a time."""

import base64
import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from photoshoot.jobs.settings import Clock
from photoshoot.server.auth.keys import derive_keys

PICTURES_PATH: Final = "/images/ai-product-images"
"""Where result pictures are served."""


@dataclass(frozen=True, kw_only=True)
class PictureAddress:
    """Which picture a URL is of, and until when it is good."""

    application_id: UUID
    """The application that ordered it."""
    process_id: UUID
    """The process that it is part of."""
    task_id: UUID
    """The task that it answers."""
    expires_s: int
    """When it ends, whole seconds since 1970."""


class PictureSigner:
    """Signs the addresses of result pictures (HMAC-SHA-256), which need no credentials and expire.

    Args:
        signing_keys: The service's secret, or several: the first signs, and what any of them signed counts.
        lifetime_s: How long an address is good, at least.
        clock: For tests.
    """

    def __init__(self, signing_keys: bytes | Sequence[bytes], lifetime_s: int, clock: Clock = time.time) -> None:
        self._keys = derive_keys(signing_keys, "pictures")
        self._lifetime_s, self._clock = lifetime_s, clock
        self._step_s = min(3600, lifetime_s)

    def address(self, application_id: UUID, process_id: UUID, task_id: UUID) -> PictureAddress:
        """An address with a new end. Ends fall on whole hours, so that a polling client sees the same URL again."""
        end = int(self._clock()) + self._lifetime_s
        expires_s = -(-end // self._step_s) * self._step_s
        return PictureAddress(
            application_id=application_id, process_id=process_id, task_id=task_id, expires_s=expires_s
        )

    def sign(self, address: PictureAddress) -> str:
        """The signature: 43 characters that are safe in a URL."""
        return _sign(self._keys[0], address)

    def is_genuine(self, address: PictureAddress, signature: str) -> bool:
        """Whether this service signed the address."""
        given = signature.encode("utf-8", "replace")
        return any(hmac.compare_digest(_sign(key, address).encode(), given) for key in self._keys)

    def is_expired(self, address: PictureAddress) -> bool:
        """Whether its time is over."""
        return self._clock() >= address.expires_s

    def url(self, address: PictureAddress, base_url: str, suffix: str = "png") -> str:
        """Where a result picture is served, with its signature, which is good for every format."""
        query = {
            "application": address.application_id,
            "process": address.process_id,
            "expires": address.expires_s,
            "signature": self.sign(address),
        }
        return f"{base_url}{PICTURES_PATH}/{address.task_id}.{suffix}?{urlencode(query)}"


def _sign(key: bytes, address: PictureAddress) -> str:
    text = f"{address.application_id}/{address.process_id}/{address.task_id}/{address.expires_s}"
    digest = hmac.digest(key, text.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
