"""What ``scripts/resolve`` asks the package index for; that it is there, CI sees."""

from __future__ import annotations

import importlib.machinery
import importlib.util
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
