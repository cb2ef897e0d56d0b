"""A terrace in the snow: what lies on its floor and its wall."""

from dataclasses import dataclass

import numpy as np

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.uneven import Uneven
from photoshoot.placers.studio.scene.bsdfs import Tiling, diffuse, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.soil import sand
from photoshoot.sets.location import GROUND_COLORS

_BUMPS_M, _RELIEF, _REPEAT_M = 0.05, 0.006, 0.8
_CUSHION_M = (0.10, 0.075)
"""Half the depth and the height of the snow on a wall, metres."""
_CAP_M = 0.03


@dataclass(frozen=True, kw_only=True)
class Terrace:
    """A terrace, world units."""

    z: float
    """Depth of its wall."""
    top: float
    """Height of its wall, without the cap."""
    metre: float
    """World units a metre."""


def snowed_in(view: View, terrace: Terrace, rng: np.random.Generator) -> tuple[dict[str, object], Uneven]:
    """Snow for its floor and its wall, and how high it lies on the floor."""
    cap = terrace.top + _CAP_M * terrace.metre
    lying = cushion(view.half_width_at(terrace.z) + 4.0, cap, terrace, rng)
    floor, ground = _floor(view, terrace, rng)
    return {"floor": floor, "cushion": to_shape(lying, bsdf=diffuse(GROUND_COLORS["snow"]))}, ground


def _floor(view: View, terrace: Terrace, rng: np.random.Generator) -> tuple[object, Uneven]:
    """Trodden snow, and its heights."""
    metre, back = terrace.metre, terrace.z - 0.05
    tiling = Tiling.drawn(1 / (_REPEAT_M * metre), rng, float(rng.uniform(0, 360)))
    coat = textured(sand(GROUND_COLORS["snow"], int(rng.integers(3))), tiling, "matte", _RELIEF)
    ground = Uneven(view=view, metre=metre, bumps_m=_BUMPS_M, seed=int(rng.integers(6)))
    return to_shape(ground.mesh(back), bsdf=coat), ground


def cushion(half_width: float, y: float, terrace: Terrace, rng: np.random.Generator) -> Mesh:
    """Snow as it lies along the top of a wall: rounded, here higher and there lower."""
    metre, z = terrace.metre, terrace.z
    deep, tall = (size * metre for size in _CUSHION_M)
    x = np.arange(-half_width, half_width, 0.06 * metre)
    turn = np.linspace(0, np.pi, 15)
    seed = int(rng.integers(6))
    swell = 1 + 0.45 * plane_noise(x / (0.5 * metre), 0 * x, seed=seed, octaves=2)
    across = deep * (1 + 0.12 * plane_noise(x / (0.25 * metre), 0 * x + 5, seed=seed, octaves=2))
    points = np.stack(
        [
            np.repeat(x[None], len(turn), 0),
            y + np.sin(turn)[:, None] ** 0.7 * tall * swell[None],
            z - np.cos(turn)[:, None] * across[None],
        ],
        -1,
    )
    return relief(points[::-1])
