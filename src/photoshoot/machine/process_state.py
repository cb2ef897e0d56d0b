"""Process-wide state: the C library's heap, Python's garbage collector, and the environment variables of libraries.

Glibc gives each thread a heap of its own, up to eight a core, and takes nothing back from the top of any but the first.
Networks, tracing and denoising free a picture's buffers in a dozen threads, so that after some sets a quarter of a
gigabyte lay there, used by nobody. So all threads share one, of which what is free goes back to the system.
"""

import ctypes
import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


@functools.cache
def share_heap() -> bool:
    """Have threads that start from now on share one heap; ours seldom allocate at once. It holds for the whole process.

    Returns:
        Whether they will: not where ``MALLOC_ARENA_MAX`` or ``GLIBC_TUNABLES`` decide it, nor with another C library.
    """
    if "MALLOC_ARENA_MAX" in os.environ or "glibc.malloc.arena_max" in os.environ.get("GLIBC_TUNABLES", ""):
        return False
    set_option: Callable[[int, int], int] | None = _find("mallopt")
    return set_option is not None and set_option(_ARENA_MAX, 1) == 1


def give_memory_back() -> None:
    """Give what Python, NumPy and the denoiser have freed back to the system; it takes some 5 ms."""
    trim = find_trim()
    if trim is not None:
        trim(0)


@functools.cache
def find_trim() -> Callable[[int], int] | None:
    """Glibc's ``malloc_trim``; None with other C libraries."""
    return _find("malloc_trim")


def _find(name: str) -> Callable[..., int] | None:
    """A function of glibc; None with other C libraries."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    found: Callable[..., int] | None = getattr(library, name, None) if hasattr(library, "malloc_trim") else None
    return found


@contextmanager
def loading() -> Iterator[None]:
    """Load modules and networks that stay: Python's collector looks through none of it, neither now nor later.

    It would some three hundred times while a command starts, and find next to nothing. It goes on at the end, unless
    the host has switched it off.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


@contextmanager
def default_variable(name: str, value: str) -> Iterator[None]:
    """Set a variable for a while, unless the host has decided about it."""
    if name in os.environ:
        yield
        return
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name, None)  # another thread may have been here, too
