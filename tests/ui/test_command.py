"""``photoshoot ui`` says what is wrong before it builds anything."""

from __future__ import annotations

import importlib.util
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from photoshoot.cli import main
from photoshoot.cli.exit_codes import NOT_WRITTEN, WRONG_INPUT

if importlib.util.find_spec("gradio") is None:
    pytest.skip("gradio, of the extra ui, is not installed", allow_module_level=True)

from photoshoot.ui import NoStubs


def test_a_port_that_is_taken_and_a_folder_that_is_a_file_are_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    assert main(["ui", "--port", "0", "--folder", str(file)]) == NOT_WRITTEN
    assert "file can't be written: Not a directory" in " ".join(capsys.readouterr().err.split())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["ui", "--port", port, "--folder", str(tmp_path / "kept")]) == WRONG_INPUT
    err = " ".join(capsys.readouterr().err.split())
    assert f"port={port} is not allowed: give one that is free on 127.0.0.1" in err
    assert "page is at" not in err


def test_gradios_components_write_no_stubs_beside_their_code(tmp_path: Path) -> None:
    gradio = importlib.util.find_spec("gradio")
    assert gradio is not None
    assert gradio.submodule_search_locations is not None
    folder = gradio.submodule_search_locations[0]
    writes = "def create_or_modify_pyi("
    assert writes in (Path(folder) / "component_meta.py").read_text(encoding="utf-8")
    (tmp_path / "component_meta.py").write_text(f"{writes}*_):\n    raise AssertionError\n", encoding="utf-8")
    assert NoStubs in sys.meta_path
    spec = NoStubs.find_spec("gradio.component_meta", [str(tmp_path)])
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.create_or_modify_pyi(type, "Button", [])
