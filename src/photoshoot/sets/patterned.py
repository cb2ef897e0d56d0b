"""Sets whose cloth, tiles, boards or stone may have a pattern of further colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from photoshoot.sets.design import SetDesign, SetObject, colored

Weave: TypeAlias = Literal["none", "gingham", "plaid", "stripes", "dots", "checkerboard"]
"""A pattern of cloth."""
FloorPattern: TypeAlias = Literal["none", "checkerboard", "herringbone", "terrazzo", "hexagon", "penny", "cement"]
"""A floor's: tiles of two colours by turns, pieces of wood, chips of stone, hexagons or round pennies with one of
another colour here and there, or cement tiles that are printed with stars."""
Pattern: TypeAlias = Literal[Weave, FloorPattern]
"""A pattern; which of them a material can have, ``PATTERNS`` says."""
RugPattern: TypeAlias = Literal["none", "persian", "berber", "stripes", "checks"]
"""A rug's: a medallion in borders, lozenges in pale wool, a kilim's bands, or squares; ``none`` is woven plain."""
_WOVEN: Final = frozenset({"gingham", "plaid", "stripes", "dots", "checkerboard"})
PATTERNS: Final = MappingProxyType(
    {
        "linen": _WOVEN,
        "folds": _WOVEN,
        "blanket": _WOVEN,
        "tiles": frozenset({"checkerboard", "terrazzo", "hexagon", "penny", "cement"}),
        "stone": frozenset({"terrazzo"}),
        "wood": frozenset({"herringbone"}),
    }
)
"""Material → the patterns that it can have."""
FLOORS: Final[Mapping[str, Literal["tiles", "wood"]]] = MappingProxyType(
    {**dict.fromkeys(PATTERNS["tiles"], "tiles"), "herringbone": "wood"},
)
"""Pattern → what a room's floor with it is of."""
ONE_COLORED: Final = frozenset({"herringbone"})
"""Patterns without a second colour."""
ONE_UNLESS_TOLD: Final = frozenset({"hexagon", "penny"})
"""Those that have one only where it is told."""
_SECONDS: Final = MappingProxyType({"terrazzo": "#c0806a", "plaid": "#f0e2b6", "cement": "#3c5a72"})
_CREAM: Final = "#f6f2e9"


def second_color(pattern: str) -> str:
    """A pattern's second colour, where none is given, ``#rrggbb``."""
    return _SECONDS.get(pattern, _CREAM)


@dataclass(frozen=True, kw_only=True)
class PatternedSet(SetDesign):
    """A set whose cloth, tiles, boards or stone may have a pattern."""

    pattern: Pattern = "none"
    """The pattern of what the product stands on: of cloth, of tiles a checkerboard, hexagons, pennies, stars or
    terrazzo, of stone the chips of terrazzo, of wood a herringbone parquet. Other materials have none."""
    pattern_colors: tuple[str, ...] = colored((), "surface", "floor")
    """Up to four further colours of it, the first is the surface's: the ground of a gingham, the dots, every other
    tile, the chips; of a plaid the thin lines, then the dark bands. None: a cream, or what is usual."""

    @property
    def patterned(self) -> SetObject:
        """The same on a surface seen from above, as parameters of a flat lay."""
        return {"pattern": self.pattern, "pattern_colors": self.pattern_colors}

    @property
    def floored(self) -> SetObject:
        """The same on a room's floor, with no rug over it; none of what floors have not."""
        return {**self.patterned, "floor": FLOORS[self.pattern], "rug": False} if self.pattern in FLOORS else {}

    @property
    def woven(self) -> SetObject:
        """The same on a cloth; none of what cloth can't have."""
        return self.patterned if self.pattern in _WOVEN else {}


@dataclass(frozen=True, kw_only=True)
class WovenSet(PatternedSet):
    """A set whose cloth or paper may have a pattern, and that has no patterned tiles, boards or stone."""

    pattern: Weave = "none"
    """The pattern of the cloth under the product, where there is one, or of the paper behind it."""
    pattern_colors: tuple[str, ...] = colored((), "surface")
    """Up to four further colours of it, the first is the cloth's; none: a cream, or what is usual."""
