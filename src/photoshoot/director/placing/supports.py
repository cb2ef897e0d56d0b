"""What a prompt stands its product on: the walnut of "on a walnut sideboard, velvet curtain behind".

It decides what the set is of. Cloth, shadows, lamps and backdrops that are named elsewhere only hang by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from photoshoot.director.phrases.noun_phrases import find_behind, is_finish, is_hung
from photoshoot.director.phrases.product_words import find_joints, looks_out
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.placing.laying_flat import is_cloth
from photoshoot.director.words.participles import is_participle
from photoshoot.director.words.vocabulary import load_vocabulary

_ON: Final = ("on", "onto")
_BY: Final = frozenset({"near", "by", "beside", "next", "before", "front", "facing", "overlooking", "behind", "over"})
"""What leads to water that a product is not in."""
_WATER: Final = "water"
_BACKED: Final = (("before",), ("against",))
_FRONT, _BEHIND = ("in", "front"), "behind"
"""What leads to what is behind."""
_ARTICLES: Final = ("the", "a", "an", "its")
_PARTS: Final = ("surface", "floor", "ground")
"""Roles of what things stand on."""
_BOTH = 2
_OF: Final = ("in",)  # what joins a table and its material: "a table in oak"; an "of" ends no phrase
_HANGING: Final = frozenset({"drapery", "window_room", "neon_room", "cyclorama"})
"""Sets that are made of what hangs: cloth, a shadow on a wall, lamps, a backdrop."""
_TABLE: Final = "tabletop"
_OUTSIDE, _SEEN = "location", 3.4
"""The set of tables before real places, and the vote for it of a sky behind a table."""
_LEAST: Final = 1.2  # the least vote of what a product stands on for a set that has such
_HARDEST: Final = 1.9  # the least vote for those without which no support is read: a floor is in any set


def mark_support(reading: Reading, *, on_last: bool) -> Reading:
    """A prompt whose phrases tell which of them the product stands on.

    Args:
        reading: The prompt.
        on_last: Whether its language has its "on" behind what something is on.
    """
    parts = {mention.start for mention in reading.mentions if mention.term.role in _PARTS and _is_there(mention)}
    parts -= find_behind(reading)
    if not parts:
        return reading
    for start, end in _spans(reading, parts, on_last=on_last):
        if not parts.isdisjoint(range(start, end)):
            within = [m for m in reading.mentions if start <= m.start < end and m.start in parts]
            stood = {within[0].start, *(m.start for m in within if not _is_owner(m, reading))}
            marked = tuple(replace(m, supports=True) if m.start in stood else m for m in reading.mentions)
            return _without_others_ground(_without_napkins(reading.with_mentions(marked)))
    return reading


def _is_owner(mention: Mention, reading: Reading) -> bool:
    """Whether it is the place that what it follows is a part of: of "on the lawn of a garden" it is the lawn."""
    lead = _lead(mention, reading)
    return mention.term.kind == "place" and lead > 0 and reading.stems[lead] == "of"


def _lead(mention: Mention, reading: Reading) -> int:
    """The token before a phrase and its articles."""
    lead = mention.start - 1
    while lead > 0 and reading.stems[lead] in _ARTICLES:
        lead -= 1
    return lead


def _without_others_ground(reading: Reading) -> Reading:
    """A prompt without what only something else is on: a windowsill with rain on the glass is no mirror."""
    grounds = [m for m in reading.mentions if m.term.role == "surface" and m.term.kind == "place" and not m.supports]
    taken = {i for m in reading.mentions if m.supports for i in range(m.start, m.end)}
    left = []
    for ground in grounds:
        lead = _lead(ground, reading)
        if lead > 0 and reading.stems[lead] in _ON and reading.stems[lead - 1][0].isalnum() and lead - 1 not in taken:
            left.append(ground)
    return reading.without(left) if left else reading


def _without_napkins(reading: Reading) -> Reading:
    """A prompt without the cloth of what is not known beside what the product stands on: a linen napkin on a table."""
    things = {m.start for m in reading.mentions if m.term.role is None and m.term.stand_in is not None}
    unread = things.union(reading.unread)
    cloths = [
        m
        for m in reading.mentions
        if not m.supports
        and m.end in unread
        and is_cloth(m.term)
        and not is_participle(reading.stems[m.end])
        and m.start not in find_behind(reading)
    ]
    return reading.without(cloths) if cloths else reading


def stand_under_sky(reading: Reading) -> Reading:
    """A prompt whose sky is behind the table that the product stands on, where it names no other place."""
    tables = [m for m in reading.mentions if m.supports and "material" in m.term.params.get(_OUTSIDE, {})]
    if not any(m.term.kind == "material" and m.term.role == "surface" for m in tables):
        return reading
    others = (m for m in reading.mentions if m not in tables and not m.negated)
    places = [m for m in others if m.term.kind == "place" and m.term.votes and m.term.role not in _PARTS]
    if not places or any(m.term.role != "sky" or _OUTSIDE not in m.term.votes for m in places):
        return reading
    seen = {m.start: m.term.with_votes({**m.term.votes, _OUTSIDE: _SEEN}) for m in places}
    mentions = (m.meaning(seen.get(m.start, m.term)) for m in reading.mentions)
    return reading.with_mentions(mentions)


def stand_by_water(reading: Reading) -> Reading:
    """A prompt whose product stands on a rock where no more is said than what water it is by: "watch by the sea"."""
    waters = [m for m in reading.mentions if m.term.role == "water" and not m.negated and _WATER in m.term.votes]
    if not waters or any(_holds_by_water(m) for m in reading.mentions):
        return reading
    joints = find_joints(reading)
    if not all(joints[m.start] in _BY for m in waters):
        return reading
    stood = {m.start: {**m.term.params.get(_WATER, {}), "support": "stone"} for m in waters}
    params = {start: {_WATER: values} for start, values in stood.items()}
    mentions = (
        m.meaning(replace(m.term, params={**m.term.params, **params[m.start]})) if m.start in params else m
        for m in reading.mentions
    )
    return reading.with_mentions(mentions)


def _holds_by_water(mention: Mention) -> bool:
    """Whether it is what the product stands on by some water."""
    return mention.supports or mention.term.role in _PARTS or "support" in mention.term.params.get(_WATER, ())


def hang_by(mentions: Sequence[Mention]) -> list[Mention]:
    """Phrases, of which those that only hang by what the product stands on speak for no set that has not that."""
    standing = [mention.term for mention in mentions if mention.supports]
    if not standing:
        return _hang_on_wall(mentions)
    kept = find_supporting(mentions)
    if not kept:
        return list(mentions)
    made = any(term.kind == "material" for term in standing)
    feast = made or _is_dyed(mentions)
    return [lessen(m, 0.0, kept) if _hangs(m, kept, made=feast if m.term.season else made) else m for m in mentions]


def _is_dyed(mentions: Sequence[Mention]) -> bool:
    """Whether what the product stands on has a colour of its own: no feast takes a silver tray away."""
    dyed = [m.end for m in mentions if m.term.kind == "colour" and not m.negated]
    return any(m.start in dyed for m in mentions if m.supports)


def find_supporting(mentions: Sequence[Mention]) -> set[str]:
    """The sets that have what the product stands on; none where that is in any set."""
    standing = [mention.term for mention in mentions if mention.supports]
    named = [term for term in standing if not is_finish(term)] or standing  # a wet bar is no wet street
    votes = [vote for term in named for vote in term.votes.items()]
    kept = {name for name, vote in votes if vote >= _LEAST}
    return kept if any(term.weight >= _HARDEST for term in named) else set()


def hangs_unseen(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it is what something else is of than what the product stands on: no pedestal is of a drape's satin."""
    of_part = mention.term.kind == "material" and mention.term.role == "surface" and not mention.supports
    return of_part and any(other.supports for other in mentions)


