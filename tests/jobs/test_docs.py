from __future__ import annotations

import re
from pathlib import Path

import pytest

from photoshoot import Photoshoot
from tests.conftest import EXAMPLES
from tests.jobs.stubs import FlatPlacer

TEXT = (EXAMPLES.parent / "docs" / "jobs.md").read_text()


def test_the_example_runs(
    shoot: Photoshoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build() -> Photoshoot:
        return Photoshoot(
            segmenter=shoot.segmenter,
            captioner=shoot.captioner,
            recommender=shoot.recommender,
            placer=FlatPlacer(),
            exporter=shoot.exporter,
            presets=shoot.presets,
        )

    monkeypatch.setattr(Photoshoot, "embedded", build)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(EXAMPLES)
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    exec(compile(code, "docs/jobs.md", "exec"), {})
    first, second = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"[a-z-]+_white-background_landscape_[0-9a-f]{8}\.png \d{5,}", first)
    assert re.fullmatch(r"[a-z-]+_on-a-sleek-black-marble-slab_landscape_[0-9a-f]{8}\.png \d{5,}", second)
    assert len(list((tmp_path / "pictures").rglob("*.png"))) == 2
