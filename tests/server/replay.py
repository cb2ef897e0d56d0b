"""Runs the contract's curl commands as they are printed, against a server of our own."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.waiting import PATIENCE_S
from tests.server.contract import Block

HOST = "https://api.adcreative.ai"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TRACE_ID = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00")
_LEFT = re.compile(r"<your-[a-z-]+>|\{[A-Za-z_]+\}|/path/to/")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What curl got."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        """The JSON."""
        return json.loads(self.content)


def replay(block: Block, url: str, values: Mapping[str, str], folder: Path, *, without: str = "") -> Reply:
    """Run a command.

    Args:
        block: The command.
        url: The server, instead of the document's host.
        values: What stands in the place of placeholders and of the examples' ids, keys and files.
        folder: For curl's output.
        without: Leave out the options whose value begins so.
    """
    if shutil.which("curl") is None:
        pytest.skip("there is no curl on this machine")
    words = shlex.split(block.command)
    assert words[0] == "curl"
    words = _drop(words, without) if without else words
    words = [_fill(word, {HOST: url, **values}) for word in words]
    assert not [word for word in words if _LEFT.search(word)], words
    head, content = folder / "head", folder / "content"
    done = subprocess.run(
        [
            *words,
            "--silent",
            "--show-error",
            "--max-time",
            f"{PATIENCE_S:g}",
            "--dump-header",
            str(head),
            "--output",
            str(content),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, (words, done.stderr)
    *_, last = re.split(r"(?m)^(?=HTTP/)", head.read_text())
    status, *lines = last.strip().splitlines()
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    return Reply(
        status=int(status.split()[1]),
        headers={name.lower(): value for name, value in headers.items()},
        content=content.read_bytes(),
    )


def same_shape(found: Any, example: Any, where: str = "$") -> None:
    """Hold that an answer has exactly the example's keys and types; texts that are GUIDs or URLs stay such.

    A list may be empty; its items are like the example's.
    """
    if isinstance(example, dict) and example and all(GUID.fullmatch(key) for key in example):
        assert all(GUID.fullmatch(key) for key in found), where
        for key, value in found.items():
            same_shape(value, next(iter(example.values())), f"{where}.{key}")
    elif isinstance(example, dict):
        assert list(found) == list(example), where
        for key in example:
            same_shape(found[key], example[key], f"{where}.{key}")
    elif isinstance(example, list):
        assert isinstance(found, list), where
        for index, item in enumerate(found if example else []):
            same_shape(item, example[min(index, len(example) - 1)], f"{where}[{index}]")
    else:
        assert type(found) is type(example), (where, found, example)
        if isinstance(example, str):
            assert bool(GUID.fullmatch(found)) == bool(GUID.fullmatch(example)), (where, found)
            assert found.startswith("http") == example.startswith("http"), (where, found)


def without_trace(body: Any) -> Any:
    """A problem's body without its trace id, whose form is held here."""
    holder = body.get("extensions", body)
    assert TRACE_ID.fullmatch(holder["traceId"]), holder
    kept = {key: value for key, value in holder.items() if key != "traceId"}
    return {**body, "extensions": kept} if "extensions" in body else kept


def _drop(words: list[str], start: str) -> list[str]:
    """Options and their values, less those that begin so whatever their case."""
    dropped = {index for index, word in enumerate(words) if word.lower().startswith(start.lower())}
    assert dropped, start
    return [word for index, word in enumerate(words) if index not in dropped and index + 1 not in dropped]


def _fill(word: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(name, value)
    return word
