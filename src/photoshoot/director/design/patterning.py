"""The pattern of what the product stands on, where that can have one, and its second colour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, get_args

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.color.styling import shift_color
from photoshoot.director.phrases.reading import Mention
from photoshoot.director.words.vocabulary import Values
from photoshoot.sets import SETS, parameters_of
from photoshoot.sets.patterned import ONE_COLORED, ONE_UNLESS_TOLD, PATTERNS, PatternedSet, second_color
from photoshoot.sets.strewn import StandingSet

SECOND: Final = "pattern_colors"
"""The parameter of a pattern's further colours; the first is that of what has the pattern."""
_PATTERN, _VEIN, _CHECKERED, _TILES = "pattern", "vein_color", "checkerboard", "tiles"
_VEINS, _OF_ONE, _OF_NONE = frozenset({_VEIN}), frozenset({SECOND}), frozenset({_PATTERN, SECOND})
_MADE: Final = ("material", "counter", "surface", "cloth", "floor")
"""Parameters of what it is that has the pattern."""
_FACES: Final = (
    "surface_color",
    "table_color",
    "counter_color",
    "linen_color",
    "stand_color",
    "floor_color",
    "color",
    "colors",
)
"""Parameters of its first colour."""
_CLOTH: Final = "linen"
"""What it is in sets that have none of them: a bed's, or a sweep of paper."""
_STAND, _SPREAD = "stand", "cloth"
"""Under the sky: what the product stands on, and the one thing of those that may have a pattern."""
_WALL: Final = (-0.10, 0.9)
"""How much darker, and how strong in chroma, the wall is than that: a cream wall, and none that the light burns out."""
_APART: Final = 0.14  # OKLab distance of a pattern's two colours, under which it is hardly seen


def woven_with(fixed: Values, name: str) -> dict[str, str]:
    """The cloth that a table is laid with where a pattern of cloth and no material is named: gingham in a park."""
    made = getattr(SETS[name], _MADE[0], None)
    bare = isinstance(made, str) and _MADE[0] not in fixed and fixed.get(_PATTERN) in PATTERNS[_CLOTH] - {_CHECKERED}
    laid = bare and _CLOTH in get_args(parameters_of(SETS[name])[_MADE[0]]) and not has_pattern(fixed, name)
    return {_MADE[0]: _CLOTH} if laid else {}


def has_pattern(data: Values, name: str) -> bool:
    """Whether a set's parameters give it a pattern that its material can have."""
    kind = SETS[name]
    if not issubclass(kind, PatternedSet):
        return False
    made = next((data.get(param, getattr(kind, param)) for param in _MADE if hasattr(kind, param)), _CLOTH)
    if issubclass(kind, StandingSet) and data.get(_STAND) != _SPREAD:
        return False
    return data.get(_PATTERN, kind.pattern) in PATTERNS.get(made, ())


def unseen_params(data: Values, name: str) -> frozenset[str]:
    """The parameters of what a set has not: a pattern's colours, where it has none, and veins, where it has one."""
    if _PATTERN not in data or not has_pattern(data, name):
        return _OF_NONE
    return _OF_ONE if data[_PATTERN] in ONE_COLORED else _VEINS


def settle_pattern(data: Values, named: Collection[str], mentions: Sequence[Mention], name: str) -> dict[str, Any]:
    """The parameters of a pattern that a set's others call for.

    Tiles of which a prompt names two colours are laid by turns. A cloth of which it names none has the pattern's own;
    where it names but one that is too near to the usual second colour, as of white stripes, that is the pattern's own.

    Args:
        data: The set's parameters.
        named: Those of colours that the prompt names.
        mentions: The prompt's phrases.
        name: The set.
    """
    if _PATTERN in data:
        return _color_own(data, named, mentions, name)
    tiled = data.get("material") == _TILES and _VEIN in named and issubclass(SETS[name], PatternedSet)
    return {_PATTERN: _CHECKERED, SECOND: [data[_VEIN]]} if tiled else {}


def with_paler_face(data: Values, name: str) -> Values:
    """A set's parameters for what goes with its surface: of a pattern's two colours with the paler one."""
    kind = SETS[name]
    face = next((param for param in _FACES[:1] if hasattr(kind, param)), None)
    if face is None or _PATTERN not in data or not has_pattern(data, name) or data[_PATTERN] in ONE_COLORED:
        return data
    both = (data.get(face, getattr(kind, face)), *(data.get(SECOND) or [second_color(data[_PATTERN])])[:1])
    return {**data, face: shift_color(max(both, key=lambda color: float(hex_to_oklab(color)[0])), *_WALL)}


def _color_own(data: Values, named: Collection[str], mentions: Sequence[Mention], name: str) -> dict[str, Any]:
    if not has_pattern(data, name) or data.get(SECOND) or data[_PATTERN] in ONE_COLORED:
        return {}
    kind = SETS[name]
    face = next(param for param in _FACES if hasattr(kind, param))
    own = [m.term.color for m in mentions if _PATTERN in m.term.params.get(name, {}) and m.term.color is not None][:1]
    if own and face not in named and data[_PATTERN] in PATTERNS[_CLOTH]:
        return {face: own if face.endswith("s") else own[0]}
    first = data.get(face, getattr(kind, face))
    first, *more = (first,) if isinstance(first, str) else first
    if more or data[_PATTERN] in ONE_UNLESS_TOLD:
        return {}
    near = float(np.linalg.norm(hex_to_oklab(first) - hex_to_oklab(second_color(data[_PATTERN])))) < _APART
    return {SECOND: own} if near else {}
