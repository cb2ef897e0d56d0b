from __future__ import annotations

import datetime

import pytest

from photoshoot.files import find_data
from photoshoot.recommenders.affinities import list_holidays, load_affinities
from photoshoot.recommenders.seasons import parse_season, season_score

SEASONS = {
    "christmas": parse_season("11-20", "12-26"),
    "hanukkah": parse_season("11-25", "01-01", reach=0.5),
    "winter": parse_season("12-01", "02-28"),
    "autumn": parse_season("09-10", "11-30", undated=-0.2),
}
EMBEDDED = load_affinities(find_data("presets") / "affinity.json").seasons


@pytest.mark.parametrize(
    ("tags", "date", "score"),
    [
        (("holiday", "christmas"), None, -1),
        (("holiday", "christmas"), datetime.date(2025, 12, 1), 1),
        (("holiday", "christmas"), datetime.date(2025, 11, 20), 1),
        (("holiday", "christmas"), datetime.date(2025, 12, 27), -1),
        (("holiday",), datetime.date(2025, 12, 1), -1),
        (("winter",), datetime.date(2025, 1, 15), 0.2),
        (("winter",), datetime.date(2025, 3, 1), -0.2),
        (("holiday", "christmas", "winter"), datetime.date(2025, 2, 5), -1),
        (("holiday", "christmas", "winter"), datetime.date(2025, 11, 24), 1),
        (("winter",), None, 0),
        (("autumn", "winter"), None, -0.2),
        (("autumn",), datetime.date(2025, 10, 1), 0.2),
        (("holiday", "hanukkah"), datetime.date(2025, 12, 1), 0.5),
        (("holiday", "hanukkah", "christmas"), datetime.date(2025, 12, 1), 1),
        (("dark",), datetime.date(2025, 12, 1), 0),
    ],
)
def test_tags_have_their_time(tags: tuple[str, ...], date: datetime.date | None, score: float) -> None:
    assert season_score(tags, SEASONS, date) == score


@pytest.mark.parametrize(
    ("tag", "days"),
    [
        ("ramadan", ["2025-02-28", "2026-02-18", "2027-02-08", "2028-01-28", "2029-01-16"]),
        ("eid", ["2025-03-30", "2026-03-20", "2027-03-09", "2028-02-26", "2029-02-14"]),
        ("diwali", ["2025-10-20", "2026-11-08", "2027-10-29", "2028-10-17", "2029-11-05"]),
        ("lunar new year", ["2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13"]),
        ("hanukkah", ["2025-12-14", "2026-12-04", "2027-12-24", "2028-12-12"]),
        ("easter", ["2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2285-03-22"]),
        ("mothers day", ["2025-05-11", "2026-05-10", "2028-05-14", "2033-05-08"]),
        ("fathers day", ["2025-06-15", "2026-06-21", "2027-06-20"]),
        ("thanksgiving", ["2025-11-27", "2026-11-26", "2029-11-22"]),
        ("black friday", ["2025-11-28", "2026-11-27", "2029-11-23"]),
        ("back to school", ["2026-08-01", "2026-09-01"]),
        ("halloween", ["2026-10-31"]),
        ("valentine", ["2026-02-14"]),
        ("new year", ["2026-12-31", "2027-01-01"]),
    ],
)
def test_windows_hold_the_days_that_move(tag: str, days: list[str]) -> None:
    for day in days:
        reach = EMBEDDED[tag].reach
        assert 0 < reach <= 1
        assert season_score(("holiday", tag), EMBEDDED, datetime.date.fromisoformat(day)) == reach, day
    assert season_score(("holiday", tag), EMBEDDED, datetime.date(2026, 7, 5)) == -1


@pytest.mark.parametrize("text", ["13-01", "11/20", ""])
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_season(text, "12-01")


def test_holidays_are_those_that_presets_name_in_the_order_of_the_year() -> None:
    assert list_holidays([("winter", "christmas"), ("easter", "red"), ("halloween",)]) == [
        "easter",
        "halloween",
        "christmas",
    ]
