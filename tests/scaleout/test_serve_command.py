"""``photoshoot serve --ray`` as a program that joins a cluster; with one of its own: ``tests.server.processes``."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.waiting import PATIENCE_S, wait_until

pytest.importorskip("ray", reason="Ray, of the extra ray, is not installed")

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def serve(tmp_path: Path, cluster: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command, on a cluster and a free port; what it logs is in ``read_log``.

    A pipe that nobody reads would be full some time, and one that Ray's processes hold would not end with the command.
    """
    words = ["serve", "--ray", cluster, "--port", "0", "--folder", str(tmp_path / "data"), "--json", *options]
    with (tmp_path / "log").open("wb") as log:
        program = subprocess.Popen(
            [sys.executable, "-m", "photoshoot", *words],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    with program:
        try:
            yield program
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)


def read_log(tmp_path: Path) -> list[str]:
    """The whole lines that the command has logged so far."""
    return [line for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines(True) if line.endswith("\n")]


def processes_of(session: int) -> list[int]:
    """The processes of a session that are alive."""
    alive = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, _, its_session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its_session) == session and state != "Z":
                alive.append(int(folder.name))
    return alive


def test_a_signal_ends_the_wait_for_a_replica_too(tmp_path: Path, cluster: str) -> None:
    with serve(tmp_path, cluster, "--replica-cpus", "9999") as program:
        wait_until(lambda: program.poll() is not None or any("9999 cores" in line for line in read_log(tmp_path)))
        (warning,) = (json.loads(line) for line in read_log(tmp_path) if "9999 cores" in line)
        assert warning["level"] == "warning"
        program.terminate()
        assert program.wait(PATIENCE_S) == 0
        assert program.stdout is not None
        assert not program.stdout.read()
    wait_until(lambda: not processes_of(program.pid))  # Ray's own end a moment later
