"""The bar by itself; `tests/test_notebooks.py` sees it in a kernel."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from photoshoot import Progress
from photoshoot.notebook_bar import build_notebook_bar


class Display:
    """What a notebook's front end was told: each output's successive contents."""

    def __init__(self) -> None:
        self.outputs: list[list[str]] = []

    def __call__(self, shown: str, *, display_id: bool) -> SimpleNamespace:
        assert display_id
        self.outputs.append([shown])
        return SimpleNamespace(update=self.outputs[-1].append)


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Display:
    """A program that is a notebook's."""
    display = Display()
    module = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", module)
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=display, HTML=str))
    return display


def test_one_output_is_written_anew(display: Display) -> None:
    bar = build_notebook_bar()
    assert bar is not None
    assert display.outputs == []
    bar(Progress(stage="describe", done=1, total=1, message="a <b>"))
    bar(Progress(stage="place", done=1, total=2, message="white_background", ahead=0.5))
    (told,) = display.outputs
    assert 'value="100"' in told[0]
    assert "1/1 a &lt;b&gt;" in told[0]
    assert 'value="75"' in told[1]
    assert "1/2 white_background" in told[1]
    assert "s left" in told[1]


@pytest.mark.parametrize("shell", [None, SimpleNamespace()])
def test_a_terminal_has_none(monkeypatch: pytest.MonkeyPatch, shell: object) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert build_notebook_bar() is None


def test_a_program_without_ipython_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert build_notebook_bar() is None
