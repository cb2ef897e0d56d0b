"""Which Python ``scripts/setup`` takes: what it would do next is to make ``.venv`` with it, where these stop."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = """#!/bin/sh
case "$1 $2" in
    *CONFIG_ARGS*) exit {slow} ;;
    *version_info*) exit {old} ;;
esac
echo "taken: $0"
exit 9
"""
SLOW, QUICK, OLD = {"slow": 1, "old": 0}, {"slow": 0, "old": 0}, {"slow": 1, "old": 1}


@pytest.mark.parametrize(("found", "taken"), [([SLOW, QUICK, QUICK], 1), ([OLD, SLOW, SLOW], 1), ([QUICK, SLOW], 0)])
def test_one_built_by_a_profile_is_taken_before_another(
    found: list[dict[str, int]], taken: int, tmp_path: Path
) -> None:
    (tmp_path / "scripts").mkdir()
    script = shutil.copy(ROOT / "scripts" / "setup", tmp_path / "scripts")
    pythons = [tmp_path / f"python-{number}" for number in range(len(found))]
    for python, answers in zip(pythons, found, strict=True):
        python.write_text(PYTHON.format(**answers))
        python.chmod(0o755)
    wanted = {"PYTHON": " ".join(map(str, pythons)), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([script, "cpu"], env=wanted, capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    assert done.stdout.splitlines()[-1] == f"taken: {pythons[taken]}"
