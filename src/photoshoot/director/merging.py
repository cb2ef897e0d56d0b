"""What a prompt's phrases fix in a set and in its light, where several speak of the same."""

from collections.abc import Iterable, Sequence
from typing import Any

from photoshoot.director.mentions import Mention, is_toning
from photoshoot.director.things_beside import params_of
from photoshoot.director.vocabulary import Values

_SEVERAL = 2


def find_displaced(mentions: Sequence[Mention], name: str) -> frozenset[int]:
    """Where materials stand in a prompt whose room in a set another one has: "marble details on an oak table" is oak.

    What only stands in for a material goes last, what a table or the like is of goes first, then what is named first.
    """
    materials = [mention for mention in mentions if mention.term.kind == "material" and not mention.negated]
    if len(materials) < _SEVERAL:
        return frozenset()
    faces = {other.start for other in mentions if other.term.role == "surface" and other.term.color is None}
    ranked = sorted(
        materials,
        key=lambda mention: (mention.term.stand_in is not None, mention.end not in faces, mention.start),
    )
    taken: set[str] = set()
    displaced = set()
    for mention in ranked:
        what = next(iter(params_of(mention, name)), None)  # the first parameter says what it is
        if what in taken:
            displaced.add(mention.start)
        elif what is not None:
            taken.add(what)
    return frozenset(displaced)


def merge(parts: Iterable[Values]) -> dict[str, Any]:
    """Merge what phrases fix: a phrase that fixes much is a setting, one that fixes little is a detail and wins."""
    merged: dict[str, Any] = {}
    for part in sorted(parts, key=len, reverse=True):
        merged.update(part)
    return merged


def merge_light(mentions: Sequence[Mention]) -> dict[str, Any]:
    """The light parameters that phrases fix: a season's give way to a setting's, those to words for light."""
    spoken = [mention for mention in mentions if not is_toning(mention, mentions)]
    parts = [mention.term.negated_light if mention.negated else mention.term.light for mention in spoken]
    ranks = [0 if mention.term.season else 1 if mention.term.params else 2 for mention in spoken]
    ranked = [[part for part, rank in zip(parts, ranks, strict=True) if rank == level] for level in range(3)]
    merged = {name: value for level in ranked for name, value in merge(level).items()}
    if rims := [part["rim"] for part in parts if "rim" in part]:
        merged["rim"] = max(rims)  # "dramatic" does not weaken a rim light that was asked for
    return merged
