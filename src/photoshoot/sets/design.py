"""The base of every set: the parameters that all share, and the facts about a set that other packages ask for.

A set is a frozen dataclass of plain data. Its fields are what a preset file may say; its class attributes and methods
are what the rest of the library must know of it: how prompts paint it, what a product is seen against, what it becomes
when its product lies or hangs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, Final, Literal, TypeAlias, TypeVar, cast, get_origin, get_type_hints

from photoshoot.errors import SettingsError
from photoshoot.sets.light import Light
from photoshoot.settings import SizeClass, Stance, check_color, check_colors, check_range

SetObject: TypeAlias = Mapping[str, Any]
"""A set as preset files have it: its ``name`` and parameters. What is left out is as the set has it by default."""

Follows: TypeAlias = tuple[str, float | None, float]
"""(other colour, step in lightness or None for contrast, factor of its chroma)."""

Place = Literal[
    "apartment",
    "bridge",
    "city",
    "clear_sky",
    "dawn",
    "esplanade",
    "forest",
    "forest_at_night",
    "hall",
    "lobby",
    "night",
    "park",
    "park_at_night",
    "sky",
    "sunrise",
    "sunset",
    "venice",
    "warehouse",
    "workshop",
]
"""A real place, by its panorama in ``presets/environments``; what ends in ``_at_night`` is one, as by moonlight;
``clear_sky`` is ``sky`` without its clouds."""

PARTS = ("surface", "floor", "ground", "water", "backdrop", "sky", "accent", "props", "glow", "vein", "light")
"""The parts of a scene that a prompt can name."""

SMALL: Final = (SizeClass.HAND_HELD, SizeClass.TABLE_TOP, SizeClass.WEARABLE)
"""What stands on a table, a platform or a cloth."""
LARGE: Final = (SizeClass.FURNITURE, SizeClass.GEAR)
"""What stands on a floor or on the ground."""

DepthOfField = Literal["usual", "shallow", "deep"]
"""How far before and behind the product all is sharp: as suits the set, hardly, or everywhere."""
CameraAngle = Literal["usual", "low", "high"]
"""From where the camera looks: as suits the set, from as low as the product, or down on it."""
ShotSize = Literal["usual", "close_up", "wide"]
"""How much of the picture the product fills: as suits its format, more, or little, with the set round it."""

_USE = "use"
_RANGES = {"heading_deg": (-180, 180), "ripples": (0, 1)}  # of parameters that several sets have
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class ColorUse:
    """What a colour parameter is for."""

    parts: tuple[str, ...] = ()
    """The parts of the scene, of ``PARTS``, whose colour in a prompt it takes."""
    leans: bool = False
    """Whether it is paint, and may lean a little toward the product's colours; wood, stone and lamps keep their own."""
    shines: bool = False
    """Whether it is the colour of lamps: a dark picture does not put them out."""
    follows: Follows | None = None
    """The colour that it goes with where a prompt names that one and not this; None: it stays as it is."""


def colored(default: _T, *parts: str, leans: bool = False, shines: bool = False, follows: Follows | None = None) -> _T:
    """A colour parameter of a design, or a list of colours, and what it is for; see ``ColorUse``."""
    use = ColorUse(parts=parts, leans=leans, shines=shines, follows=follows)
    return field(default=default, metadata={_USE: use})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A colour as it is seen in the picture: dim, bright with windows, or lit by lamps."""

    color: str
    """The parameter's colour, ``#rrggbb``."""
    toward: str = "#000000"
    """What it is mixed with, ``#rrggbb``."""
    share: float = 0.0
    """How much of that is in it, 0 to 1, in OKLab."""


HORIZON: Final = (-240.0, 12.0)
"""``SetDesign.shows`` of what has a sky: a strip of it over the horizon."""


