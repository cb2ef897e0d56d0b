"""The light a set stands in, and the checks that every design shares."""

from __future__ import annotations

from dataclasses import dataclass, replace

from photoshoot.errors import SettingsError
from photoshoot.settings import LightOverride, check_color, check_range


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
    fixed: bool = False
    """Whether direction and softness hold as given; else each shot varies them a little, and mirrors some."""

    def __post_init__(self) -> None:
        check_range("light.azimuth_deg", self.azimuth_deg, -180, 180)
        check_range("light.elevation_deg", self.elevation_deg, 5, 88)
        check_range("light.softness", self.softness, 0, 1)
        check_range("light.intensity", self.intensity, 0.3, 1.5)
        check_range("light.fill", self.fill, 0, 1)
        check_range("light.rim", self.rim, 0, 1)
        check_color("light.color", self.color)

    def overridden(self, override: LightOverride) -> Light:
        """This light with what the caller decides in place of its own."""
        given = {
            "azimuth_deg": override.azimuth_deg,
            "elevation_deg": override.elevation_deg,
            "softness": override.shadow_softness,
        }
        fixed = {name: value for name, value in given.items() if value is not None}
        fill = None if override.shadow_intensity is None else 1 - override.shadow_intensity
        return replace(
            self,
            **fixed,
            fill=self.fill if fill is None else fill,
            intensity=self.intensity if override.brightness is None else override.brightness,
            color=self.color if override.color is None else override.color,
            rim=self.rim if override.rim is None else override.rim,
            fixed=self.fixed or bool(fixed),
        )


def check_colors(name: str, value: object, least: int = 1) -> None:
    """Hold that ``value`` is a tuple of ``least`` to four colours.

    Raises:
        SettingsError: It is not.
    """
    if not (isinstance(value, tuple) and least <= len(value) <= 4):
        raise SettingsError(name, value, "up to four colours" if least == 0 else "one to four colours")
    for color in value:
        check_color(name, color)
