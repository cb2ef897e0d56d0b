"""One warm process for many commands: ``photoshoot …`` and ``python …`` without a new interpreter for each.

``python -m tests.command_server SOCKET`` listens; ``write_clients`` makes the commands, which hand over their words,
their folder and their standard streams, and end with the exit code that they are told.
"""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

from photoshoot.placers.studio.variant import import_mitsuba
from tests.kept_networks import keep_networks
from tests.small_pictures import shrink_previews

_CLIENT = """#!{python} -IS
import json, os, socket, sys
words = sys.argv[1:]
own = {name!r} == "photoshoot"
first = (words or [""])[0]
if first in ("serve", "ui", "mcp") or not own and first not in ("-m", "-c") and not first.endswith(".py"):
    os.execv({python!r}, [{python!r}, *(["-m", "photoshoot"] if own else []), *words])
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    said = json.dumps({{"words": ["-m", "photoshoot", *words] if own else words, "folder": os.getcwd()}})
    socket.send_fds(server, [said.encode()], [0, 1, 2])
    sys.exit(int(server.recv(8) or b"70"))
"""


def write_clients(folder: Path, address: Path) -> None:
    """Write ``photoshoot``, ``python`` and ``python3`` into a folder for programs."""
    folder.mkdir(parents=True)
    for name in ("photoshoot", "python", "python3"):
        program = folder / name
        program.write_text(_CLIENT.format(python=sys.executable, name=name, address=str(address)), encoding="utf-8")
        program.chmod(0o755)


def call(address: Path, words: list[str], folder: Path, output: Path) -> int:
    """Run Python's words (``["-m", …]``, a file) in the server; what it prints goes into a file."""
    with socket.socket(socket.AF_UNIX) as server, output.open("ab") as stream, open(os.devnull, "rb") as nothing:
        server.connect(str(address))
        said = json.dumps({"words": words, "folder": str(folder)}).encode()
        socket.send_fds(server, [said], [nothing.fileno(), stream.fileno(), stream.fileno()])
        return int(server.recv(8))


def serve(address: str) -> None:
    """Carry out commands, one after the other, until the process is ended."""
    shrink_previews()
    keep_networks()
    import_mitsuba()
    spaces: dict[str, dict[str, Any]] = {}
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        while True:
            client, _ = listener.accept()
            with client, contextlib.suppress(BrokenPipeError):
                said, streams, *_ = socket.recv_fds(client, 65536, 3)
                client.sendall(str(_run(json.loads(said), streams, spaces)).encode())


def _run(said: dict[str, Any], streams: list[int], spaces: dict[str, dict[str, Any]]) -> int:
    kept = [os.dup(stream) for stream in (0, 1, 2)]
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(said["folder"])
    try:
        _carry_out(said["words"], spaces.setdefault(said["folder"], {"__name__": "__main__"}))
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, stream in enumerate(kept):
            os.dup2(stream, number)
            os.close(stream)


def _carry_out(words: list[str], space: dict[str, Any]) -> None:
    """Blocks of one page (``block PAGE FILE``) share their names, as in an interactive session."""
    if words[0] == "block":
        exec(compile(Path(words[2]).read_text(encoding="utf-8"), words[1], "exec"), space)
    elif words[0] == "-c":
        sys.argv = words
        exec(compile(words[1], "-c", "exec"), {"__name__": "__main__"})
    elif words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    serve(sys.argv[1])
