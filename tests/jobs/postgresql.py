"""Runs a PostgreSQL server of its own for the tests, from the packages of this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.jobs.ports import reserve_port

USER = "photoshoot"
_UNSAFE_BUT_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: the newest of Debian's, else that on the path."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = packaged[-1] if packaged else shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


@contextmanager
def run_server(folder: Path) -> Iterator[str]:
    """Run a server whose data lie in a folder; gives its address, without a database's name.

    Skips the test where PostgreSQL is not installed, or where it would have to run as root and can't be another user.
    """
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with reserve_port() as port:
        yield from _run(binaries, folder, port)


def _run(binaries: Path, folder: Path, port: int) -> Iterator[str]:
    prefix, data = _drop_root(folder), folder / "data"
    options = f"{_UNSAFE_BUT_QUICK} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p {port}"
    initdb = [*prefix, str(binaries / "initdb"), "--no-sync", "-A", "trust", "-U", USER, "-E", "UTF8", "-D", str(data)]
    control = [*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    start = [*control, "-l", str(folder / "log"), "-o", options, "start"]
    stop = [*control, "-m", "immediate", "stop"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder}
    subprocess.run(initdb, check=True, **quiet)  # type: ignore[call-overload]
    subprocess.run(start, check=True, **quiet)  # type: ignore[call-overload]
    try:
        yield f"postgresql://{USER}@127.0.0.1:{port}"
    finally:
        subprocess.run(stop, check=True, **quiet)  # type: ignore[call-overload]


def _drop_root(folder: Path) -> list[str]:
    """How to run a program as someone who is not root, which PostgreSQL refuses; that one gets the folder."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    if setpriv is None or "postgres" not in names:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    user = names["postgres"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
