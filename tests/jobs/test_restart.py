from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from photoshoot.jobs import DeliveryState, RenderState
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.tables import DeliveryRow, TaskRow
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.crashing import log_to
from tests.jobs.receiver import Receiver, run_receiver
from tests.jobs.stubs import QUICK, FlatPlacer
from tests.jobs.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
LONG_AFTER_S = 100 * max(QUICK.lease_s, QUICK.webhook_timeout_s)
"""So much later, whoever has not been heard of is taken for dead, and what it was sending for lost."""

LONG = pytest.mark.exhaustive("tests/jobs/test_restart.py::test_a_killed_program_loses_nothing")
"""In another way, of which a sample has one."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with run_receiver() as server:
        yield server


@contextmanager
def run_until_it_hangs(shop: Shop, log: Path, hang_at: int, when: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``tests.jobs.crashing`` up to the point where it hangs."""
    arguments = [shop.database_url, str(shop.pictures), str(log), str(hang_at), when]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.crashing", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "hung\n"
            yield program
        finally:
            program.kill()


def let_time_pass(database_url: str) -> None:
    """Have it be long after what was begun was begun, instead of waiting: the store keeps when it runs out."""
    database = Database(database_url)
    with database.writing() as session:
        held = update(TaskRow).where(TaskRow.lease.is_not(None))
        session.execute(held.values(lease_until_s=TaskRow.lease_until_s - LONG_AFTER_S))
        sent = update(DeliveryRow).where(DeliveryRow.lease.is_not(None))
        session.execute(sent.values(next_try_s=DeliveryRow.next_try_s - LONG_AFTER_S))
    database.close()


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Every whole picture: which file it is, and when it was written."""
    files = {path.name: path.stat() for path in (folder / "pictures").rglob("*.*") if not path.name.startswith(".")}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in files.items()}


@pytest.mark.parametrize(
    ("database_url", "when"),
    [
        ("sqlite", "making"),
        pytest.param("sqlite", "kept", marks=LONG),
        pytest.param("postgresql", "making", marks=LONG),
    ],
    indirect=["database_url"],
)
def test_a_killed_program_loses_nothing(
    when: str, database_url: str, open_shop: OpenShop, receiver: Receiver, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    placer = FlatPlacer(before=lambda request: log_to(str(log), request))
    shop = open_shop(database_url, placer)
    channel = shop.jobs.channels.create(shop.application.id, receiver.url, with_image=True)
    process = shop.jobs.submit(shop.order(6))
    with run_until_it_hangs(shop, log, 3, when) as program:
        expected = [5, 5, 5, 2, 1, 1] if when == "making" else [5, 5, 5, 3, 5, 1]  # the next is made meanwhile
        wait_until(lambda: [int(task.state) for task in shop.find(process).tasks] == expected)
        wait_until(lambda: len({message.id for message in receiver.messages}) == expected.count(5))
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    before = snapshot(shop.pictures)
    assert len(before) == 2 * (3 if when == "making" else 5)
    let_time_pass(database_url)
    shop.jobs.start()
    done = shop.wait(process)
    assert [task.state for task in done.tasks] == [RenderState.COMPLETED] * 6
    assert done.progress == 100
    made = Counter(log.read_text().split())
    assert made == Counter("012345") + Counter("3" if when == "making" else "")  # only what was cut short is made again
    after = snapshot(shop.pictures)
    assert len(after) == 12
    assert {name: after[name] for name in before} == before  # each picture was written once
    assert len([path for path in (shop.pictures / "pictures").rglob("*") if path.is_file()]) == 12
    check_messages(shop, receiver, channel.secret, {str(task.id) for task in done.tasks}, done.id)


def check_messages(shop: Shop, receiver: Receiver, secret: str, task_ids: set[str], process_id: object) -> None:
    """Every task was told of, and the end, at least once; a message that came twice has the same id."""

    def pending() -> int:
        return shop.jobs.counts().pending_deliveries

    wait_until(lambda: pending() == 0)
    deliveries = shop.jobs.channels.deliveries(shop.application.id, process_id)  # type: ignore[arg-type]
    assert [delivery.state for delivery in deliveries] == [DeliveryState.DELIVERED] * 7
    assert {message.id for message in receiver.messages} == {str(delivery.id) for delivery in deliveries}
    assert all(message.is_signed_with(secret) for message in receiver.messages)
    told = {body["TaskId"] for body in receiver.bodies if body["MessageType"].endswith("TaskCompleted")}
    assert told == task_ids
    assert all(body["ImageContentBytes"] for body in receiver.bodies if "TaskId" in body)
    assert receiver.bodies[-1]["Progress"] == 100