def lessen(mention: Mention, share: float, kept: Collection[str] = ()) -> Mention:
    """A phrase that speaks with a share of its votes for all sets but those that are kept."""
    votes = {name: vote if name in kept else share * vote for name, vote in mention.term.votes.items()}
    return mention.meaning(mention.term.with_votes(votes))


def _hang_on_wall(mentions: Sequence[Mention]) -> list[Mention]:
    """Phrases, of which lamps that are named after what a wall is of speak for no set that has not that wall."""
    walls = [m for m in mentions if m.term.kind == "material" and m.term.role == "backdrop" and not m.negated]
    first = next((wall for wall in walls if wall.term.weight >= _HARDEST), None)
    if first is None:
        return list(mentions)
    lamps = {m.start for m in mentions if m.start > first.start and m.term.role == "light" and m.term.votes}
    return [lessen(m, 0.0, first.term.votes) if m.start in lamps else m for m in mentions]


def _hangs(mention: Mention, kept: set[str], *, made: bool) -> bool:
    """Whether it is cloth, a shadow, a lamp or a backdrop, or lies on what is said to be ``made`` of something, too."""
    votes = mention.term.votes
    if mention.supports or mention.negated or not votes:
        return False
    best = max(votes, key=votes.__getitem__)
    if best in kept:
        return False
    lies = made and (mention.term.role == "props" or mention.term.season)
    return best in _HANGING or (lies and any(mention.term.params_in(name) for name in kept))


