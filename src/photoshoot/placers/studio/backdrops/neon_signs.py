"""Neon signs of a street, behind the product and out of focus: upright bars, frames and rings at both sides."""

from collections.abc import Sequence

import numpy as np

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import torus, tube
from photoshoot.placers.studio.scene.bsdfs import BLACK, area_emitter
from photoshoot.placers.studio.scene.emitters import tube_radiance
from photoshoot.placers.studio.scene.shapes import to_shape

_NEAREST, _FARTHEST = -4.2, -9.0  # depths of signs
_TUBE, _RADIANCE = 0.05, 7.5  # radius, and display-linear strength
_GAP = 0.5  # between the product, as the camera sees it, and the first sign
_LOWEST = 0.5  # signs hang over the street
_A_SIDE = 3


def neon_signs(colors: Sequence[str], view: View, exposure: float, rng: np.random.Generator) -> dict[str, object]:
    """Shapes of signs in these colours; their places, forms, and which has which colour, vary.

    Args:
        colors: One to four, ``#rrggbb``.
        view: The camera and the product's room.
        exposure: The set's factor on radiance.
        rng: The shot's generator.
    """
    signs: dict[str, list[Mesh]] = {}
    for number in range(2 * _A_SIDE):
        side, place = (-1.0, 1.0)[number % 2], number // 2
        z = _NEAREST + (_FARTHEST - _NEAREST) * float(rng.uniform(0.6 * place, 0.6 * place + 0.8)) / _A_SIDE
        scale = (view.distance - z) / view.distance
        near = (view.product_half_width + _GAP) * scale
        reach = max(view.half_width_at(z) - near, 0.6)
        x = view.product_x * scale + side * (near + reach * (place + float(rng.uniform(0.25, 0.75))) / _A_SIDE)
        top = max(view.top_at(z), _LOWEST + 1.2)
        signs.setdefault(colors[(number + number // 2) % len(colors)], []).append(_sign(x, z, top, rng))
    return {
        f"neon_{index}": to_shape(
            merged(meshes), bsdf=BLACK, emitter=area_emitter(tube_radiance(color, _RADIANCE / exposure))
        )
        for index, (color, meshes) in enumerate(signs.items())
    }


def _sign(x: float, z: float, top: float, rng: np.random.Generator) -> Mesh:
    """A ring, a frame or two upright bars over the street."""
    low = _LOWEST + float(rng.uniform(0.1, 0.4)) * (top - _LOWEST)
    tall = float(rng.uniform(0.35, 0.6)) * (top - _LOWEST)
    form = int(rng.integers(3))
    if form == 0:
        radius = 0.32 * tall
        return torus(radius, _TUBE, segments=48, sides=8).moved(x, low + radius, z)
    wide = float(rng.uniform(0.25, 0.45)) * tall
    bars = [tube((x + dx, low, z), (x + dx, low + tall, z), _TUBE, sides=8) for dx in (-wide / 2, wide / 2)]
    if form == 1:
        bars += [tube((x - wide / 2, y, z), (x + wide / 2, y, z), _TUBE, sides=8) for y in (low, low + tall)]
    return merged(bars)
