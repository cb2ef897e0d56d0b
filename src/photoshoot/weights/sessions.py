"""Sessions of the embedded networks, whose graphs are kept on disk as ONNX Runtime has rewritten them.

Before it runs a network ONNX Runtime folds its constants, fuses its nodes and blocks its layout for this processor,
which takes three times as long as loading what that comes to. So the first process keeps the outcome in
``$XDG_CACHE_HOME/photoshoot/networks`` (``~/.cache`` where that is not set), by a digest of all that it depends on. A
network has the same numbers either way, and what can't be kept or read is made anew.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

from photoshoot.errors import ExportError, WeightsError
from photoshoot.files import AtomicFiles, cache_folder, keep_newest
from photoshoot.machine.device import build_onnx_session, choose_onnx_device
from photoshoot.machine.onnx_runtime import import_onnxruntime
from photoshoot.weights.inventory import find_weights
from photoshoot.weights.manifest import load_manifest

if TYPE_CHECKING:
    import onnxruntime

MOST_DISK_BYTES = 256 * 2**20
"""What kept graphs may take on disk: those of five versions of ONNX Runtime, or of as many processors."""
_PROCESSORS = Path("/proc/cpuinfo")
_ABILITIES = ("flags", "Features")  # what x86's and ARM's lines are called there
# A field that no ModelProto has, of wire type 5 (four bytes), at the end of the file: readers of the format skip it.
_CHECK_FIELD = bytes([15 << 3 | 5])
_CHECK_BYTES = len(_CHECK_FIELD) + 4
_log = logging.getLogger("photoshoot")


@dataclass(frozen=True, kw_only=True)
class Rewriting:
    """How a network's file becomes the model that is loaded."""

    recipe: str
    """Its name, with what it depends on; it has another one as soon as it makes other bytes."""
    rewrite: Callable[[bytes], bytes]
    """From the file's bytes to the model's."""


def build_embedded_session(
    name: str, device: str = "auto", rewriting: Rewriting | None = None
) -> onnxruntime.InferenceSession:
    """Load an embedded network, to be run by ``onnx_runtime.run_onnx``.

    Args:
        name: Its name in the manifest.
        device: As of ``build_onnx_session``; graphs of the CPU are kept.
        rewriting: What is done to its file first. None: nothing.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        NoCudaError: ``"cuda"`` was asked for and is not there.
        WeightsError: The weights are missing or not the right ones.
    """
    file = find_weights(name)
    kept = _find_place(name, rewriting) if choose_onnx_device(device) == "cpu" else None
    if kept is not None and (session := _load(kept)) is not None:
        return session
    model = file if rewriting is None else rewriting.rewrite(file.read_bytes())
    return build_onnx_session(model, device) if kept is None else _build_and_keep(model, kept)


def _find_place(name: str, rewriting: Rewriting | None) -> Path | None:
    """Where a graph is kept; None where this processor can't be told from others, or the user has no home."""
    abilities, folder = _read_abilities(), None
    with suppress(RuntimeError):
        folder = cache_folder("networks")
    if abilities is None or folder is None:
        return None
    ort = import_onnxruntime()
    recipe = "" if rewriting is None else rewriting.recipe
    told = (load_manifest().embedded[name].sha256, recipe, ort.__version__, ort.get_build_info(), abilities)
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return folder / f"{name}-{digest[:32]}.onnx"


@cache
def _read_abilities() -> str | None:
    """What the processor can do, as the system's kernel lists it; None where it does not."""
    with suppress(OSError), _PROCESSORS.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(_ABILITIES):
                return f"{platform.machine()} {line.partition(':')[2].strip()}"
    return None


def _load(kept: Path) -> onnxruntime.InferenceSession | None:
    """The session of a kept graph; None where there is none, or not the one that was kept."""
    try:
        with kept.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as whole, memoryview(whole) as view:
            is_whole = view[-_CHECK_BYTES:] == _check(view[:-_CHECK_BYTES])
        if not is_whole:
            raise ValueError("it is not as it was written")
        return build_onnx_session(kept, "cpu", is_optimized=True)  # by its path: a session holds on to bytes
    except FileNotFoundError:
        return None
    except (OSError, ValueError, WeightsError) as error:
        _log.warning("%s is made anew, for it can't be read: %s", kept, error)
        return None


def _build_and_keep(model: Path | bytes, kept: Path) -> onnxruntime.InferenceSession:
    if not _is_writable(kept.parent):
        return build_onnx_session(model, "cpu")
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / kept.name
        session = build_onnx_session(model, "cpu", optimized_file=written)
        try:
            graph = written.read_bytes()
            with AtomicFiles() as files:
                files.write(kept, graph + _check(graph))
            keep_newest(kept.parent, "*.onnx", MOST_DISK_BYTES)
        except (ExportError, OSError) as error:
            _log.warning("a network's graph is not kept on disk: %s", error)
    return session


def _is_writable(folder: Path) -> bool:
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        return os.access(folder, os.W_OK)
    return False


def _check(graph: bytes | memoryview) -> bytes:
    """What is written after a graph: its checksum."""
    return _CHECK_FIELD + zlib.crc32(graph).to_bytes(4, "little")