def _is_there(mention: Mention) -> bool:
    return not mention.negated and (mention.term.kind == "material" or bool(mention.term.votes))


def _spans(reading: Reading, parts: Collection[int], *, on_last: bool) -> Iterator[tuple[int, int]]:
    """(first token, one past the last) of phrases that an "on" leads to.

    Where there is none, it is the first phrase of a table and its material.
    """
    places = [index for index, stem in enumerate(reading.stems) if stem in _ON and not looks_out(reading, index)]
    for place in places:
        yield _before(reading, place) if on_last else (place + 1, _end_of(reading, place + 1, parts))
    starts = (index + 1 for index, stem in enumerate(reading.stems) if stem in (",", _BEHIND))
    for start in () if places else [0, *starts]:
        end = _end_of(reading, start, parts)
        faces = [m for m in reading.mentions if m.start in parts and start <= m.start and m.end <= end]
        made = len({m.term.color is None for m in faces}) == _BOTH or (
            _may_be_stood_on(start, reading) and any(map(_is_stand, faces))
        )
        made = made or (start == 0 and bool(faces) and faces[-1].end == end and _is_backed(reading, end))
        if made and not any(is_hung(m.term) for m in faces):
            yield start, end


def _may_be_stood_on(start: int, reading: Reading) -> bool:
    """Whether a platform there is what the product is on: a prompt begins with it, or something is behind it."""
    return start == 0 or reading.stems[start - 1] == _BEHIND


def _is_backed(reading: Reading, end: int) -> bool:
    """Whether what stands there says what is behind what a prompt begins with: "a rock in front of mountains"."""
    after = reading.stems[end : end + 2]
    return after[:1] in _BACKED or after == _FRONT or bool(find_behind(reading))


def _is_stand(mention: Mention) -> bool:
    """Whether it is a platform of a studio, on which the product is wherever a prompt begins with it."""
    return mention.term.color is None and mention.term.votes.get("podium", 0.0) >= _HARDEST


def _before(reading: Reading, place: int) -> tuple[int, int]:
    """The phrase that ends there."""
    start = place
    while start and reading.stems[start - 1][0].isalnum() and reading.stems[start - 1] not in _ON:
        start -= 1
    return start, place


def _end_of(reading: Reading, start: int, parts: Collection[int]) -> int:
    """One past the phrase that begins there: to the next preposition or mark, and "a table in oak" is one."""
    boundaries = load_vocabulary().boundaries
    found = False
    for index in range(start, len(reading.stems)):
        stem = reading.stems[index]
        found = found or index in parts
        if stem in boundaries or stem == "and" or not stem[0].isalnum():
            joins = (stem in _OF and _leads_to_material(index + 1, reading)) if found else stem == "and"
            if not joins:
                return index
    return len(reading.stems)


def _leads_to_material(index: int, reading: Reading) -> bool:
    """Whether a material begins there, with its colours and tones before it."""
    for mention in reading.mentions:
        if mention.start == index:
            if mention.term.role is not None:
                return mention.term.kind == "material" and mention.term.role in _PARTS
            index = mention.end
    return False
