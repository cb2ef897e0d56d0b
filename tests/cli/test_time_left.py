"""The time left is reckoned from the pace since the last beginning."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.catalogue import Tally
from photoshoot.cli.batch import BatchProgress
from photoshoot.cli.running_bar import RunningBar
from photoshoot.cli.time_left import TimeLeft


@pytest.mark.parametrize(
    ("seconds", "done", "total", "told"),
    [
        (9.0, 0, 4, ""),
        (9.0, 1, 4, ", 0:27 left"),
        (30.0, 1, 181, ", 1:30:00 left"),
        (9.0, 4, 4, ""),
    ],
)
def test_the_time_left_follows_from_the_pace(seconds: float, done: int, total: int, told: str) -> None:
    now = iter([0.0, seconds])
    assert TimeLeft(lambda: next(now)).tell(done, total) == told


def test_a_new_stage_has_a_pace_of_its_own() -> None:
    now = iter([0.0, 1000.0, 1010.0])
    left = TimeLeft(lambda: next(now))
    left.restart(5)
    assert left.tell(6, 8) == ", 0:20 left"


def test_a_catalogues_lines_say_it_and_leave_out_what_was_there_already(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoshoot.cli.running_bar._LINE_EVERY_S", 0.0)
    now = iter([0.0, 50.0, 60.0])
    monkeypatch.setattr("photoshoot.cli.running_bar.TimeLeft", lambda: TimeLeft(lambda: next(now)))
    with BatchProgress(Path("out")) as told:
        told(Tally(total=10, looked=10, skipped=4))
        told(Tally(total=10, looked=10, skipped=4, made=2, shots=12))
    assert capsys.readouterr().err.splitlines() == [
        "0 of 6 products, 0 pictures, 0 failed",
        "2 of 6 products, 12 pictures, 0 failed, 0:20 left",
    ]


def test_a_bar_that_runs_tells_its_lines_only_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with RunningBar() as bar:
        for done in range(1, 4):
            bar._print(f"{done} of 3", done, 3, is_last=done == 3)
    assert capsys.readouterr().err.splitlines() == ["3 of 3"]
