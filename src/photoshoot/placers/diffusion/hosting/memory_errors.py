"""What to do when a device's memory is full: tell it from other errors, and let go of what the failed work held."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import torch

R = TypeVar("R")

_TOLD_BY: Final = (
    "out of memory",
    "can't allocate memory",
    "not enough memory",
    "FIND was unable to find an engine",  # cuDNN had no room for any algorithm's workspace
    "CUDNN_STATUS_ALLOC_FAILED",
    "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
    "CUBLAS_STATUS_ALLOC_FAILED",
)


@dataclass(frozen=True)
class Shortage:
    """Work that did not fit in the device's memory."""

    message: str
    """What the device's library said."""


def attempt(work: Callable[[], R]) -> R | Shortage:
    """Do work; where memory is too short for it, everything that it held is free again when this returns."""
    try:
        return work()
    except RuntimeError as error:
        if not is_shortage(error):
            raise
        shortage = Shortage(str(error))
        forget_frames(error)
    gc.collect()  # frames and errors hold each other
    torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()
    return shortage


def is_shortage(error: BaseException) -> bool:
    """Whether an error says that memory is full, in its type or, from libraries that have none for it, in its words."""
    return isinstance(error, torch.OutOfMemoryError) or any(words in str(error) for words in _TOLD_BY)


def forget_frames(error: BaseException | None) -> None:
    """Let go of the tensors in the frames that an error, and those that led to it, came through."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
