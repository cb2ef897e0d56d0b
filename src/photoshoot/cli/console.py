"""Writes to the terminal: JSON and results on standard output, all else on standard error."""

import contextlib
import json
import sys
import threading
import traceback
import unicodedata
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from photoshoot import records
from photoshoot.cli.time_left import TimeLeft
from photoshoot.errors import PhotoshootError
from photoshoot.records.plain_data import Json

_PIPED_COLUMNS = 160


_has_document: ContextVar[bool] = ContextVar("has_document", default=False)
"""Whether the command has printed its JSON document."""


def write_json(document: Json) -> None:
    """Print one JSON document on standard output, with escapes where that can't hold what it says."""
    _has_document.set(True)
    text = json.dumps(document, indent=2, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=2)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextlib.contextmanager
def telling_json(asked: bool) -> Iterator[None]:
    """A command that was asked for JSON and fails before it has any prints what is wrong, as ``{"errors": [...]}``."""
    _has_document.set(False)
    try:
        yield
    except PhotoshootError as error:
        if asked and not _has_document.get():
            write_json({"errors": [{"error": type(error).__name__, "message": str(error)}]})
        raise


def write_lines(lines: Iterable[str]) -> None:
    """Print lines on standard output."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def build_console() -> Console:
    """The console of results, on standard output; wide enough for every table where it is no terminal."""
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED_COLUMNS)


def build_error_console() -> Console:
    """The console of messages, on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def count(number: int, noun: str) -> str:
    """A number and its noun, such as ``"1 picture"`` and ``"2 pictures"``."""
    return f"{number} {noun}{'s' * (number != 1)}"


def report_note(message: str) -> None:
    """Say something that is no error."""
    build_error_console().print(message, markup=False, style="dim")


def report_error(message: str, *, debug: bool = False) -> None:
    """Say what was wrong, in one line; with ``debug`` also where it comes from."""
    if debug:
        traceback.print_exc()
    build_error_console().print(f"[bold red]photoshoot:[/] {escape(' '.join(message.split()))}")


def report_unexpected(error: Exception, *, debug: bool) -> None:
    """Say that something went wrong that no one foresaw."""
    hint = "" if debug else "; --debug shows where"
    report_error(f"internal error: {type(error).__name__}: {error}{hint}", debug=debug)


def build_bar(console: Console) -> Progress:
    """A bar with the time left, that is gone once it stops; disabled where there is no terminal."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
        redirect_stdout=False,
        disable=not console.is_terminal,
        transient=True,
    )


class ShownBar:
    """A bar with one task, on standard error; a context.

    Args:
        description: Before the first step.
    """

    def __init__(self, description: str = "") -> None:
        self._console = build_error_console()
        self._bar = build_bar(self._console)
        self._task = self._bar.add_task(description, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


class ProgressReporter(ShownBar):
    """Shows progress: a bar in a terminal, one line a step elsewhere, with the time left. Called with ``Progress``.

    Args:
        photos: How many there are; the time left is that of all of them.
    """

    def __init__(self, photos: int = 1) -> None:
        super().__init__()
        self._photo, self._photos, self._over = "", photos, -1
        self._left = TimeLeft()
        self._writing = threading.Lock()

    def start(self, photo: str) -> None:
        """The work on a photo begins; what a name has that moves a terminal's cursor becomes a space."""
        photo = "".join(" " if unicodedata.category(char) == "Cc" else char for char in photo)
        self._photo = photo
        self._over += 1
        self._bar.update(self._task, description=photo)

    def write_lines(self, lines: Iterable[str]) -> None:
        """Print lines of results on standard output, beside the bar."""
        with self._writing:
            self._bar.stop()
            write_lines(lines)
            self._bar.start()

    def __call__(self, progress: records.Progress) -> None:
        """A step is finished."""
        text, done, total = f"{self._photo}: {progress.message}", progress.done, progress.total
        if progress.stage == "place":
            self._tell(f"{text} ({done}/{total})", text, self._over * total + done, self._photos * total)
        elif self._bar.disable:
            self._console.print(f"{text} ({done}/{total})", markup=False)
        else:
            self._bar.update(self._task, description=text)

    def step(self, text: str, done: int, total: int) -> None:
        """One of ``total`` things that need no stages is finished."""
        self._tell(f"{text} ({done}/{total})", text, done, total)

    def _tell(self, line: str, text: str, done: int, total: int) -> None:
        if self._bar.disable:
            self._console.print(line + self._left.tell(done, total), markup=False)
        else:
            self._bar.update(self._task, completed=done, total=total, description=text)
