"""A program that carries out orders until it hangs in the middle of one, to be killed there.

``python -m tests.jobs.crashing DATABASE_URL PICTURES LOG HANG_AT WHEN``: at its task number HANG_AT (from 0) it hangs
while it makes the picture (WHEN is ``making``), or after it has written the picture and before the store knows
(``kept``). Each prompt's index is written to LOG before its picture is made.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import threading

from photoshoot import Shot, ShotRequest
from photoshoot.jobs import Jobs
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.object_store import ObjectStore
from photoshoot.jobs.store.records import TaskKey
from photoshoot.jobs.store.results import Results
from tests.jobs.stubs import QUICK, FlatPlacer, presets, working

_HUNG = "hung"


def log_to(path: str, request: ShotRequest) -> None:
    """Note that a picture is being made, in a way that outlives the program."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(file, f"{request.prompt_index}\n".encode())
    os.close(file)


def hang() -> None:
    """Tell the parent, and stay."""
    print(_HUNG, flush=True)  # noqa: T201
    threading.Event().wait()


class HangingResults(Results):
    """Writes a picture down, and hangs after that of one prompt."""

    def __init__(self, database_url: str, pictures: str, hang_at: int) -> None:
        super().__init__(Database(database_url), ObjectStore(pictures))
        self._hang_at = hang_at

    def keep(self, key: TaskKey, shot: Shot, *, again: bool = False) -> None:
        super().keep(key, shot, again=again)
        if shot.prompt_index == self._hang_at:
            hang()


def main(database_url: str, pictures: str, log: str, hang_at: str, when: str) -> None:
    """See the module."""

    def make(request: ShotRequest) -> None:
        log_to(log, request)
        if when == "making" and request.prompt_index == int(hang_at):
            hang()

    with Jobs.open(database_url, pictures, presets=presets(), settings=QUICK) as jobs:
        results = HangingResults(database_url, pictures, int(hang_at) if when == "kept" else -1)
        jobs.start()  # its webhooks
        with working(dataclasses.replace(jobs.context, results=results), FlatPlacer(before=make)):
            threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
