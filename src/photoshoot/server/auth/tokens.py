"""Bearer tokens: JSON Web Tokens, HS256."""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, TypeAlias

import jwt

from photoshoot.jobs import Application
from photoshoot.jobs.settings import Clock
from photoshoot.server.auth.keys import derive_keys

_ALGORITHM: Final = "HS256"
_ISSUER: Final = "photoshoot"
TokenKind: TypeAlias = Literal["access", "refresh"]
"""What a token is good for: calls, or new tokens."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """A signed token and its end."""

    text: str
    """The JSON Web Token."""
    expires: datetime
    """In UTC, whole seconds."""


@dataclass(frozen=True, kw_only=True)
class TokenClaims:
    """What a genuine token says of itself."""

    id: str
    """Its own, unlike any other token's."""
    expires_s: float
    """When it ends, seconds since 1970."""


class Tokens:
    """Signs and reads bearer tokens: JSON Web Tokens, HS256. They are void once the application's secrets are replaced.

    Args:
        signing_keys: The service's secret, or several: the first signs, and what any of them signed counts.
        lifetimes_s: Seconds that each kind of token is good for.
        clock: For tests.
    """

    def __init__(
        self,
        signing_keys: bytes | Sequence[bytes],
        lifetimes_s: Mapping[TokenKind, int],
        clock: Clock = time.time,
    ) -> None:
        self._keys = derive_keys(signing_keys, "tokens")
        self._lifetimes_s, self._clock = lifetimes_s, clock

    def sign(self, application: Application, kind: TokenKind) -> Token:
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
        text = jwt.encode(claims, self._keys[0], algorithm=_ALGORITHM)
        return Token(text=text, expires=datetime.fromtimestamp(end, UTC))

    def belongs_to(self, text: str, application: Application, kind: TokenKind) -> bool:
        """Whether a token is genuine, of that kind, not expired, and this application's."""
        return self.read(text, application, kind) is not None

    def read(self, text: str, application: Application, kind: TokenKind) -> TokenClaims | None:
        """A token's claims; None where it is not genuine, of another kind or application, or has ended."""
        claims = (self._read_with(key, text, application, kind) for key in self._keys)
        return next(filter(None, claims), None)

    def _read_with(self, key: bytes, text: str, application: Application, kind: TokenKind) -> TokenClaims | None:
        try:
            claims = jwt.decode(
                text,
                key,
                algorithms=[_ALGORITHM],
                audience=kind,
                issuer=_ISSUER,
                options={"require": ["exp", "sub", "jti"], "verify_exp": False, "verify_iat": False},
            )
        except (jwt.InvalidTokenError, ValueError):
            return None
        now, versions = self._clock(), [application.credentials_version]
        if application.old_until_s is not None and now < application.old_until_s:
            versions.append(application.credentials_version - 1)
        is_shut_out = application.disabled_s is not None
        mine = claims["sub"] == str(application.id) and claims.get("ver") in versions
        counts = mine and not is_shut_out and now < claims["exp"]
        return TokenClaims(id=claims["jti"], expires_s=claims["exp"]) if counts else None
