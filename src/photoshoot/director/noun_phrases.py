"""Takes a prompt apart into noun phrases: what each is of, and what leads to it.

A phrase is what stands between prepositions, marks and joining words; its last noun is its head, and what stands before
that describes it. What follows an "in" or "of" and names but colours and materials describes the head before:
of "a wall of rough concrete" the wall is. All that asks whose a colour or a material is asks here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

from photoshoot.director.mentions import Mention, Reading
from photoshoot.director.vocabulary import Term, Values, load_vocabulary
from photoshoot.sets import SETS, parameters_of

COLOR_ALONE: Final = "its colour alone"
"""What is shown of a material that a set's part can't be of."""

_PARTING: Final = frozenset({"and", "or", "of", "plus", "to", "is", "are", "for", "that", "which", "half"})
"""What ends a phrase, beside prepositions and marks."""
_PRODUCT: Final = ("it", "them")
"""What a product is called where a prompt has named it."""
_COMPLEMENTING: Final = ("in", "of")
HARDLY: Final = 0.05
"""The vote of a table or a wall for sets that may have one."""
WALLED: Final = "window_room"
"""The set that every wall and room speaks for."""
_RIGID, _NOUN = "tabletop", 2.5  # the set that tells what is no cloth, and the least vote of what it is of
_FLOORS: Final = frozenset(
    {"tabletop", "location", "room", "gallery", "window_room", "glossy_floor", "flat_lay", "gym"}
)
BACKS: Final = ("background", "distance", "back")
_FACED = 5  # how many words before a curtain may tell that the product is in front of it
_LED = 3  # how many words before a curtain may tell that light falls through it
_CURTAIN = "linen"  # what a curtain is of, of which nothing is told
_CLOTH, _BEHIND = "drapery", 0.2  # the set that cloth speaks for, and how much it does behind a table
_MIRROR, _LESS, _LEAST = "glossy_floor", 0.5, 1.5  # the set of what mirrors, and how much less a table of it speaks for
_MARKS: Final = (",", ".", ";")
_ADJECTIVE: Final = 1.0  # what speaks less for each set names no thing
_OF_FLOORS, _ROOMS = "neon_room", ("gallery", "room")
"""The set that tells what floors are of, and others whose floors are."""
_OF_STANDS: Final = "podium"
"""The set of platforms in a studio."""
IN_PLACES: Final = "location"
"""That of real places, whose parameter tells of them, too."""
_WALLED: Final = frozenset({"bed", "counter", "gallery", "gym", "interior", "lab", "playroom", "room", "vanity"})
"""Sets of rooms whose walls have a colour that one can choose."""
_WALLS: Final = ("wall", "boards", "brick", "concrete", "tiles")
_HUNG, _PAPER = "hanging_wall", "cyclorama"
_OF_WALL: Final = {WALLED: 2.0}


@dataclass(frozen=True, kw_only=True)
class NounPhrase:
    """A head, and what describes it."""

    head: int
    """Token of the last noun."""
    tokens: frozenset[int]
    """Its tokens that say something, the head among them, and those of what follows an "in" or "of"."""
    lead: str
    """The preposition or the mark that leads to it; "" at the prompt's beginning."""


def find_phrases(reading: Reading) -> list[NounPhrase]:
    """The noun phrases of a prompt, in its order."""
    meant = {index for mention in reading.mentions for index in range(mention.start, mention.end)}
    meant.update(reading.unread)
    phrases: list[NounPhrase] = []
    for lead, tokens in _part(reading):
        spoken = [index for index in tokens if index in meant]
        if not spoken:
            continue
        if phrases and lead in _COMPLEMENTING and _is_description(spoken, reading):
            phrases[-1] = replace(phrases[-1], tokens=phrases[-1].tokens.union(spoken))
        else:
            phrases.append(NounPhrase(head=spoken[-1], tokens=frozenset(spoken), lead=lead))
    return phrases


def give_to_heads(reading: Reading) -> Reading:
    """A prompt where what a wall or a floor is of is no table's: "a walnut wall", "a floor of pale oak"."""
    given: dict[int, Term] = _hang_behind(reading)
    for phrase in find_phrases(reading):
        inside = [mention for mention in reading.mentions if mention.start in phrase.tokens]
        head = next((mention for mention in inside if mention.start <= phrase.head < mention.end), None)
        if head is None or head.term.color is not None:
            continue
        others = [mention for mention in reading.mentions if mention.start not in phrase.tokens]
        backed = is_paper(head.term) and any(_is_laid(m) or _is_in_studio(m.term) for m in others)
        for mention in inside:
            term = _as_backdrop(mention.term) if backed else _as_of(head.term, mention.term)
            if mention.start not in given and term is not None:
                given[mention.start] = term
    mentions = (replace(m, term=given[m.start]) if m.start in given else m for m in reading.mentions)
    return replace(reading, mentions=tuple(mentions)) if given else reading


