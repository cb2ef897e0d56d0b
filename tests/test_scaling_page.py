from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "scaling.md").read_text()
MEASURED = (ROOT / "benchmarks" / "results" / "batch.md").read_text()


def test_the_calculation_prints_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (printed,) = re.findall(r"\nprints\n\n```\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "scaling.md", "exec"), {})
    assert capsys.readouterr().out == printed


def test_its_costs_are_those_that_were_measured(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    page: dict[str, float] = {}
    exec(compile(code, "scaling.md", "exec"), {}, page)
    capsys.readouterr()
    rows = dict(re.findall(r"^\| ([^|]+?) \| ([\d.]+) \| [\d.]+% \|$", MEASURED, re.MULTILINE))
    measured = {
        "cut_out_s": "read, cut out, name",
        "plan_s": "resolve prompts, lay out",
        "place_s": "place (the bare placer)",
        "inspect_s": "inspect (the quality gate)",
        "encode_s": "encode JPEG, thumbnail",
        "own_s": "of that, the catalogue's own part",
    }
    assert {name: page[name] for name in measured} == {name: float(rows[row]) for name, row in measured.items()}
    assert f"{page['file_kb']} kB of files a shot" in MEASURED
