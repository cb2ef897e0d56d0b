"""Mitsuba's variant: which one runs here, and how to get a faster one.

The variant is one for the whole process. It is set once, and never changed after: a host that already set another one
gets a clear error. A set of materials that were not seen together yet brings compiled kernels of its own, and Dr.Jit
keeps them all: up to a megabyte a set, for as long as the process lives; ``Kernels`` forgets those of long ago. They
are on disk, too, from where they are loaded again as quickly as they are found in memory.
"""

from __future__ import annotations

import importlib.metadata
import os
import sys
import threading
import weakref
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from photoshoot.distribution import DISTRIBUTION
from photoshoot.errors import DeviceError, MissingExtraError, NoCudaError, SettingsError
from photoshoot.machine.process_state import default_variable, share_heap

CUDA, LLVM, SCALAR = "cuda_ad_rgb", "llvm_ad_rgb", "scalar_rgb"
USABLE = (CUDA, LLVM, SCALAR)
"""The variants the studio renders with, fastest first."""

_LLVM_PATH = "DRJIT_LIBLLVM_PATH"
_LLVM_PACKAGE = "karellen-llvm-core"
_lock = threading.Lock()
_set_here: set[str] = set()  # the variant that this module set, if it did
_ROOM = 256  # shapes, and twice as many materials, that all scenes of a process may have and share their kernels
_unseen: list[object] = []  # what ``_make_room`` keeps

_NEED_LLVM = (
    f"an LLVM library of version 15 or newer: pip install '{DISTRIBUTION}[cpu]', or install libllvm from the system's "
    f"packages, or give the library's path in {_LLVM_PATH}"
)


@dataclass(frozen=True, kw_only=True)
class VariantReport:
    """What the studio renders with on this machine."""

    variant: str
    """Mitsuba's variant, one of ``USABLE``."""
    detail: str
    """The compiler or device behind it, such as ``"LLVM 23.1.4"``; for people."""
    advice: str
    """How to get a faster one; empty where this is the fastest a machine can have."""
    adopted: bool
    """Whether the host had set the variant before."""


def load_variant(wanted: str | None = None) -> VariantReport:
    """Set Mitsuba's variant, unless the host already set a usable one.

    Args:
        wanted: One of ``USABLE``; None: the variant that the host set if it is usable, else the fastest that runs here.

    Raises:
        SettingsError: ``wanted`` is not a variant the studio can use.
        NoCudaError: CUDA was asked for and is not there.
        DeviceError: LLVM was asked for and is not there, or the host has set another variant.
    """
    if wanted is not None and wanted not in USABLE:
        raise SettingsError("variant", wanted, ", ".join(USABLE) + ", or None")
    share_heap()
    with _lock:
        import mitsuba as mi

        current = mi.variant()
        if current is not None:
            _check_host_variant(current, wanted)
        variant = current or wanted or _fastest()
        if current is None:
            _check_backend(variant)
            mi.set_variant(variant)
            _set_here.add(variant)
            if variant == LLVM:
                _make_room()
        return _report(variant, adopted=variant not in _set_here)


def _make_room() -> None:
    """Have the kernels of all sets of like materials be the same code, however many things each of them has.

    Dr.Jit gives each shape and material the lowest number that is free, and a kernel has in its code where the tables
    by these numbers end: one leaf more, or another set that is kept, and all would be compiled anew. So one shape that
    no scene has keeps a high number.
    """
    import mitsuba as mi

    for _ in range(_ROOM):
        properties = mi.Properties()
        properties["bsdf"] = mi.load_dict({"type": "twosided", "bsdf": {"type": "diffuse"}})
        _unseen.append(mi.Mesh("unseen", 3, 1, props=properties))
    del _unseen[:-1]


def is_scalar() -> bool:
    """Whether the variant that is set traces ray by ray."""
    import mitsuba as mi

    return bool(mi.variant() == SCALAR)


def is_adopted() -> bool:
    """Whether the host set the variant, and may be using it."""
    import mitsuba as mi

    return mi.variant() not in _set_here


