"""Lays out a hub cache on disk as the hub's library does: blobs named by digest, snapshots of links, refs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from photoshoot.weights import HubModel

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def name_blob(path: str, contents: bytes) -> str:
    """The hub's ETag: SHA-256 of what it keeps as a large file, git's object id of the rest."""
    if path.endswith((".safetensors", ".onnx", ".bin")):
        return hashlib.sha256(contents).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(contents) + contents).hexdigest()


def store(
    cache: Path, repo: str, files: Mapping[str, bytes], *, revision: str = "main", links: bool = True
) -> dict[str, Path]:
    """Put a repository into the cache; returns the blob of each file, or the file itself without links."""
    folder = cache / f"models--{repo.replace('/', '--')}"
    commit = revision if len(revision) == len(COMMIT) else COMMIT
    if commit != revision:
        (folder / "refs").mkdir(parents=True, exist_ok=True)
        (folder / "refs" / revision).write_text(commit)
    (folder / "blobs").mkdir(parents=True, exist_ok=True)
    stored = {}
    for path, contents in files.items():
        place = folder / "snapshots" / commit / path
        place.parent.mkdir(parents=True, exist_ok=True)
        stored[path] = folder / "blobs" / name_blob(path, contents) if links else place
        stored[path].write_bytes(contents)
        if links:
            place.unlink(missing_ok=True)
            place.symlink_to(os.path.relpath(stored[path], place.parent))
    return stored


def invent_files(model: HubModel) -> dict[str, bytes]:
    """Small contents for every file that a model needs."""
    paths = [pattern.replace("*", "vocab.json" if pattern.endswith("/*") else "config") for pattern in model.files]
    return {path: f"{model.name} {path}".encode() for path in paths}
