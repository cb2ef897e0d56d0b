"""What shines on a bed: glowing tubes that lie round the product, and lamps that throw pools of coloured light."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import tube_along
from photoshoot.placers.studio.scene.bsdfs import BLACK, area_emitter
from photoshoot.placers.studio.scene.emitters import spotlight, unit_luminance
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.set_builders.neon_room import tube_radiance

_TUBE = 0.034
_RADIANCE = 9.0
_LAMP_Z = 8.0


def lay_tubes(lying: Lying) -> dict[str, object]:
    """A loop of light round the product in the first colour, and straight tubes beside it in all of them."""
    view, rng, colors = lying.view, lying.rng, lying.design.glow_colors or ("#8f9cba",)
    z = -(view.product_bottom + 0.5 * view.product_height)
    half = np.array([view.product_half_width + 0.16, 0.5 * view.product_height + 0.16])
    room = np.array([0.96 * view.half_width, 0.96 * 0.5 * (view.top - view.bottom)])
    loop = tube_along(_rounded(np.minimum(half, room)), _TUBE, sides=10, closed=True).moved(view.product_x, _TUBE, z)
    lit: dict[str, list[Mesh]] = {colors[0]: [loop]}
    lean = float(rng.uniform(0.12, 0.3) * rng.choice([-1.0, 1.0]))
    away = np.arange(half[0] + 0.5, max(view.half_width, half[0] + 0.6) + 0.4, float(rng.uniform(0.8, 1.1)))
    for index, step in enumerate(away):
        for side in (-1.0, 1.0):
            x, reach = view.product_x + side * float(step), view.top + 0.4
            path = np.array([[x - lean * reach, _TUBE, -reach], [x + lean * reach, _TUBE, reach]])
            color = colors[(index + (side > 0) + 1) % len(colors)]
            lit.setdefault(color, []).append(tube_along(path, _TUBE, sides=10))
    return {
        f"tubes_{number}": to_shape(
            lying.placed(merged(meshes)), bsdf=BLACK, emitter=area_emitter(tube_radiance(color, _RADIANCE))
        )
        for number, (color, meshes) in enumerate(lit.items())
    }


def glow_spots(lying: Lying) -> dict[str, object]:
    """Pools of the glow's colour on a surface that is no mirror: one wide one, or many small ones."""
    design, view, rng = lying.design, lying.view, lying.rng
    if design.glow not in ("pool", "lights"):
        return {}
    tint = unit_luminance((design.glow_colors or ("#ffe3c0",))[0])
    if design.glow == "pool":
        side = float(rng.choice([-1.0, 1.0]))
        places = np.array([[view.product_x + 0.7 * side * view.product_half_width, -0.3 * view.top]])
        wide, strength = 15.0, 0.55
    else:
        count = max(8, round(5 * view.half_width))
        x, z = rng.uniform(-1, 1, count) * view.half_width, rng.uniform(-view.top, -view.bottom, count)
        places = np.stack([x, z], 1)[lying.distance(x, z) > 0.1]
        wide, strength = 2.4, 0.5
    return {
        f"spot_{number}": spotlight(
            [x, -z, _LAMP_Z], [x, -z, lying.z], irradiance=tint * np.float32(strength), spread_deg=wide
        )
        for number, (x, z) in enumerate(places)
    }


def _rounded(half: Float64Array) -> Float64Array:
    """A loop (120, 3) on y = 0: a rectangle of half sizes x and z with wide round corners."""
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    reach = (np.abs(cos) ** 5 + np.abs(sin) ** 5) ** (-1 / 5)
    return np.asarray(np.stack([half[0] * reach * cos, 0 * angle, half[1] * reach * sin], 1), np.float64)