@dataclass(frozen=True, kw_only=True)
class SetDesign:
    """What every set has."""

    light: Light = field(default_factory=Light)
    """The light that the set stands in."""
    afloat: bool = False
    """Whether its product floats over the floor, held by nothing; where it hangs before a wall, that wall's own
    parameter says so, and what lies does not float."""
    depth_of_field: DepthOfField = "usual"
    """How much is sharp. No meaning in flat-lays and before walls, where all is at one depth."""
    camera_angle: CameraAngle = "usual"
    """From where what stands is seen, where its photo does not say it. No meaning when lying or before a wall."""
    shot_size: ShotSize = "usual"
    """How large the product is in the picture; a packshot is as marketplaces ask for."""

    camera_y: ClassVar[float] = 1.45
    """Camera height over the support, world units, 0.9 to 2; higher shows more of the floor. No meaning when lying."""
    carries: ClassVar[tuple[SizeClass, ...]] = SMALL
    """The classes of products that it takes; for the others ``placed`` says what it becomes."""
    outdoors: ClassVar[bool] = False
    """Whether it is out of doors; see ``placed``."""
    eye_m: ClassVar[float | None] = None
    """Height of the camera over the floor, metres, where it is built to the product's scale; None: ``camera_y``."""
    shows: ClassVar[tuple[float, float] | None] = None
    """What it lives by where that hangs or lies far behind: its depth (z, under 0) and the height that a picture has to
    reach up to there, world units. A camera that follows a photo seen from high up stays low enough for it. None: it
    has its floor, or what is near, to show."""
    only_stance: ClassVar[Stance | None] = None
    """The one way it can hold a product; None where it can hold one upright, and turns into other sets for the rest."""
    hangs_from: ClassVar[Literal["stand", "rail", "branch", "wall"]] = "stand"
    """What a garment hangs on in it: a clothes stand on its floor, a rail across the picture, or a bough on two ropes.
    ``wall``: on none of them, since it becomes the set of ``hanging`` then."""
    on_foot: ClassVar[bool] = False
    """Whether people stand on its floor or ground: whom a photo cuts off below does so under the picture."""
    in_scale: ClassVar[bool] = False
    """Whether things of everyday sizes are built in it, rows of them or a street's paint: in scale to the product."""
    alike_in_every_stance: ClassVar[bool] = False
    """Whether its scene's words stay true when its product lies or hangs: plain backdrops and cloth do."""
    behind: ClassVar[tuple[str, ...]] = ()
    """The colour parameters that lie behind and, last, under the product."""
    free_colors: ClassVar[tuple[str, ...]] = ()
    """The colour parameters that take a prompt's colours that belong to no part, in this order."""
    unpainted: ClassVar[tuple[str, ...]] = ()
    """The parts, of ``PARTS``, that it shows in colours of their own: a prompt's colour for them is not painted."""
    takes_two_keys: ClassVar[bool] = False
    """Whether a light of two colours falls on it from both sides; else the first alone does."""
    prompted: ClassVar[SetObject] = {}
    """The parameters that a prompt's words start from, where they are others than the defaults."""
    words: ClassVar[tuple[str, ...]] = ()
    """Phrases that speak for it in a prompt, beside those of ``presets/director.json``."""
    suits: ClassVar[Mapping[str, float] | None] = None
    """Product category → how well it suits, 0 to 1, half where left out; None: ``presets/affinity.json`` says it."""
    shown_with: ClassVar[tuple[str, ...]] = ()
    """The example products that suit it in previews, of ``examples/``; none: all suit it."""

    @property
    def called(self) -> str:
        """What people call it, where that is not its set's name; empty elsewhere."""
        return ""

    @property
    def misfits(self) -> frozenset[str]:
        """Product categories that its parameters keep out, whatever the set suits: no cake stands in a bathroom."""
        return frozenset()

    def __post_init__(self) -> None:
        for name in self.color_uses():
            if name.endswith("color"):
                check_color(name, getattr(self, name))
            else:
                check_colors(name, getattr(self, name), least=0 if getattr(type(self), name, None) == () else 1)
        if self.afloat and self.only_stance is not None:
            raise SettingsError("afloat", self.afloat, f"False: all is {self.only_stance} in this set")
        for name in _RANGES.keys() & vars(self).keys():
            check_range(name, getattr(self, name), *_RANGES[name])

    @property
    def strews(self) -> bool:
        """Whether things lie about beside the product or are in the air: those are in scale to it."""
        kinds = (getattr(self, name, None) for name in ("props", "beside", "air"))
        return any(isinstance(kind, str) and kind != "none" for kind in kinds)

    @property
    def mirrors(self) -> bool:
        """Whether what the product lies on is a mirror, on which no shadow falls."""
        return False

    @property
    def catches_shadows(self) -> bool:
        """Whether shadows of what stands before its key fall where they are seen."""
        return not (self.mirrors or self.pure_white)

    @property
    def pure_white(self) -> bool:
        """Whether all but the product and its soft shadow is pure white, 255 to the edge, as marketplaces ask for."""
        return False

    @classmethod
    def color_uses(cls) -> Mapping[str, ColorUse]:
        """Its parameters that hold a colour or a list of colours, in order, and what each is for."""
        return _color_uses(cast("Any", cls))

    def leaning(self) -> tuple[str, ...]:
        """The parameters whose colours may lean toward the product's: what is painted as this design is."""
        return tuple(name for name, use in self.color_uses().items() if use.leans)

    def seen_colors(self) -> tuple[Seen, ...]:
        """What is seen behind and, last, under the product."""
        return tuple(Seen(color=color) for name in self.behind for color in self._colors(name))

    def holds(self, stance: Stance) -> bool:
        """Whether it can hold a product so itself; else ``lying``, ``hanging`` and ``upright`` say what it becomes."""
        if self.only_stance is not None:
            return stance is self.only_stance
        return stance is Stance.UPRIGHT or (stance is Stance.HANGING and self.hangs_from != "wall")

    def lying(self) -> SetObject:
        """The set that it becomes, in the same light, where its product lies and is seen from above."""
        return {"name": "flat_lay", "surface": "plaster", "colors": self._colors(self.behind[-1])}

    def hanging(self) -> SetObject:
        """The set that it becomes, in the same light, where its product hangs, where it can't hold one itself."""
        return {"name": "hanging_wall", "colors": self._colors(self.behind[0])}

    def upright(self) -> SetObject:
        """The set that it becomes, in the same light, where its product stands; not asked where it stands in this."""
        return {"name": "cyclorama", "colors": self._colors(self.behind[0])}

    def takes(self, size_class: SizeClass) -> bool:
        """Whether a product of a class belongs in it; else ``placed`` says what it becomes."""
        return size_class in self.carries

    @property
    def terrace(self) -> str | None:
        """What lies round the terrace that it becomes for furniture; None: it becomes a room."""
        return None

    def placed(self, size_class: SizeClass) -> SetObject:
        """The nearest set that takes products of a class that this one does not, in the same light.

        Vehicles and tents stand outside, or in a studio of the set's colour where the set itself is indoors.
        """
        if size_class is SizeClass.FURNITURE and self.terrace is not None:
            return {"name": "room", "style": "terrace", "place": self.terrace}
        wall, floor = (self._colors(self.behind[end])[0] for end in (0, -1))
        if size_class is SizeClass.GEAR:
            road = {"name": "outdoor_ground", "place": self.terrace or "park"}
            return road if self.outdoors else {"name": "cyclorama", "colors": (wall,)}
        if size_class in SMALL:
            return {"name": "tabletop", "material": "plain", "surface_color": floor, "backdrop_color": wall}
        return {"name": "room", "wall_color": wall}

    def _colors(self, name: str) -> tuple[str, ...]:
        value: str | tuple[str, ...] = getattr(self, name)
        return (value,) if isinstance(value, str) else value


def parameters_of(kind: type) -> Mapping[str, Any]:
    """Each parameter of a set, or of its light, with its annotation."""
    return _annotations(cast("Any", kind))


@cache
def _color_uses(kind: Any) -> Mapping[str, ColorUse]:
    uses = {item.name: item.metadata.get(_USE, ColorUse()) for item in fields(kind)}
    return MappingProxyType({name: use for name, use in uses.items() if name.endswith(("color", "colors"))})


@cache
def _annotations(kind: Any) -> Mapping[str, Any]:
    """Kept, since finding them out takes a millisecond, and is nearly all that reading the presets takes."""
    return {name: hint for name, hint in get_type_hints(kind).items() if get_origin(hint) is not ClassVar}
