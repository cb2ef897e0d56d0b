"""The command line with a model folder as its engine."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot import SettingsError
from photoshoot.cli import main
from photoshoot.cli.engine import parse_lora
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.settings import Lora
from tests.conftest import EXAMPLES

PHOTO = str(EXAMPLES / "bottle.jpg")


@pytest.mark.slow
def test_shoot_paints_with_a_model_folder(
    model_folders: dict[Family, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = str(model_folders[Family.SD15])
    order = ["shoot", PHOTO, "--prompt", "on a marble slab", "--size", "150x125", "--seed", "3", "--json"]
    previews = tmp_path / "steps"
    files = ["--out", str(tmp_path), "--previews", str(previews)]
    assert main([*order, "--engine", engine, "--device", "cpu", *files]) == 0
    (shot,) = json.loads(capsys.readouterr().out)["shots"]
    assert (shot["engine"], shot["passed"]) == ("diffusion", True)
    with Image.open(shot["path"]) as picture:
        assert np.asarray(picture).std() > 5
        with Image.open(previews / "bottle-1.png") as preview:
            assert preview.width / preview.height == pytest.approx(picture.width / picture.height, rel=0.05)
    assert [path.name for path in previews.iterdir()] == ["bottle-1.png"], "a picture a shot, the last step's"


def test_an_engine_that_is_nowhere_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shoot", PHOTO, "--prompt", "on sand", "--engine", "sd51"]) == 2
    assert "sd15" in capsys.readouterr().err


def test_the_studio_takes_no_loras(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shoot", PHOTO, "--prompt", "on sand", "--lora", "brand.safetensors"]) == 2
    assert "diffusion engine" in capsys.readouterr().err


def test_a_lora_has_a_path_and_may_have_a_weight() -> None:
    assert parse_lora("brand.safetensors") == Lora(path=Path("brand.safetensors"))
    assert parse_lora("brand.safetensors:0.5") == Lora(path=Path("brand.safetensors"), weight=0.5)
    assert parse_lora("C:/brand.safetensors") == Lora(path=Path("C:/brand.safetensors"))
    with pytest.raises(SettingsError, match="weight=9"):
        parse_lora("brand.safetensors:9")
