"""A terrace in the snow: what lies on its floor and its wall, and the firs beyond."""

import numpy as np
from scipy import ndimage

from photoshoot.placers.studio.backdrops.bokeh import backdrop_aspect, shining_wall
from photoshoot.placers.studio.backdrops.snowy_view import snowy_view
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.uneven import uneven_ground
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.soil import sand
from photoshoot.sets.location import GROUND_COLORS

_BUMPS_M, _RELIEF, _REPEAT_M = 0.05, 0.006, 0.8
_CUSHION_M = (0.10, 0.075)
"""Half the depth and the height of the snow on a wall, metres."""
_SKY = ("#f1f5fa", "#bcd2e8")
_BEYOND, _BLUR_PX = 0.86, 4.0  # of white; the picture is 300 rows high


def snow_floor(view: View, metre: float, back: float, rng: np.random.Generator) -> object:
    """Trodden snow on the floor."""
    tiling = Tiling.drawn(1 / (_REPEAT_M * metre), rng, float(rng.uniform(0, 360)))
    coat = textured(sand(GROUND_COLORS["snow"], int(rng.integers(3))), tiling, "matte", _RELIEF)
    return to_shape(uneven_ground(view, back, metre, _BUMPS_M, rng), bsdf=coat)


def snow_cushion(half_width: float, y: float, z: float, metre: float, rng: np.random.Generator) -> Mesh:
    """Snow as it lies along the top of a wall: rounded, here higher and there lower."""
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


def snowy_place(view: View, z: float, exposure: float, rng: np.random.Generator) -> object:
    """Firs in the snow under a pale sky, out of focus behind a wall at depth ``z``."""
    far = 1.6 * z
    image = snowy_view(_SKY, round(backdrop_aspect(view, far), 2), int(rng.integers(8)))
    soft = ndimage.gaussian_filter(_BEYOND * image, (_BLUR_PX, _BLUR_PX, 0))
    return shining_wall(np.asarray(soft, np.float32), view, far, exposure)
