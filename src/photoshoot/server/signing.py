"""Secrets of the service: the signing key, and what is signed with it: tokens and picture URLs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

import jwt

from photoshoot.errors import SettingsError
from photoshoot.jobs import Application
from photoshoot.server.settings import ServerSettings

_ALGORITHM: Final = "HS256"
_ISSUER: Final = "photoshoot"
_KEY_FILE: Final = "signing.key"
Clock = Callable[[], float]
"""Seconds since 1970."""


def load_signing_key(settings: ServerSettings) -> bytes:
    """The secret of the settings, or the one in the data folder, which is made where there is none.

    Raises:
        SettingsError: The file can't be read or made.
    """
    if settings.signing_key is not None:
        return settings.signing_key.encode()
    path = settings.folder / _KEY_FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _make_key(path) or path.read_bytes()
    except OSError as error:
        raise SettingsError("signing_key", str(path), f"a file that can be read ({error.strerror})") from error


def _make_key(path: Path) -> bytes | None:
    """A new key, for its owner's eyes only, or None where there is one already. It is there whole or not at all."""
    key = secrets.token_hex(32).encode()
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
        os.link(temporary, path)
    except FileExistsError:
        return None
    finally:
        temporary.unlink(missing_ok=True)
    return key


def derive_key(signing_key: bytes, purpose: str) -> bytes:
    """A key for one purpose, so that nothing that was signed for one is good for another; 32 bytes."""
    return hmac.digest(signing_key, purpose.encode(), hashlib.sha256)


@dataclass(frozen=True, kw_only=True)
class Token:
    """A signed token and its end."""

    text: str
    """The JSON Web Token."""
    expires: datetime
    """In UTC, whole seconds."""


class Tokens:
    """Signs and reads bearer tokens: JSON Web Tokens, HS256. They are void once the application's secrets are replaced.

    Args:
        signing_key: The service's secret.
        lifetimes_s: Seconds that each kind of token is good for.
        clock: For tests.
    """

    def __init__(self, signing_key: bytes, lifetimes_s: dict[str, int], clock: Clock = time.time) -> None:
        self._key = derive_key(signing_key, "tokens")
        self._lifetimes_s, self._clock = lifetimes_s, clock

    def sign(self, application: Application, kind: Literal["access", "refresh"]) -> Token:
        """A new token for an application."""
        now = int(self._clock())
        end = now + self._lifetimes_s[kind]
        claims = {
            "iss": _ISSUER,
            "aud": kind,
            "sub": str(application.id),
            "ver": application.credentials_version,
            "iat": now,
            "exp": end,
            "jti": secrets.token_hex(16),
        }
        text = jwt.encode(claims, self._key, algorithm=_ALGORITHM)
        return Token(text=text, expires=datetime.fromtimestamp(end, UTC))

    def belongs_to(self, text: str, application: Application, kind: Literal["access", "refresh"]) -> bool:
        """Whether a token is genuine, of that kind, not expired, and this application's."""
        try:
            claims = jwt.decode(
                text,
                self._key,
                algorithms=[_ALGORITHM],
                audience=kind,
                issuer=_ISSUER,
                options={"require": ["exp", "sub"], "verify_exp": False, "verify_iat": False},
            )
        except (jwt.InvalidTokenError, ValueError):
            return False
        mine = claims["sub"] == str(application.id) and claims.get("ver") == application.credentials_version
        return mine and self._clock() < claims["exp"]


@dataclass(frozen=True, kw_only=True)
class PictureAddress:
    """Which picture a URL is of, and until when it is good."""

    application_id: UUID
    """Whose it is."""
    process_id: UUID
    """The process."""
    task_id: UUID
    """The task."""
    expires_s: int
    """Seconds since 1970."""


class PictureSigner:
    """Signs the addresses of result pictures (HMAC-SHA-256), which need no credentials and expire.

    Args:
        signing_key: The service's secret.
        lifetime_s: How long an address is good, at least.
        clock: For tests.
    """

    def __init__(self, signing_key: bytes, lifetime_s: int, clock: Clock = time.time) -> None:
        self._key = derive_key(signing_key, "pictures")
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
        text = f"{address.application_id}/{address.process_id}/{address.task_id}/{address.expires_s}"
        digest = hmac.digest(self._key, text.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def is_genuine(self, address: PictureAddress, signature: str) -> bool:
        """Whether this service signed the address."""
        return hmac.compare_digest(self.sign(address).encode(), signature.encode("utf-8", "replace"))

    def is_expired(self, address: PictureAddress) -> bool:
        """Whether its time is over."""
        return self._clock() >= address.expires_s
