"""How much of what a prompt asks for a set shows: places and what the product stands on count most."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from photoshoot.director.choosing import find_where
from photoshoot.director.design.standing_in import LIGHT_ALONE, stand_in
from photoshoot.director.phrases.noun_phrases import HARDLY, NounPhrase, is_finish
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.placing.platforms import is_platform
from photoshoot.director.placing.rooms_behind import is_look
from photoshoot.director.words.vocabulary import Term
from photoshoot.sets import SetDesign, set_name

_WORTH: Final = types.MappingProxyType(
    {"material": 1.6, "colour": 1.0, "props": 1.0, "season": 1.0, "light": 0.5, "part": 0.5, "tone": 0.25}
)
"""What a phrase of each kind is worth where it is shown."""
_PLACE, _FACE = 1.2, 0.5
"""What a place, and a table or a wall, are worth, a vote of what they speak for most."""
_FACES, _OF_LOOKS = ("floor", "backdrop", "accent"), ("tabletop", "glossy_floor")
_SUPPORTING: Final = 1.6  # how much more what the product stands on is worth
_WHERE = 1.0  # how much more a place is worth that an "in" leads to
_STANDING_IN = 0.5  # how much less what only stands in for it is worth
_LITTLE: Final = 0.25

_STANDS, _NO_STAND = ("stand", "support", "under"), (None, "none", "water", "table")
"""Parameters of what a product may stand on in a set, and their values at which that is no platform."""
_OF_PLATFORMS: Final = frozenset({"podium", "crates", "stairs", "rocks", "glossy_floor", "gallery"})
"""Sets that are of platforms."""
Seen: TypeAlias = tuple[SetDesign, list[Mention]]
"""A design, and the phrases that it shows."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """What each phrase of a prompt is worth."""

    weighed: Mapping[int, Term]
    """Start of each phrase → it, with less votes where it is only by another one."""
    where: frozenset[int]
    """The tokens of places that an "in" leads to."""

    @classmethod
    def of(cls, weighed: Sequence[Mention], phrases: Sequence[NounPhrase]) -> Scale:
        """The scale of a prompt, of its phrases by ``weighing.weigh_mentions``."""
        return cls(weighed={mention.start: mention.term for mention in weighed}, where=find_where(phrases))

    def weigh(self, shown: Sequence[Mention], design: SetDesign) -> float:
        """The worth of the phrases that a design shows, each as often as it differs from the others."""
        worths = {id(m.term): _weigh(m, self.weighed[m.start], design) for m in shown if not m.negated}
        return sum(worths.values()) + _WHERE * any(m.start in self.where and m.term.kind == "place" for m in shown)


def _weigh(mention: Mention, weighed: Term, design: SetDesign) -> float:
    most = weighed.weight
    face = mention.term.role in _FACES or any(mention.term.votes.get(name, 0.0) >= max(most, 1.0) for name in _OF_LOOKS)
    of_vote = _FACE if face else _PLACE
    finish = is_finish(mention.term)
    kind = "tone" if finish else mention.term.kind
    worth = of_vote * most if kind == "place" else _WORTH.get(kind, 0.0)
    if mention.supports and not finish:
        worth *= _SUPPORTING
    if stand_in(mention, design) is not None:
        worth *= _STANDING_IN
    if mention.term.kind == "place" and 0.0 < mention.term.votes.get(set_name(design), 1.0) <= HARDLY:
        worth *= _LITTLE
    return worth


def is_hardly_shown(mention: Mention, name: str) -> bool:
    """Whether a set shows a phrase only as something that it may have."""
    return 0.0 < mention.term.votes.get(name, 1.0) <= HARDLY


def themselves(seen: Seen) -> list[Mention]:
    """What a design shows as it was said: a cellar's light is no cellar, and no counter is a cube of wood."""
    design, used = seen
    parts = [getattr(design, part, None) for part in _STANDS]
    bare = set_name(design) not in _OF_PLATFORMS and all(part in _NO_STAND for part in parts)
    return [m for m in used if stand_in(m, design) != LIGHT_ALONE and not (bare and m.supports and is_platform(m.term))]


def shows_more(farther: Seen, nearer: Seen) -> bool:
    """Whether a design with a place behind shows what that without it does and more, or the place for a stand's stuff.

    "Keep it simple" is worth no kitchen, and what is said of a room itself goes with it: "a lush gym".
    """
    shown, more = ({m.start: m for m in themselves(seen) if not is_look(m)} for seen in (nearer, farther))
    gained = more.keys() - shown.keys()
    stuffs = {m.start for m in shown.values() if m.term.kind == "material"}
    of_stands = {start for start in stuffs if any(m.supports and m.start == shown[start].end for m in shown.values())}
    said = {start for start, m in shown.items() if m.end in gained}
    return bool(gained) and shown.keys() - more.keys() <= of_stands | said
