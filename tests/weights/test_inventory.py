from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.errors import UnknownNameError, WeightsChecksumError
from photoshoot.files import find_data
from photoshoot.weights import find_weights, load_manifest, verify_file


@pytest.mark.parametrize("name", load_manifest().embedded)
def test_every_embedded_model_is_there_whole_and_licensed(name: str) -> None:
    model = load_manifest().embedded[name]
    path = find_weights(name)
    assert path.stat().st_size == model.bytes
    assert model.commercial_use
    assert any(name.replace("_", "-") in notice.name for notice in path.parent.glob("NOTICE*"))


def test_every_weights_file_is_in_the_manifest() -> None:
    files = {model.file for model in load_manifest().embedded.values()}
    assert {path.name for path in find_data("weights").glob("*.onnx")} == files


def test_a_changed_file_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(find_weights("u2netp").read_bytes()[:-1] + b"x")
    with pytest.raises(WeightsChecksumError, match=r"model\.onnx"):
        verify_file(path, load_manifest().embedded["u2netp"].sha256)


def test_an_unknown_model_lists_the_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="u2netp"):
        find_weights("u2net")
