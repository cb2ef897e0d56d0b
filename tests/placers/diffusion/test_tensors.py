from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch

from photoshoot.errors import WeightsError
from photoshoot.placers.diffusion.components.tensors import read_tensors


class Trap:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_names_of_nested_tensors_are_joined(tmp_path: Path) -> None:
    torch.save({"image_proj": {"norm": torch.ones(2)}, "step": 3}, tmp_path / "a.bin")
    torch.save({"state_dict": {"norm": torch.ones(2)}, "epoch": 3}, tmp_path / "b.ckpt")
    assert list(read_tensors(tmp_path / "a.bin", allow_pickle=True)) == ["image_proj.norm"]
    assert list(read_tensors(tmp_path / "b.ckpt", allow_pickle=True)) == ["norm"]


def test_a_pickle_is_never_run(tmp_path: Path) -> None:
    torch.save({"norm": torch.ones(2), "trap": Trap(tmp_path / "sprung")}, tmp_path / "a.bin")
    with pytest.raises(WeightsError, match=r"a\.bin is a pickle.*allow_pickle=True"):
        read_tensors(tmp_path / "a.bin")
    with pytest.raises(WeightsError, match=r"a\.bin can't be read as a pickle of weights alone"):
        read_tensors(tmp_path / "a.bin", allow_pickle=True)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("name", ["a.safetensors", "a.ckpt", "a.onnx"])
def test_broken_and_foreign_files_are_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no weights")
    with pytest.raises(WeightsError, match=name):
        read_tensors(tmp_path / name, allow_pickle=True)
