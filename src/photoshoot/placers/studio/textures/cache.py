"""What took long to make is kept for the next sets, up to a number of bytes for all of it together."""

import dataclasses
import functools
import threading
from collections.abc import Callable, Hashable
from typing import ParamSpec, TypeVar

import numpy as np
from cachetools import LRUCache, cached
from cachetools.keys import hashkey

P = ParamSpec("P")
T = TypeVar("T")


class Shelf:
    """Keeps arrays, and records of arrays; the ones that were asked for longest ago go first. Safe to share by threads.

    Args:
        limit_bytes: Most that it keeps.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._kept: LRUCache[Hashable, object] = LRUCache(limit_bytes, getsizeof=_size_bytes)
        self._lock = threading.Lock()

    @property
    def size_bytes(self) -> int:
        """What is on it now."""
        return int(self._kept.currsize)

    def keep(self, make: Callable[P, T]) -> Callable[P, T]:
        """Decorate a function of hashable arguments whose result nobody changes: made once while it is kept."""
        kept: Callable[P, T] = cached(self._kept, key=functools.partial(hashkey, make), lock=self._lock)(make)
        return kept

    def clear(self) -> None:
        """Take everything off."""
        with self._lock:
            self._kept.clear()


def _size_bytes(result: object) -> int:
    if isinstance(result, np.ndarray):
        return result.nbytes
    assert dataclasses.is_dataclass(result), "a shelf keeps arrays and records of arrays"
    return sum(_size_bytes(getattr(result, field.name)) for field in dataclasses.fields(result))


SHELF = Shelf(64 * 2**20)
"""The studio's: four surfaces of 1024 px, or what three different sets need."""
