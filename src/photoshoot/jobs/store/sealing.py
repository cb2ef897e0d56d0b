"""Seals what the store keeps of others' secrets, so that a copy of the database alone opens nothing."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from photoshoot.errors import StoreError

_PREFIX: Final = "sealed:"


class Sealer:
    """Fernet (AES-128-CBC with HMAC-SHA-256), whose keys are drawn from the secrets given.

    Args:
        secrets: The first seals; every one of them opens, so that they can be replaced. None at all: what is sealed
            from now on stays in the clear.
    """

    def __init__(self, secrets: Sequence[bytes] = ()) -> None:
        keys = [Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret).digest())) for secret in secrets]
        self._first = keys[0] if keys else None
        self._fernet = MultiFernet(keys) if keys else None

    def seal(self, text: str) -> str:
        """A text as it is to be kept."""
        if self._fernet is None:
            return text
        return _PREFIX + self._fernet.encrypt(text.encode()).decode()

    def open(self, kept: str) -> str:
        """What was sealed; a text that was kept in the clear as it is.

        Raises:
            StoreError: It was sealed with another secret.
        """
        if not kept.startswith(_PREFIX):
            return kept
        try:
            if self._fernet is not None:
                return self._fernet.decrypt(kept.removeprefix(_PREFIX)).decode()
        except InvalidToken:
            pass
        raise StoreError("a secret of the store was sealed with another signing key: give that one, too")

    def seal_again(self, kept: str) -> str:
        """The same, sealed with the first secret.

        Raises:
            StoreError: It was sealed with a secret that is not among these.
        """
        return self.seal(self.open(kept))

    def is_current(self, kept: str) -> bool:
        """Whether it need not be sealed again."""
        if self._first is None:
            return True
        try:
            return kept.startswith(_PREFIX) and bool(self._first.decrypt(kept.removeprefix(_PREFIX)))
        except InvalidToken:
            return False
