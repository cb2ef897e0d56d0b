"""Seasons: which tags have their time, and when it is.

A season is the same days of every year. Days that move have a window that holds all their dates with the weeks of
advertising before them: Easter, Thanksgiving, Mother's and Father's Day, the lunar new year (21 January to 20
February), Diwali (mid October to mid November) and Hanukkah (late November to 1 January). Ramadan moves through the
whole year, eleven days earlier each time: its window holds it and Eid al-Fitr from 2025 to 2029, and must move on then.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_HOLIDAY = "holiday"
OF_THE_YEAR = frozenset({"spring", "summer", "autumn", "winter"})
"""Seasons that are no holidays; a Christmas preset for winter is no winter preset."""


@dataclass(frozen=True, kw_only=True)
class Season:
    """A time of the year; it may run over the new year."""

    first: tuple[int, int]
    """(month, day) of its first day."""
    last: tuple[int, int]
    """(month, day) of its last day."""
    reach: float = 1.0
    """Share of shops it is for, roughly, 0 to 1: of two holidays at one time the one of more reach goes first."""
    undated: float = 0.0
    """What it counts where no date is given: below 0 for a scene that looks wrong at other times, such as of snow."""


def parse_season(first: str, last: str, *, reach: float = 1.0, undated: float = 0.0) -> Season:
    """Read ``"12-26"``, ``"01-03"``.

    Raises:
        ValueError: It is no day of a year.
    """
    days = [datetime.date.fromisoformat(f"2000-{text}") for text in (first, last)]
    return Season(first=(days[0].month, days[0].day), last=(days[1].month, days[1].day), reach=reach, undated=undated)


def season_score(tags: Iterable[str], seasons: Mapping[str, Season], date: datetime.date | None) -> float:
    """How timely tags are: a holiday's reach in its time, -1 out of it, 0.2 and -0.2 for a season, else 0.

    Without a date no time is right for a holiday, and a season counts what is written down for it.
    """
    known = set(tags)
    dated = known & seasons.keys()
    if _HOLIDAY in known:
        dated -= OF_THE_YEAR
    timely = [seasons[tag].reach for tag in dated if date is not None and _is_inside(date, seasons[tag])]
    if _HOLIDAY in known:
        return max(timely, default=-1.0)
    if date is None or not dated:
        return min((seasons[tag].undated for tag in dated), default=0.0)
    return 0.2 if timely else -0.2


def _is_inside(date: datetime.date, season: Season) -> bool:
    first, last, day = season.first, season.last, (date.month, date.day)
    return first <= day <= last if first <= last else day >= first or day <= last
