"""The studio's vocabulary: what a set is made of, as plain data that presets, prompts and the studio share.

A *design* says what to build; ``placers/studio`` builds it. Colours are ``#rrggbb`` sRGB, as the eye sees the paint.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.settings import check_range

_HEX = re.compile(r"#[0-9a-f]{6}")
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Light:
    """The key light and its company. The defaults are a large soft light from the front left."""

    azimuth_deg: float = -45.0
    """Where the key comes from: 0 = from the camera, -90 = from the left, 90 = from the right, 180 = from behind."""
    elevation_deg: float = 42.0
    """Height of the key over the horizon, 5 to 88."""
    softness: float = 0.5
    """0 = a hard sun, 1 = a huge softbox."""
    intensity: float = 1.0
    """Brightness of the picture, 0.3 to 1.5; 1 is a balanced exposure, 0.7 moody, 1.1 high key."""
    color: str = "#ffffff"
    """Colour of the key."""
    fill: float = 0.5
    """Light in the shadows, 0 (black) to 1 (nearly shadowless)."""
    rim: float = 0.0
    """Light from behind along the edges, 0 to 1."""

    def __post_init__(self) -> None:
        check_range("light.azimuth_deg", self.azimuth_deg, -180, 180)
        check_range("light.elevation_deg", self.elevation_deg, 5, 88)
        check_range("light.softness", self.softness, 0, 1)
        check_range("light.intensity", self.intensity, 0.3, 1.5)
        check_range("light.fill", self.fill, 0, 1)
        check_range("light.rim", self.rim, 0, 1)
        check_color("light.color", self.color)


@dataclass(frozen=True, kw_only=True)
class SetDesign:
    """What every set has."""

    light: Light = field(default_factory=Light)
    """The light it stands in."""

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name.endswith("color"):
                check_color(item.name, value)
            elif item.name.endswith("colors"):
                _check_colors(item.name, value)


@dataclass(frozen=True, kw_only=True)
class Cyclorama(SetDesign):
    """A seamless sweep of paper: one colour, or a gradient of up to four."""

    colors: tuple[str, ...] = ("#f6f6f5",)
    """One to four colours, first at the bottom, left or centre."""
    direction: Literal["vertical", "horizontal", "diagonal", "radial"] = "vertical"
    """Which way a gradient runs."""
    finish: Literal["matte", "satin", "gloss"] = "matte"
    """How much the floor reflects."""


@dataclass(frozen=True, kw_only=True)
class Podium(SetDesign):
    """A platform before a plain wall."""

    backdrop_color: str = "#ecd8c6"
    """Wall and floor."""
    podium_color: str = "#f3e6d8"
    """The platform."""
    accent_color: str = "#d07c55"
    """Spheres, blocks and other small shapes."""
    shape: Literal["round", "square", "steps"] = "round"
    """The platform's plan."""
    backing: Literal["none", "arch", "disc", "fluted"] = "arch"
    """What stands behind."""
    props: bool = True
    """Small geometric shapes at the sides."""


@dataclass(frozen=True, kw_only=True)
class WindowRoom(SetDesign):
    """A plain room where sun comes through a window, blinds or leaves and draws on the wall."""

    wall_color: str = "#b4b1ae"
    """Plaster wall."""
    floor_color: str = "#aaa7a3"
    """Floor or shelf."""
    gobo: Literal["blinds", "panes", "leaves"] = "blinds"
    """What the sun comes through."""


@dataclass(frozen=True, kw_only=True)
class Tabletop(SetDesign):
    """A slab or table before a far background."""

    material: Literal["wood", "marble", "stone", "concrete", "linen", "plain"] = "wood"
    """What the table is made of."""
    surface_color: str = "#a9743f"
    """Main colour of the table."""
    vein_color: str = "#55331b"
    """Grain, veins or speckles."""
    finish: Literal["matte", "satin", "gloss"] = "satin"
    """How much the table reflects."""
    backdrop: Literal["wall", "bokeh", "glow"] = "wall"
    """A plain wall, discs of light out of focus, or a soft pool of light in the dark."""
    backdrop_color: str = "#c9c4bd"
    """The wall, the lights or the glow."""
    props: Literal["none", "autumn", "rocks", "petals", "ornaments", "leaves"] = "none"
    """What lies beside the product; ``autumn`` is maple leaves and small pumpkins."""


@dataclass(frozen=True, kw_only=True)
class GlossyFloor(SetDesign):
    """A mirror-like floor under a glow: the product stands on its own reflection."""

    floor_color: str = "#0c0d10"
    """The floor."""
    glow_color: str = "#8f9cba"
    """The glow behind the product."""


