"""Seeds that are derived from names and other seeds."""

from __future__ import annotations

import hashlib


def derive_seed(text: str) -> int:
    """The seed of a text, 0 to 2**32 - 1: the first four bytes of its SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
