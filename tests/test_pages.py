"""Every block of code of the README and the pages runs, in order, in a fresh clone's folder.

A sample has one page of each folder; the commands of all pages are read each time. Nothing is changed in them but the
service's port. The pictures are small (``tests.small_pictures``), and commands are carried out by one warm process
(``tests.command_server``), but for a service. Blocks under ``<!-- not run: … -->`` are left out, and the reasons are
few.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from photoshoot.cli.arguments import build_parser
from tests.command_server import call, write_clients
from tests.doc_blocks import Block, read_blocks
from tests.jobs.ports import reserve_port
from tests.jobs.waiting import PATIENCE_S
from tests.small_pictures import small_environment
from tests.sweeps import sampled

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "examples" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
BLOCKS = {page: read_blocks(page, ROOT) for page in PAGES}
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES if any(not block.not_run for block in BLOCKS[page])]
"""Of the pages with blocks that can be run."""
ONE_A_FOLDER = sampled(NAMES, lambda name: name.rpartition("/")[0])
REASONS = frozenset(
    {
        "it fetches packages",
        "it fetches weights",
        "it needs a GPU and weights",
        "it needs weights",
        "it needs the web",
        "it needs a service elsewhere",
        "it needs several machines",
        "it copies a service's data",
        "it needs Docker",
        "it needs Node or PHP",
        "it is for Windows",
        "it runs for hours",
        "it runs the tests",
    }
)
"""All that may keep a block from being run."""
MOST_NOT_RUN, LEAST_RUN = 30, 28
_BACKGROUND = re.compile(r" &(?: +#.*)?$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Clone:
    """A fresh clone's folder, and how commands are run there."""

    folder: Path
    """What git would give."""
    address: Path
    """The command server's socket."""
    variables: Mapping[str, str]
    """What its shells have of the environment."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git has, and what it would take, copied once."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    target = tmp_path_factory.mktemp("tree") / "tree"
    for name in listed.stdout.split("\0"):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    for compiled in (ROOT / "src").rglob("__pycache__"):  # which Python takes by the files' times
        half_written = shutil.ignore_patterns("*.pyc.*")  # by another worker: a moment later they have another name
        shutil.copytree(compiled, target / compiled.relative_to(ROOT), dirs_exist_ok=True, ignore=half_written)
    return target


@pytest.fixture(scope="module")
def address(tree: Path) -> Iterator[Path]:
    """The socket of a process that carries out commands."""
    folder = tree.parent
    socket = folder / "socket"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.command_server", str(socket)],
            env=small_environment(folder, tree),
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        until = time.monotonic() + PATIENCE_S
        while not socket.exists() and server.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        try:
            assert socket.exists(), (folder / "log").read_text()
            yield socket
        finally:
            server.kill()
            server.wait()


@pytest.fixture
def clone(tree: Path, address: Path, tmp_path: Path) -> Clone:
    """The tree once more, by links to its files, with a virtual environment that is up to date."""
    folder = tmp_path / "photoshoot"
    shutil.copytree(tree, folder, copy_function=os.link)
    write_clients(folder / ".venv" / "bin", address)
    for extra in ("cpu", "dev", "docs"):
        (folder / ".venv" / f"installed-{extra}").touch()
    return Clone(folder=folder, address=address, variables=small_environment(tree.parent, tree))


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_A_FOLDER)
def test_every_block_runs_in_order(name: str, clone: Clone, tmp_path: Path) -> None:
    for block in BLOCKS[ROOT / name]:
        if not block.not_run:
            run(block, clone, tmp_path)
    if name == "README.md":
        check_readme(clone.folder)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_is_one_and_its_code_is_python(page: Path) -> None:
    """Of all pages each time, since a sample of them is run, and of blocks that can't be run."""
    parser = build_parser()
    for block in BLOCKS[page]:
        if block.language == "python":
            compile(block.text, f"{block.page}:{block.line}", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        for words in _commands(block.text) if block.language == "sh" else ():
            try:
                parser.parse_args(words)
            except SystemExit:
                pytest.fail(f"{block.page}:{block.line}: photoshoot {shlex.join(words)}")


def _commands(text: str) -> Iterator[list[str]]:
    """What follows ``photoshoot`` in a block's lines, without what the shell makes of it."""
    for line in text.replace("\\\n", " ").splitlines():
        told = re.match(r"(?:.*\$\()?(?:\w+=\S+ )?photoshoot (.*)", line)
        if told:
            lexer = shlex.shlex(re.sub(r" \d>.*", "", told[1]), posix=True, punctuation_chars=True)
            lexer.wordchars += ",:@%+#"
            yield list(itertools.takewhile(lambda word: not set(word) <= set("();<>|&"), lexer))


def test_few_blocks_are_left_out_and_for_few_reasons() -> None:
    left_out = [block for blocks in BLOCKS.values() for block in blocks if block.not_run]
    assert {block.not_run for block in left_out} <= REASONS
    assert len(left_out) <= MOST_NOT_RUN
    assert sum(not block.not_run for blocks in BLOCKS.values() for block in blocks) >= LEAST_RUN


def run(block: Block, clone: Clone, logs: Path) -> None:
    """Run a block as its language is run, and tell where it failed."""
    where = f"{block.page}:{block.line}"
    log = logs / "log"
    log.write_bytes(b"")
    if block.language == "python":
        file = logs / "block.py"
        file.write_text("\n" * block.line + block.text, encoding="utf-8")
        code = call(clone.address, ["block", block.page, str(file)], clone.folder, log)
    elif block.language == "sh":
        code = run_shell(block.text, clone, log)
    else:
        assert block.title, f"{where}: give the block the title of the file that it is"
        (clone.folder / block.title).parent.mkdir(exist_ok=True)
        (clone.folder / block.title).write_text(block.text, encoding="utf-8")
        return
    assert code == 0, f"{where} ended with {code}:\n{log.read_text(encoding='utf-8', errors='replace')[-6000:]}"


def run_shell(text: str, clone: Clone, log: Path) -> int:
    """Run a block in bash, which stops at the first command that fails; a service in it is ended and must end well."""
    program = clone.folder / ".venv" / "bin"
    with reserve_port() as port, log.open("ab") as stream:
        if _BACKGROUND.search(text):
            text = f"{text.replace('8000', str(port))}\nkill $!; wait $!\n"
        variables = {
            **clone.variables,
            "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
            "PHOTOSHOOT_PORT": str(port),
        }
        shell = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=clone.folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        try:
            return shell.wait(timeout=PATIENCE_S)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGKILL)
            shell.wait()


def check_readme(folder: Path) -> None:
    """What the README promises is there: six pictures from the demo, two from Python, a PDF from the service."""
    assert len(list((folder / "out" / "demo").glob("*_seed-*.png"))) == 6
    assert len(list((folder / "out").glob("*.png"))) == 2
    assert (folder / "bottle.pdf").read_bytes().startswith(b"%PDF-1.6")
    lines = [json.loads(line) for line in (folder / "serve.log").read_text().splitlines() if line.startswith("{")]
    assert {line["status"] for line in lines if "status" in line} == {200}
