"""Plates at hand: what is kept of sets without a product, so that many products are laid over each.

Some are kept in memory, more on disk, in ``$XDG_CACHE_HOME/photoshoot/plates`` (``~/.cache`` where that is not set): so
the processes of a catalogue, and its later runs, make each of them once. The oldest go first.
"""

from __future__ import annotations

import functools
import hashlib
import io
import logging
import os
import platform
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import numpy as np
from cachetools import LRUCache

from photoshoot.errors import ExportError
from photoshoot.files import AtomicFiles
from photoshoot.placers.studio.product.proxy import load_absence
from photoshoot.placers.studio.renderer.plate import Plate
from photoshoot.placers.studio.renderer.plate_pipeline import PlatePipeline
from photoshoot.placers.studio.scene_cache import BuiltSet, SetKey

MOST_BYTES = 256 * 2**20
"""What plates may take in memory: about twenty of 1674x628."""
MOST_DISK_BYTES = 2**30
"""What they may take on disk."""
_log = logging.getLogger("photoshoot")


class PlateCache:
    """Renders plates, and keeps those that were asked for last. Not thread-safe; processes may share a folder.

    A plate is a function of its set and of how it is rendered, so it is the same whether it was kept or made anew.

    Args:
        pipeline: Renders them.
        rendering: How, by name: settings, versions, variant. Plates of another rendering are others.
        folder: Where they are kept on disk.
    """

    def __init__(self, pipeline: PlatePipeline, rendering: Mapping[str, object], folder: Path) -> None:
        self._pipeline, self._folder = pipeline, folder
        self._rendering = repr(sorted(rendering.items()))
        self._kept: LRUCache[SetKey, Plate] = LRUCache(MOST_BYTES, getsizeof=lambda plate: plate.size_bytes)

    def get(self, built: BuiltSet) -> Plate:
        """The plate of a built set."""
        plate = self._kept.get(built.key)
        if plate is not None:
            return plate
        path = self._path(built.key)
        plate = _load(path)
        if plate is None:
            plate = self._render(built)
            self._save(path, plate)
        if plate.size_bytes <= MOST_BYTES:
            self._kept[built.key] = plate
        return plate

    def clear(self) -> None:
        """Give the memory back."""
        self._kept.clear()

    def _render(self, built: BuiltSet) -> Plate:
        exposure = built.tone_mapping.exposure
        return self._pipeline.render_plate(built.shapes, load_absence(), built.camera, built.key.seed, exposure)

    def _path(self, key: SetKey) -> Path:
        told = f"{self._rendering}\n{key!r}\n{platform.node()}\n{_digest_code()}"
        return self._folder / f"{hashlib.sha256(told.encode()).hexdigest()}.npz"

    def _save(self, path: Path, plate: Plate) -> None:
        held = io.BytesIO()
        arrays = {item.name: np.asarray(getattr(plate, item.name)) for item in fields(Plate)}
        np.savez(held, allow_pickle=False, **arrays)
        try:
            with AtomicFiles() as files:
                files.write(path, held.getvalue())
            _make_room(self._folder)
        except (ExportError, OSError) as error:
            _log.warning("a plate is not kept on disk: %s", error)


def default_folder() -> Path:
    """Where plates are kept on disk, unless a caller says so."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "photoshoot" / "plates"


def _load(path: Path) -> Plate | None:
    """A plate of a file; None where there is none, or half of one."""
    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {item.name: held[item.name] for item in fields(Plate)}
        os.utime(path)  # the oldest go first
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError) as error:
        _log.warning("%s is made anew, for it can't be read: %s", path, error)
        return None
    return Plate(**{**arrays, "spp": int(arrays["spp"])})


def _make_room(folder: Path) -> None:
    kept = sorted(((file.stat().st_mtime, file.stat().st_size, file) for file in folder.glob("*.npz")), reverse=True)
    taken = 0
    for _, size, file in kept:
        taken += size
        if taken > MOST_DISK_BYTES:
            file.unlink(missing_ok=True)


@functools.cache
def _digest_code() -> str:
    """The digest of all that builds and renders sets: a plate of other code is another one."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for file in sorted(file for part in ("placers/studio", "sets", "color") for file in (root / part).rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
