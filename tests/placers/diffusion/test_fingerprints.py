from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from photoshoot.placers.diffusion.models.fingerprints import identify


def test_a_hub_cache_says_the_revision(tmp_path: Path) -> None:
    snapshot = tmp_path / "models--some--inpainting" / "snapshots" / "0123abcd"
    (snapshot / "models").mkdir(parents=True)
    assert identify([snapshot, snapshot / "models" / "a.safetensors"]) == {
        "some/inpainting": "revision 0123abcd",
        "some/inpainting/models/a.safetensors": "revision 0123abcd",
    }


def test_other_files_have_a_fingerprint_of_their_weights(tmp_path: Path) -> None:
    for name, value in {"a": 1.0, "b": 1.0, "c": 2.0}.items():
        (tmp_path / name).mkdir()
        save_file({"weight": torch.full((1000, 100), value)}, tmp_path / name / "model.safetensors")
    (tmp_path / "b" / "notes.txt").write_text("not part of the model")
    first, same, other = identify(tmp_path / name for name in "abc").values()
    assert first == same != other
    assert first.startswith("fingerprint ")


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        save_file({"weight": torch.ones(2)}, tmp_path / name / "style.safetensors")
    found = identify([tmp_path / "one" / "style.safetensors", tmp_path / "two" / "style.safetensors"])
    assert list(found) == ["style.safetensors", "style.safetensors (2)"]


def test_plain_file_names_are_called_by_their_folder(tmp_path: Path) -> None:
    (tmp_path / "watercolour").mkdir()
    file = tmp_path / "watercolour" / "pytorch_lora_weights.safetensors"
    save_file({"weight": torch.ones(2)}, file)
    assert list(identify([file])) == ["watercolour"]
