"""A program that carries out orders until it hangs in the middle of one, to be killed there.

``python -m tests.jobs.crashing DATABASE_URL PICTURES LOG HANG_AT WHEN``: at its task number HANG_AT (from 0) it hangs
while it makes the picture (WHEN is ``making``), or after it has written the picture and before the store knows
(``kept``). Each prompt's index is written to LOG before its picture is made.
"""

from __future__ import annotations

import os
import sys
import threading

from photoshoot import Shot, ShotRequest
from photoshoot.jobs import Jobs
from photoshoot.jobs.queue.queue import Claim
from photoshoot.jobs.store.results import Results
from tests.jobs.stubs import IN_A_CRASH, FlatPlacer, build_shoot, presets

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


def main(database_url: str, pictures: str, log: str, hang_at: str, when: str) -> None:
    """See the module."""
    keep = Results.keep

    def make(request: ShotRequest) -> None:
        log_to(log, request)
        if when == "making" and request.prompt_index == int(hang_at):
            hang()

    def keep_then_hang(self: Results, claim: Claim, shot: Shot) -> None:
        keep(self, claim, shot)
        if when == "kept" and claim.prompt_index == int(hang_at):
            hang()

    Results.keep = keep_then_hang  # type: ignore[method-assign]
    shoot = build_shoot(FlatPlacer(before=make))
    with Jobs.open(database_url, pictures, presets=presets(), shoots=[shoot], settings=IN_A_CRASH) as jobs:
        jobs.start()
        threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
