"""Nothing leaves this machine, and no file is left where none was asked for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import photoshoot
from tests.quarantine import has_asked_for_a_socket, list_files, needs_linux, run_quarantined

pytest.importorskip("onnxruntime")
ROOT = Path(__file__).resolve().parents[1]
PHOTO = str(ROOT / "examples" / "bottle.jpg")
COMMANDS = """
import sys
from photoshoot.cli import main
photo = sys.argv[1]
assert main(["recommend", photo, "--json"]) == 0
assert main(["shoot", photo, "--kind", "medium_banner", "--preset", "white_background", "--out", "out"]) == 0
"""


@needs_linux
def test_a_whole_run_opens_no_socket_and_leaves_no_file_but_its_pictures(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run_quarantined(COMMANDS, home, PHOTO)
    assert not has_asked_for_a_socket(done), done.stderr
    assert done.returncode == 0, done.stderr
    networks = ".cache/photoshoot/networks/"
    assert list_files(home, "out/", ".drjit/", networks) == []  # the second is Dr.Jit's cache of compiled kernels
    assert len(list_files(home, ".drjit/", networks)) == 1


@needs_linux
def test_the_quarantine_sees_a_socket(tmp_path: Path) -> None:
    done = run_quarantined("import socket; socket.socket()", tmp_path / "home")
    assert has_asked_for_a_socket(done)


def test_no_page_starts_a_cluster_that_reports_its_use() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    heads = [line for page in pages for line in page.read_text("utf-8").splitlines() if "ray start --head" in line]
    assert heads
    assert [line for line in heads if "--disable-usage-stats" not in line] == []


def test_onnx_runtime_and_what_loads_it_are_loaded_in_one_way() -> None:
    package = Path(photoshoot.__file__).parent
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "onnxruntime" not in text and "rembg" not in text:  # nor is it imported there: no file more is parsed
            continue
        tree = ast.parse(text)
        guarded = {
            id(inner)
            for outer in ast.walk(tree)
            if isinstance(outer, ast.If) and ast.unparse(outer.test) == "TYPE_CHECKING"
            for inner in ast.walk(outer)
        }
        names = {
            name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in guarded
            for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        }
        assert "onnxruntime" not in names or path.stem == "onnx_runtime", path
        if "rembg" in names:
            assert "import_onnxruntime" in text or "build_onnx_session" in text, path
