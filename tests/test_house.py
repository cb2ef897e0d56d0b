"""The house's bounds, counted by ``benchmarks.count_lines``, which names what is over one."""

from __future__ import annotations

import ast
import functools
import statistics
from pathlib import Path

from benchmarks.count_lines import MOST_LINES_A_FILE, MOST_P90, SOURCES, Counts, count

LEAST_MODEL_LINES = 3


@functools.cache
def counted() -> Counts:
    return count(SOURCES)


def modules(room: Path) -> list[Path]:
    return [file for file in room.glob("*.py") if file.stem not in ("__init__", "__main__")]


def test_the_package_is_counted() -> None:
    """Or the bounds below would hold of nothing."""
    assert len(counted().files) > 300
    assert len(counted().functions) > 1000


def test_no_file_is_too_long() -> None:
    assert {file: lines for file, lines in counted().files.items() if lines > MOST_LINES_A_FILE} == {}


def test_functions_are_short() -> None:
    assert statistics.quantiles(counted().functions, n=10)[-1] <= MOST_P90


def test_every_fields_doc_says_something() -> None:
    assert counted().short_docs == []


def test_every_room_opens_with_what_goes_in_and_out() -> None:
    rooms = [file for file in counted().files if file.name == "__init__.py" and len(modules(file.parent)) > 1]
    assert len(rooms) > 40
    docs = {room: ast.get_docstring(ast.parse(room.read_text(encoding="utf-8"))) or "" for room in rooms}
    assert [str(room) for room, doc in docs.items() if len(doc.splitlines()) < LEAST_MODEL_LINES] == []
