"""Sets where things lie beside the product: of their own, or a prompt's lemons although they show no such thing."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final, Literal, TypeAlias, get_args

from photoshoot.errors import SettingsError
from photoshoot.sets.design import SetDesign, SetObject, colored
from photoshoot.sets.patterned import WovenSet
from photoshoot.sets.props import Props

MOST_MORE: Final = 2
"""Most further kinds of things beside a product: more of them would be one each."""
FLAMES: Final = frozenset({"candles", "diyas", "halloween", "lanterns", "ramadan"})
"""Kinds of things that burn: they need something firm under them."""
COUNTED: Final = MappingProxyType(
    {
        **dict.fromkeys(("apples", "balloons", "candles", "citrus", "daisies", "flowers", "lanterns", "tulips"), 5),
        **dict.fromkeys(("autumn", "diyas", "gifts", "halloween", "ornaments", "ramadan", "rocks", "shells"), 5),
        **dict.fromkeys(("eggs", "hearts", "pearls", "stars", "tomatoes"), 5),
        "books": 3,
        "vases": 3,
    }
)
"""Kinds of things that can be laid in an asked number → the most of them."""
StandMaterial: TypeAlias = Literal["plain", "stone", "marble", "concrete", "wood", "linen", "tiles"]
"""What platforms and tables under the sky are made of."""
TableMaterial: TypeAlias = Literal[
    "wood",
    "marble",
    "stone",
    "concrete",
    "linen",
    "tiles",
    "cork",
    "knit",
    "leather",
    "rattan",
    "tatami",
    "plain",
    "grass",
]
"""What tables are made of, and laid with."""
PlatformMaterial: TypeAlias = Literal[
    "plain", "stone", "marble", "concrete", "wood", "cork", "rattan", "metal", "acrylic", "frosted"
]
"""What platforms in a studio are made of; ``plain`` is painted, ``acrylic`` clear, and ``frosted`` a milky one."""
PlatformKind: TypeAlias = Literal["round", "square", "steps", "crate", "stump", "books"]
"""Shapes of platforms: round, square or of three steps, a wooden crate that is closed, a tree's stump, and books that
lie on each other."""
NightSky: TypeAlias = Literal["none", "stars", "moon", "milky_way", "aurora"]
"""What is seen in the sky by night: stars, and a full moon, the milky way or northern lights; ``none`` by day."""
_KINDS: Final = frozenset(get_args(Props)) - {"none"}
_OF_PLATFORMS: Final = frozenset(get_args(PlatformMaterial))


@dataclass(frozen=True, kw_only=True)
class HeldSet(SetDesign):
    """A set where things of several kinds can lie beside the product."""

    also: tuple[Props, ...] = ()
    """Up to two further kinds of what lies there: mint and ice beside lemons."""
    also_colors: tuple[str, ...] = colored(())
    """A colour for each of the first of these; the rest have their own."""
    counts: tuple[int, ...] = ()
    """How many lie there of the main kind, and of each further one; 0, or none given: as many as suit the picture."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.also) > MOST_MORE or not _KINDS.issuperset(self.also):
            raise SettingsError("also", self.also, f"up to {MOST_MORE} kinds of {', '.join(sorted(_KINDS))}")
        most = max(COUNTED.values())
        if len(self.counts) > 1 + MOST_MORE or not all(
            type(count) is int and 0 <= count <= most for count in self.counts
        ):
            raise SettingsError("counts", self.counts, f"up to {1 + MOST_MORE} whole numbers of 0 to {most}")


@dataclass(frozen=True, kw_only=True)
class StrewnSet(HeldSet):
    """A set where things can lie beside the product, apart from what the set is made of."""

    made_of: ClassVar[frozenset[str]] = frozenset()
    """Kinds of things that it is made of: words for those put none of them beside the product."""

    beside: Props = "none"
    """What lies or stands beside the product."""
    beside_colors: tuple[str, ...] = colored((), "props")
    """Up to four colours of it; none: its own."""


@dataclass(frozen=True, kw_only=True)
class StandingSet(WovenSet, StrewnSet):
    """A set under the sky where the product may stand on a platform, a rock or a cloth instead of on the ground."""

    stand: Literal["none", PlatformKind, "rock", "table", "cloth"] = "none"
    """What the product stands on: the ground, a platform of a kind, a flat rock, a table before it all, or a towel or a
    blanket that is spread on the ground; that may have a pattern."""
    stand_material: StandMaterial = "plain"
    """What a platform or a table is made of; ``plain`` is painted."""
    stand_color: str = colored("#d9d1c4", "surface")
    """The platform, the rock, the table or the cloth."""
    wet: bool = False
    """Whether a rock that it stands on is wet: darker, and it shines."""

    @property
    def under(self) -> SetObject:
        """The same under what lies, seen from above, as parameters of a flat lay."""
        if self.stand == "table":
            return lying_table(self.stand_material, self.stand_color)
        if self.stand == "cloth":
            return {"surface": "folds", "colors": (self.stand_color,), "props": "none", **self.woven}
        return {**stood_on(self.stand, self.stand_color, self.stand_material), "wet": self.wet}


@dataclass(frozen=True, kw_only=True)
class OpenSet(StandingSet):
    """One with open ground out to the horizon."""

    far: Literal["none", "mountains"] = "none"
    """What rises there."""
    night_sky: NightSky = "none"
    """Whether it is night, and what is in the sky then."""


def stood_on(stand: str, color: str, material: str = "plain") -> SetObject:
    """What a product stands on, seen from above, as parameters of a flat lay: none of a crate or a stump.

    Args:
        stand: Its kind.
        color: ``#rrggbb``.
        material: What a platform is made of; painted, if none is made of that.
    """
    kind = {"round": "disc", "square": "block", "steps": "steps", "rock": "slab", "stone": "slab"}.get(stand)
    if kind is None:
        return {}
    of = {"under_material": material} if kind != "slab" and material in _OF_PLATFORMS else {}
    return {"under": kind, "under_color": color, **of}


def lying_table(material: StandMaterial, color: str) -> SetObject:
    """A table seen from above, as parameters of a flat lay."""
    return {"surface": {"plain": "paper"}.get(material, material), "colors": (color,)}
