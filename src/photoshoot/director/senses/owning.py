"""Which noun has a part of a set, where a prompt names several for it: "a brass tray on a green tablecloth".

A set has one surface, one wall, one floor. What the product stands on has it, then what names the set, then what is
named first; what is said of the others colours nothing, and is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.director.design.set_rules import SetRules, parameters_of
from photoshoot.director.phrases.noun_phrases import NounPhrase
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention

_PARTS: Final = ("surface", "floor", "backdrop")
NAMING: Final = 2.5
"""The least vote of what names a set."""
_SEVERAL: Final = 2
_ALIKE: Final = 0.03
"""OKLab distance under which two colours are one."""
_BEFORE: Final = frozenset({"on", "against", "before"})
"""What leads to what the product is before: of "a packshot on sage green" the backdrop is sage green."""
_ASIDE: Final = frozenset({"with", "near", "beside", "behind", "by", "and"})


@dataclass(frozen=True, kw_only=True)
class Owning:
    """Who has the parts of a set."""

    paints: Sequence[Paint]
    """The colours of those that have them, and of all else."""
    without: frozenset[int] = field(default_factory=frozenset)
    """Where phrases begin whose part another noun has."""


def settle_parts(
    paints: Sequence[Paint], phrases: Sequence[NounPhrase], mentions: Sequence[Mention], name: str
) -> Owning:
    """Give each part of the set ``name`` to one noun.

    Args:
        paints: The prompt's colours.
        phrases: Its noun phrases.
        mentions: Its phrases that are known.
        name: The set.
    """
    rules = SetRules.of(name)
    claims: dict[str, dict[int, set[str]]] = {}
    for paint in paints:
        claiming = paint.role in _PARTS and paint.rank is not Rank.TONE  # "bright" takes no part from white marble
        params = parameters_of(paint, rules) if claiming else ()
        index = _phrase_at(paint.start if paint.noun is None else paint.noun, phrases)
        if params and index is not None:
            claims.setdefault(params[0], {}).setdefault(index, set()).add(paint.color)
    lost = {
        index
        for owners in claims.values()
        if len(owners) >= _SEVERAL
        for index in _losers(owners, phrases, mentions, name)
        if not any(_are_alike(owners[index], owners[other]) for other in owners if other != index)
    }
    if not lost:
        return Owning(paints=paints)
    tokens = {token for index in lost for token in phrases[index].tokens}
    contested = {param for param, owners in claims.items() if not lost.isdisjoint(owners)}
    kept = [
        paint
        for paint in paints
        if (paint.start if paint.noun is None else paint.noun) not in tokens
        or contested.isdisjoint(parameters_of(paint, rules)[:1])
    ]
    parts = {
        mention.start
        for mention in mentions
        if mention.start in tokens
        and mention.term.role in _PARTS
        and (mention.term.color is not None or mention.term.votes.get(name, 0.0) < NAMING)
        and not (mention.term.color is None and mention.term.params_in(name))
    }
    return Owning(paints=kept, without=frozenset(parts))


def _are_alike(colors: Collection[str], others: Collection[str]) -> bool:
    """Whether each of some colours is one of others', as it is seen: of all in green no part is taken."""
    wanted = [hex_to_oklab(color) for color in others]
    return all(any(float(np.linalg.norm(hex_to_oklab(color) - one)) < _ALIKE for one in wanted) for color in colors)


def _phrase_at(token: int, phrases: Sequence[NounPhrase]) -> int | None:
    return next((index for index, phrase in enumerate(phrases) if token in phrase.tokens), None)


def _losers(owners: Collection[int], phrases: Sequence[NounPhrase], mentions: Sequence[Mention], name: str) -> set[int]:
    """Those of several phrases that have not the part they claim."""
    inside: Mapping[int, list[Mention]] = {
        index: [mention for mention in mentions if mention.start in phrases[index].tokens] for index in owners
    }
    ranked = sorted(
        owners,
        key=lambda index: (
            not any(mention.supports for mention in inside[index]),
            not (phrases[index].lead in _BEFORE and any(mention.term.role == "backdrop" for mention in inside[index])),
            not any(mention.term.votes.get(name, 0.0) >= NAMING for mention in inside[index]),
            any(mention.term.stand_in is not None and mention.term.color is None for mention in inside[index]),
            phrases[index].lead in _ASIDE,
            any(mention.term.role == "floor" for mention in inside[index]),  # a wall is more of a picture
            index,
        ),
    )
    return set(ranked[1:])
