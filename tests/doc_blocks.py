"""The blocks of code in a page: what its fences hold, and what is said of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?$')
_NOT_RUN = re.compile(r"^<!-- not run: (?P<reason>.+) -->$")
CODE = ("sh", "python", "toml", "yaml", "json", "bat", "js", "php")
"""Languages that are something to run or to write into a file; blocks without a language are drawings and output."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block of code."""

    page: str
    """Its page, from the project's folder."""
    line: int
    """The line of its fence, from 1."""
    language: str
    """One of ``CODE``."""
    title: str
    """The file that it is, as the page shows; empty where it is none."""
    text: str
    """What stands between the fences."""
    not_run: str
    """Why it is not run; empty where it is."""


def read_blocks(page: Path, root: Path) -> list[Block]:
    """Every block of code of a page, in order; a fence of another language is an error."""
    lines = page.read_text(encoding="utf-8").splitlines()
    name = page.relative_to(root).as_posix()
    blocks: list[Block] = []
    start = None
    for index, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if start is None:
            start = index
            continue
        if lines[start] != "```":
            blocks.append(_read_block(name, lines, start, index))
        start = None
    assert start is None, f"{name}: a fence is left open"
    return blocks


def _read_block(page: str, lines: list[str], start: int, end: int) -> Block:
    fence = _FENCE.match(lines[start])
    assert fence is not None, f"{page}:{start + 1}: {lines[start]}"
    assert fence["language"] in CODE, f"{page}:{start + 1}: {fence['language']} is not run by a test"
    reason = _NOT_RUN.match(lines[start - 1]) if start else None
    return Block(
        page=page,
        line=start + 1,
        language=fence["language"],
        title=fence["title"] or "",
        text="\n".join((*lines[start + 1 : end], "")),
        not_run=reason["reason"] if reason else "",
    )
