"""Plain surfaces: a sheet of one material, and tiles."""

from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.placers.studio.backdrops.frontal import Sheet, sheet_shape
from photoshoot.placers.studio.backdrops.tiled_walls import tiled_wall
from photoshoot.placers.studio.scene.batching import thing_shapes
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.by_name import USUAL_UNIT_M
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.patterned import PATTERNS

_PLANK_UNITS, _PLANK_M = 0.7, 0.16
"""Width of a floorboard of the texture, world units, and in life: under a rug the floor is to scale."""
_CONCRETE = (0.36, 0.83)  # between these is its lightness, in OKLab
_THREADS, _THREAD_M, _THREAD_PX = 84, 0.0012, 3.2
"""Metres of a world unit where no size is known; threads of linen a unit, how far apart they are in life, and what
a thread needs of the film."""


def sheet(lying: Lying) -> dict[str, object]:
    """One material, or a gradient of up to four colours."""
    design = lying.design
    flat = Sheet(
        z=lying.z,
        material=design.surface,
        colors=_colors(design),
        design=design if design.pattern in PATTERNS.get(design.surface, ()) else None,
        vein_color=design.vein_color,
        light=lying.light,
        calm=design.gobo != "none",
        rustic=float(design.props in ("autumn", "autumn_leaves")),
        glued=design.glued,
        fineness=_fineness(lying),
    )
    return {"surface": sheet_shape(flat, lying.view, lying.rng)}


def _colors(design: FlatLay) -> tuple[str, ...]:
    if design.pattern in PATTERNS.get(design.surface, ()):
        return design.colors[:1]
    return tuple(map(_cast, design.colors)) if design.surface == "concrete" else design.colors


def _cast(color: str) -> str:
    """The nearest colour that concrete has, neither chalk nor coal: paler, and in the sun it looked as snow."""
    lightness, a, b = hex_to_oklab(color).tolist()
    return oklab_to_hex([min(max(lightness, _CONCRETE[0]), _CONCRETE[1]), a, b])


def _fineness(lying: Lying) -> float:
    """Times the texture's repeats: what holds large things is farther away. Of cloth no thread is lost to the film."""
    view = lying.view
    if lying.design.surface == "linen":
        threads = min((view.unit_m or USUAL_UNIT_M) / _THREAD_M, view.px_per_unit / _THREAD_PX)
        return max(1.0, threads / _THREADS)
    return 1.0 if view.unit_m is None else max(1.0, _PLANK_UNITS * view.unit_m / _PLANK_M)


def tiles(lying: Lying) -> dict[str, object]:
    """A tiled floor."""
    view, design = lying.view, lying.design
    if design.pattern != "none":
        return sheet(lying)
    bottom = view.bottom_at(lying.z) - 1.0
    wall = tiled_wall(design.tiles, design.colors[0], view, lying.z, lying.rng, bottom)
    return thing_shapes(wall, lying.exposure)
