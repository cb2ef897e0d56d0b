"""The rehearsal of docs/operating.md's backup: copied while it works, restored elsewhere, and nothing is lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from photoshoot.jobs import Jobs
from tests.jobs.conftest import OpenShop
from tests.jobs.stubs import QUICK, FlatPlacer, build_shoot, presets
from tests.jobs.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


def test_what_was_copied_while_it_worked_is_a_whole_service_again(
    sqlite_url: str, open_shop: OpenShop, tmp_path: Path
) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.start()
    done = shop.wait(shop.jobs.submit(shop.order(2)))
    pictures = [shop.open_png(done, index) for index in range(2)]
    shop.jobs.close()
    waiting = shop.reopen().submit(shop.order(2))
    backup = tmp_path / "backup"
    backup.mkdir()
    run_command(tmp_path / "jobs.db", backup / "photoshoot.db")  # first the database, then what it knows of
    shutil.copytree(shop.pictures, backup / "pictures")
    shutil.rmtree(shop.pictures)
    shoot = build_shoot(FlatPlacer())
    with Jobs.open(
        f"sqlite:///{backup / 'photoshoot.db'}",
        str(backup / "pictures"),
        presets=presets(),
        shoots=[shoot],
        settings=QUICK,
    ) as restored:
        ours = shop.application.id
        ids = [(ours, done.id, task.id) for task in done.tasks]
        assert [restored.pictures.download(*task).data for task in ids] == pictures
        restored.start()
        wait_until(lambda: restored.processes.find(ours, waiting.id).is_successful)


def run_command(source: Path, target: Path) -> None:
    """The command of the page, on other files."""
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    (code,) = re.findall(r'python -c "(import sqlite3[^"]*)"', text)
    code = code.replace("photoshoot-data/photoshoot.db", str(source)).replace("backup/photoshoot.db", str(target))
    subprocess.run([sys.executable, "-c", code], check=True)
