"""A surface seen from above, with the product lying on it."""

import numpy as np

from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.placement import stand
from photoshoot.placers.studio.backdrops.frontal import Sheet, sheet_exposure, sheet_lights, sheet_material, sheet_mesh
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.scene.emitters import before_wall, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.sets.flat_lay import FlatLay


def build_flat_lay(design: FlatLay, view: View, rng: np.random.Generator) -> SetParts:
    """The surface, what lies on it, and the light; texture, props, shadows and light vary."""
    light = before_wall(vary(design.light, rng))
    sheet = Sheet(
        z=LYING_SURFACE_Z,
        material=design.surface,
        colors=design.colors,
        vein_color=design.vein_color,
        rustic=float(design.props == "autumn"),
    )
    surface = to_shape(sheet_mesh(sheet, view), bsdf=sheet_material(sheet, view, rng))
    shapes: dict[str, object] = {"surface": surface}
    shapes |= stand(STREWN[design.props](view, rng, design.prop_colors), view)
    shapes |= sheet_lights(light, design.gobo, view, sheet.z, rng)
    return SetParts(shapes=shapes, exposure=sheet_exposure(light, design.gobo))