def _hang_behind(reading: Reading) -> dict[int, Term]:
    """Start → what cloth means that hangs behind what the product stands on: a backdrop of its colour."""
    behind = find_behind(reading) | set(_find_curtains(reading))
    if not any(leading_set(m.term) == _MIRROR for m in reading.mentions):
        papers = {m.start for m in reading.mentions if is_paper(m.term) and not m.negated}
        behind |= {m.start for m in reading.mentions if m.end in papers}  # "a velvet backdrop"; floors that mirror glow
    stood_on = any(m.term.role == "surface" and m.term.votes and m.start not in behind for m in reading.mentions)
    cloths = [m for m in reading.mentions if m.start in behind and m.term.role == "surface" and _CLOTH in m.term.votes]
    if not stood_on or not cloths:
        return {}
    made = next((of for m in cloths if (of := m.term.params.get(_CLOTH, {}).get("cloth")) is not None), _CURTAIN)
    params = {_RIGID: {"backdrop": made}}
    terms = {m.start: (m.term, {name: _BEHIND * vote for name, vote in m.term.votes.items()}) for m in cloths}
    return {
        start: replace(term, role="backdrop", votes=votes, params={**term.params, **params})
        for start, (term, votes) in terms.items()
    }


def _find_curtains(reading: Reading) -> Iterator[int]:
    """Where a curtain is named behind a platform that a prompt begins with, or by a table, and what it is of."""
    hung = [m for m in reading.mentions if m.term.role == "surface" and _CLOTH in m.term.votes and is_hung(m.term)]
    if not hung:
        return
    first = next(m for m in reading.mentions if m.term.role is not None and (m.term.color is None or _is_stand(m.term)))
    standing = _is_stand(first.term) or _is_in_studio(first.term) or any(map(_is_laid, reading.mentions))
    for mention in hung:
        led = reading.stems[max(mention.start - _LED, 0) : mention.start]
        faced = standing or "front" in reading.stems[max(mention.start - _FACED, 0) : mention.start]
        if faced and not mention.negated and "through" not in led:
            yield mention.start
            yield from (m.start for m in reading.mentions if m.end == mention.start)


def find_behind(reading: Reading) -> set[int]:
    """Where what is behind stands, said after it: "…, a curtain of silk behind, …", "mountains in the background"."""
    aside: set[int] = set()
    since: list[int] = []
    starts = {mention.start for mention in reading.mentions}
    for index, stem in enumerate(reading.stems):
        if stem == "behind" or (stem in BACKS and "in" in reading.stems[index - 2 : index]):
            after = [word for word in reading.stems[index + 1 : index + 3] if word not in _PRODUCT]  # "behind it"
            if not after or not after[0][0].isalnum():
                aside.update(since)
        if not stem[0].isalnum() or stem == "with":
            since = []
        elif index in starts:
            since.append(index)
    return aside


def _part(reading: Reading) -> Iterator[tuple[str, list[int]]]:
    """(what leads to it, its tokens) of each stretch between what parts phrases."""
    known = {mention.start: mention.end for mention in reading.mentions}
    parting = load_vocabulary().boundaries | _PARTING
    lead, tokens, index = "", list[int](), 0
    while index < len(reading.stems):
        stem = reading.stems[index]
        if index in known:
            if stem in parting:  # "on the grass"
                yield lead, tokens
                lead, tokens = stem, []
            tokens += range(index, known[index])
            index = known[index]
            continue
        if stem in parting or not stem[0].isalnum():
            yield lead, tokens
            lead, tokens = stem, []
        else:
            tokens.append(index)
        index += 1
    yield lead, tokens


def _is_description(tokens: list[int], reading: Reading) -> bool:
    """Whether there are but colours, tones and materials: what something else is of."""
    terms = {index: mention.term for mention in reading.mentions for index in range(mention.start, mention.end)}
    found = [terms.get(index) for index in tokens]
    return all(term is not None and (term.color is not None or not term.votes or _is_look(term)) for term in found)


def _is_look(term: Term) -> bool:
    """Whether it says how a thing is, such as "polished", and names none."""
    return term.role is None and term.color is None and not term.season and max(term.votes.values()) < _ADJECTIVE


