"""The house's bounds, counted by ``benchmarks.count_lines``, which names what is over one."""

from __future__ import annotations

import ast
import functools
import re
import statistics
import tomllib
from pathlib import Path

from benchmarks.count_lines import MOST_LINES_A_FILE, MOST_P90, SOURCES, Counts, count

LEAST_MODEL_LINES = 3
ROOT = Path(__file__).resolve().parents[1]


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


@functools.cache
def defined(file: Path) -> set[str]:
    """Functions, classes and fields of a file."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    fields = {node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    return fields | {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def test_what_a_rooms_doc_names_is_there() -> None:
    """Files were renamed, and the room's door went on to tell of them."""
    extras = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    )
    lost = []
    for file in (file for file in counted().files if file.name == "__init__.py"):
        doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        room = file.parent
        known = extras.union({each.stem for each in (*room.rglob("*"), *room.parent.iterdir())})
        known |= set().union(*map(defined, room.glob("*.py")))
        lost += [
            f"{file}: {name}" for name in re.findall(r"(?<!`)`{1,2}([a-z_]+)`{1,2}(?!`)", doc) if name not in known
        ]
    assert lost == []
