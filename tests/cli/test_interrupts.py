"""Ctrl-C ends a command soon, whatever it is at, and says what is kept; twice, it ends at once."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

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


@pytest.mark.parametrize("times", [1, 2])
def test_a_pass_that_hears_no_exception_is_ended(times: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DEAF], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert "1 file is kept in out" in process.stderr.readline()
        if times == 2:
            process.send_signal(signal.SIGINT)
        assert process.wait() == INTERRUPTED
