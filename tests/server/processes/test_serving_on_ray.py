"""``photoshoot serve --ray local`` as it runs: with a cluster of its own, which begins and ends with it."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import httpx
import pytest

from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.scaleout.test_serve_command import processes_of, read_log, serve

pytestmark = pytest.mark.slow

NATIVE = re.compile(r"\[2|[IWEF]\d{4} ")
"""How lines begin that native code writes past Python's log: Ray's core, and gRPC where a process forks."""


@pytest.mark.exhaustive(
    "tests/scaleout/test_serve_command.py::test_a_signal_ends_the_wait_for_a_replica_too",
    "tests/scaleout/test_service_on_ray.py::test_it_is_ready_for_as_long_as_there_are_replicas",
)
def test_a_signal_ends_it_in_peace(tmp_path: Path) -> None:
    with serve(tmp_path, "local", "--replica-cpus", "0.5", "--max-replicas", "1") as program:
        assert program.stdout is not None
        told = [program.stdout.readline() for _ in range(4)]
        assert all(told), read_log(tmp_path)
        answer = json.loads("".join(told))
        with httpx.Client(
            transport=httpx.HTTPTransport(retries=8), timeout=PATIENCE_S
        ) as client:  # it is told before it listens
            wait_until(lambda: client.get(f"{answer['url']}/readyz").json() == {"status": "ok"})  # Ray may take long
        os.killpg(program.pid, signal.SIGTERM)  # as supervisors do: it ends Ray's processes, too
        program.wait(PATIENCE_S)
    log = read_log(tmp_path)
    assert program.returncode == 0, log
    facts = [json.loads(line) for line in log if not NATIVE.match(line)]
    assert [line["status"] for line in facts if "status" in line][-1:] == [200]
    assert not [line for line in facts if line["level"] == "error"]
    wait_until(lambda: not processes_of(program.pid))  # Ray's own end a moment later
