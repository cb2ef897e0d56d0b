"""Results go to standard output, everything else to standard error; an error is one line."""

from __future__ import annotations

import json

import pytest

from photoshoot.cli import console
from photoshoot.cli.console import (
    ProgressReporter,
    report_error,
    report_note,
    report_unexpected,
    write_json,
    write_lines,
)
from photoshoot.cli.time_left import TimeLeft
from photoshoot.records import Progress
from photoshoot.records.plain_data import Json

Captured = pytest.CaptureFixture[str]


def test_a_document_comes_back_from_standard_output_as_it_is_written(capsys: Captured) -> None:
    document: Json = {"name": "Häuschen 日本", "n": [1, 2.5, None], "long": "x" * 300}
    write_json(document)
    out, err = capsys.readouterr()
    assert json.loads(out) == document
    assert "日本" in out, "not escaped"
    assert err == ""


def test_lines_are_written_as_they_are(capsys: Captured) -> None:
    lines = ["[red]a[/red]", "y" * 300, ""]
    write_lines(lines)
    assert capsys.readouterr().out.split("\n") == [*lines, ""]


@pytest.mark.parametrize("message", ["plain", "a [bold]tag[/] stays", "two\n lines  and\tmore", "z" * 300])
def test_an_error_is_one_line_on_standard_error_with_its_markup_as_text(message: str, capsys: Captured) -> None:
    report_error(message)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"photoshoot: {' '.join(message.split())}\n"


def test_only_debug_shows_where_an_unforeseen_error_comes_from(capsys: Captured) -> None:
    for debug in (False, True):
        try:
            raise KeyError("gone")
        except KeyError as error:
            report_unexpected(error, debug=debug)
        err = capsys.readouterr().err
        assert "internal error: KeyError: 'gone'" in err
        assert ("Traceback" in err) is debug
        assert ("--debug" in err) is not debug


def test_notes_and_steps_are_told_beside_the_results(capsys: Captured) -> None:
    report_note("a [note]")
    with ProgressReporter() as reporter:
        reporter.start("mug\n\x1b[2J.png")
        reporter(Progress(stage="place", message="[1] placed", done=5, total=5))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["a [note]", "mug  [2J.png: [1] placed (5/5)"]


def test_where_there_is_no_bar_lines_say_the_time_left_of_all_photos(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter([100.0, 110.0, 160.0, 200.0])
    monkeypatch.setattr(console, "TimeLeft", lambda: TimeLeft(lambda: next(now)))
    with ProgressReporter(photos=2) as reporter:
        reporter.start("a.png")
        reporter(Progress(stage="segment", message="cutting out", done=0, total=1))
        reporter(Progress(stage="place", message="x", done=1, total=2))
        reporter(Progress(stage="place", message="y", done=2, total=2))
        reporter.start("b.png")
        reporter(Progress(stage="place", message="z", done=2, total=2))
    assert capsys.readouterr().err.splitlines() == [
        "a.png: cutting out (0/1)",
        "a.png: x (1/2), 0:30 left",
        "a.png: y (2/2), 1:00 left",
        "b.png: z (2/2)",
    ]
