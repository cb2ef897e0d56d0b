"""The light that a set stands in: a key, what fills its shadows, and what comes from behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from photoshoot.settings import LightOverride, check_color, check_range

Gobo = Literal["none", "leaves", "blinds", "panes", "slit", "spot"]
"""What casts shadows from outside the picture: leaves, a blind's slats, a paned window, a wall with one tall gap, or
the shade round a spotlight."""

NO_LAMP: Final = "#000000"
"""The colour of a lamp that is not there."""


@dataclass(frozen=True, kw_only=True)
class Light:
    """The key light and its company. The defaults are a large soft light from the front left."""

    azimuth_deg: float = -45.0
    """Where the key comes from: 0 = from the camera, -90 = from the left, 90 = from the right, 180 = from behind."""
    elevation_deg: float = 42.0
    """Height of the key light above the horizon, in degrees, 5 to 88."""
    softness: float = 0.5
    """0 = a hard sun, 1 = a huge softbox."""
    intensity: float = 1.0
    """Brightness of the picture, 0.3 to 1.5; 1 is a balanced exposure, 0.7 moody, 1.1 high key."""
    color: str = "#ffffff"
    """Colour of the key."""
    second_color: str = NO_LAMP
    """Colour of a second key, as strong, from the other side, for a picture in two colours; black: there is none. Sets
    whose ``takes_two_keys`` is False show the first alone."""
    fill: float = 0.5
    """Light in the shadows, 0 (black) to 1 (nearly shadowless)."""
    rim: float = 0.0
    """Light from behind along the edges, 0 to 1."""
    rim_color: str = NO_LAMP
    """Colour of the light from behind, as full as a gel's; black: the keys'."""
    haze: float = 0.0
    """Fog or smoke behind the product: 0 = clear air, 0.35 haze, 1 thick fog. Not from above, nor before a wall."""
    gobo: Gobo = "none"
    """What stands before the key, out of the picture: its shadow falls all over the set. Where a set has a window or
    leaves of its own before its sun, this takes their place."""
    fixed: bool = False
    """Whether direction and softness hold as given; else each shot varies them a little, and mirrors some."""

    def __post_init__(self) -> None:
        ranges = {"azimuth_deg": (-180, 180), "elevation_deg": (5, 88), "intensity": (0.3, 1.5)}
        for name in ("azimuth_deg", "elevation_deg", "softness", "intensity", "fill", "rim", "haze"):
            check_range(f"light.{name}", getattr(self, name), *ranges.get(name, (0, 1)))
        check_color("light.color", self.color)
        for name in ("second_color", "rim_color"):
            if (lamp := getattr(self, name)) != NO_LAMP:
                check_color(f"light.{name}", lamp)

    @property
    def is_crossed(self) -> bool:
        """Whether it has two keys, each of its own colour."""
        return self.second_color != NO_LAMP

    def overridden(self, override: LightOverride) -> Light:
        """This light with what the caller decides in place of its own."""
        given = {"azimuth_deg": override.azimuth_deg, "elevation_deg": override.elevation_deg}
        given["softness"] = override.shadow_softness
        fixed: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        return replace(
            self,
            **fixed,
            fill=self.fill if override.shadow_intensity is None else 1 - override.shadow_intensity,
            intensity=self.intensity if override.brightness is None else override.brightness,
            color=self.color if override.color is None else override.color,
            second_color=self.second_color if override.color is None else NO_LAMP,
            rim=self.rim if override.rim is None else override.rim,
            fixed=self.fixed or bool(fixed),
        )
