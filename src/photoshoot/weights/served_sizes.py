"""How long the hub says that a model's files are: written down when it is pulled, beside the cached files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from photoshoot.errors import WeightsError
from photoshoot.files import AtomicFiles
from photoshoot.weights.inventory import find_snapshot, list_files, list_missing
from photoshoot.weights.manifest import HubModel, Model

_FILE = "photoshoot-sizes.json"  # in the repository's folder of the hub's cache: commit → file → bytes


def record_sizes(model: HubModel, served: Mapping[str, int]) -> None:
    """Write down what the hub says of a model's files that are here.

    Args:
        model: Which was pulled.
        served: Path in the repository → bytes.
    """
    snapshot = find_snapshot(model)
    if snapshot is None:
        return
    known = _read(snapshot)
    here = {file: served[file] for file in list_files(model) if file in served}
    known[snapshot.name] = {**known.get(snapshot.name, {}), **here}
    write_beside(snapshot, _FILE, known)


def read_sizes(model: HubModel) -> dict[str, int]:
    """What was written down of a model's files at its revision; empty: it was not pulled since this is done.

    Raises:
        WeightsError: It can't be read.
    """
    snapshot = find_snapshot(model)
    known = {} if snapshot is None else _read(snapshot).get(snapshot.name, {})
    return {file: known[file] for file in list_files(model) if file in known}


def known_size(model: Model) -> tuple[int, bool]:
    """Bytes of a model, and whether that is an estimate: what the hub said, where it was asked of each file."""
    if isinstance(model, HubModel) and not list_missing(model):
        sizes = read_sizes(model)
        if sizes and set(sizes) == set(list_files(model)):
            return sum(sizes.values()), False
    return model.bytes, model.approximate


def _read(snapshot: Path) -> dict[str, dict[str, int]]:
    return read_beside(snapshot, _FILE, "pull the model again")


def read_beside(snapshot: Path, name: str, remedy: str) -> dict[str, Any]:
    """What was written down in a file beside a snapshot of the hub's cache; empty where nothing was.

    Raises:
        WeightsError: It can't be read; says that it is to be deleted, and the remedy after that.
    """
    file = snapshot.parents[1] / name
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError) as error:
        raise WeightsError(f"{file} can't be read: delete it, and {remedy} ({error})") from error


def write_beside(snapshot: Path, name: str, known: Mapping[str, object]) -> None:
    """Write such a file."""
    with AtomicFiles() as files:
        files.write(snapshot.parents[1] / name, json.dumps(known, indent=1, sort_keys=True).encode())
