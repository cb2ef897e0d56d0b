from __future__ import annotations

import datetime

import pytest

from photoshoot.recommenders.seasons import parse_season, season_score

SEASONS = {"christmas": parse_season("11-20", "12-26"), "winter": parse_season("12-01", "02-28")}


@pytest.mark.parametrize(
    ("tags", "date", "score"),
    [
        (("holiday", "christmas"), None, -1),
        (("holiday", "christmas"), datetime.date(2025, 12, 1), 1),
        (("holiday", "christmas"), datetime.date(2025, 11, 20), 1),
        (("holiday", "christmas"), datetime.date(2025, 12, 27), -1),
        (("holiday",), datetime.date(2025, 12, 1), -1),
        (("winter",), datetime.date(2025, 1, 15), 0.2),
        (("winter",), datetime.date(2025, 3, 1), 0),
        (("winter",), None, 0),
        (("dark",), datetime.date(2025, 12, 1), 0),
    ],
)
def test_tags_have_their_time(tags: tuple[str, ...], date: datetime.date | None, score: float) -> None:
    assert season_score(tags, SEASONS, date) == score


@pytest.mark.parametrize("text", ["13-01", "11/20", ""])
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_season(text, "12-01")
