from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.quality.gate import compare_lines, inspect
from photoshoot.vision.printed_text import PrintedLine, PrintedTextReader
from tests.making import make_request
from tests.quality.test_gate import shot_of


def say(*texts: str) -> tuple[PrintedLine, ...]:
    return tuple(PrintedLine(text=text, score=1, corners=((0, 0), (9, 0), (9, 9), (0, 9))) for text in texts)


def test_errors_are_weighed_by_letters_and_lines_may_change_places() -> None:
    assert compare_lines(say("Kodak", "Instamatic"), say("Instamatic", "Kodak")) == 0
    assert 0.5 < (compare_lines(say("Kodak", "Instamatic"), say("Kodak")) or 0) <= 10 / 15
    assert compare_lines(say("Kodak"), ()) == 1
    assert compare_lines((), say("Kodak")) is None


class Reads:
    """Reads one text of the first picture, and another of the second."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def read(self, picture: npt.NDArray[np.uint8]) -> tuple[PrintedLine, ...]:
        assert picture.dtype == np.uint8
        return say(self.answers.pop(0))


@pytest.mark.parametrize(("after", "rate", "warned"), [("Kodak", 0, False), ("Kokak", 0.2, True)])
def test_the_gate_warns_of_words_that_changed(after: str, rate: float, warned: bool) -> None:
    request = make_request()
    reader = cast("PrintedTextReader", Reads("Kodak", after))
    report = inspect(shot_of(request), request.layer, None, reader).quality
    assert report is not None
    assert report.value("text_errors") == pytest.approx(rate, abs=1e-9)
    assert ("text_errors" in report.warnings) == warned
    assert inspect(shot_of(request), request.layer).quality.check("text_errors").note == "not asked for"  # type: ignore[union-attr]
