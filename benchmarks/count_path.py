"""Counts the source files that one photo enters on its way to one file, and the steps between them.

    python -m benchmarks.count_path [--by entry|lines] [--page docs/architecture.md]

A file is *entered* when one of its functions, methods, lambdas or generators is called, in any thread, from the call of
``generate`` on, until the file is saved and the ``Photoshoot`` closed: the first shot of a fresh process. What runs
only because a module is imported (module level, class bodies, and what these call) does not count. A *step* is a pair
of different files: the nearest file of the package up the stack, and the one that is entered; a call through a library
(a thread pool, SciPy) is a step too. Building the ``Photoshoot`` is done once for many photos; its files are counted
apart.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import photoshoot
from photoshoot import Photoshoot, Prompt

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = str(Path(photoshoot.__file__).parent) + "/"
PHOTO = ROOT / "examples" / "bottle.jpg"
PRESET = "white_background"
BEGIN, END = "<!-- count_path: begin -->", "<!-- count_path: end -->"


@dataclass
class Entries:
    """What a profile hook saw of the package, in the order of first sight."""

    files: dict[str, set[str]] = field(default_factory=dict)
    """A file's path inside the package → the functions of it that were called."""
    steps: dict[tuple[str, str], None] = field(default_factory=dict)
    """Pairs of a calling file and a called one, both inside the package."""

    def see(self, frame: FrameType, event: str, argument: object) -> None:
        """The hook, for ``sys.setprofile`` and ``threading.setprofile``."""
        del argument
        name = _inside(frame)
        if event != "call" or name is None or _is_importing(frame):
            return
        self.files.setdefault(name, set()).add(frame.f_code.co_qualname)
        caller = next((found for found in map(_inside, _callers(frame)) if found), None)
        if caller is not None and caller != name:
            self.steps[caller, name] = None


def _inside(frame: FrameType) -> str | None:
    path = frame.f_code.co_filename
    return path.removeprefix(PACKAGE) if path.startswith(PACKAGE) else None


def _callers(frame: FrameType) -> Iterator[FrameType]:
    above = frame.f_back
    while above is not None:
        yield above
        above = above.f_back


def _is_importing(frame: FrameType) -> bool:
    return any(_inside(each) and each.f_code.co_name == "<module>" for each in (frame, *_callers(frame)))


@contextmanager
def profiled(hook: Callable[[FrameType, str, Any], None]) -> Iterator[None]:
    """Call a hook at each call of this thread and of those that start meanwhile."""
    threading.setprofile(hook)
    sys.setprofile(hook)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def shoot_once() -> tuple[Entries, Entries]:
    """Shoot one photo with one preset into one PNG.

    Returns:
        What building the ``Photoshoot`` entered, and what the photo did.
    """
    building, shooting = Entries(), Entries()
    current = building
    with (
        profiled(lambda *event: current.see(*event)),
        Photoshoot.embedded() as shoot,
        tempfile.TemporaryDirectory() as out,
    ):
        current = shooting
        (shot,) = shoot.generate(PHOTO, prompts=[Prompt.preset(PRESET)], seed=7)
        shot.save(out, format="png")
    return building, shooting


def describe(building: Entries, shooting: Entries) -> str:
    """The figures, in a paragraph."""
    both = {*building.files, *shooting.files}
    return (
        f"One photo (`{PHOTO.relative_to(ROOT)}`, preset `{PRESET}`) to one PNG enters **{len(shooting.files)} files** "
        f"in **{len(shooting.steps)} steps** from file to file. Building the `Photoshoot` before it enters "
        f"{len(building.files)}, of which the photo does not enter {len(both) - len(shooting.files)}: {len(both)} in "
        "all."
    )


def tabulate(entries: Entries, by: str) -> str:
    """A Markdown table: file, lines, functions entered; in the order of entry or by length."""
    lines = {name: len(Path(PACKAGE, name).read_text(encoding="utf-8").splitlines()) for name in entries.files}
    names = sorted(lines, key=lambda name: -lines[name]) if by == "lines" else list(lines)
    rows = [f"| `{name}` | {lines[name]} | {len(entries.files[name])} |" for name in names]
    return "\n".join(["| file | lines | functions called |", "|---|--:|--:|", *rows])


def tabulate_path(entries: Entries) -> str:
    """A Markdown table of the files in reading order: rooms as the photo comes to them, what each file says it does."""
    rooms: dict[str, list[str]] = {}
    for name in entries.files:
        rooms.setdefault(name.rpartition("/")[0], []).append(name)
    rows = ["| file | what it does | lines |", "|---|---|--:|"]
    for room, names in rooms.items():
        rows.append(f"| **{room or 'photoshoot'}/** | | |")
        for name in names:
            source = Path(PACKAGE, name).read_text(encoding="utf-8")
            docstring = " ".join((ast.get_docstring(ast.parse(source)) or "").split("\n\n")[0].split())
            says = re.split(r"(?<=[.]) ", docstring)[0].replace("``", "`").replace("|", "\\|")
            rows.append(f"| `{name}` | {says} | {len(source.splitlines())} |")
    return "\n".join(rows)


def main() -> None:
    """Print the figures and the files; ``--page`` also writes them between a page's two markers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by", choices=("entry", "lines"), default="entry", help="order of the files (entry)")
    parser.add_argument("--page", type=Path, help="a page to write them into, between its markers")
    arguments = parser.parse_args()
    building, shooting = shoot_once()
    text, table = describe(building, shooting), tabulate(shooting, arguments.by)
    print(f"{text}\n\n{table}\n\nSteps:\n")
    print(*(f"  {caller} -> {called}" for caller, called in sorted(shooting.steps)), sep="\n")
    if arguments.page:
        page = arguments.page.read_text(encoding="utf-8")
        block = f"{BEGIN}\n{text}\n\n{tabulate_path(shooting)}\n{END}"
        arguments.page.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: block, page, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
