"""A RabbitMQ server of this machine, where Debian's package is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pika
import pytest
from pika.exceptions import AMQPConnectionError

from tests.jobs.ports import reserve_port
from tests.jobs.waiting import wait_until

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


@contextmanager
def run_broker(folder: Path) -> Iterator[str]:
    """The address of a broker that listens on loopback, with the user guest; skips where there is none."""
    if not PROGRAM.exists() or shutil.which("epmd") is None:
        pytest.skip("Debian's rabbitmq-server is not installed")
    with reserve_port() as port, reserve_port() as names_port, reserve_port() as nodes_port:
        yield from _run(folder, port, names_port, nodes_port)


def _run(folder: Path, port: int, names_port: int, nodes_port: int) -> Iterator[str]:
    environment = {
        **os.environ,
        "HOME": str(folder),  # where Erlang's cookie is made
        "RABBITMQ_NODENAME": f"photoshoot{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(nodes_port),
        "RABBITMQ_BASE": str(folder),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "logs"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "RABBITMQ_CONFIG_FILE": str(folder / "none.conf"),
        "ERL_EPMD_PORT": str(names_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }
    log = (folder / "output").open("wb")
    program = subprocess.Popen([PROGRAM], env=environment, stdout=log, stderr=log, start_new_session=True)
    parameters = pika.ConnectionParameters("127.0.0.1", port, connection_attempts=1)

    def answers() -> bool:
        if program.poll() is not None:
            pytest.fail((folder / "output").read_text(errors="replace"))
        try:
            pika.BlockingConnection(parameters).close()
        except AMQPConnectionError:
            return False
        return True

    try:
        wait_until(answers)
        yield f"amqp://guest:guest@127.0.0.1:{port}/"
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait()
        log.close()
        subprocess.run(["epmd", "-port", str(names_port), "-kill"], check=False, capture_output=True, env=environment)
