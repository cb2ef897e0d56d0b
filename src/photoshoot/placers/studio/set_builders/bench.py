"""A park bench that the product stands on: slats across the picture, and a back of slats on iron behind it."""

import numpy as np

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.crate_and_stump import plank
from photoshoot.placers.studio.assets.furniture.style import box
from photoshoot.placers.studio.backdrops.table_tops import TABLE_REPEATS, table_back
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, merged
from photoshoot.placers.studio.landscape.lawn_and_sand import Support
from photoshoot.placers.studio.scene.bsdfs import Tiling, diffuse, finished, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.by_name import Surface, planks, surface_texture

_SLAT, _GAP, _THICK = 0.52, 0.06, 0.05  # width of a slat, from one to the next, and half its thickness
_BACK = ((0.5, -0.30), (0.98, -0.42))  # height and depth, behind the seat, of each slat of the back
_LEAN_DEG, _OF_BACK = -14.0, 0.4  # how far they lean, and how wide they are
_HIGHEST = 0.62  # of the camera's height, what the back's upper slat reaches at most
_IRON, _ARMS = "#26282a", 0.92  # share of what is seen there, from the middle, where its iron stands
_UNDER, _DARK = -1.6, "#2f3326"  # what is seen through the gaps, and how far down


def park_bench(color: str, vein_color: str, view: View, rng: np.random.Generator) -> Support:
    """A seat under the whole picture, up to its back.

    Args:
        color: Of its wood, ``#rrggbb``.
        vein_color: Of the grain, ``#rrggbb``.
        view: The camera.
        rng: Chooses each slat's piece of wood.
    """
    look = Surface(material="wood", color=color, vein_color=vein_color, rustic=0.6)
    wood, back = (planks(look.rustic), TABLE_REPEATS["wood"]), table_back(view)
    half = view.half_width_at(back) + 1.5
    seat = [
        plank(half, _THICK, (float(z), _SLAT), "z", wood, rng).moved(0, -_THICK)
        for z in np.arange(back, view.distance + 1.0, _SLAT + _GAP) + _SLAT / 2
    ]
    scale = _scale(view)
    rest = [
        plank(half, 0.8 * _THICK, (0.0, scale * _OF_BACK), "y", wood, rng)
        .turned(_LEAN_DEG, "x")
        .moved(0, y, back + behind)
        for y, behind in _heights(view)
    ]
    grain = textured(surface_texture(look, int(rng.integers(3))), Tiling(), "satin", 0.010)
    dark = floor(y=_UNDER, half_width=half + 2, front=view.distance, back=back - 1.0)
    shapes: dict[str, object] = {
        "table": to_shape(merged([*seat, *rest]), bsdf=grain),
        "iron": to_shape(merged(_iron(view, back)), bsdf=finished(hex_to_linear(_IRON).astype(np.float32), "satin")),
        "under": to_shape(dark, bsdf=diffuse(_DARK)),
    }
    return shapes, back, 0.0


def _heights(view: View) -> list[tuple[float, float]]:
    """Height and depth of the back's slats."""
    return [(_scale(view) * y, _scale(view) * behind) for y, behind in _BACK]


def _scale(view: View) -> float:
    """How large its back is: smaller where the camera is low, over whose horizon nothing else were seen."""
    return min(1.0, _HIGHEST * view.camera_y / _BACK[-1][0])


def _iron(view: View, back: float) -> list[Mesh]:
    """Bars that hold the back, at both sides of the picture."""
    (_, near), (high, far) = _heights(view)
    tall, x = high + 0.3, _ARMS * view.half_width_at(back)
    return [box((0.07, tall / 2 + 0.4, 0.05), 0.02).turned(_LEAN_DEG, "x").moved(
            side * x, tall / 2 - 0.4, back + 0.5 * (near + far) - 0.09) for side in (-1, 1)]  # fmt: skip