@dataclass(frozen=True, kw_only=True)
class Interior(SetDesign):
    """A corner of a room, out of focus, with the product on a sideboard or desk."""

    wall_color: str = "#d9d2c5"
    """The wall."""
    furniture_color: str = "#8a5a33"
    """The wood of the sideboard the product stands on."""
    accent_color: str = "#c98a2b"
    """Lamp, vase and cushions."""
    room: Literal["office", "living"] = "office"
    """What stands in the background."""


@dataclass(frozen=True, kw_only=True)
class NeonRoom(SetDesign):
    """A dark room with glowing tubes and a glossy floor."""

    wall_color: str = "#26262e"
    """The wall."""
    colors: tuple[str, ...] = ("#ff2a9a", "#2a7bff")
    """One to four colours of the tubes."""
    shape: Literal["ring", "bars", "gel"] = "ring"
    """A ring with tubes, tubes alone, or coloured light without tubes."""


@dataclass(frozen=True, kw_only=True)
class GeometricWall(SetDesign):
    """A relief of facets behind a low platform."""

    colors: tuple[str, ...] = ("#eceae6",)
    """One to four colours, spread over the facets."""
    podium_color: str = "#f4f2ef"
    """The platform and the floor."""


@dataclass(frozen=True, kw_only=True)
class Drapery(SetDesign):
    """Folded cloth."""

    cloth: Literal["silk", "velvet", "linen"] = "silk"
    """What the cloth is."""
    color: str = "#9c0f2c"
    """Its colour."""


@dataclass(frozen=True, kw_only=True)
class FlatLay(SetDesign):
    """A surface seen from above, with the product lying on it."""

    surface: Literal["paper", "linen", "wood", "marble", "concrete", "plaster"] = "paper"
    """What it lies on."""
    colors: tuple[str, ...] = ("#f4f2ee",)
    """One to four colours; more than one is a gradient across the surface."""
    vein_color: str = "#c3ac8f"
    """Grain or veins of wood and marble."""
    gobo: Literal["none", "leaves", "blinds", "panes"] = "none"
    """What casts shadows on it from outside the picture."""
    props: Literal["none", "autumn", "petals", "ornaments", "leaves"] = "none"
    """What lies beside the product."""


SETS: Mapping[str, type[SetDesign]] = types.MappingProxyType(
    {
        "cyclorama": Cyclorama,
        "podium": Podium,
        "window_room": WindowRoom,
        "tabletop": Tabletop,
        "glossy_floor": GlossyFloor,
        "interior": Interior,
        "neon_room": NeonRoom,
        "geometric_wall": GeometricWall,
        "drapery": Drapery,
        "flat_lay": FlatLay,
    }
)
"""Every set by its name in preset files."""


def set_name(design: SetDesign) -> str:
    """The name of a design's set in preset files."""
    return next(name for name, kind in SETS.items() if type(design) is kind)


def parse_set(data: Mapping[str, Any]) -> SetDesign:
    """Build a design from a preset file's ``set`` object: ``{"name": …, "light": {…}, <parameter>: …}``.

    Raises:
        UnknownNameError: The set or a parameter is not known.
        SettingsError: A value is of the wrong kind or out of range.
    """
    name = str(data.get("name"))
    if name not in SETS:
        raise UnknownNameError("set", name, SETS)
    return _parse(SETS[name], {key: value for key, value in data.items() if key != "name"}, name)


def check_color(name: str, value: object) -> None:
    """Hold that ``value`` is ``#rrggbb`` in lower case.

    Raises:
        SettingsError: It is not.
    """
    if not (isinstance(value, str) and _HEX.fullmatch(value)):
        raise SettingsError(name, value, "a colour as #rrggbb, lower case")


def _check_colors(name: str, value: object) -> None:
    if not (isinstance(value, tuple) and 1 <= len(value) <= 4):
        raise SettingsError(name, value, "one to four colours")
    for color in value:
        check_color(name, color)


def _parse(kind: type[_T], data: Mapping[str, Any], path: str) -> _T:
    hints = get_type_hints(kind)
    for key in data:
        if key not in hints:
            raise UnknownNameError(f"parameter of {path}", key, hints)
    return kind(**{key: _value(hints[key], value, f"{path}.{key}") for key, value in data.items()})


def _value(hint: Any, value: Any, path: str) -> Any:
    if hint is Light and isinstance(value, Mapping):
        return _parse(Light, value, path)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(value)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise SettingsError(path, value, "one of " + ", ".join(map(str, get_args(hint))))
        return value
    if hint is float and type(value) in (int, float):
        return float(value)
    if type(value) is hint:
        return value
    raise SettingsError(path, value, f"a {getattr(hint, '__name__', hint)}")
