"""How much each phrase of a prompt speaks for sets beside the others: what stands by its head speaks less."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Final

from photoshoot.director.phrases.noun_phrases import find_behind
from photoshoot.director.phrases.product_words import find_joints
from photoshoot.director.phrases.reading import NOUN, Mention, Reading
from photoshoot.director.placing.supports import hang_by, lessen
from photoshoot.director.words.vocabulary import Term

LANDS: Final = ("ground", "water", None)
"""Roles of deserts, lakes and gyms, which are seen before a table."""
LAND: Final = 3.9
"""The least vote of such."""
COMMON: Final = 1.5
"""The least vote of a head's for a set that both it and what is by it speak for: sand, and the sea."""
ANYWHERE: Final = "tabletop"
"""A table, which many places have."""
OF_LAMPS: Final = "neon_room"
"""The set that is made of lamps."""
_ASIDE, _BY = frozenset({"with", "near", "by", "beside", "behind", "over", "next", "overlooking"}), 0.6
"""What leads to a thing or a place that is by another one, and how much such a one speaks for its sets."""
_NOT_UNDER = 0.2  # how much what is behind speaks for sets where it is underfoot: a mirror is no floor
_OF_LIGHT = 0.4  # how much a place speaks for its sets where only its light is asked for
_OF_CRATES, _OF_MIRRORS = "crates", "glossy_floor"  # the sets of a market's crates, and of what mirrors


def weigh_mentions(reading: Reading) -> list[Mention]:
    """A prompt's phrases; those that only say what stands by its head speak less: "a bridge over a river"."""
    reading = _with_first_face(reading.with_mentions(_light_alone(hang_by(reading.mentions))))
    behind = find_behind(reading)
    aside = set(behind)
    if _ASIDE.isdisjoint(reading.stems) and not aside:
        return list(reading.mentions)
    for before, (start, joint) in pairwise([(-1, ""), *find_joints(reading).items()]):
        if joint in _ASIDE or (joint == "and" and before[0] in aside):
            aside.add(start)
    ends = {mention.end for mention in reading.mentions if mention.start in aside}
    aside |= {mention.start for mention in reading.mentions if mention.start in ends}  # with splashing water
    heads = [mention.term for mention in reading.mentions if mention.start not in aside and _is_head(mention)]
    if not heads and any(mention.supports and _is_under(mention.term) for mention in reading.mentions):
        lands = {m.start for m in reading.mentions if m.start in aside and m.term.role in LANDS[:2]}
        floors = (m.start for m in reading.mentions if _is_stood_on(m.term))
        under = behind.intersection(floors) - lands
        by = {**dict.fromkeys(lands, _BY), **dict.fromkeys(under, _NOT_UNDER)}
        return [lessen(m, by[m.start]) if m.start in by else m for m in reading.mentions]
    kept = {name for term in heads for name, vote in term.votes.items() if vote >= COMMON}
    if not heads:
        return list(reading.mentions)
    return [lessen(mention, _BY, kept) if mention.start in aside else mention for mention in reading.mentions]


def _light_alone(mentions: Sequence[Mention]) -> list[Mention]:
    """Phrases, of which places that only say what a light is like speak less: "greenhouse light", "campfire glow"."""
    lights = {m.start for m in mentions if m.term.role in ("light", "glow") and m.term.kind == "part"}
    if not lights:
        return list(mentions)
    return [lessen(m, _OF_LIGHT) if m.end in lights and is_place(m.term) else m for m in mentions]


def _with_first_face(reading: Reading) -> Reading:
    """A prompt where the second of two materials speaks less than the first: on "marble and silk" is on marble."""
    if "and" not in reading.stems:
        return reading
    faces = [mention for mention in reading.mentions if is_face(mention.term) and not mention.negated]
    told = {
        i for m in reading.mentions if m.term.color is not None and m.term.role is None for i in range(m.start, m.end)
    }
    second = {
        after.start
        for before, after in pairwise(faces)
        if {stem for i, stem in enumerate(reading.stems[before.end : after.start], before.end) if i not in told}
        == {"and"}
    }
    mentions = (lessen(mention, _BY) if mention.start in second else mention for mention in reading.mentions)
    return reading.with_mentions(mentions)


def _is_head(mention: Mention) -> bool:
    """Whether it names a set by itself; a table does not, which stands in many places."""
    votes = mention.term.votes
    most = mention.term.weight
    named = most >= NOUN and votes.get(ANYWHERE, 0.0) < most
    return named and mention.term.role != "props" and not mention.negated


def is_place(term: Term) -> bool:
    """Whether it names where things are, other than a room of lamps, a table or a backdrop."""
    if term.votes.get(OF_LAMPS, 0.0) >= NOUN or term.color is not None or term.season:
        return False
    return term.weight >= NOUN and (is_real(term) or is_land(term))


def is_real(term: Term) -> bool:
    """Whether it is where a picture of a real place is shown, and no time of day there."""
    return "place" in chain.from_iterable(term.params.values()) and "elevation_deg" not in term.light


def is_land(term: Term) -> bool:
    """Whether it is a land, a water or a room like a gym, which is seen before a table in it."""
    return term.role in LANDS and term.weight >= LAND


def is_face(term: Term) -> bool:
    """Whether it is what a product stands on, as itself: weather and light take no slate away."""
    named = term.kind == "material" and term.role == "surface" and term.stand_in is None
    return named and term.weight >= NOUN


def _is_stood_on(term: Term) -> bool:
    """Whether it is what products stand on, be it a mirror or a crate."""
    crates = term.role == "surface" and _OF_CRATES in term.votes
    return is_face(term) or _OF_MIRRORS in term.votes or crates


def _is_under(term: Term) -> bool:
    """Whether it is what a product stands on, or the ground: soil before crates is no crate."""
    return is_face(term) or (term.kind == "material" and term.role == LANDS[0])
