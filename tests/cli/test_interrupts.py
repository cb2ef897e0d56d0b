"""Ctrl-C ends a command soon, whatever it is at, and says what is kept; twice, it ends at once."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from photoshoot import __main__ as program
from photoshoot.cli.exit_codes import INTERRUPTED

DEAF = """
import pathlib, signal, time
from photoshoot.cli.interrupts import Interruptible, keep
signal.signal(signal.SIGINT, lambda *_: None)  # as in a long pass of the renderer, no exception comes through
with Interruptible():
    keep(pathlib.Path("out/ad.png"))
    print("ready", flush=True)
    while True:
        time.sleep(60)
"""


CATALOGUE = """
import pathlib, signal, time
from photoshoot.catalogue import Tally
from photoshoot.cli.batch import BatchProgress
from photoshoot.cli.interrupts import Interruptible
signal.signal(signal.SIGINT, lambda *_: None)
with Interruptible(), BatchProgress(pathlib.Path("out")) as told:
    told(Tally(total=9, looked=9, skipped=2, made=3, shots=18))
    print("ready", flush=True)
    while True:
        time.sleep(60)
"""


@contextlib.contextmanager
def _stopped(program: str) -> Iterator[subprocess.Popen[str]]:
    """A program that has had its first Ctrl-C, once it was at work."""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        yield process


def test_a_catalogue_that_is_stopped_says_how_much_of_it_is_there() -> None:
    with _stopped(CATALOGUE) as process:
        assert process.stderr is not None
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait() == INTERRUPTED
    assert "stopping: 5 of 9 products are kept in out, where the same command goes on" in told


@pytest.mark.parametrize("times", [1, 2])
def test_a_pass_that_hears_no_exception_is_ended(times: int) -> None:
    with _stopped(DEAF) as process:
        assert process.stderr is not None
        assert "1 file is kept in out" in process.stderr.readline()
        if times == 2:
            process.send_signal(signal.SIGINT)
        assert process.wait() == INTERRUPTED


def test_an_interrupt_before_a_command_begins_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("photoshoot.cli.main", load)
    assert program.main() == INTERRUPTED
    assert capsys.readouterr().err == "photoshoot: interrupted\n"
