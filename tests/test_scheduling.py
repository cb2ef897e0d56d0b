from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FIRST = """
import os, time, warnings
import pytest

@pytest.fixture(scope="session")
def whole():
    yield os.getpid()
    print("torn down")
    with open("torn", "a") as file:
        file.write("once ")

def test_passes(whole, tmp_path):
    (tmp_path / "file").touch()
    warnings.warn("told to all")

@pytest.mark.skip(reason="not here")
def test_skipped():
    pass

def test_fails():
    print("what was printed")
    assert 1 == 2

def test_ends_its_worker():
    if not os.fork():  # what it has begun lives on, and has all that it had open
        time.sleep(3)
    os._exit(7)

def test_comes_after(whole):
    pass
"""
SECOND = """
import pytest

@pytest.fixture
def left_open():
    yield
    raise ValueError("as it was put away")

@pytest.mark.parametrize("number", range(5))
def test_numbers(number):
    pass

def test_put_away_badly(left_open):
    pass
"""


def test_the_suite_has_a_limit(pytestconfig: pytest.Config) -> None:
    """A test's: 15 minutes, of which the longest takes one where nothing else runs."""
    assert float(pytestconfig.getini("faulthandler_timeout")) == 900
    assert pytestconfig.getini("faulthandler_exit_on_timeout")


def run_suite(folder: Path, *options: str) -> str:
    """What pytest tells of two modules whose tests two workers run."""
    (folder / "test_first.py").write_text(FIRST)
    (folder / "test_second.py").write_text(SECOND)
    (folder / "pytest.ini").write_text("[pytest]\n")
    words = [sys.executable, "-m", "pytest", "-p", "tests.scheduling", "-p", "no:cacheprovider", "-rA", *options]
    environment = os.environ | {"TEST_WORKERS": "2", "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode, done.stdout
    return done.stdout


def test_workers_tell_all_that_pytest_tells(tmp_path: Path) -> None:
    told = run_suite(tmp_path)
    assert "2 failed, 8 passed, 1 skipped, 1 warning, 1 error" in told, told
    assert "FAILED test_first.py::test_fails - assert 1 == 2" in told, told
    assert "what was printed" in told, told
    assert "its worker ended at this test, with status 7" in told, told
    assert "SKIPPED [1] test_first.py:16: not here" in told, told
    assert "UserWarning: told to all" in told, told
    assert "ERROR test_second.py::test_put_away_badly - ValueError: as it was put away" in told, told
    assert "torn down" not in told, told
    assert (tmp_path / "torn").read_text() == "once "  # the worker that ended could not


def test_no_more_is_begun_where_enough_has_failed(tmp_path: Path) -> None:
    told = run_suite(tmp_path, "-x", "-k", "first")
    assert "1 failed, 1 passed, 1 skipped" in told, told
    assert "stopping after 1 failures" in told, told
