"""Half-round ribs, as of a fluted wall that is laid down."""

from photoshoot.placers.studio.backdrops.frontal import sheet_albedo
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.hanging_wall import flutes

_TILT_DEG = 9.0


def ribs(lying: Lying) -> dict[str, object]:
    """A fluted wall as it hangs elsewhere, a little aslant; the product lies on its ridges."""
    rng, view = lying.rng, lying.view
    mesh = flutes(view, lying.z, float(rng.uniform()), turn_deg=float(rng.uniform(-_TILT_DEG, _TILT_DEG)))
    return {"surface": to_shape(mesh, bsdf=diffuse(sheet_albedo(lying.design.colors, view)))}
