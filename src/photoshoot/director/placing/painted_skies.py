"""Skies of colours that no real one has, behind what the product stands on: a wall of that colour, and told as one.

And whose sky is seen where two are named: a sunset's, under whatever clouds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.phrases.noun_phrases import HARDLY, IN_PLACES, find_behind
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.platforms import is_land, is_platform
from photoshoot.director.words.vocabulary import Term
from photoshoot.sets.location import SKIES

AS_BACKDROP: Final = "a backdrop of that colour"
"""What is told of them."""
_AFLOAT, _PAPER = "hanging_wall", "cyclorama"
"""The set of what hangs, and the one of paper, whose colours skies have, too."""
_LAND, _CLOUDS, _SEA_VOTE = "dunes", "clouds", 4.4
"""The set of open ground, that of clouds, and the vote for it of those that one is among."""
_VOTES: Final = dict.fromkeys(("podium", "tabletop", _PAPER, "glossy_floor", _AFLOAT), HARDLY)
_NAMED: Final = 1.5
"""The least vote of what the product may stand on."""
_PAINTED, _HOUR = "sky_colors", "elevation_deg"
"""The parameter of a sky, and that of light that only hours of a day have."""
_GREY, _BLUE, _NO_RED = 0.03, -0.05, 0.02
"""Under which chroma a sky is grey, and up to which b and a, OKLab, it is blue: such are real."""


def paint_skies(reading: Reading) -> Reading:
    """A prompt whose sky of a colour, such as pink, is a wall behind its platform or table, in no other place.

    Clouds beside such a sky are told: on a wall there are none.
    """
    reading = _keep_sunset(reading)
    if not ("sky" in reading.stems or "cloud" in reading.stems):
        return reading
    reading = _keep_clouds(reading)
    skies = [m for m in reading.mentions if not m.negated and _is_sky(m.term)]
    dyed = {m.start for m in skies if _is_unreal(m, reading)}
    others = [m for m in reading.mentions if not m.negated and m not in skies]
    landed = any(is_land(m.term) and m.term.weight >= _NAMED for m in others)  # above a lake is that lake's sky
    if skies and not landed and any(_AFLOAT in m.term.votes and (dyed or not m.term.params) for m in others):
        mentions = (m.meaning(_hung_before(m.term)) if m in skies else m for m in reading.mentions)
        return reading.with_mentions(mentions)
    if not dyed or not any(_is_stood_on(m.term) for m in others) or any(_is_place(m.term) for m in others):
        return reading
    if any(is_platform(m.term) for m in others) and (sea := _find_sea(reading, dyed)):
        return reading.with_mentions(m.meaning(_as_sea(m.term)) if m.start in sea else m for m in reading.mentions)
    mentions = (m.meaning(_as_wall(m.term)) if m.start in dyed else m for m in reading.mentions)
    plain = [m for m in skies if m.start not in dyed]
    return reading.with_mentions(mentions).without(plain)


def _find_sea(reading: Reading, dyed: Collection[int]) -> frozenset[int]:
    """Where coloured clouds are named that are round what the product stands on, and not behind it."""
    clouds = {m.start for m in reading.mentions if m.start in dyed and _lies_below(m, reading)}
    return frozenset(clouds.difference(find_behind(reading) if clouds else ()))


def _lies_below(sky: Mention, reading: Reading) -> bool:
    """Whether it names clouds, which may also be seen from above, and no sky with some."""
    named = "cloud" in reading.stems[sky.start : sky.end]
    return named and sky.term.params.get(_LAND, {}).get("ground") == _CLOUDS


def _is_unreal(sky: Mention, reading: Reading) -> bool:
    """Whether a sky is of a colour that no real one has."""
    return any(not _is_real(color) for color in _colors_of(sky, reading))


def _keep_sunset(reading: Reading) -> Reading:
    """A prompt whose "overcast" dims the light alone where it names an hour that has a sky of its own."""
    hours = [m for m in reading.mentions if _HOUR in m.term.light and not m.negated]
    if not any(map(_paints_sky, hours)):
        return reading
    weathers = {m.start for m in reading.mentions if m.term.role == "light" and not m.term.votes and _paints_sky(m)}
    mentions = (m.meaning(replace(m.term, params={})) if m.start in weathers else m for m in reading.mentions)
    return reading.with_mentions(mentions)


def _keep_clouds(reading: Reading) -> Reading:
    """A prompt whose blue sky has the clouds that are named with it; by itself it has none."""
    skies = [m for m in reading.mentions if not m.negated and _is_sky(m.term)]
    cloudy = next((m.term.params for m in skies if "cloud" in reading.stems[m.start : m.end]), None)
    if cloudy is None:
        return reading
    mentions = (
        m.meaning(replace(m.term, params={**m.term.params, **cloudy})) if m in skies else m for m in reading.mentions
    )
    return reading.with_mentions(mentions)


def _paints_sky(mention: Mention) -> bool:
    """Whether it says what a sky looks like."""
    return any(_PAINTED in params for params in mention.term.params.values())


def _colors_of(sky: Mention, reading: Reading) -> Iterator[str]:
    """The colours that lead to a sky without a gap."""
    start = sky.start
    for before in reversed(reading.mentions):
        if before.end == start and before.term.kind == "colour" and before.term.color is not None:
            start = before.start
            yield before.term.color


def _is_real(color: str) -> bool:
    """Whether a real sky may have it: greys and blues."""
    _, a, b = (float(part) for part in hex_to_oklab(color))
    return (a * a + b * b) ** 0.5 < _GREY or (b < _BLUE and a < _NO_RED)


def _is_sky(term: Term) -> bool:
    return term.params.get(IN_PLACES, {}).get("place") in SKIES and not term.light


def _is_stood_on(term: Term) -> bool:
    return term.role == "surface" and term.weight >= _NAMED


def _is_place(term: Term) -> bool:
    """Whether it is a real place or a land, whose own sky is seen."""
    real = term.kind == "place" and "place" in term.params.get(IN_PLACES, ()) and IN_PLACES in term.votes
    return real or is_land(term)


def _as_wall(term: Term) -> Term:
    return replace(term, role="backdrop", votes=_VOTES, params={}, stand_in=AS_BACKDROP)


def _as_sea(term: Term) -> Term:
    """Clouds that one stands among, whose colour is theirs."""
    return replace(term, votes={**term.votes, _LAND: _SEA_VOTE})


def _hung_before(term: Term) -> Term:
    """A wall in the colour that the sky has at its height, where no other is named."""
    return replace(_as_wall(term), color=term.params[_PAPER]["colors"][-1])
