"""Reliefs that are laid down: of triangular facets, as of folded paper, and of half-round ribs, as of a fluted wall."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.backdrops.frontal import sheet_albedo
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.geometric_wall import facet_triangles, shared_out
from photoshoot.placers.studio.set_builders.hanging_wall import flutes

_SIDE = 0.52
_DEPTHS = (0.0, 0.0, 0.10, 0.20, 0.30)
_TILT_DEG = 9.0


def facets(lying: Lying) -> dict[str, object]:
    """Facets in the design's colours; they lie flat under the product and rise round it."""
    view, rng, colors = lying.view, lying.rng, lying.design.colors
    half, low, high = view.half_width + 1.0, -view.top - 0.8, -view.bottom + 0.8
    columns, rows = int(2 * half / _SIDE) + 2, int((high - low) / (_SIDE * 0.866)) + 3
    row, column = np.mgrid[:rows, :columns]
    x = -half + (column + 0.5 * (row % 2)) * _SIDE + rng.uniform(-0.05, 0.05, row.shape)
    z = high - row * _SIDE * 0.866 + rng.uniform(-0.04, 0.04, row.shape)
    rise = rng.choice(_DEPTHS, row.shape) + rng.uniform(-0.02, 0.02, row.shape)
    points: Float64Array = np.stack([x, (0.2 + 0.8 * lying.clear(x, z, -0.05, 0.45)) * rise, z], -1).reshape(-1, 3)
    triangles = facet_triangles(rows, columns)
    number = shared_out(points[triangles].mean(1)[:, [0, 2]], len(colors), rng)
    things: Things = [
        painted(color, "eggshell", lying.placed(Mesh.of(points, triangles[number == index]).faceted()))
        for index, color in enumerate(colors)
        if (number == index).any()
    ]
    return thing_shapes(things, lying.exposure)


def ribs(lying: Lying) -> dict[str, object]:
    """A fluted wall as it hangs elsewhere, a little aslant; the product lies on its ridges."""
    rng, view = lying.rng, lying.view
    mesh = flutes(view, lying.z, float(rng.uniform()), turn_deg=float(rng.uniform(-_TILT_DEG, _TILT_DEG)))
    return {"surface": to_shape(mesh, bsdf=diffuse(sheet_albedo(lying.design.colors, view)))}
