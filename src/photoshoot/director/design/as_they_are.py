"""What a prompt says of things that they are anyway: fresh lemons, halved oranges, roasted coffee, loose pearls."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, get_args

from photoshoot.director.design.things_beside import params_of
from photoshoot.director.phrases.reading import Mention, Reading
from photoshoot.director.words.folding import stem
from photoshoot.director.words.vocabulary import Term
from photoshoot.files import JsonObject, find_data, load_json
from photoshoot.sets import SetDesign, set_name
from photoshoot.sets.props import Props

_GROUNDS: Final = ("grass", "moss", "pebbles", "sand")
_OF: Final = ("concrete", "cork", "linen", "marble", "plaster", "rattan", "silk", "tatami", "velvet")
_KINDS: Final = (*get_args(Props), *_GROUNDS, *_OF)
"""Kinds of things, of ground and of what a table, a wall or cloth is of, that words may say so of."""
_SAID_BETWEEN: Final = frozenset({"colour", "tone"})
"""Kinds of phrases that may stand between such a word and its thing: ripe red tomatoes."""


def met_states(reading: Reading, used: Sequence[Mention], design: SetDesign) -> list[Mention]:
    """The words beside things that a design shows which say only what those are, as phrases of their own.

    They stand before the thing and its colours ("ripe red tomatoes"), before an "of" ("slices of lemon"), or right
    after it ("lemon halves").

    Args:
        reading: The prompt.
        used: The phrases that the design shows.
        design: What is built.
    """
    name = set_name(design)
    taken = {i for m in reading.mentions for i in range(m.start, m.end)}
    between = {i for m in used if m.term.kind in _SAID_BETWEEN for i in range(m.start, m.end)}
    met: set[int] = set()
    for mention in used:
        states = frozenset[str]() if mention.negated else _states_of(params_of(mention, name).values())
        if states:
            met.update(i for i in _beside(mention, reading, between) if reading.stems[i] in states and i not in taken)
    return [Mention(term=Term(), start=index, end=index + 1, negated=False) for index in sorted(met)]


def _beside(mention: Mention, reading: Reading, between: Collection[int]) -> Iterator[int]:
    """Places of the words that may say how a thing is: those before it as far as such words reach, and the next."""
    known, at = _all_states(), mention.start - 1
    at -= reading.stems[max(at, 0)] == "of"
    while at >= 0 and (at in between or reading.stems[at] in known):
        yield at
        at -= 1
    if mention.end < len(reading.stems):
        yield mention.end


def _states_of(values: Collection[object]) -> frozenset[str]:
    states = _load()
    return frozenset().union(*(states.get(value, frozenset()) for value in values if isinstance(value, str)))


@cache
def _all_states() -> frozenset[str]:
    return frozenset().union(*_load().values())


@cache
def _load() -> Mapping[str, frozenset[str]]:
    """Kind of things, ground or material, as sets name it → the stems of what it is without being asked."""
    file = find_data("presets") / "as_they_are.json"
    listed = JsonObject(file, "", load_json(file), required=(), optional=_KINDS)
    return {kind: frozenset(map(stem, listed.strings(kind))) for kind in _KINDS}
