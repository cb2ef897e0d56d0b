from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from photoshoot.cli import main
from photoshoot.cli.exit_codes import DONE, WRONG_INPUT
from photoshoot.training.settings import TrainingSettings
from photoshoot.training.settings_file import load_settings


def test_the_defaults_are_a_settings_file_that_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "defaults"]) == DONE
    text = capsys.readouterr().out
    (tmp_path / "defaults.toml").write_text(text)
    default = TrainingSettings()
    loaded = load_settings(tmp_path / "defaults.toml")
    assert loaded == TrainingSettings(data=(tmp_path / default.data[0],), out=tmp_path / default.out)
    lines = text.splitlines()
    keys = [index for index, line in enumerate(lines) if " =" in line]
    assert len(keys) >= 40
    assert [lines[index] for index in keys if not lines[index - 1].startswith("# ")] == []
    assert main(["train", "defaults", "--json"]) == DONE
    told = json.loads(capsys.readouterr().out)
    assert {name for name in told if told[name] is not None} == set(tomllib.loads(text))


def test_a_wrong_key_is_told_before_anything_is_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wrong.toml").write_text("[lora]\nrnak = 4\n")
    assert main(["train", "run", str(tmp_path / "wrong.toml")]) == WRONG_INPUT
    assert "wrong.toml: lora.rnak: unknown key 'rnak'; did you mean rank?" in capsys.readouterr().err
