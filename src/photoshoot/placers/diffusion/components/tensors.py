"""Weights files: read into tensors, pickles only where they are allowed."""

import pickle
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import Tensor

from photoshoot.errors import WeightsError

SAFETENSORS = ".safetensors"
PICKLES = (".bin", ".ckpt", ".pt", ".pth")
"""Endings of files that hold a pickle."""


def read_tensors(path: Path, *, allow_pickle: bool = False) -> dict[str, Tensor]:
    """All tensors of a file, on the CPU; names of nested ones are joined by dots.

    Args:
        path: A ``.safetensors`` file or, where allowed, a pickle.
        allow_pickle: Accept a pickle. It is loaded with ``weights_only=True``, so nothing in it is run.

    Raises:
        WeightsError: The file can't be read, or is a pickle and that is not allowed.
    """
    if path.suffix == SAFETENSORS:
        try:
            return load_file(path)
        except (SafetensorError, OSError) as error:
            raise WeightsError(f"{path} can't be read as safetensors: {error}") from error
    check_pickle(path, allow_pickle=allow_pickle)
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError) as error:
        raise WeightsError(f"{path} can't be read as a pickle of weights alone: {error}") from error
    return dict(_flatten(content.get("state_dict", content)))


def read_metadata(path: Path) -> Mapping[str, str]:
    """What a ``.safetensors`` file says about itself; nothing for other files."""
    if path.suffix != SAFETENSORS:
        return {}
    with safe_open(path, framework="pt") as file:
        return dict(file.metadata() or {})


def read_names(path: Path) -> list[str]:
    """Names of a ``.safetensors`` file's tensors; nothing else of it is read.

    Raises:
        WeightsError: It is no such file.
    """
    try:
        with safe_open(path, framework="pt") as file:
            return list(file.keys())
    except (SafetensorError, OSError) as error:
        raise WeightsError(f"{path} is not a {SAFETENSORS} file: {error}") from error


def check_pickle(path: Path, *, allow_pickle: bool) -> None:
    """Hold that a file which is no ``.safetensors`` may be loaded.

    Raises:
        WeightsError: It may not.
    """
    if path.suffix not in PICKLES:
        raise WeightsError(f"{path} is not a weights file: give a {SAFETENSORS} file")
    if not allow_pickle:
        raise WeightsError(f"{path} is a pickle: give a {SAFETENSORS} file, or set allow_pickle=True")


def _flatten(content: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, Tensor]]:
    for name, value in content.items():
        if isinstance(value, Tensor):
            yield f"{prefix}{name}", value
        elif isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{name}.")
