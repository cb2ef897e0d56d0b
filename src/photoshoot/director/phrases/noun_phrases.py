"""Takes a prompt apart into noun phrases: what each is of, and what leads to it.

A phrase is what stands between prepositions, marks and joining words; its last noun is its head, and what stands before
that describes it. What follows an "in" or "of" and names but colours and materials describes the head before:
of "a wall of rough concrete" the wall is. All that asks whose a colour or a material is asks here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from photoshoot.director.phrases.reading import NOUN, Mention, Reading
from photoshoot.director.words.shades import METALS
from photoshoot.director.words.vocabulary import Term, load_vocabulary

COLOR_ALONE: Final = "its colour alone"
"""What is shown of a material that a set's part can't be of."""

_TRIMS: Final = METALS | {"gold", "silver", "golden", "chrome"}
"""Metals that trim what is of something else."""
_PARTING: Final = frozenset({"and", "or", "of", "plus", "to", "is", "are", "for", "that", "which", "half"})
"""What ends a phrase, beside prepositions and marks."""
_PRODUCT: Final = ("it", "them")
"""What a product is called where a prompt has named it."""
_COMPLEMENTING: Final = ("in", "of")
CLOTH: Final = "drapery"
"""The set that cloth speaks for."""
HARDLY: Final = 0.05
"""The vote of a table or a wall for sets that may have one."""
WALLED: Final = "window_room"
"""The set that every wall and room speaks for."""
RIGID = "tabletop"  # the set that tells what is no cloth
BACKS: Final = ("background", "distance", "back")
_BEFORE, _PAPERS, _AS = ("before", "against"), ("background", "backdrop"), frozenset({"as"})
_AS_PAPER: Final = (("background",), ("backdrop",))
_LEADING_BEHIND: Final = (("in", "front"), ("backed", "by"))
_SAYING_BEHIND: Final = frozenset({"front", "backed", "behind", *_BEFORE, *_PAPERS, *BACKS})
"""What leads to what is behind, and what says so after it."""
_GOES_ON: Final = ("and", "while", "as")
"""What parts what is behind from what the product is on: "on a rock and mountains behind"."""
_MARKS: Final = (",", ".", ";")
_ADJECTIVE: Final = 1.0  # what speaks less for each set names no thing
IN_PLACES: Final = "location"
"""That of real places, whose parameter tells of them, too."""
_WALLED: Final = frozenset({"bed", "counter", "gallery", "gym", "interior", "lab", "playroom", "room", "vanity"})
"""Sets of rooms whose walls have a colour that one can choose."""
_WALLS: Final = frozenset({"wall", "boards", "brick", "concrete", "tiles", "laundry", "dressing_room"}) | frozenset(
    {"recording_studio", "greenhouse", "barn", "subway", "rooftop"}
)
_PAPER: Final = "cyclorama"


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


def find_behind(reading: Reading) -> set[int]:
    """Where what is behind stands, said after it: "…, a curtain of silk behind, …", "mountains in the background"."""
    if _SAYING_BEHIND.isdisjoint(reading.stems):
        return set()
    since: list[int] = []
    placed = led = False  # whether since then an "on" says what the product is on, or a "before" what is behind it
    starts = {mention.start for mention in reading.mentions}
    aside = {mention.start for mention in reading.mentions if reading.stems[mention.end : mention.end + 1] in _AS_PAPER}
    boundaries = load_vocabulary().boundaries
    for index, stem in enumerate(reading.stems):
        backs = stem in _PAPERS and not _AS.isdisjoint(reading.stems[max(index - 2, 0) : index])
        if stem == "behind" or backs or (stem in BACKS and "in" in reading.stems[index - 2 : index]):
            after = [word for word in reading.stems[index + 1 : index + 3] if word not in _PRODUCT]  # "behind it"
            if not after or not after[0][0].isalnum():
                aside.update(since)
        placed = placed or stem == "on"
        if index in starts and led:
            aside.add(index)
        elif stem in boundaries or not stem[0].isalnum() or stem == "front":
            led = stem in _BEFORE or (reading.stems[index - 1], stem) in _LEADING_BEHIND
        if not stem[0].isalnum() or stem == "with" or (placed and stem in _GOES_ON):
            since, placed = [], False
        elif index in starts:
            since.append(index)
    return aside


def _part(reading: Reading) -> Iterator[tuple[str, list[int]]]:
    """(what leads to it, its tokens) of each stretch between what parts phrases."""
    known = {mention.start: mention.end for mention in reading.mentions}
    parting = load_vocabulary().boundaries | _PARTING
    lead, tokens, index = "", list[int](), 0
    size = len(reading.stems)
    while index < size:
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


def leading_set(term: Term) -> str:
    """The set that it speaks for the most; empty where it speaks for none."""
    return max(term.votes, key=term.votes.__getitem__, default="")


def is_paper(term: Term) -> bool:
    """Whether it is a background, and no wall."""
    return term.role == "backdrop" and leading_set(term) == _PAPER


def is_hung(term: Term) -> bool:
    """Whether it is a curtain, of whatever."""
    return term.role == "surface" and term.color is None and set(term.votes) == {CLOTH}


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
    return term.kind == "material" and term.role == "surface" and term.votes.get(RIGID, 0.0) >= NOUN


def has_walls(term: Term) -> bool:
    """Whether it is a room whose walls have a colour, or a place that is shown by such a wall behind a table."""
    if term.role is not None or term.kind != "place":
        return False
    shown = leading_set(term)
    return shown in _WALLED or (shown == RIGID and term.params.get(RIGID, {}).get("backdrop") in _WALLS)


def is_finish(term: Term) -> bool:
    """Whether it says how tables shine, and names nothing: "matte", "wet"."""
    plain = term.role in (None, "surface") and term.color is None and not term.season
    return plain and set(term.params.get("tabletop", ())) == {"finish"}


def find_trim(mention: Mention, noun: Mention, reading: Reading) -> str | None:
    """The part that a metal beside what a noun is of is: of "walnut and brass" no wood is brass; else None."""
    first, last = sorted((mention, noun), key=lambda m: m.start)
    joined = noun.term.color is not None and "and" in reading.stems[first.end : last.start]
    return "accent" if joined and reading.stems[mention.end - 1] in _TRIMS else None


def leads_noun(noun: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name of things leads another noun: in "bright tropical morning" the morning is bright, and no leaf."""
    after = next((other for other in mentions if other.start == noun.end), None)
    return after is not None and noun.term.role == "props" and after.term.role != "props"


def has_color(mention: Mention, mentions: Sequence[Mention], reading: Reading, reach: int) -> bool:
    """Whether the part after a tone has a colour of its own ("dark walnut table" is walnut's affair)."""
    near = [other for other in mentions if mention.end <= other.start <= mention.end + reach]
    gap = reading.stems[mention.end : near[0].start] if near else ()
    return not gap and bool(near) and near[0].term.color is not None
