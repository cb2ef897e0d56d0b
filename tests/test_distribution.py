from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

import photoshoot
from photoshoot.distribution import DISTRIBUTION, read_version


def import_beside(site: Path, code: str = "import photoshoot") -> str:
    """What Python says on standard error while it imports photoshoot beside the packages of a folder."""
    path = os.pathsep.join([str(Path(photoshoot.__file__).parents[1]), str(site)])
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True)
    return done.stderr


def install(site: Path, name: str, file: str) -> Path:
    """Lay what an installed distribution is known by, and its file, without which newer Pythons don't list it."""
    (site / file).parent.mkdir(exist_ok=True)
    (site / file).touch()
    information = site / f"{name.replace('-', '_')}-0.2.1.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.2.1\n", encoding="utf-8")
    (information / "RECORD").write_text(f"{file},,\n{information.name}/RECORD,,\n", encoding="utf-8")
    return site


def test_it_is_installed_under_its_own_name_with_both_commands() -> None:
    assert DISTRIBUTION == "product-photoshoot"
    assert read_version() == photoshoot.__version__
    commands = importlib.metadata.distribution(DISTRIBUTION).entry_points.select(group="console_scripts")
    assert {command.name: command.value for command in commands} == dict.fromkeys(
        ("photoshoot", "product-photoshoot"), "photoshoot.__main__:main"
    )


@pytest.mark.parametrize("code", ["import photoshoot", "import photoshoot.cli"])
def test_the_other_project_of_that_name_is_told_once_at_import(code: str, tmp_path: Path) -> None:
    told = import_beside(install(tmp_path, "photoshoot", "photoshoot/__init__.py"), code)
    assert told.count("pip uninstall -y photoshoot product-photoshoot") == 1


def test_nothing_is_told_of_a_distribution_that_has_no_files_in_the_package(tmp_path: Path) -> None:
    assert import_beside(install(tmp_path, "photoshoot", "__editable__.photoshoot.pth")) == ""
