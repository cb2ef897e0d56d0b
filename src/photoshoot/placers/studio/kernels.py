"""Compiled kernels in memory: those of the last sets, not of all that a process ever built.

Each new set can bring kernels of its own, and Dr.Jit keeps them all: about a megabyte a set, for as long as the process
lives. They are on disk, too, from where they are loaded again as quickly as they are found in memory.
"""

from __future__ import annotations

import weakref
from typing import ClassVar

from photoshoot.placers.studio.variant import is_adopted, is_scalar

SETS = 32
"""Sets after which kernels are forgotten."""


class Kernels:
    """Forgets kernels from time to time, where nobody else in the process can be running one. Not thread-safe."""

    _users: ClassVar[weakref.WeakSet[Kernels]] = weakref.WeakSet()

    def __init__(self) -> None:
        self._sets = 0
        self._users.add(self)

    def count_set(self) -> None:
        """Say that a new set is about to be built, and nothing is traced now."""
        self._sets += 1
        if self._sets % SETS == 0 and len(self._users) == 1 and not (is_scalar() or is_adopted()):
            import drjit as dr

            dr.sync_thread()
            dr.flush_kernel_cache()
