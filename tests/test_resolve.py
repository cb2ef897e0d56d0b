"""What ``scripts/resolve`` asks the package index for; that it is there, CI sees."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

Requirement = pytest.importorskip("packaging.requirements").Requirement
SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "resolve"


@pytest.fixture(scope="module")
def resolve() -> ModuleType:
    spec = importlib.util.spec_from_loader("resolve", importlib.machinery.SourceFileLoader("resolve", str(SCRIPT)))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_system_is_asked_for_what_it_needs(resolve: ModuleType) -> None:
    asked = {system: resolve.list_requirements(system, "cpu") for system in resolve.SYSTEMS}
    assert {"linux-x86_64", "linux-aarch64", "macos-arm64", "windows-x86_64"} <= set(asked)
    for system, requirements in asked.items():
        names = {Requirement(text).name for text in requirements}
        assert {"mitsuba", "mitsuba-oidn", "onnxruntime", "pi-heif"} <= names
        assert not names & {"rembg", "torch", "pyoidn"}
        assert ("karellen-llvm-core" in names) is (system == "linux-x86_64")


@pytest.mark.skipif(os.name == "nt", reason="the script is a shell's")
def test_uv_asks_whom_pip_is_set_to_ask_and_variables_hold(tmp_path: Path) -> None:
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(
        """#!/bin/sh
        if [ "$2" = pip ]; then
            echo ":env:.find-links='/wheels /more'"
            echo "global.constraint='/those.txt'"
            echo "global.find-links='/others'"
            echo "global.timeout='60'"
        else
            echo "$*"
            env | grep -E '^(UV_|SSL_)' | sort
        fi
        """,
        encoding="utf-8",
    )
    program.chmod(0o755)
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT.with_name("uv"), tmp_path / "scripts" / "uv")
    words, variables = [str(tmp_path / "scripts" / "uv"), "pip", "list"], {"PATH": os.environ["PATH"]}
    told = subprocess.run(words, env=variables, capture_output=True, check=True, text=True).stdout.splitlines()
    assert told == ["-m uv pip list", "UV_CONSTRAINT=/those.txt", "UV_FIND_LINKS=/wheels /more"]
