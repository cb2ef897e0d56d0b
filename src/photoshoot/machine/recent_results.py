"""Results of slow work that are kept for the next call."""

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class RecentResults(Generic[Key, Value]):
    """The latest results of slow work, by what they were made from. Safe across threads.

    Args:
        capacity: Most results that are kept; the one that was not asked for the longest goes first.
    """

    def __init__(self, capacity: int) -> None:
        self._kept: LRUCache[Key, Value] = LRUCache(capacity)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, keys: Sequence[Key], work: Callable[[list[Key]], Sequence[Value]]) -> list[Value]:
        """One result a key, in order. ``work`` is called once for all keys that are not kept, each named once."""
        with self._lock:
            missing = [key for key in dict.fromkeys(keys) if key not in self._kept]
            made = dict(zip(missing, work(missing), strict=True)) if missing else {}
            results = [made[key] if key in made else self._kept[key] for key in keys]
            self._kept.update(zip(keys, results, strict=True))
            return results
