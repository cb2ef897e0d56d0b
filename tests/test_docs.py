"""Pages and docstrings name only files, modules and things that exist."""

from __future__ import annotations

import ast
import functools
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "photoshoot"
PAGES = sorted(
    path
    for pattern in (
        "*.md",
        "docs/**/*.md",
        "benchmarks/*.md",
        "examples/*.md",
        "src/photoshoot/**/*.md",
        "presets/**/*.md",
    )
    for path in ROOT.glob(pattern)
    if path.name != "CHANGELOG.md"  # what it names was true when it was written
)
SOURCES = sorted(PACKAGE.rglob("*.py"))
BASES = (ROOT, PACKAGE, PACKAGE / "placers" / "studio", ROOT / "docs", ROOT / "benchmarks", ROOT / "tests")
DOTTED = re.compile(r"(?<![\w./-])photoshoot(?!\.py\b)(?:\.[A-Za-z_]\w*)+")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", _without_code(page.read_text(encoding="utf-8")))
    local = [target for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert [target for target in local if not (page.parent / target.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_anchor_is_a_heading(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s:]*#[^)\s]+)\)", _without_code(page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        other = (page.parent / path) if path else page
        assert anchor in _anchors(other.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_and_module_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    paths = [span for span in re.findall(r"`([^`\s]+)`", _without_code(text)) if _is_path(span)]
    assert [path for path in paths if not _exists(path, page.parent)] == []
    assert [name for name in DOTTED.findall(text) if not _is_defined(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_line_of_a_page_stands_twice(page: Path) -> None:
    lines = [line for line in _without_code(page.read_text(encoding="utf-8")).splitlines() if len(line) >= 60]
    assert [line for line, times in Counter(lines).items() if times > 1] == []


def test_docstrings_name_modules_and_things_that_exist() -> None:
    named = {
        f"{name_of(source)}: {name}"
        for source in SOURCES
        for quoted in re.findall(r"``([^`]+)``", source.read_text(encoding="utf-8"))
        for name in DOTTED.findall(quoted)
        if not _is_defined(name)
    }
    assert sorted(named) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("photoshoot.records", True),
        ("photoshoot.records.Canvas", True),
        ("photoshoot.records.Canvas.size", True),
        ("photoshoot.Photoshoot", True),
        ("photoshoot.recordz", False),
        ("photoshoot.records.Canvaz", False),
    ],
)
def test_a_name_is_found_where_it_is_defined(name: str, found: bool) -> None:
    assert _is_defined(name) is found


def _without_code(text: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def _anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", _without_code(text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def _is_path(span: str) -> bool:
    """A Python file, or something inside one of the project's own folders; patterns and commands are none."""
    if re.search(r"[^\w./-]", span) or span.startswith(("http", "/", "./", "../")):
        return False
    return span.endswith(".py") or bool(
        re.match(r"(?:src|docs|tests|benchmarks|scripts|weights|presets|examples)/", span)
    )


def _exists(path: str, folder: Path) -> bool:
    if any((base / path).exists() for base in (folder, *BASES)):
        return True
    return "/" not in path and any(source.name == path for source in (*SOURCES, *(ROOT / "tests").rglob("*.py")))


@functools.cache
def _is_defined(name: str) -> bool:
    """Whether a dotted name is a module of the package, or what one defines or imports; attributes of classes pass."""
    here = PACKAGE
    parts = name.split(".")[1:]
    while parts and (here / parts[0]).is_dir():
        here /= parts.pop(0)
    if parts and (here / f"{parts[0]}.py").is_file():
        here /= f"{parts.pop(0)}.py"
    else:
        here /= "__init__.py"
    return not parts or parts[0] in _names(here)


@functools.cache
def _names(module: Path) -> set[str]:
    names: set[str] = set()
    top = ast.parse(module.read_text(encoding="utf-8")).body
    for node in (each for part in top for each in (part.body if isinstance(part, ast.If) else [part])):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(each.id for each in targets if isinstance(each, ast.Name))
    return names
