"""How words become one set's parameters: which parts of it there are, and which of its colours are theirs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from photoshoot.director.design.patterning import SECOND
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.words.vocabulary import Values
from photoshoot.sets import PARTS, SETS
from photoshoot.sets.design import Follows

LYING: Final = "lying"
"""The part of things beside others of their role: a garden's candles, and its flowers."""


@dataclass(frozen=True, kw_only=True)
class SetRules:
    """How words become one set's parameters: what its class says, by what a prompt asks for."""

    base: Values
    """Parameters to start from, as in a preset file."""
    roles: Mapping[str, tuple[str, ...]]
    """Part of the scene → colour parameters that it fills, in order; ``any`` is for colours without a part."""
    follows: tuple[tuple[str, Follows], ...]
    """(colour parameter, what it goes with where only that was named)."""

    @classmethod
    @cache
    def of(cls, name: str) -> SetRules:
        """The rules of a set."""
        kind, uses = SETS[name], SETS[name].color_uses()
        lights = ("light.color", "light.second_color") if kind.takes_two_keys else ("light.color",)
        roles = {"light": lights, **dict.fromkeys(kind.unpainted, ()), "any": kind.free_colors}
        for part in PARTS:
            if params := tuple(sorted((n for n, use in uses.items() if part in use.parts), key=SECOND.__eq__)):
                roles[part] = (*params, *roles["light"]) if part == "light" else params
        roles[LYING] = tuple(name for name in ("prop_colors",) if name in uses and not uses[name].parts)
        return cls(base=kind.prompted, roles=roles, follows=tuple((n, u.follows) for n, u in uses.items() if u.follows))

    def where_there(self, is_there: Callable[[str], bool]) -> SetRules:
        """The same without parameters of what is not there."""
        roles = {part: tuple(filter(is_there, params)) for part, params in self.roles.items()}
        return dataclasses.replace(self, roles=roles)


def find_part(role: str | None, rules: SetRules) -> str | None:
    """The part of this set that a role names there; None where the set has no such part."""
    known = "accent" if role == "props" and role not in rules.roles else role  # a garden's flowers
    return known if known in rules.roles else None


def parameters_of(paint: Paint, rules: SetRules) -> tuple[str, ...]:
    """The colour parameters that a colour may fill; none where it may fill any."""
    return rules.roles.get(find_part(paint.role, rules) or "", ())


def has_part(paint: Paint, rules: SetRules) -> bool:
    """Whether the part that a colour belongs to can be painted in this set."""
    return bool(parameters_of(paint, rules))


def has_place(paint: Paint, rules: SetRules) -> bool:
    """Whether a colour shows in this set; a named one without a part there goes where there is room."""
    homeless = paint.rank is Rank.NAMED and paint.role is None
    return has_part(paint, rules) or (homeless and bool(rules.roles["any"]))


@cache
def find_lamps(name: str) -> frozenset[str]:
    """The colour parameters of a set's several lamps."""
    uses = SETS[name].color_uses()
    return frozenset(param for param, use in uses.items() if use.shines and param.endswith("colors"))
