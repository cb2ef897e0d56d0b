"""The deck of a yacht: a rail, and the sea out to the horizon."""

import numpy as np

from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.geometry.solids import tube
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.scene.bsdfs import plastic
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, shining_sky
from photoshoot.placers.studio.textures.gradients import mix_colors, tint

_RAIL_Z, _SKY_Z, _SEA = -4.6, -90.0, -5.0
_POSTS = 2.6  # from one to the next
_RAIL, _WIRES = 1.95, 0.55  # height of the rail, and from one wire to the next
_TEAK, _STEEL = "#9a6a3c", "#d9dcdf"


def build_deck(setting: Setting) -> dict[str, object]:
    """A teak rail on posts of steel with wires between them, waves and a sky that is paler at the horizon."""
    view, rng = setting.view, setting.rng
    reach, rail = view.half_width_at(_RAIL_Z) + 2.0, min(_RAIL, view.top_at(_RAIL_Z) - 0.5)
    posts = [
        tube((x, -4.0, _RAIL_Z), (x, rail, _RAIL_Z), 0.05, sides=12)
        for x in np.arange(-reach + float(rng.uniform(0, _POSTS)), reach, _POSTS)
    ]
    wires = [
        tube((-reach, rail - _WIRES * n, _RAIL_Z), (reach, rail - _WIRES * n, _RAIL_Z), 0.018, sides=6)
        for n in (1, 2, 3)
    ]
    beam = tube((-reach, rail, _RAIL_Z), (reach, rail, _RAIL_Z), 0.11, sides=16)
    things: Things = [painted(_STEEL, "metal", *posts, *wires), wooden(_TEAK, "semigloss", beam)]
    warm = tint("#eaf2f7", setting.light.color, 0.35)
    sky = mix_colors((warm, tint("#a9cfe8", setting.light.color, 0.15), "#6fa8d6"), np.linspace(1.0, 0.0, 64))
    z = -np.geomspace(3.0, 120.0, 240)[:, None]
    wide = 1.3 * view.half_width * (view.distance - z) / view.distance
    x, z = np.broadcast_arrays(np.linspace(-1.0, 1.0, 240)[None] * wide, z)
    y = _SEA + 0.16 * plane_noise(x / 1.8, z / 1.1, seed=int(rng.integers(60)), octaves=3)
    sea = plastic(setting.color, 0.12)
    things.append(painted("#a9cfe8", "matte", stage_wall(view, z=_SKY_Z - 1.0)))  # past the shining sky's edges
    shapes = named_shapes("deck", things, setting)
    shapes["sea"] = to_shape(relief(np.stack([x, y, z], -1)[::-1]), bsdf=sea)
    shapes["sky"] = shining_sky(sky, setting, _SKY_Z)
    return shapes
