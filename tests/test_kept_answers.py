"""What the tests' processes keep of a photo (``tests/children/sitecustomize.py``) is what would be made of it anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from photoshoot import Photoshoot
from photoshoot.settings import SegmentationSettings
from tests.children.sitecustomize import ANSWERS, tell
from tests.conftest import EXAMPLES


def test_cut_outs_and_descriptions_are_those_of_a_process_that_keeps_none(
    shoot: Photoshoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = Image.open(EXAMPLES / "mug.jpg").reduce(3)
    monkeypatch.delenv(ANSWERS)
    (anew,) = shoot.describe([photo])
    monkeypatch.setenv(ANSWERS, str(tmp_path))
    (first,) = shoot.describe([photo])
    kept = len(list(tmp_path.glob("*.pickle")))
    (again,) = shoot.describe([photo])
    assert kept == len(list(tmp_path.glob("*.pickle"))) == 2
    assert [*tell(anew)] == [*tell(first)] == [*tell(again)]
    (whole,) = shoot.cut_out([photo], SegmentationSettings(drop_islands=False))
    assert whole.segmentation != again.cutout.segmentation, "another way is another cut-out"
