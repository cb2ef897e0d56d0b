from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.__main__ import list_benchmarks, read_findings

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# T\n\nHow it was.\n\n- One: 1.\n- Two: 2.\n\n| a |\n|---|\n\n- not this\n", ["One: 1.", "Two: 2."]),
        ("# T\n\nHow it was.\n\n**Twice as fast**, see.\n\n| a |\n", ["**Twice as fast**, see."]),
        ("# T\n\nA median of 3\nseconds.\n\nMore.\n\n## Next\n", ["A median of 3 seconds."]),
    ],
)
def test_a_pages_findings_are_its_bullets_or_its_first_words(tmp_path: Path, page: str, found: list[str]) -> None:
    path = tmp_path / "page.md"
    path.write_text(page, encoding="utf-8")
    assert read_findings(path) == ("T", found)


def test_every_benchmark_is_listed_and_an_unknown_one_is_refused() -> None:
    told = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert [name for name in list_benchmarks() if f"`bench_{name}.py`" not in told] == []
    command = [sys.executable, "-m", "benchmarks", "studyo"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "no benchmark studyo" in done.stderr
