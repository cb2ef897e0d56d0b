from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from photoshoot.catalogue import Failed, Item, Made, list_items, load_recipe
from photoshoot.catalogue.processes import shoot_in_processes
from photoshoot.catalogue.running import shoot_here
from photoshoot.errors import SettingsError
from tests.catalogue.products import write_photos, write_recipe
from tests.jobs.waiting import PATIENCE_S


@pytest.mark.slow
@pytest.mark.exhaustive(
    "tests/catalogue/test_processes.py::test_a_run_ends_in_peace_where_the_program_ignores_its_childrens_ends",
    "tests/scaleout/test_cluster.py::test_two_actors_of_which_one_is_killed_give_the_bytes_of_a_plain_run",
)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that blocks its reader (mkfifo)")
def test_a_product_that_kills_its_workers_fails_and_the_others_have_the_bytes_of_one_process(tmp_path: Path) -> None:
    write_photos(tmp_path / "photos", 3)
    recipe, items = load_recipe(write_recipe(tmp_path / "recipe.json")), list_items(tmp_path / "photos")
    deadly = tmp_path / "deadly.png"
    os.mkfifo(deadly)
    before = set(multiprocessing.active_children())  # of other tests
    killer = threading.Thread(target=kill_readers, args=(deadly, 2), daemon=True)
    killer.start()
    work = shoot_in_processes(2)
    outcomes = {outcome.item.id: outcome for outcome in work(recipe, [Item(id="deadly", photo=deadly), *items])}
    killer.join(timeout=PATIENCE_S)
    assert not killer.is_alive()
    assert set(multiprocessing.active_children()) <= before
    failed = outcomes.pop("deadly")
    assert isinstance(failed, Failed)
    assert (failed.error, failed.message) == ("WorkerDied", "its worker died twice (exit code -9)")
    plain = {outcome.item.id: outcome for outcome in shoot_here()(recipe, items)}
    assert len(plain) == 3
    assert all(isinstance(outcome, Made) for outcome in plain.values())
    assert outcomes == plain


def kill_readers(pipe: Path, times: int) -> None:
    """Kill whichever worker reads a pipe, so many times."""
    held = os.open(pipe, os.O_RDWR)  # for all of them: a reader finds neither no writer nor an end
    try:
        for _ in range(times):
            while not (readers := [pid for pid in children() if reads(pid, pipe)]):
                time.sleep(0.01)
            (reader,) = readers
            os.kill(reader, signal.SIGKILL)
            while reader in children():  # until the crew has collected it
                time.sleep(0.01)
    finally:
        os.close(held)


def children() -> list[int]:
    """This process's children, without collecting those that have ended, as multiprocessing's own list does."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            facts = dict(line.split(":", 1) for line in status.read_text(errors="replace").splitlines() if ":" in line)
            parents[int(facts["Pid"])] = int(facts["PPid"])
    return [pid for pid, parent in parents.items() if parent == os.getpid()]


def reads(pid: int, file: Path) -> bool:
    """Whether a process has a file open to read it alone, which one that is just being born has not: it has ours."""
    held = Path(f"/proc/{pid}/fd")
    with contextlib.suppress(OSError):  # it has ended meanwhile
        return any(
            os.path.realpath(link) == str(file.resolve()) and opened_as(pid, link.name) == os.O_RDONLY
            for link in held.iterdir()
        )
    return False


def opened_as(pid: int, number: str) -> int:
    """How a process has opened a file: to read, to write, or both."""
    facts = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/fdinfo/{number}").read_text().splitlines())
    return int(facts["flags"], 8) & (os.O_RDONLY | os.O_WRONLY | os.O_RDWR)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a file that blocks its reader (mkfifo)")
def test_who_is_just_being_born_is_no_reader(tmp_path: Path) -> None:
    """Until a child runs a program of its own it has its parent's files: a worker was killed that had read nothing."""
    os.mkfifo(tmp_path / "pipe")
    held = os.open(tmp_path / "pipe", os.O_RDWR)
    try:
        assert not reads(os.getpid(), tmp_path / "pipe")
        reading = os.open(tmp_path / "pipe", os.O_RDONLY)
        assert reads(os.getpid(), tmp_path / "pipe")
        os.close(reading)
    finally:
        os.close(held)


@pytest.mark.slow
def test_a_worker_that_cant_load_its_engine_ends_the_run_with_the_reason(tmp_path: Path) -> None:
    (photo,) = write_photos(tmp_path, 1)
    recipe = load_recipe(write_recipe(tmp_path / "recipe.json", engine={"segmenter": "no-such-network"}))
    with pytest.raises(Exception, match="no-such-network"):
        list(shoot_in_processes(1)(recipe, [Item(id="one", photo=photo)]))


@pytest.mark.slow
def test_a_run_ends_in_peace_where_the_program_ignores_its_childrens_ends(tmp_path: Path) -> None:
    recipe, items = load_recipe(write_recipe(tmp_path / "recipe.json")), [Item(id="none", photo=tmp_path / "none.png")]
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        (outcome,) = shoot_in_processes(1)(recipe, items)
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert isinstance(outcome, Failed)
    assert outcome.error != "WorkerDied"


def test_there_is_at_least_one_process() -> None:
    with pytest.raises(SettingsError):
        shoot_in_processes(0)
