from __future__ import annotations

from pathlib import Path

import pytest
from rembg.sessions import sessions_class

from photoshoot.errors import UnknownNameError, WeightsMissingError
from photoshoot.weights import find_rembg_model, is_present
from photoshoot.weights.inventory import rembg_folders

(KIND,) = (kind for kind in sessions_class if kind.name() == "isnet-general-use")


def test_a_network_is_found_in_either_of_rembgs_folders(cache: Path) -> None:
    with pytest.raises(WeightsMissingError, match="photoshoot weights pull isnet-general-use"):
        find_rembg_model("isnet-general-use")
    for folder in reversed(rembg_folders("isnet-general-use")):
        assert folder.is_relative_to(cache.parents[1])
        folder.mkdir(parents=True)
        (folder / "isnet-general-use.onnx").write_bytes(b"x")
        assert find_rembg_model("isnet-general-use") == folder / "isnet-general-use.onnx"
    assert is_present("isnet-general-use")


def test_only_rembgs_networks_are_known() -> None:
    with pytest.raises(UnknownNameError, match="isnet-general-use"):
        find_rembg_model("isnet-general")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_DATA_HOME": "/data"},
        {"REMBG_HOME": "~/networks", "XDG_DATA_HOME": "/data"},
        {"U2NET_HOME": "~/u2net", "REMBG_HOME": "/networks"},
    ],
)
@pytest.mark.usefixtures("cache")
def test_the_folders_are_those_of_rembg(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REMBG_HOME")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert tuple(map(str, rembg_folders("isnet-general-use"))) == (KIND.model_dir(), KIND.legacy_home())
