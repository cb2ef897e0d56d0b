"""``photoshoot serve --ray`` as a program that joins a cluster; with one of its own: ``tests.server.processes``."""

from __future__ import annotations

import contextlib
import json
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
    """The command, on a cluster and a free port."""
    words = ["serve", "--ray", cluster, "--port", "0", "--folder", str(tmp_path / "data"), "--json", *options]
    program = subprocess.Popen(
        [sys.executable, "-m", "photoshoot", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield program
    finally:
        if program.poll() is None:
            program.kill()
            program.communicate()


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
        assert program.stderr is not None
        warning = next(json.loads(line) for line in program.stderr if "9999 cores" in line)
        assert warning["level"] == "warning"
        program.terminate()
        told, _ = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0
    assert not told
    wait_until(lambda: not processes_of(program.pid))  # Ray's own end a moment later
