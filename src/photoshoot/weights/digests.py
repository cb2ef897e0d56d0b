"""Digests of files: SHA-256, and the object id that git gives a file."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest_file(path: Path) -> str:
    """SHA-256 of a file's contents, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_as_git(path: Path) -> str:
    """Git's object id of a file, hex: SHA-1 of a header and the contents. For small files: it reads all at once."""
    contents = path.read_bytes()
    header = b"blob %d\0" % len(contents)
    return hashlib.sha1(header + contents, usedforsecurity=False).hexdigest()
