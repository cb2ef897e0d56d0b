from __future__ import annotations

import weakref

import pytest
import torch

from photoshoot.placers.diffusion.hosting import memory_errors
from photoshoot.placers.diffusion.hosting.memory_errors import Shortage, attempt

MESSAGES = (
    "FIND was unable to find an engine to execute this computation",
    "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
    "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
    "MPS backend out of memory (MPS allocated: 5.00 GB)",
)


@pytest.mark.parametrize("message", MESSAGES)
def test_what_is_memory_in_words_alone_is_told_from_other_errors(message: str) -> None:
    def fail(words: str) -> None:
        raise RuntimeError(words)

    assert attempt(lambda: fail(message)) == Shortage(message)
    with pytest.raises(RuntimeError, match="mat1"):
        attempt(lambda: fail("mat1 and mat2 shapes cannot be multiplied"))


def test_nothing_of_the_failed_work_is_alive_when_the_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[torch.Tensor]] = []
    alive: list[bool] = []
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: alive.extend(ref() is not None for ref in made))

    def hold() -> None:
        latents = torch.zeros(3)
        made.append(weakref.ref(latents))
        try:
            raise torch.OutOfMemoryError("CUDA out of memory")
        finally:
            made.append(weakref.ref(latents))

    def wrap() -> None:
        keys = torch.zeros(2)
        made.append(weakref.ref(keys))
        try:
            hold()
        except torch.OutOfMemoryError as error:
            raise RuntimeError(f"CUDA out of memory: {error}") from error

    assert isinstance(memory_errors.attempt(wrap), Shortage)
    assert alive == [False] * 3
