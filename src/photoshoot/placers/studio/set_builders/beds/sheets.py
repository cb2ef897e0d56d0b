"""Plain surfaces: a sheet of one material, and tiles."""

from photoshoot.placers.studio.backdrops.frontal import Sheet, sheet_shape
from photoshoot.placers.studio.backdrops.tiled_walls import tiled_wall
from photoshoot.placers.studio.scene.batching import thing_shapes
from photoshoot.placers.studio.set_builders.beds.lying import Lying

_PLANK_UNITS, _PLANK_M = 0.7, 0.16
"""Width of a floorboard of the texture, world units, and in life: under a rug the floor is to scale."""


def sheet(lying: Lying) -> dict[str, object]:
    """One material, or a gradient of up to four colours."""
    design = lying.design
    flat = Sheet(
        z=lying.z,
        material=design.surface,
        colors=design.colors,
        vein_color=design.vein_color,
        light=lying.light,
        calm=design.gobo != "none",
        rustic=float(design.props in ("autumn", "autumn_leaves")),
        fineness=1.0 if lying.view.unit_m is None else max(1.0, _PLANK_UNITS * lying.view.unit_m / _PLANK_M),
    )
    return {"surface": sheet_shape(flat, lying.view, lying.rng)}


def tiles(lying: Lying) -> dict[str, object]:
    """A tiled floor."""
    view, design = lying.view, lying.design
    bottom = view.bottom_at(lying.z) - 1.0
    wall = tiled_wall(design.tiles, design.colors[0], view, lying.z, lying.rng, bottom)
    return thing_shapes(wall, lying.exposure)
