"""Seasons: which tags have their time, and when it is.

A season is the same days of every year. Days that move have a window that holds all their dates with the weeks of
advertising before them: Easter, Thanksgiving, Mother's and Father's Day, the lunar new year (21 January to 20
February), Diwali (mid October to mid November) and Hanukkah (late November to 1 January). Ramadan moves through the
whole year, eleven days earlier each time: its window holds it and Eid al-Fitr from 2025 to 2029, and must move on then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

_HOLIDAY = "holiday"
_OF_THE_YEAR = frozenset({"spring", "summer", "autumn", "winter"})  # a Christmas preset for winter is no winter preset

Season = tuple[tuple[int, int], tuple[int, int]]
"""((month, day) of the first day, (month, day) of the last); a season may run over the new year."""


def parse_season(first: str, last: str) -> Season:
    """Read ``"12-26"``, ``"01-03"``.

    Raises:
        ValueError: It is no day of a year.
    """
    days = [datetime.date.fromisoformat(f"2000-{text}") for text in (first, last)]
    return (days[0].month, days[0].day), (days[1].month, days[1].day)


def season_score(tags: Iterable[str], seasons: Mapping[str, Season], date: datetime.date | None) -> float:
    """How timely tags are: 1 for a holiday in its time, -1 for one out of it, 0.2 and -0.2 for a season, else 0.

    Without a date no time is right for a holiday, and seasons don't count.
    """
    known = set(tags)
    dated = known & seasons.keys()
    if _HOLIDAY in known:
        dated -= _OF_THE_YEAR
    timely = date is not None and any(_is_inside(date, seasons[tag]) for tag in dated)
    if _HOLIDAY in known:
        return 1.0 if timely else -1.0
    if date is None or not dated:
        return 0.0
    return 0.2 if timely else -0.2


def _is_inside(date: datetime.date, season: Season) -> bool:
    (first, last), day = season, (date.month, date.day)
    return first <= day <= last if first <= last else day >= first or day <= last
