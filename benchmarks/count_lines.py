"""Counts the package's lines, files, functions and documented fields, and names what is over a bound.

    python -m benchmarks.count_lines [FOLDER] [--rooms]

A line is exactly one of: blank, comment, docstring (of a module, class, function or field), import, code.
"""

from __future__ import annotations

import argparse
import ast
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "src" / "photoshoot"
MOST_LINES_A_FILE, MOST_LINES, MOST_P90 = 300, 41_000, 30
ALLOWED_TWICE = ("__init__.py", "__main__.py")


@dataclass
class Counts:
    """What is counted of one folder."""

    lines: Counter[str] = field(default_factory=Counter)
    """Kind of line → number."""
    files: dict[Path, int] = field(default_factory=dict)
    """File → its lines."""
    functions: list[int] = field(default_factory=list)
    """Lines of each function or method, decorators and docstring included."""
    short_docs: list[str] = field(default_factory=list)
    """``file:line text`` of each field whose doc is two words or shorter."""

    def add(self, path: Path) -> None:
        """Count one file."""
        text = path.read_text(encoding="utf-8")
        nodes = list(ast.walk(ast.parse(text)))
        lines = text.splitlines()
        self.files[path] = len(lines)
        docs = {number for node in _docs(nodes) for number in _span(node)}
        imports = {number for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for number in _span(node)}
        self.lines.update(_kind(number, line, docs, imports) for number, line in enumerate(lines, 1))
        self.functions += [
            (node.end_lineno or node.lineno) - min([node.lineno, *(each.lineno for each in node.decorator_list)]) + 1
            for node in nodes
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        self.short_docs += [
            f"{path}:{doc.lineno} {doc.value.value}"  # type: ignore[attr-defined]
            for doc in _field_docs(nodes)
            if len(str(doc.value.value).split()) <= 2  # type: ignore[attr-defined]
        ]


def count(folder: Path) -> Counts:
    """Count each Python file under a folder."""
    counts = Counts()
    for path in sorted(folder.rglob("*.py")):
        counts.add(path)
    return counts


def tabulate(folder: Path, counts: Counts) -> str:
    """The Markdown table of one folder's figures, and lists of what is over a bound."""
    total = sum(counts.lines.values())
    rows = [("files", len(counts.files), ""), ("lines", total, f"{MOST_LINES:,}")]
    rows += [(f"of these {kind}", number, "") for kind, number in counts.lines.most_common()]
    long = {path: number for path, number in counts.files.items() if number > MOST_LINES_A_FILE}
    twice = _twice(counts.files)
    ninth = round(statistics.quantiles(counts.functions, n=10)[-1])
    rows += [
        ("longest file", max(counts.files.values()), str(MOST_LINES_A_FILE)),
        ("functions and methods", len(counts.functions), ""),
        ("lines a function, median", round(statistics.median(counts.functions)), ""),
        ("lines a function, p90", ninth, str(MOST_P90)),
        ("longest function", max(counts.functions), ""),
        ("field docs of two words or fewer", len(counts.short_docs), "0"),
        ("file names used twice or more", len(twice), ""),
    ]
    table = [
        "| count | of | at most |",
        "|---|--:|--:|",
        *(f"| {name} | {value:,} | {most} |" for name, value, most in rows),
    ]
    lists: list[tuple[str, Sequence[str]]] = [
        (
            f"Files over {MOST_LINES_A_FILE} lines",
            [f"{path.relative_to(folder)}: {lines}" for path, lines in long.items()],
        ),
        ("Field docs of two words or fewer", counts.short_docs),
        ("File names used twice or more", [f"{name}: {', '.join(found)}" for name, found in twice.items()]),
    ]
    named = [f"\n{title}:\n\n" + "\n".join(f"- {each}" for each in found) for title, found in lists if found]
    return "\n".join([*table, *named]).replace(f"{folder}/", "")


def tabulate_rooms(folder: Path, counts: Counts) -> str:
    """The Markdown table of files and lines by room: packages, and modules of the root together."""
    rooms: dict[str, list[int]] = defaultdict(list)
    for path, lines in counts.files.items():
        parts = path.relative_to(folder).parts[:-1]
        rooms["/".join(parts[:3]) or "(root)"].append(lines)
    rows = [f"| {room} | {len(found)} | {sum(found)} |" for room, found in sorted(rooms.items())]
    return "\n".join(["| room | files | lines |", "|---|--:|--:|", *rows])


def _kind(number: int, line: str, docs: set[int], imports: set[int]) -> str:
    if number in docs:
        return "docstring"
    if not line.strip():
        return "blank"
    if number in imports:
        return "import"
    return "comment" if line.lstrip().startswith("#") else "code"


def _docs(nodes: Iterable[ast.AST]) -> Iterator[ast.Expr]:
    """Each bare string: docstrings, and docs under fields and constants."""
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node


def _field_docs(nodes: Iterable[ast.AST]) -> Iterator[ast.Expr]:
    """Each bare string that stands under an annotated name of a class."""
    for owner in nodes:
        if isinstance(owner, ast.ClassDef):
            for above, doc in zip(owner.body, owner.body[1:], strict=False):
                if isinstance(above, ast.AnnAssign) and isinstance(doc, ast.Expr):
                    yield doc


def _span(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _twice(files: dict[Path, int]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = defaultdict(list)
    for path in files:
        if path.name not in ALLOWED_TWICE:
            named[path.name].append(str(path))
    return {name: found for name, found in sorted(named.items()) if len(found) > 1}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SOURCES, help="what is counted (the package)")
    parser.add_argument("--rooms", action="store_true", help="files and lines by room, too")
    arguments = parser.parse_args()
    counts = count(arguments.folder)
    print(tabulate(arguments.folder, counts))
    if arguments.rooms:
        print(f"\n{tabulate_rooms(arguments.folder, counts)}")


if __name__ == "__main__":
    main()
