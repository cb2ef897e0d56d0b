"""Serves the page for its benchmark, in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serve_page(folder: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """The page's address, and what says how many CPU seconds its process has used."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "photoshoot", "ui", "--port", str(port), "--folder", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}/"
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"{url}healthz")  # loopback
                break
            except OSError:
                time.sleep(0.1)

        def cpu() -> float:
            words = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            return (int(words[11]) + int(words[12])) / 100  # ticks, a hundred a second

        yield url, cpu
        process.terminate()
