"""What is seen far beyond a place's edge: how much of it, and in which light."""

from dataclasses import dataclass

import numpy as np

from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.backdrops.bokeh import backdrop_extent
from photoshoot.placers.studio.backdrops.real_places import evening_share
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, lowest_seen

_UNDER = 0.5  # of what is hidden that is drawn, world units


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A picture far behind, from what hides its lower part up to past the canvas's edge."""

    bottom: float
    """Height of its lower edge, world units."""
    aspect: float
    """Its width over its height."""
    horizon: float
    """Share of its height that lies under the horizon."""


def outlook(view: View, z: float, horizon: tuple[float, float]) -> Outlook:
    """What is seen at depth ``z``; its horizon keeps between two shares: from high up it would be all ground."""
    half, top, _ = backdrop_extent(view, z)
    bottom = min(lowest_seen(view, z), view.camera_y) - _UNDER
    share = round(float(np.clip((view.camera_y - bottom) / (top - bottom), *horizon)), 3)
    return Outlook(bottom=bottom, aspect=round(2 * half / (top - bottom), 2), horizon=share)


def light_from_sky(setting: Setting, edge: tuple[float, float], z: float, irradiance: float) -> object:
    """The sky's soft light, from high up on the sun's side, on what stands at a place's edge.

    Args:
        setting: The place.
        edge: Height and depth of what it falls on, world units.
        z: Depth that it comes from.
        irradiance: What a surface there receives.
    """
    view, (y, edge_z) = setting.view, edge
    side = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    return softbox(
        (side * (view.half_width_at(edge_z) + 6.0), max(9.0, view.top_at(edge_z) + 4.0), z),
        (0.0, y, edge_z),
        half_size=(5.0, 4.0),
        irradiance=np.full(3, irradiance),
    )


def golden_of(setting: Setting) -> float:
    """How low the sun is, 0 to 1, by how warm its light is; a blue hour has none."""
    warm = hex_to_oklab(setting.light.color)[1] > 0
    return round(evening_share(setting.light), 2) if warm else 0.0
