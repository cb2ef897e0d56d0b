"""How many bytes of tensors are alive at once, on a device that has no memory of its own."""

from __future__ import annotations

import weakref
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_iter


class TensorLives(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """A context in which the storages of tensors are followed from the operation that makes them to their end."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.peak = 0
        """Most bytes that were alive at once, of those made inside."""
        self._alive = 0
        self._known: set[int] = set()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        given = {_key(tensor) for tensor in tree_iter((args, kwargs)) if isinstance(tensor, torch.Tensor)}
        result = func(*args, **(kwargs or {}))
        for tensor in tree_iter(result):
            if isinstance(tensor, torch.Tensor) and _key(tensor) not in given:
                self._follow(tensor)
        return result

    def _follow(self, tensor: torch.Tensor) -> None:
        key = _key(tensor)
        if key in self._known or not tensor.is_meta:
            return
        storage = tensor.untyped_storage()
        self._known.add(key)
        self._alive += storage.nbytes()
        self.peak = max(self.peak, self._alive)
        weakref.finalize(storage, self._forget, key, storage.nbytes())

    def _forget(self, key: int, size: int) -> None:
        self._known.discard(key)
        self._alive -= size


def _key(tensor: torch.Tensor) -> int:
    """Of the storage: its address on the heap, which no other living one has."""
    return int(tensor.untyped_storage()._cdata)
