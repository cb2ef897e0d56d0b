"""What a sky with stars brings to an open set: its colours, the sea's under it, and a light as pale as the moon's."""

from collections.abc import Container
from typing import Any, Final

from photoshoot.director.words.vocabulary import Values

NIGHT_SKY: Final = "night_sky"
"""The parameter of open sets that only words for a night fix."""
OF_STARS: Final = "night"
"""The real place whose sky has stars."""
_LITTLE_BUT_SKY: Final = frozenset({"clear_sky", "sky", "dawn", "sunrise", "sunset"})
MOONLIGHT: Final[Values] = {"color": "#9fb6f2", "intensity": 0.6, "fill": 0.2}
"""The light by night, where words say no other: no sun shines on dunes under the stars."""
_COLORS: Final[Values] = {"sky_colors": ["#4a5878", "#141b33"], "sea_color": "#1f3350"}
"""As the words for a night say them, too."""


def leave_day(data: Values) -> dict[str, Any]:
    """A set's parameters by night: a real place that is little but sky is the one with stars; others have none."""
    place = data.get("place", OF_STARS)
    if place in _LITTLE_BUT_SKY:
        return {**data, "place": OF_STARS, "heading_deg": 0}
    return dict(data) if place == OF_STARS else {param: data[param] for param in data if param != NIGHT_SKY}


def dark_colors(parameters: Container[str], said: Container[str]) -> dict[str, Any]:
    """Colours that a set has by night instead of its place's own, as snow's pale sky.

    Args:
        parameters: What can be coloured in it, by name.
        said: Those whose colour a prompt names.
    """
    return {param: color for param, color in _COLORS.items() if param in parameters and param not in said}
