"""Short grass, seen from above."""

import numpy as np

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.lawn_and_sand import blade_albedo, blade_mesh
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying

_BLADES = 42_000
_TALL = 0.17


def lawn(lying: Lying) -> dict[str, object]:
    """Blades that stand and lean, pressed down under the product."""
    view, rng, color = lying.view, lying.rng, lying.design.colors[0]
    half, top, bottom = view.half_width + 0.2, view.top + 0.2, view.bottom - 0.2
    x = rng.uniform(-half, half, _BLADES)
    z = rng.uniform(-top, -bottom, _BLADES)
    patches = plane_noise(x / 1.1, z / 1.1, seed=lying.chance(40), octaves=2)
    pressed = 0.3 + 0.7 * lying.clear(x, z, -0.02, 0.12)
    tall = _TALL * rng.uniform(0.55, 1.25, _BLADES) * (1 + 0.3 * patches) * pressed
    width = 0.62 * np.sqrt(2 * half * (top - bottom) / _BLADES) * rng.uniform(0.6, 1.2, _BLADES)
    hue = np.clip(0.5 + 0.22 * patches + 0.17 * rng.standard_normal(_BLADES), 0, 1)
    roots = np.stack([x, np.full(_BLADES, -0.10), z], 1)
    earth_x, earth_z = lying.points(2_000)
    soil = diffuse(np.asarray(hex_to_linear(color) * 0.30, np.float32))
    grass = lying.placed(blade_mesh(roots, width, tall, hue, rng))
    return {
        "soil": to_shape(lying.surface(earth_x, np.full_like(earth_x, -0.10), earth_z), bsdf=soil),
        "grass": to_shape(grass, bsdf=diffuse(bitmap(blade_albedo(color), clamp=True))),
    }
