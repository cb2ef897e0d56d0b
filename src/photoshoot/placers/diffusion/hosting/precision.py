"""Torch's process-wide switches of CUDA's kernels: held while networks run, and the host's own afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import torch

from photoshoot.settings import DiffusionSettings

_INHERITED: Final = "none"


@dataclass(frozen=True)
class _Kernels:
    """What is asked of CUDA's kernels."""

    allow_tf32: bool
    deterministic: bool


class KernelGuard:
    """Sets the switches for all who work under the same ones; who wants others waits until those have left.

    The first one in keeps the host's choice, the last one out puts it back.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()  # who waits is not overtaken
        self._changed = threading.Condition()
        self._held: _Kernels | None = None
        self._inside = 0
        self._hosts = ExitStack()

    @contextmanager
    def hold(self, settings: DiffusionSettings, device: torch.device) -> Iterator[None]:
        """Apply ``allow_tf32`` and ``deterministic`` while networks run on ``device``; off CUDA they change nothing."""
        if device.type != "cuda":
            yield
            return
        wanted = _Kernels(settings.allow_tf32, settings.deterministic)
        with self._turn, self._changed:
            self._changed.wait_for(lambda: self._inside == 0 or self._held == wanted)
            if self._inside == 0:
                self._held = wanted
                _set(wanted, self._hosts)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                if self._inside == 0:
                    self._hosts.close()
                    self._changed.notify_all()


KERNELS: Final = KernelGuard()
"""The one of this process, since torch's switches are."""


def _set(wanted: _Kernels, hosts: ExitStack) -> None:
    """Set the switches; closing ``hosts`` puts the former ones back."""
    cudnn = torch.backends.cudnn
    for name, value in {"deterministic": wanted.deterministic, "benchmark": not wanted.deterministic}.items():
        hosts.callback(setattr, cudnn, name, getattr(cudnn, name))
        setattr(cudnn, name, value)
    _set_tf32(wanted.allow_tf32, hosts)


def _set_tf32(allowed: bool, hosts: ExitStack) -> None:
    """TF32 in both of torch's ways to say it.

    From torch 2.9 on each operation has an ``fp32_precision`` beside the older flags, and a flag that differs from it
    can't be read. Both are set alike here, so that torch's compiler can read either. While an operation's precision is
    ``"ieee"``, an older flag is readable exactly if it forbids TF32: so it is learned whatever the host mixed.
    """
    matmul, cudnn = torch.backends.cuda.matmul, torch.backends.cudnn
    operations = _operations()
    for operation, parent in operations:  # put back last, since the older flags change them
        hosts.callback(setattr, operation, "fp32_precision", _own_precision(operation, parent))
    for operation, _ in operations[:3]:
        operation.fp32_precision = "ieee"
    hosts.callback(torch.set_float32_matmul_precision, _matmul_precision())
    hosts.callback(setattr, cudnn, "allow_tf32", _allows(lambda: cudnn.allow_tf32))
    matmul.allow_tf32 = cudnn.allow_tf32 = allowed
    for operation, _ in operations[:3]:
        operation.fp32_precision = "tf32" if allowed else "ieee"


def _operations() -> list[tuple[Any, Any]]:
    """Operations with an ``fp32_precision``, and what each inherits it from; none before torch 2.9."""
    if not hasattr(torch.backends.cudnn, "conv"):
        return []
    cudnn: Any = torch.backends.cudnn  # typed as Any, since older versions of torch lack the operations
    mkldnn: Any = torch.backends.mkldnn
    parts = ((torch.backends.cuda.matmul, cudnn), (cudnn.conv, cudnn), (cudnn.rnn, cudnn), (mkldnn.matmul, mkldnn))
    return list(parts)


def _own_precision(operation: Any, parent: Any) -> str:
    """An operation's own precision; one that equals its parent's counts as inherited, as torch shows no difference."""
    precision = str(operation.fp32_precision)
    return _INHERITED if precision == parent.fp32_precision else precision


def _matmul_precision() -> str:
    """The host's ``get_float32_matmul_precision``, also where oneDNN's own differs from it."""
    try:
        return torch.get_float32_matmul_precision()
    except RuntimeError:
        if not _allows(lambda: torch.backends.cuda.matmul.allow_tf32):
            return "highest"
        in_onednn: Any = torch.backends.mkldnn
        return "medium" if in_onednn.matmul.fp32_precision == "tf32" else "high"


def _allows(read: Callable[[], bool]) -> bool:
    try:
        return read()
    except RuntimeError:
        return True
