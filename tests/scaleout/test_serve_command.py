"""``photoshoot serve --ray`` as a program: its start, its end, its log."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
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


NATIVE = re.compile(r"\[2|[IWEF]\d{4} ")
"""How lines begin that native code writes past Python's log: Ray's core, and gRPC where a process forks."""


def processes_of(session: int) -> list[int]:
    """The processes of a session that are alive."""
    alive = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, _, its_session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(its_session) == session and state != "Z":
                alive.append(int(folder.name))
    return alive


def test_a_signal_ends_it_in_peace(tmp_path: Path) -> None:
    with serve(tmp_path, "local", "--replica-cpus", "0.5", "--max-replicas", "1") as program:
        assert program.stdout is not None
        answer = json.loads("".join(next(program.stdout) for _ in range(4)))
        with httpx.Client(
            transport=httpx.HTTPTransport(retries=8), timeout=PATIENCE_S
        ) as client:  # it is told before it listens
            assert client.get(f"{answer['url']}/readyz").json() == {"status": "ok"}
        os.killpg(program.pid, signal.SIGTERM)  # as supervisors do: it ends Ray's processes, too
        _, log = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0, log
    facts = [json.loads(line) for line in log.splitlines() if not NATIVE.match(line)]
    assert [line["status"] for line in facts if "status" in line] == [200]
    assert not [line for line in facts if line["level"] == "error"]
    wait_until(lambda: not processes_of(program.pid))  # Ray's own end a moment later


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
