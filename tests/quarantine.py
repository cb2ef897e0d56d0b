"""Python in a quarantine: a home of its own, and a kernel that ends the process at the first socket (Linux only)."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

_SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
_ASKED_FOR = (
    "CI",
    "GITHUB_ACTIONS",
    "ORT_DISABLE_TELEMETRY",
    "ORT_RUNNING_UNIT_TESTS",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
)
"""Variables under which libraries report nothing, or that say where they write."""

needs_linux = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in _SOCKET_CALL, reason="seccomp is Linux's"
)


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_so", ctypes.c_uint8),
        ("if_not", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


def forbid_sockets() -> None:
    """From now on this process, its threads and its children end with SIGSYS where they ask for a socket.

    Source: Linux, Documentation/userspace-api/seccomp_filter.rst.
    """
    instructions = (_Instruction * 4)(
        _Instruction(0x20, 0, 0, 0),  # load the system call's number
        _Instruction(0x15, 0, 1, _SOCKET_CALL[platform.machine()]),
        _Instruction(0x06, 0, 0, 0x80000000),  # it is: end the process
        _Instruction(0x06, 0, 0, 0x7FFF0000),  # it is not: go on
    )
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(_Program(4, instructions)), 0, 0):
        raise OSError(ctypes.get_errno(), "no seccomp filter can be set")


def run_quarantined(code: str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python code with an empty home as its home, folder for temporary files and working folder."""
    root = Path(__file__).resolve().parents[1]
    (home / "tmp").mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if name not in _ASKED_FOR}
    path = os.pathsep.join([str(root / "src"), str(root)])
    places = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    start = "from tests.quarantine import forbid_sockets; forbid_sockets()\n"
    return subprocess.run(
        [sys.executable, "-c", start + code, *words],
        cwd=home,
        env={**kept, **places},
        capture_output=True,
        text=True,
        check=False,
    )


def list_files(home: Path, *allowed: str) -> Sequence[str]:
    """The files that lie in a home, but for those under allowed folders."""
    files = (path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    return sorted(file for file in files if not file.startswith(allowed))


def has_asked_for_a_socket(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether the kernel ended it."""
    return done.returncode == -signal.SIGSYS
