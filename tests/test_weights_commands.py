from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from photoshoot.cli import main
from photoshoot.weights import find_hub_model
from tests.weights.caches import store
from tests.weights.conftest import ADAPTERS, PIPELINE, cache, manifest
from tests.weights.hub_server import serve

__all__ = ["cache", "manifest"]  # fixtures
Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("manifest")


def run(capsys: Captured, *arguments: str) -> tuple[int, Any, str]:
    """Exit code, the JSON on standard output, standard error."""
    capsys.readouterr()
    code = main(["weights", *arguments, "--json"])
    streams = capsys.readouterr()
    return code, json.loads(streams.out) if streams.out else None, streams.err


def test_list_says_what_is_here(cache: Path, manifest: Path, capsys: Captured) -> None:
    store(cache, "toy/adapters", ADAPTERS)
    (manifest / "built-in.onnx").write_bytes(b"broken")
    code, told, _ = run(capsys, "list")
    assert code == 0
    assert {model["name"]: model["state"] for model in told["models"]} == {
        "built-in": "damaged",
        "isnet-general-use": "no",
        "pipeline": "no",
        "adapter": "yes",
        "encoder": "yes",
    }
    assert told["hub_cache"] == str(cache)
    toy = told["profiles"][0]
    assert (toy["name"], toy["missing"], toy["bytes"]) == ("toy", ["pipeline"], 703)


def test_list_is_a_table_for_people(cache: Path, capsys: Captured) -> None:
    store(cache, "toy/adapters", ADAPTERS)
    assert main(["weights", "list"]) == 0
    streams = capsys.readouterr()
    lines = {line.split()[0]: line.split()[1:] for line in streams.out.splitlines() if line.strip()}
    assert lines["adapter"] == ["adapter", "0", "MB", "MIT", "yes", "yes"]
    assert lines["pipeline"] == ["inpainter", "~0", "MB", "openrail++", "no", "no"]
    assert lines["toy"] == ["~0", "MB", "2", "of", "3", "pipeline,", "adapter,", "encoder"]
    assert str(cache) in streams.err


def test_pull_gets_a_profile_and_verify_holds_it(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    with serve({"toy/pipeline": PIPELINE, "toy/adapters": ADAPTERS}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        code, told, err = run(capsys, "pull", "toy")
        assert code == 0
        assert [found["name"] for found in told] == ["pipeline", "adapter", "encoder"]
        assert told[1]["path"] == str(find_hub_model("adapter"))
        assert "all there (3/3)" in err
        assert main(["weights", "pull", "adapter"]) == 0
        assert capsys.readouterr().out == f"adapter  {find_hub_model('adapter')}\n"
    code, told, _ = run(capsys, "verify")
    assert code == 0
    assert [found["name"] for found in told["verified"]] == ["built-in", "pipeline", "adapter", "encoder"]


def test_verify_reports_every_model_and_fails_for_one(cache: Path, capsys: Captured) -> None:
    blob = store(cache, "toy/adapters", ADAPTERS)["models/adapter.safetensors"]
    blob.write_bytes(b"damaged")
    code, told, err = run(capsys, "verify", "toy")
    assert code == 4
    assert [found["name"] for found in told["verified"]] == ["encoder"]
    assert [(error["name"], error["error"]) for error in told["errors"]] == [
        ("pipeline", "WeightsMissingError"),
        ("adapter", "WeightsChecksumError"),
    ]
    assert "photoshoot weights pull --force adapter" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["pull", "toyy"], 2, "did you mean toy"),
        (["verify", "adaptr"], 2, "adapter"),
        (["pull", "adapter"], 4, "can't be downloaded"),
    ],
)
def test_what_is_wrong_is_one_line(
    arguments: list[str], code: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert main(["weights", *arguments]) == code
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err


def test_offline_is_respected(cache: Path) -> None:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(cache.parent)}
    command = [sys.executable, "-m", "photoshoot", "weights", "pull", "ip-adapter-plus-sd15"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 4
    assert "ip-adapter-plus-sd15 can't be downloaded" in done.stderr
    assert "offline" in done.stderr.lower()
