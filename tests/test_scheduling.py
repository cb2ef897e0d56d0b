from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFTEST = "from tests.scheduling import pytest_runtest_teardown, pytest_xdist_make_scheduler"
QUICK = """
import pytest, threading
@pytest.mark.parametrize("number", range(3))
def test_quick(number):
    pass
"""
HANGS = f"""{QUICK}
def test_it_hangs():
    threading.Event().wait()
def test_after():
    pass
"""
HANGS_LATER = f"""{QUICK}
@pytest.fixture
def hanging():
    yield
    threading.Event().wait()
def test_it_fails(hanging):
    raise ValueError
def test_after():
    pass
"""
MODULES = {"conftest": CONFTEST, "test_a": QUICK, "test_b": HANGS, "test_c": QUICK, "test_d": HANGS_LATER}
TESTS = 3 * 4 + 2 * 2


def test_what_stands_still_is_named_with_its_stacks_and_the_others_go_on(tmp_path: Path) -> None:
    for name, text in MODULES.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    limit = ("-o", "faulthandler_timeout=1", "-o", "faulthandler_exit_on_timeout=true")
    words = ("-n2", "--dist=loadscope", "--no-loadscope-reorder", "--max-worker-restart=99", *limit)
    variables = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "xdist", *words, str(tmp_path)],
        cwd=tmp_path,
        env={**variables, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "crashed while running 'test_b.py::test_it_hangs'" in ended.stdout
    assert re.search(r'test_b.py", line \d+ in test_it_hangs\n', ended.stderr)
    assert "crashed while running 'test_d.py::test_it_fails'" in ended.stdout
    assert re.search(r'test_d.py", line \d+ in hanging\n', ended.stderr)
    counts = re.findall(r"(\d+) (?:failed|passed)", ended.stdout.splitlines()[-1])
    assert sum(map(int, counts)) >= TESTS  # each test once; the one that failed first was told twice


def test_the_suite_has_a_limit(pytestconfig: pytest.Config) -> None:
    """A test's: 15 minutes, of which the longest takes one where nothing else runs."""
    assert float(pytestconfig.getini("faulthandler_timeout")) == 900
    assert pytestconfig.getini("faulthandler_exit_on_timeout")
