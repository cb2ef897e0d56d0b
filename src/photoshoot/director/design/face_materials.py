"""What a table is of, where only its colour can be had: a metal's name, leather, a blanket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.design.things_beside import params_of
from photoshoot.director.phrases.noun_phrases import is_rigid
from photoshoot.director.phrases.paints import Paint, Rank
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.words.vocabulary import Term, Values
from photoshoot.sets import SETS, parameters_of

METALS: Final = frozenset({NAMED_COLORS["gold"], NAMED_COLORS["silver"], "#b5924c", "#8c6239", "#b8703f", "#d9a48f"})
"""Gold, silver, brass, bronze, copper and rose gold: what trims are of."""
_STEELS = ("#74787e",)  # of "metal", "chrome" and "steel"
_OF_METAL = ("metal", "gloss")
"""Finishes of what is of metal: the first that a set has."""
_TRAY: Final = "tray"
"""The parameter of a tray on a bed."""
_LINEN, _CLOTH = "linen_color", "drapery"
_FACES, _MATERIAL, _PLAIN = ("surface_color", "table_color"), "material", "plain"
_STANDS: Final = {"podium_color": "podium_material", "under_color": "under_material"}
"""The colour of a platform → what that is of."""


def find_unmade(mentions: Sequence[Mention], paints: Sequence[Paint], name: str) -> set[int]:
    """Where materials stand that paint a set's surface, which can't be of them."""
    own = {paint.start for paint in paints if paint.rank is Rank.MATERIAL and paint.role == "surface"}
    return {m.start for m in mentions if m.start in own and _MATERIAL not in params_of(m, name)}


def is_made(mentions: Sequence[Mention], name: str) -> bool:
    """Whether a material is named that a set's surface is of."""
    made = (m for m in mentions if m.term.kind == "material" and m.term.stand_in is None)  # a brass stool is of no wood
    return any(not m.negated and _MATERIAL in params_of(m, name) for m in made)


def plain_face(name: str, data: Values, ranks: Mapping[str, Rank], *, made: bool, colored: bool) -> dict[str, Any]:
    """A table without grain, where it is of a metal or has but a material's colour: no plank is of brass.

    Args:
        name: The set.
        data: Its parameters so far.
        ranks: How sure the colours of its parameters are.
        made: Whether a material of it was named.
        colored: Whether the surface has the colour of what it can't be of.
    """
    face = next((param for param in _FACES if param in ranks), None)
    if face is None:
        return {}
    named = METALS if ranks[face] is Rank.NAMED else _STEELS
    metal = data[face] in named and not made
    if not metal and not (colored and ranks[face] is Rank.MATERIAL):
        return {}
    hints = parameters_of(SETS[name])
    plain = {_MATERIAL: _PLAIN} if _PLAIN in get_args(hints.get(_MATERIAL)) else {}
    finishes = [finish for finish in _OF_METAL if finish in get_args(hints.get("finish"))] if metal else []
    return plain | ({"finish": finishes[0]} if finishes else {})


def metal_stand(data: Values, ranks: Mapping[str, Rank], name: str) -> dict[str, Any]:
    """A platform of metal, where it has the colour of one and is of nothing else: a brass cube."""
    return {
        made: _OF_METAL[0]
        for face, made in _STANDS.items()
        if hasattr(SETS[name], made)
        and ranks.get(face) is Rank.NAMED
        and data[face] in METALS
        and data.get(made, _PLAIN) == _PLAIN
    }


def off_linen(paints: Sequence[Paint], mentions: Sequence[Mention], name: str) -> list[Paint]:
    """Colours without those of wood and stone that would colour cloth: a wood tray in a bed makes no brown linen."""
    if not hasattr(SETS[name], _LINEN):
        return list(paints)
    others = [m for m in mentions if name not in m.term.votes]
    rigid = {m.start for m in others if _is_stiff(m.term) and not params_of(m, name)}
    trays = {m.start for m in others if _TRAY in params_of(m, name)}  # which have their own
    left = [paint for paint in paints if paint.noun not in trays]
    return [paint for paint in left if paint.rank is not Rank.MATERIAL or paint.start not in rigid]


def _is_stiff(term: Term) -> bool:
    """Whether it is what furniture and trays are of, rattan too, and no cloth."""
    return is_rigid(term) or (term.kind == "material" and term.role == "surface" and _CLOTH not in term.votes)


def off_lamps(paints: Sequence[Paint], name: str) -> list[Paint]:
    """Colours without those of materials that would colour a set's lamps: a brick wall makes no brick-red neon."""
    materials = {paint.role for paint in paints if paint.rank is Rank.MATERIAL}
    if not materials:
        return list(paints)
    uses = SETS[name].color_uses().values()
    shining = {role for role in materials if next((use.shines for use in uses if role in use.parts), False)}
    return [paint for paint in paints if paint.rank is not Rank.MATERIAL or paint.role not in shining]
