"""What shines on a bed: glowing tubes round the product, coloured lamps from both sides, pools of coloured light."""

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import tube_along
from photoshoot.placers.studio.scene.bsdfs import BLACK, area_emitter
from photoshoot.placers.studio.scene.emitters import softbox, spotlight, tube_radiance, unit_luminance
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.beds.lying import Lying

_TUBE = 0.034
_RADIANCE = 8.7  # as the film sees it: more, and orange tubes turn yellow, blue ones cyan
_LAMP_Z = 8.0
_SPOTS = 4  # pools of light are as many as a multiple of that
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
    """Lamps behind coloured gels at both sides, each for its half of the picture, and a weak white one over it."""
    view, colors = lying.view, lying.design.glow_colors or ("#8f9cba",)
    side = float(lying.rng.choice([-1.0, 1.0]))
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
        places = np.array([[view.product_x + 0.7 * side * view.product_half_width, -0.3 * view.top]])
        wide, strength, wanted = 15.0, 0.55, 1
    else:
        count = max(8, round(5 * view.half_width))
        x, z = rng.uniform(-1, 1, count) * view.half_width, rng.uniform(-view.top, -view.bottom, count)
        places = np.stack([x, z], 1)[lying.distance(x, z) > 0.1]
        wide, strength, wanted = 2.4, 0.5, _SPOTS * -(-count // _SPOTS)
    number, share = shared_out(len(places), wanted)
    return {
        f"spot_{index}": spotlight(
            [x, -z, _LAMP_Z], [x, -z, lying.z], irradiance=tint * np.float32(strength * part), spread_deg=wide
        )
        for index, ((x, z), part) in enumerate(zip(places[number], share, strict=True))
    }


def shared_out(count: int, wanted: int) -> tuple[npt.NDArray[np.int64], Float64Array]:
    """The ``wanted`` lamps (N,) that a few are made of: whose number each has, and what share of its light.

    With a lamp more or less Dr.Jit compiles all of a set's code anew, which takes as long as tracing half a picture.
    """
    number = np.resize(np.arange(count), wanted)
    return number, 1 / np.bincount(number, minlength=count)[number]


def _rounded(half: Float64Array) -> Float64Array:
    """A loop (120, 3) on y = 0: a rectangle of half sizes x and z with wide round corners."""
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    cos, sin = np.cos(angle), np.sin(angle)
    reach = (np.abs(cos) ** 5 + np.abs(sin) ** 5) ** (-1 / 5)
    return np.asarray(np.stack([half[0] * reach * cos, 0 * angle, half[1] * reach * sin], 1), np.float64)
