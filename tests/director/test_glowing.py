"""A glow that is said of lamps is theirs, and puts no other backdrop behind them."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text",
    [
        "diwali, glowing diyas, golden bokeh",
        "glowing candles, bokeh lights, black table",
        "christmas, glowing lanterns, bokeh",
    ],
)
def test_lamps_that_glow_leave_the_backdrop_that_was_asked_for(text: str) -> None:
    direction = read(text)
    assert parts(text)["backdrop"] == "bokeh"
    assert direction.unread == ()
    assert "glowing" in direction.reading


def test_a_glow_behind_is_the_backdrops() -> None:
    assert parts("black table, glowing background")["backdrop"] == "glow"


def test_paper_lanterns_that_do_not_glow_are_told() -> None:
    assert "glowing" in read("paper lanterns glowing behind, chinese new year").unread
