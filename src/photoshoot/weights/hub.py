"""Finds models of the Hugging Face hub in its cache on this machine. Needs no package of the hub's, and no network.

Source of the cache's layout and of the variables that move it: the hub library's documentation, "Understand caching"
and "Environment variables".
"""

from __future__ import annotations

import fnmatch
import os
from pathlib import Path

from photoshoot.errors import UnknownNameError, WeightsMissingError
from photoshoot.weights.manifest import load_manifest
from photoshoot.weights.models import HubModel


def find_hub_model(name: str) -> Path:
    """What a loader opens: the model's folder (a pipeline, an encoder, a VAE) or its file (an adapter, a LoRA).

    Its contents are not read; ``verify_model`` does that.

    Raises:
        UnknownNameError: No hub model of that name is in the manifest.
        WeightsMissingError: It is not on this machine, or not all of it; says the command that pulls it.
    """
    models = load_manifest().hub
    if name not in models:
        raise UnknownNameError("hub model", name, models)
    model = models[name]
    snapshot = find_snapshot(model)
    lacking = list_missing(model)
    if snapshot is None or lacking:
        what = "is not" if snapshot is None or len(lacking) == len(model.files) else f"lacks {', '.join(lacking)}"
        raise WeightsMissingError(f"{name} {what} in {hub_cache()}: photoshoot weights pull {name}")
    return snapshot / model.path


def hub_cache() -> Path:
    """Where the hub's cache lies: ``HF_HUB_CACHE``, else ``hub`` in ``HF_HOME``, else in the user's cache folder."""
    user_cache = os.environ.get("XDG_CACHE_HOME", os.path.join(os.path.expanduser("~"), ".cache"))
    home = os.path.expandvars(os.path.expanduser(os.environ.get("HF_HOME", os.path.join(user_cache, "huggingface"))))
    cache = os.environ.get("HUGGINGFACE_HUB_CACHE", os.path.join(home, "hub"))
    return Path(os.path.expandvars(os.path.expanduser(os.environ.get("HF_HUB_CACHE", cache))))


def find_snapshot(model: HubModel) -> Path | None:
    """The folder with the repository's files at the model's revision, as far as they are here."""
    folder = hub_cache() / f"models--{model.repo.replace('/', '--')}"
    ref = folder / "refs" / model.revision
    commit = ref.read_text(encoding="utf-8").strip() if ref.is_file() else model.revision
    snapshot = folder / "snapshots" / commit
    return snapshot if snapshot.is_dir() else None


def list_files(model: HubModel) -> list[str]:
    """Paths within the repository of the model's files that are here, sorted."""
    return sorted({path for pattern in model.files for path in _match(pattern, _list_snapshot(model))})


def list_missing(model: HubModel) -> list[str]:
    """Patterns of the model that no file on this machine matches."""
    paths = _list_snapshot(model)
    return [pattern for pattern in model.files if not _match(pattern, paths)]


def _list_snapshot(model: HubModel) -> list[str]:
    snapshot = find_snapshot(model)
    if snapshot is None:
        return []
    # A link into blobs/ whose download was cut off leads nowhere, and is no file.
    return [path.relative_to(snapshot).as_posix() for path in snapshot.rglob("*") if path.is_file()]


def _match(pattern: str, paths: list[str]) -> list[str]:
    return fnmatch.filter(paths, pattern) or fnmatch.filter(paths, pattern.replace(".fp16.", "."))
