"""The service's secret, from which a key for each purpose is derived."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from photoshoot.errors import SettingsError
from photoshoot.server.settings import ServerSettings

_KEY_FILE: Final = "signing.key"


def load_signing_key(settings: ServerSettings) -> bytes:
    """The secret of the settings, or the one in the data folder, which is made where there is none.

    Raises:
        SettingsError: The file can't be read or made.
    """
    if settings.signing_key is not None:
        return settings.signing_key.encode()
    path = settings.folder / _KEY_FILE
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (None if path.exists() else _make_key(path)) or path.read_bytes()
    except OSError as error:
        made = f"a file that can be read, or be made there ({error.strerror})"
        raise SettingsError("signing_key", str(path), made) from error


def load_signing_keys(settings: ServerSettings) -> list[bytes]:
    """The key that signs, and those that signed before.

    Raises:
        SettingsError: See ``load_signing_key``.
    """
    return [load_signing_key(settings), *(key.encode() for key in settings.old_signing_keys)]


def derive_keys(signing_keys: bytes | Sequence[bytes], purpose: str) -> list[bytes]:
    """``derive_key`` of one or several secrets."""
    several = [signing_keys] if isinstance(signing_keys, bytes) else signing_keys
    return [derive_key(key, purpose) for key in several]


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