def give_buffers_back() -> None:
    """Free what the variant holds and does not use: Dr.Jit keeps freed buffers, by size, for ever.

    The next set has others, and a denoiser that comes after tracing needs as much again. It stays on the C library's
    heap for them: fresh pages from the system would cost a picture a twentieth of its time.
    """
    import drjit as dr

    dr.flush_malloc_cache()


def describe_variant() -> VariantReport:
    """Say which variant would be used here. Sets nothing."""
    with _lock:
        import mitsuba as mi

        current = mi.variant()
        adopted = current in USABLE and current not in _set_here
        return _report(current if current in USABLE else _fastest(), adopted=adopted)


def import_mitsuba() -> None:
    """Import Mitsuba such that it finds the LLVM that pip installed; it looks for one just once, now.

    Raises:
        MissingExtraError: Mitsuba is not installed.
    """
    if "mitsuba" in sys.modules:
        return
    library = _find_packaged_llvm()
    try:
        with default_variable(_LLVM_PATH, str(library)) if library else nullcontext():
            import mitsuba  # noqa: F401  # loads LLVM, and looks for it in the environment
    except ImportError as error:
        raise MissingExtraError("the studio (mitsuba)", "cpu") from error


def _find_packaged_llvm() -> Path | None:
    try:
        files = importlib.metadata.files(_LLVM_PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = (Path(str(file.locate())).resolve() for file in files if file.name.startswith("libLLVM.so"))
    return next((path for path in found if path.is_file()), None)


def _fastest() -> str:
    return next(variant for variant in USABLE if _has_backend(variant))


def _has_backend(variant: str) -> bool:
    import drjit
    import mitsuba as mi

    if variant not in mi.variants():
        return False
    backend = {CUDA: drjit.JitBackend.CUDA, LLVM: drjit.JitBackend.LLVM}.get(variant)
    return backend is None or bool(drjit.has_backend(backend))


def _check_backend(variant: str) -> None:
    if _has_backend(variant):
        return
    if variant == CUDA:
        raise NoCudaError(f"variant={CUDA!r} needs an NVIDIA GPU and its driver; use variant=None for the CPU")
    raise DeviceError(f"variant={variant!r} needs {_NEED_LLVM}")


def _check_host_variant(current: str, wanted: str | None) -> None:
    if current == wanted or (wanted is None and current in USABLE):
        return
    asked = f"variant={wanted!r}" if wanted else "one of " + ", ".join(USABLE)
    raise DeviceError(
        f"this process already runs Mitsuba as {current!r}, and the studio needs {asked}: Mitsuba has one variant a "
        "process, so set it to that before, or make the studio's pictures in another process"
    )


def _report(variant: str, adopted: bool) -> VariantReport:
    import drjit

    detail, advice = "", ""
    if variant == LLVM:
        detail = "LLVM " + ".".join(map(str, drjit.detail.llvm_version()))
    elif variant == SCALAR:
        detail = "no compiler"
        advice = f"about twice as fast with {_NEED_LLVM}"
    return VariantReport(variant=variant, detail=detail, advice=advice, adopted=adopted)


KEPT_SETS = 32
"""Sets after which kernels are forgotten."""


class Kernels:
    """Forgets kernels from time to time, where nobody else in the process can be running one. Not thread-safe."""

    _users: ClassVar[weakref.WeakSet[Kernels]] = weakref.WeakSet()
    _processes: ClassVar[set[int]] = set()

    def __init__(self) -> None:
        self._sets, self._process = 0, os.getpid()
        self._users.add(self)

    def check_process(self) -> None:
        """Hold that no fork lies between this, or what was traced before, and now: no thread comes along, and all wait.

        Raises:
            DeviceError: One does.
        """
        self._processes.add(os.getpid())
        if {self._process, *self._processes} != {os.getpid()}:
            raise DeviceError(
                "this process was forked from one that had used the studio, whose threads it lacks: start processes "
                "with multiprocessing's 'spawn', or fork before the first Photoshoot is made"
            )

    def count_set(self) -> None:
        """Say that a new set is about to be built, and nothing is traced now."""
        self._sets += 1
        if self._sets % KEPT_SETS == 0 and len(self._users) == 1 and not (is_scalar() or is_adopted()):
            import drjit as dr

            dr.sync_thread()
            dr.flush_kernel_cache()
