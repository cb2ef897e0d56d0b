"""What a sky with stars brings to an open set: its colours, the sea's under it, and a light as pale as the moon's."""

from collections.abc import Mapping
from typing import Any, Final

from photoshoot.director.words.vocabulary import Values

_PARAM: Final = "night_sky"
_COLORS: Final[Mapping[str, Any]] = {"sky_colors": ["#4a5878", "#141b33"], "sea_color": "#1f3350"}
"""As the words for a night say them, too."""
_MOONLIGHT: Final[Mapping[str, Any]] = {"color": "#9fb6f2", "intensity": 0.6, "fill": 0.2}


def dark_colors(data: Values, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Colours that a set has by night, but for those that were said; empty by day.

    Args:
        data: Its parameters so far.
        parameters: Of the set, by name.
    """
    missing = _COLORS.keys() & parameters.keys() - data.keys()
    return {param: _COLORS[param] for param in sorted(missing)} if is_night(data) else {}


def moonlight(data: Values) -> dict[str, Any]:
    """The light by night, where words say no other: no sun shines on dunes under the stars."""
    return dict(_MOONLIGHT) if is_night(data) else {}


def is_night(data: Values) -> bool:
    """Whether stars are in the sky."""
    return bool(data.get(_PARAM, "none") != "none")
