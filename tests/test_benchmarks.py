from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from benchmarks import count_lines, count_path
from benchmarks.__main__ import list_benchmarks, read_findings
from benchmarks.converged import show_endless
from benchmarks.stance_page import StancePage

from photoshoot import Stance
from photoshoot.color.space import hex_to_linear
from photoshoot.color.styling import shift_color
from photoshoot.placers.diffusion.models.profiles import SETTINGS
from photoshoot.placers.diffusion.models.set_pictures import SHOW

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# T\n\nHow it was.\n\n- One: 1.\n- Two: 2.\n\n| a |\n|---|\n\n- not this\n", ["One: 1.", "Two: 2."]),
        ("# T\n\nHow it was.\n\n**Twice as fast**, see.\n\n| a |\n", ["**Twice as fast**, see."]),
        ("# T\n\nA median of 3\nseconds.\n\nMore.\n\n## Next\n", ["A median of 3 seconds."]),
    ],
)
def test_a_pages_findings_are_its_bullets_or_its_first_words(tmp_path: Path, page: str, found: list[str]) -> None:
    path = tmp_path / "page.md"
    path.write_text(page, encoding="utf-8")
    assert read_findings(path) == ("T", found)


def test_every_benchmark_is_listed_and_an_unknown_one_is_refused() -> None:
    told = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert [name for name in list_benchmarks() if f"`bench_{name}.py`" not in told] == []
    command = [sys.executable, "-m", "benchmarks", "studyo"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "no benchmark studyo" in done.stderr


def test_each_line_is_counted_once_and_by_its_kind(tmp_path: Path) -> None:
    source = """'''Two lines
of doc.'''

import os
from a import (
    b,
)

# why
class C:
    x: int
    "Its x."
    y: int
    "Height in metres, over 0."

    @staticmethod
    def f() -> None:
        pass
"""
    (tmp_path / "one.py").write_text(source, encoding="utf-8")
    counts = count_lines.count(tmp_path)
    assert counts.lines == {"docstring": 4, "blank": 3, "import": 4, "comment": 1, "code": 6}
    assert counts.functions == [3]
    assert counts.short_docs == [f"{tmp_path / 'one.py'}:12 Its x."]


def test_a_file_is_entered_by_calls_and_steps_lead_between_files() -> None:
    entries = count_path.Entries()
    with count_path.profiled(entries.see):
        hex_to_linear("#808080")
    assert entries.files.keys() == {"color/space.py"}
    assert {"hex_to_linear", "parse_hex"} <= entries.files["color/space.py"]
    assert not entries.steps
    with count_path.profiled(entries.see):
        shift_color("#808080", 0.1, 1.0)
    assert entries.steps.keys() == {("color/styling.py", "color/space.py")}


def run_script(patch: pytest.MonkeyPatch, name: str, *words: str) -> dict[str, Any]:
    """Run a benchmark as its command does, in this process, which has loaded what takes a program seconds."""
    patch.setattr(sys, "argv", [name, *words])
    patch.syspath_prepend(str(ROOT / "benchmarks"))
    return runpy.run_path(str(ROOT / "benchmarks" / name), run_name="__main__")


def test_a_card_is_measured_by_one_command_that_writes_nothing_without_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine has a card")
    before = set((ROOT / "benchmarks" / "results").iterdir())
    run_script(monkeypatch, "bench_gpu.py")
    assert "no CUDA card" in capsys.readouterr().out
    assert set((ROOT / "benchmarks" / "results").iterdir()) == before


@pytest.mark.slow
def test_the_placers_benchmark_compiles_what_the_library_does_where_it_is_asked_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def note(function: object, **_: object) -> object:
        asked.append(function)
        return function

    monkeypatch.setattr(torch, "compile", note)
    monkeypatch.setattr(sys, "argv", ["bench_placer.py", "--compile"])
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    script = runpy.run_path(str(ROOT / "benchmarks" / "bench_placer.py"))
    bench, _ = script["parse"]()
    requests = script["plan_six"]()[:1]
    script["prepare_ours"](bench.build(requests, bench.device), requests, bench)
    assert len(asked) == 4, "the UNet, its outer layers, both halves of the VAE"


@pytest.mark.exhaustive(
    "tests/test_benchmarks.py::test_the_placers_benchmark_compiles_what_the_library_does_where_it_is_asked_to"
)
@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # as in a program
def test_every_check_of_a_card_runs_on_small_networks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_script(monkeypatch, "bench_gpu.py", "--small", "--out", str(tmp_path))
    page = (tmp_path / "gpu-none.md").read_text(encoding="utf-8")
    assert "no figure says anything" in page
    assert "failed" not in page
    for check in (
        "half precision",
        "studio, again",
        "`sd15-fast`",
        "matmul peak",
        "UNet: largest",
        "kernel",
        "compiled",
    ):
        assert check in page, check


def test_the_page_of_the_diffusion_engine_tells_what_was_counted_of_every_profile() -> None:
    counted = (ROOT / "benchmarks" / "results" / "flops.md").read_text(encoding="utf-8")
    all_ways = dict(re.findall(r"^\| `([\w-]+)`, studio start \|.* \*\*(\d+)\*\* \|", counted, re.M))
    all_ways |= dict(re.findall(r"^`([\w-]+)`, studio start: .*: \*\*(\d+)\*\* in all", counted, re.M))
    sizes = dict(re.findall(r"^\| `([\w-]+)`, studio start \| ([\d.]+) \| [\d.]+ \| [\d.]+ \|$", counted, re.M))
    page = (ROOT / "docs" / "diffusion.md").read_text(encoding="utf-8")
    told = {name: (tflop, size) for name, tflop, size in re.findall(_PROFILE, page, re.M)}
    assert told.keys() == SETTINGS.keys()
    for name, figures in told.items():
        same = f"{name.split('-')[0]}-depth" if SETTINGS[name].control in SHOW else name
        assert figures == (all_ways[same], sizes[same]), name


_PROFILE = r"^\| `([\w-]+)` \| [^|]+ \| (\d+) \| ([\d.]+) GB \| [^|]+ \| [^|]+ \|$"
"""A row of the page's table: its name, TFLOP and GB."""


def test_noise_of_what_stands_for_the_truth_does_not_darken_it() -> None:
    """A tone curve bends: the mean of noisy pixels is darker than the pixel of their mean."""
    first, second = np.random.default_rng(1).gamma(16, 1 / 16, (2, 400_000)).astype(np.float32)
    noisy, endless = np.sqrt((first + second) / 2).mean(), show_endless(np.sqrt, first, second).mean()
    assert noisy < 0.9965
    assert abs(endless - 1) < 0.001


def test_errors_by_stance_are_read_back_and_the_worst_comes_first(tmp_path: Path) -> None:
    path, page = tmp_path / "page.md", StancePage.read(tmp_path / "page.md")
    good, bad = ("1506x1080", 192, 4000, "good"), ("1506x1080", 192, 4000, "bad")
    page.set(good, Stance.UPRIGHT, 40.04, 0.31)
    page.set(bad, Stance.UPRIGHT, 41.0, 0.5)
    page.set(bad, Stance.HANGING, 36.86, 0.9)
    page.write(path, 38.0)
    text = path.read_text(encoding="utf-8")
    assert "**2 of 3 have 38 dB; medians: upright 40.5, hanging 36.9.** Below: bad hanging 36.9." in text
    assert text.index("| bad | 41.0 ± 0.5 | – | 36.9 ± 0.9 |") < text.index("| good | 40.0 ± 0.3 | – | – |")
    again = StancePage.read(path)
    assert again == page
    again.set(("1080x1080", 192, 4000, "bad"), Stance.HANGING, 36.0, 0.5)
    again.write(path, 38.0)
    assert "**2 of 4 have 38 dB" in path.read_text(encoding="utf-8")
    assert again.has(bad, Stance.HANGING)
    assert not again.has(good, Stance.LYING)
