"""``photoshoot ui`` says what is wrong before it builds anything."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from photoshoot.cli import main
from photoshoot.cli.exit_codes import NOT_WRITTEN, WRONG_INPUT

pytest.importorskip("gradio", reason="gradio, of the extra ui, is not installed")


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
