"""Model weights: what there is (``weights/manifest.toml``), where it lies, and whether it is the right file."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from photoshoot.data import find_data
from photoshoot.errors import UnknownNameError, WeightsChecksumError, WeightsMissingError


@dataclass(frozen=True, kw_only=True)
class Model:
    """One entry of the manifest."""

    name: str
    """What the registry calls it."""
    role: str
    """``"segmenter"`` or ``"captioner"``."""
    file: str
    """File name in the library's ``weights`` folder."""
    sha256: str
    """Hex digest of the file."""
    bytes: int
    """Size of the file."""
    licence: str
    """SPDX identifier."""
    commercial_use: bool
    """Whether the licence allows commercial use."""
    source: str
    """Where the weights come from, for people."""


def load_manifest() -> dict[str, Model]:
    """Every model of the manifest, by name."""
    with (find_data("weights") / "manifest.toml").open("rb") as file:
        entries = tomllib.load(file)["model"]
    return {entry["name"]: Model(**entry) for entry in entries}


def find_weights(name: str) -> Path:
    """The verified file of an embedded model.

    Raises:
        UnknownNameError: No model of that name is in the manifest.
        WeightsMissingError: The file is not there.
        WeightsChecksumError: The file is not the one that the manifest names.
    """
    manifest = load_manifest()
    if name not in manifest:
        raise UnknownNameError("model", name, manifest)
    model = manifest[name]
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
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise WeightsChecksumError(f"{path.name} has sha256 {found}, the manifest says {sha256}: reinstall photoshoot")
