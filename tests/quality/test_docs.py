"""The quality page's example runs, and is right to mypy, which checks the tests."""

from __future__ import annotations

import inspect
import re
import textwrap
from pathlib import Path

import pytest

from photoshoot import Photoshoot, Shot
from tests.jobs.stubs import FlatPlacer
from tests.making import make_product

PAGE = Path(__file__).resolve().parents[2] / "docs" / "quality.md"


def read_report(shot: Shot) -> None:
    report = shot.quality
    assert report is not None, "a shot that no Photoshoot made"
    print(report.passed)  # every hard check holds
    print(report.failed, report.warnings)  # names of the hard and the soft checks that do not
    print(report.value("contact"))  # a number, or None where it was not measured; report.check("contact").note says why


def test_the_example_is_what_is_checked_here_and_runs(capsys: pytest.CaptureFixture[str]) -> None:
    source = textwrap.dedent(inspect.getsource(read_report).partition("\n")[2])
    assert re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[-1] == source
    shots = Photoshoot.with_placer(FlatPlacer()).generate(make_product(), prompts="white", render_kind="medium_banner")
    read_report(shots[0])
    assert capsys.readouterr().out.splitlines()[0] in ("True", "False")
