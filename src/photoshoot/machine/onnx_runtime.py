"""ONNX Runtime, as it is installed and loaded: without its telemetry, from one build of it.

All our sessions on the CPU take a run's memory from one arena: fresh pages from the system for each tensor cost more
than a quarter of a network's time. What is free of it goes back after each run, or after the last of a ``keep_memory``.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from photoshoot.errors import MissingExtraError
from photoshoot.machine.process_state import default_variable, share_heap

if TYPE_CHECKING:
    import onnxruntime

_NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"
_BUILDS = ("onnxruntime", "onnxruntime-gpu")
_log = logging.getLogger("photoshoot")
_CPU = "CPUExecutionProvider"
_GIVE_BACK = "memory.enable_memory_arena_shrinkage"
_AS_ASKED = {"arena_extend_strategy": 1}  # not the next power of two, of which a part in use would keep the rest
# A model of one number that it answers with: a ModelProto of one Identity node, from "x" to "y".
_SMALLEST = bytes.fromhex(
    "08083a370a100a017812017922084964656e746974791201675a0f0a0178120a0a08080112040a020801620f0a0179120a0a08080112040a02"
    "08014202100d"
)


def import_onnxruntime() -> ModuleType:
    """ONNX Runtime, which every module gets from here: its telemetry is off.

    It stays as it is where the host loaded it before, or has decided itself in ``ORT_DISABLE_TELEMETRY``.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
    """
    is_first = "onnxruntime" not in sys.modules
    try:
        with default_variable(_NO_TELEMETRY, "1"):  # read once, while it is loaded; everywhere but on Windows
            import onnxruntime
    except ImportError as error:
        raise MissingExtraError("running an ONNX model", "cpu") from error
    if is_first and _NO_TELEMETRY not in os.environ:
        onnxruntime.disable_telemetry_events()
    if is_first and (clash := describe_clash()):
        _log.warning(clash)
    module: ModuleType = onnxruntime
    return module


@contextmanager
def keep_memory() -> Iterator[None]:
    """What runs need inside is kept from one to the next, in all threads, and given back at the end."""
    _keepers.enter()
    try:
        yield
    finally:
        if _keepers.leave():
            _give_back()


def run_onnx(
    session: onnxruntime.InferenceSession, names: Sequence[str] | None, feeds: Mapping[str, npt.NDArray[np.float32]]
) -> list[npt.NDArray[np.float32]]:
    """Run a session of ``device.build_onnx_session``.

    Args:
        session: The model.
        names: Of the outputs. None: all.
        feeds: Name of an input → float32 array.

    Returns:
        The outputs, float32.
    """
    answers = [np.array(answer) for answer in session.run(names, dict(feeds))]  # copied: they lie in the arena
    if session.get_providers() == [_CPU] and not _keepers.count:
        _give_back()
    return answers


@cache
def share_arena() -> None:
    """Make the arena, once a process, for sessions that ask for it; those of the host have their own."""
    share_heap()
    onnxruntime = import_onnxruntime()
    kind, usual = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, onnxruntime.OrtMemType.DEFAULT
    place = onnxruntime.OrtMemoryInfo("Cpu", kind, 0, usual)
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg(_AS_ASKED))


def build_cpu_session(model: str | bytes, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    """Load a model for the CPU, with its memory from the arena."""
    share_arena()
    options.add_session_config_entry("session.use_env_allocators", "1")
    return import_onnxruntime().InferenceSession(model, sess_options=options, providers=[_CPU])


class _Keepers:
    """How many ``keep_memory`` are under way."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def enter(self) -> None:
        with self._lock:
            self.count += 1

    def leave(self) -> bool:
        """Whether that was the last one."""
        with self._lock:
            self.count -= 1
            return self.count == 0


_keepers, _giving_back = _Keepers(), threading.Lock()


def _give_back() -> None:
    """Give what is free of the arena back to the system: any session's run can, the smallest at once."""
    session, binding = _load_smallest()
    options = import_onnxruntime().RunOptions()
    options.add_run_config_entry(_GIVE_BACK, "cpu:0")
    with _giving_back:
        session.run_with_iobinding(binding, options)


@cache
def _load_smallest() -> tuple[onnxruntime.InferenceSession, onnxruntime.IOBinding]:
    """The smallest model, with its input and output outside the arena: a place in use would keep its region there."""
    onnxruntime = import_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = build_cpu_session(_SMALLEST, options)
    binding = session.io_binding()
    for name, bind in (("x", binding.bind_ortvalue_input), ("y", binding.bind_ortvalue_output)):
        bind(name, onnxruntime.OrtValue.ortvalue_from_numpy(np.zeros(1, np.float32)))
    return session, binding


def describe_clash() -> str:
    """What is wrong where two builds of ONNX Runtime are installed, and how to mend it; empty where all is well."""
    found = [build for build in _BUILDS if _is_installed(build)]
    if len(found) < 2:
        return ""
    return (
        f"{' and '.join(found)} are both installed, and overwrite each other's files; keep one: pip uninstall -y "
        f"{' '.join(found)}; pip install --no-deps --force-reinstall {found[1]} (CUDA) or {found[0]}"
    )


def _is_installed(distribution: str) -> bool:
    try:
        return bool(importlib.metadata.version(distribution))
    except importlib.metadata.PackageNotFoundError:
        return False
