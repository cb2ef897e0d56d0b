"""What a prompt's phrases fix in a set and in its light, where several speak of the same."""

from collections.abc import Iterable, Sequence
from typing import Any

from photoshoot.director.mentions import Mention, is_toning
from photoshoot.director.things_beside import params_of
from photoshoot.director.vocabulary import Values


def fixed_by(mention: Mention, mentions: Sequence[Mention], name: str) -> Values:
    """What a phrase fixes; one that only stands in for a material leaves alone what another one is of: no wicker."""
    params = params_of(mention, name)
    if mention.term.stand_in is None or mention.term.kind != "material":
        return params
    others = [m for m in mentions if m.term.kind == "material" and m.term.stand_in is None and not m.negated]
    taken = {param for other in others for param in params_of(other, name)}
    return {param: value for param, value in params.items() if param not in taken}


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