def _as_of(head: Term, made: Term) -> Term | None:
    """What a material means that a wall, a floor or a table is of; None where it is what it always is."""
    if _is_bare(head) and _MIRROR in made.votes:
        votes = {name: vote * (_LESS if name in (_MIRROR, IN_PLACES) else 1.0) for name, vote in made.votes.items()}
        return replace(made, votes=votes)  # a metal shelf is no floor of metal
    if is_hung(head) and _CLOTH in made.votes:
        params = {name: values for name, values in made.params.items() if name == _CLOTH}
        return replace(
            made, votes={_CLOTH: made.votes[_CLOTH]}, params=params
        )  # no table is laid with a curtain's lace
    if head.role == "accent" and head.votes and _CLOTH not in head.votes and made.role == "surface":
        of = replace(made, role="accent", votes={}, params={}, stand_in=COLOR_ALONE)
        return of if made.color is not None else Term()  # no table is of a chair's velvet
    if not is_rigid(made):
        return None
    if is_wall(head):
        params = {name: values for name, values in made.params.items() if name == _HUNG}
        return replace(made, role="backdrop", votes=_OF_WALL, params=params, stand_in=COLOR_ALONE)
    if head.role == "floor":
        votes = {name: vote for name, vote in made.votes.items() if name in _FLOORS}
        params = {name: values for name, values in made.params.items() if name in _FLOORS}
        params |= _floors_of(made)
        return replace(made, role="floor", votes=votes, params=params)
    return None


def _as_backdrop(made: Term) -> Term | None:
    """What a material means that a background is of, behind what the product stands on: its colour there."""
    if not is_rigid(made):
        return None
    return replace(made, role="backdrop", votes={_RIGID: HARDLY}, params={}, stand_in=COLOR_ALONE)


def leading_set(term: Term) -> str:
    """The set that it speaks for the most; empty where it speaks for none."""
    return max(term.votes, key=term.votes.__getitem__, default="")


def is_paper(term: Term) -> bool:
    """Whether it is a background, and no wall."""
    return term.role == "backdrop" and leading_set(term) == _PAPER


def _floors_of(made: Term) -> dict[str, Values]:
    """What it is as the floor of rooms whose floors can be of it."""
    floor = made.params.get(_OF_FLOORS, {}).get("floor")
    rooms = (name for name in _ROOMS if floor in get_args(parameters_of(SETS[name])["floor"]))
    return {name: {"floor": floor} for name in rooms}


def is_hung(term: Term) -> bool:
    """Whether it is a curtain, of whatever."""
    return term.role == "surface" and term.color is None and set(term.votes) == {_CLOTH}


def _is_stand(term: Term) -> bool:
    """Whether it is a platform that stands in real places, too."""
    return "stand" in term.params.get(IN_PLACES, {})


def _is_in_studio(term: Term) -> bool:
    """Whether it is a platform of a studio."""
    return term.votes.get(_OF_STANDS, 0.0) >= _NOUN


def _is_laid(mention: Mention) -> bool:
    """Whether it is a table or the like, or what is no cloth that one is of."""
    term = mention.term
    seat = term.stand_in is not None and term.votes.get(_RIGID, 0.0) >= _LEAST
    laid = seat or _is_bare(term) or term.votes.get(_RIGID, 0.0) >= _NOUN
    return term.role == "surface" and not mention.negated and laid


def _is_bare(term: Term) -> bool:
    """Whether it is a table or a shelf, of whatever."""
    return term.role == "surface" and term.color is None and term.votes.get(_RIGID, 0.0) >= _LEAST


def is_wall(term: Term) -> bool:
    """Whether it is a wall, and no backdrop of paper."""
    return term.role == "backdrop" and term.votes.get(WALLED, 0.0) > HARDLY and not term.params


def leads_to_mark(mention: Mention, reading: Reading) -> bool:
    """Whether it is cloth or leather of what is not known, before a mark: of "leather shoes, concrete stairs"."""
    end = next((i for i in range(mention.end, len(reading.stems)) if i not in reading.unread), 0)
    return mention.term.kind == "material" and not is_rigid(mention.term) and reading.stems[end] in _MARKS and end > 0


def leads_to_one(noun: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it is what one of some phrases is of: the marble of "red marble blocks"."""
    made = noun.term.kind == "material"
    return made and any(mention.start == noun.end and mention.term.role == noun.term.role for mention in mentions)


def is_rigid(term: Term) -> bool:
    """Whether it is what tables are of: wood and stone, and no cloth."""
    return term.kind == "material" and term.role == "surface" and term.votes.get(_RIGID, 0.0) >= _NOUN


def has_walls(term: Term) -> bool:
    """Whether it is a room whose walls have a colour, or a place that is shown by such a wall behind a table."""
    if term.role is not None or term.kind != "place":
        return False
    shown = leading_set(term)
    return shown in _WALLED or (shown == _RIGID and term.params.get(_RIGID, {}).get("backdrop") in _WALLS)


def is_finish(term: Term) -> bool:
    """Whether it says how tables shine, and names nothing: "matte", "wet"."""
    plain = term.role in (None, "surface") and term.color is None and not term.season
    return plain and set(term.params.get("tabletop", ())) == {"finish"}
