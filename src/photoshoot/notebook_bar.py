"""A progress bar for notebooks: one output that is rewritten, without a widget to install."""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable

from photoshoot.errors import SettingsError
from photoshoot.records import Progress


def choose_listener(on_progress: Callable[[Progress], object] | None) -> Callable[[Progress], object]:
    """Who is told of progress: who asks for it, a running notebook's bar, or nobody.

    Raises:
        SettingsError: What is given can't be told.
    """
    if on_progress is not None and not callable(on_progress):
        raise SettingsError("on_progress", on_progress, "a function that takes a Progress, or None")
    return on_progress or build_notebook_bar() or tell_nobody


def build_notebook_bar() -> Callable[[Progress], None] | None:
    """What shows ``Progress`` records in the running notebook's cell; None where this program is no notebook's."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return _NotebookBar() if hasattr(shell, "kernel") else None


def tell_nobody(_: Progress) -> None:
    """Where nobody is to be told, not even a notebook: another thread than its cell's would."""


class _NotebookBar:
    """A bar; its clock runs from when the pictures are begun."""

    def __init__(self) -> None:
        from IPython.display import display

        self._display, self._handle, self._start = display, None, time.monotonic()

    def __call__(self, progress: Progress) -> None:
        from IPython.display import HTML

        if progress.stage != "place":
            self._start = time.monotonic()
        bar = HTML(_write_bar(progress, time.monotonic() - self._start))
        if self._handle is None:
            self._handle = self._display(bar, display_id=True)
        else:
            self._handle.update(bar)


def _write_bar(progress: Progress, elapsed_s: float) -> str:
    """HTML of a bar; the time left is told once a tenth of the pictures is done."""
    share = progress.percent / 100
    left = (
        f", about {elapsed_s / share - elapsed_s:.0f} s left" if progress.stage == "place" and 0.1 <= share < 1 else ""
    )
    told = f"{progress.done}/{progress.total} {progress.message} ({elapsed_s:.0f} s{left})"
    return f'<progress max="100" value="{progress.percent}"></progress> {html.escape(told)}'
