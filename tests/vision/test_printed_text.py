from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.errors import MissingExtraError
from photoshoot.vision.printed_text import PrintedLine, PrintedTextReader, measure_character_errors

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize(
    ("expected", "found", "rate"),
    [
        ("Kodak", "KODAK", 0),
        ("Kodak", "Kodac", 0.2),
        ("Kodak", "", 1),
        ("a b", "ab", 0),
        ("abc", "xabcx", 2 / 3),
        ("", "", 0),
    ],
)
def test_character_errors_are_counted(expected: str, found: str, rate: float) -> None:
    assert measure_character_errors(expected, found) == pytest.approx(rate, abs=1e-12)


def test_a_line_has_a_height_and_a_middle() -> None:
    line = PrintedLine(text="Kodak", score=1, corners=((10, 20), (40, 20), (40, 30), (10, 30)))
    assert line.height == pytest.approx(10, abs=1e-9)
    assert line.middle == pytest.approx((25, 25), abs=1e-9)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match="ocr"):
        PrintedTextReader()


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="rapidocr (extra ocr) is not installed")
def test_words_are_read_where_they_stand() -> None:
    with Image.open(EXAMPLES / "bottle.jpg") as image:
        picture = np.asarray(image.convert("RGB"))
    lines = {line.text: line for line in PrintedTextReader().read(picture)}
    assert "VERDANE" in lines
    x, y = lines["VERDANE"].middle
    assert 0.3 < x / picture.shape[1] < 0.7
    assert 0.3 < y / picture.shape[0] < 0.9
    assert not PrintedTextReader().read(np.full((64, 64, 3), 255, np.uint8))
