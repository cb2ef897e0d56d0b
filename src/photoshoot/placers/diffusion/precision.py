"""How exactly a GPU multiplies: set for the time of a call, and put back after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from photoshoot.settings import DiffusionSettings


@contextmanager
def precision(settings: DiffusionSettings) -> Iterator[None]:
    """Apply ``allow_tf32`` and ``deterministic``; the host's own choice returns on leaving."""
    matmul, cudnn = torch.backends.cuda.matmul, torch.backends.cudnn
    before = (matmul.allow_tf32, cudnn.allow_tf32, cudnn.deterministic, cudnn.benchmark)
    matmul.allow_tf32 = cudnn.allow_tf32 = settings.allow_tf32
    cudnn.deterministic, cudnn.benchmark = settings.deterministic, not settings.deterministic
    try:
        yield
    finally:
        matmul.allow_tf32, cudnn.allow_tf32, cudnn.deterministic, cudnn.benchmark = before
