from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.quarantine import list_files, needs_linux, run_quarantined

pytest.importorskip("onnxruntime")
WITHOUT_TORCH = "import sys; sys.modules['torch'] = None"
"""The doctor looks for a card by it, which is none of this, and it takes two seconds to load."""
LOAD = "from photoshoot.machine.onnx_runtime import import_onnxruntime; import_onnxruntime()"


@needs_linux
@pytest.mark.parametrize(
    ("code", "is_quiet"),
    [
        (LOAD, True),
        (f"{WITHOUT_TORCH}; from photoshoot.doctor import examine; examine()", True),
        (f"import os; os.environ['ORT_DISABLE_TELEMETRY'] = '0'\n{LOAD}", False),
        (f"import onnxruntime\n{LOAD}", False),
    ],
    ids=["ours", "doctor", "the host wants it", "the host had loaded it"],
)
def test_onnx_runtimes_telemetry_is_off_unless_the_host_decides(code: str, is_quiet: bool, tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = run_quarantined(code, home)
    assert done.returncode == 0, done.stderr
    release = tuple(int(part) for part in importlib.metadata.version("onnxruntime").split(".")[:2])
    traces = [file for file in list_files(home) if file.endswith(".onnxruntime/deviceid")]
    assert bool(traces) != is_quiet or release < (1, 29)  # which began to report from Linux


def test_both_builds_at_once_are_told_where_it_is_loaded_and_by_the_doctor(tmp_path: Path) -> None:
    for build in ("onnxruntime", "onnxruntime-gpu"):
        information = tmp_path / f"{build.replace('-', '_')}-1.32.0.dist-info"
        information.mkdir()
        (information / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {build}\nVersion: 1.32.0\n", encoding="utf-8"
        )
    path = os.pathsep.join([*sys.path, str(tmp_path)])
    code = f"{WITHOUT_TORCH}; {LOAD}; import_onnxruntime()"
    code += "; from photoshoot.doctor import examine; print(examine().onnx_advice)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stderr == done.stdout
    assert "pip uninstall -y onnxruntime onnxruntime-gpu" in done.stdout


def test_one_build_is_as_it_should_be() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    assert done.stderr == ""
