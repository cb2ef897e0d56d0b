"""What took long to make is kept for the next sets, up to a number of bytes for all of it together."""

from __future__ import annotations

import dataclasses
import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
T = TypeVar("T")


class Shelf:
    """Keeps arrays, and records of arrays; the ones that were asked for longest ago go first. Safe to share by threads.

    Args:
        limit_bytes: Most that it keeps.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._size_bytes = 0
        self._lock = threading.Lock()

    @property
    def size_bytes(self) -> int:
        """What is on it now."""
        return self._size_bytes

    def keep(self, make: Callable[P, T]) -> Callable[P, T]:
        """Decorate a function of hashable arguments whose result nobody changes: made once while it is kept."""

        @functools.wraps(make)
        def made(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (make, args, tuple(sorted(kwargs.items())))
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key][0]  # type: ignore[return-value]  # what ``make`` returned
            result = make(*args, **kwargs)
            self._put(key, result)
            return result

        return made

    def clear(self) -> None:
        """Take everything off."""
        with self._lock:
            self._kept.clear()
            self._size_bytes = 0

    def _put(self, key: Hashable, result: object) -> None:
        size = _size_bytes(result)
        with self._lock:
            if key in self._kept or size > self.limit_bytes:
                return
            self._kept[key] = (result, size)
            self._size_bytes += size
            while self._size_bytes > self.limit_bytes:
                _, (_, freed) = self._kept.popitem(last=False)
                self._size_bytes -= freed


def _size_bytes(result: object) -> int:
    if isinstance(result, np.ndarray):
        return result.nbytes
    assert dataclasses.is_dataclass(result), "a shelf keeps arrays and records of arrays"
    return sum(_size_bytes(getattr(result, field.name)) for field in dataclasses.fields(result))


SHELF = Shelf(128 * 2**20)
"""The studio's: eight surfaces of 1024 px, or what six different sets need."""
