"""What shines on a bed: glowing tubes round the product, coloured lamps from both sides, pools of coloured light."""

import mitsuba as mi
import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import tube_along
from photoshoot.placers.studio.scene.bsdfs import BLACK, Entry, area_emitter, rgb
from photoshoot.placers.studio.scene.emitters import IRRADIANCE, softbox, spotlight, tube_radiance, unit_luminance
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying
from photoshoot.placers.studio.textures.procedural import smoothstep

_TUBE = 0.034
_RADIANCE = 8.7  # as the film sees it: more, and orange tubes turn yellow, blue ones cyan
_LAMP_Z = 8.0
_POOL, _POOL_DEG = 0.55, 15.0  # of a full exposure; how wide the one pool of light is
_BRIGHT, _SPOT, _SPOTS_PX = 0.5, (0.26, 0.44), 512  # of small ones, likewise; their radii, and their picture's side
_GEL, _OVER, _GEL_Z = 2.6, 0.08, 1.5  # of a full exposure; low lamps keep to their sides


def lay_tubes(lying: Lying) -> dict[str, object]:
    """A loop of light round the product, shared by the first two colours, and straight tubes beside it in all."""
    view, rng, colors = lying.view, lying.rng, lying.design.glow_colors or ("#8f9cba",)
    z = -(view.product_bottom + 0.5 * view.product_height)
    half = np.array([view.product_half_width + 0.16, 0.5 * view.product_height + 0.16])
    room = np.array([0.96 * view.half_width, 0.96 * 0.5 * (view.top - view.bottom)])
    loop = _rounded(np.minimum(half, room)) + np.array([view.product_x, _TUBE, z])
    lit: dict[str, list[Mesh]] = {}
    for color, part in zip(colors, np.split(np.roll(loop, 15, axis=0), min(2, len(colors))), strict=False):
        lit.setdefault(color, []).append(tube_along(part, _TUBE, sides=10, closed=len(colors) == 1))
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
            lying.placed(merged(meshes)),
            bsdf=BLACK,
            emitter=area_emitter(tube_radiance(color, _RADIANCE / lying.exposure)),
        )
        for number, (color, meshes) in enumerate(lit.items())
    }


def gel_lamps(lying: Lying) -> dict[str, object]:
    """Lamps behind coloured gels at both sides, each for its half of the picture, and a weak white one over it.

    The first colour's side is that of a light that is fixed; else the seed says.
    """
    view, colors, light = lying.view, lying.design.glow_colors or ("#8f9cba",), lying.design.light
    side = float(lying.rng.choice([-1.0, 1.0]))
    if light.fixed:
        side = -1.0 if light.azimuth_deg > 0 else 1.0
    reach = view.half_width + 2.2
    lamps: dict[str, object] = {}
    for index, place in enumerate((-side, side)):
        tint = tube_radiance(colors[index % len(colors)], _GEL)
        target = [view.product_x + 0.35 * place * view.half_width, 0.0, lying.z]
        lamps[f"gel_{index}"] = softbox([place * reach, 0.6, _GEL_Z], target, half_size=(0.8, 1.5), irradiance=tint)
    over = [-1.5 * side, view.top + 3.0, _LAMP_Z]
    lamps["over"] = softbox(over, [view.product_x, 0.0, lying.z], half_size=(1.0, 1.0), irradiance=np.full(3, _OVER))
    return lamps


def glow_spots(lying: Lying) -> dict[str, object]:
    """Pools of the glow's colour on a surface that is no mirror: one wide one, or many small ones."""
    design, view, rng = lying.design, lying.view, lying.rng
    tint = unit_luminance((design.glow_colors or ("#ffe3c0",))[0])
    if design.glow == "pool":
        side = float(rng.choice([-1.0, 1.0]))
        middle = [view.product_x + 0.7 * side * view.product_half_width, 0.3 * view.top]
        pool = np.asarray(tint * np.float32(_POOL))
        return {"glow": spotlight([*middle, _LAMP_Z], [*middle, lying.z], irradiance=pool, spread_deg=_POOL_DEG)}
    count = max(8, round(5 * view.half_width))
    x, z = rng.uniform(-1, 1, count) * view.half_width, rng.uniform(-view.top, -view.bottom, count)
    places = np.stack([x, -z], 1)[lying.distance(x, z) > 0.1]
    return {"glow": _projected(places, rng.uniform(*_SPOT, len(places)), np.asarray(tint * np.float32(_BRIGHT)), lying)}


def _projected(places: Float64Array, radii: Float64Array, irradiance: Float32Array, lying: Lying) -> Entry:
    """One lamp over the bed that throws all its small pools: of as many lamps each is seldom asked, and mottled.

    Args:
        places: (N, 2), x and y of their middles in the world.
        radii: (N,), world units.
        irradiance: (3,), in their middles, in units of a full exposure.
        lying: What they lie on.
    """
    view, high = lying.view, _LAMP_Z - lying.z
    middle = 0.5 * (view.top + view.bottom)
    reach = 1.05 * float(np.hypot(view.half_width, 0.5 * (view.top - view.bottom)))
    image, px = np.zeros((_SPOTS_PX, _SPOTS_PX), np.float32), _SPOTS_PX / (2 * reach)  # px a world unit
    at = (np.stack([-places[:, 0], places[:, 1] - middle], 1) + reach) * px - 0.5  # the lamp sees x mirrored
    for (column, row), radius in zip(at, radii * px, strict=True):
        rows, columns = (np.arange(max(0, int(v - radius)), min(_SPOTS_PX, int(v + radius) + 2)) for v in (row, column))
        away = np.hypot(rows[:, None] - row, columns[None] - column) / radius
        image[np.ix_(rows, columns)] += 1 - smoothstep(0.15, 1.0, away)
    beside = np.hypot(*((np.mgrid[:_SPOTS_PX, :_SPOTS_PX] + 0.5) / px - reach)) / high
    image *= (1 + beside**2) ** 1.5  # what is farther from under the lamp is farther away, and aslant
    cutoff = float(np.degrees(np.arctan(reach / high)))
    return {
        "type": "spot",
        "to_world": mi.ScalarTransform4f().look_at(
            origin=[0.0, middle, _LAMP_Z], target=[0.0, middle, lying.z], up=[0, 1, 0]
        ),
        "cutoff_angle": cutoff,
        "beam_width": 0.999 * cutoff,
        "intensity": rgb(irradiance * IRRADIANCE * high**2),
        "texture": {
            "type": "bitmap",
            "bitmap": mi.Bitmap(np.ascontiguousarray(image[..., None], np.float32)),
            "raw": True,
            "wrap_mode": "clamp",
        },
    }


def _rounded(half: Float64Array) -> Float64Array:
    """A loop (120, 3) on y = 0: a rectangle of half sizes x and z with wide round corners."""
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    reach = (np.abs(cos) ** 5 + np.abs(sin) ** 5) ** (-1 / 5)
    return np.asarray(np.stack([half[0] * reach * cos, 0 * angle, half[1] * reach * sin], 1), np.float64)
