"""Weights that come with photoshoot."""

from __future__ import annotations

from pathlib import Path

from photoshoot.data import find_data
from photoshoot.errors import UnknownNameError, WeightsChecksumError, WeightsMissingError
from photoshoot.weights.digests import digest_file
from photoshoot.weights.manifest import load_manifest


def find_weights(name: str) -> Path:
    """The verified file of an embedded model.

    Raises:
        UnknownNameError: No embedded model of that name is in the manifest.
        WeightsMissingError: The file is not there.
        WeightsChecksumError: The file is not the one that the manifest names.
    """
    models = load_manifest().embedded
    if name not in models:
        raise UnknownNameError("embedded model", name, models)
    model = models[name]
    path = find_data("weights") / model.file
    if not path.is_file():
        raise WeightsMissingError(f"{model.file} is not in {path.parent}: it comes with photoshoot, so reinstall it")
    verify_file(path, model.sha256)
    return path


def verify_file(path: Path, sha256: str) -> None:
    """Hold that a file has the digest ``sha256`` (hex).

    Raises:
        WeightsChecksumError: It has another.
    """
    found = digest_file(path)
    if found != sha256:
        raise WeightsChecksumError(f"{path.name} has sha256 {found}, the manifest says {sha256}: reinstall photoshoot")
