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


def test_its_costs_are_those_that_were_measured() -> None:
    (line,) = re.findall(r"write_s = ([^#]*)#", PAGE)
    costs = [float(cost) for cost in line.split(",")]
    rows = dict(re.findall(r"^\| ([^|]+?) \| ([\d.]+) \| [\d.]+% \|$", MEASURED, re.MULTILINE))
    layers = ("read, cut out, name", "resolve prompts, lay out", "place (the bare placer)", "encode JPEG, thumbnail")
    assert costs == [float(rows[layer]) for layer in (*layers, "digest and write, with record")]
    (kb,) = re.findall(r"file_kb, photo_kb = (\d+),", PAGE)
    assert f"{kb} kB of files a shot" in MEASURED
