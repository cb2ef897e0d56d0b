"""A road through open country: a straight strip of asphalt to the horizon, with a line beside the product."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photoshoot.placers.studio.backdrops.streets import Street, line_x
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.scene.bsdfs import Entry
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.sets.dunes import ASPHALT

_HALF_M, _MOST = (
    3.5,
    9.0,
)  # half the width of a road, metres; world units that it keeps under, or its edges are not seen
_ROOM = 0.9  # of asphalt past the product, world units
_END, _FRONT = -900.0, 10.0  # depths between which it runs
_PAINT = "#e9d9a0"


@dataclass(frozen=True, kw_only=True)
class CountryRoad:
    """A road past a product, straight away from the camera."""

    street: Street
    """Its asphalt and its line, as of a street."""
    edges: tuple[float, float]
    """World x of its left and its right edge."""

    @classmethod
    def drawn(cls, view: View, rng: np.random.Generator) -> CountryRoad:
        """A road whose middle line runs on a side by chance."""
        side = float(rng.choice([-1.0, 1.0]))
        street = Street(
            color=ASPHALT,
            line="solid",
            line_color=_PAINT,
            x=view.product_x,
            half_width=view.product_half_width,
            prop_scale=view.prop_scale,
            unit_m=view.unit_m,
            side=side,
        )
        middle = line_x(street, side)
        least = abs(middle - view.product_x) + view.product_half_width + _ROOM
        lifelike = _MOST if view.unit_m is None else min(_HALF_M / view.unit_m, _MOST)
        half = max(least, lifelike)
        return cls(street=street, edges=(middle - half, middle + half))

    def shapes(self, level: float, coat: Entry) -> dict[str, object]:
        """Its surface at a height, world units, of a material."""
        x, z = np.meshgrid(self.edges, [_END, _FRONT])
        mesh = grid(np.stack([x, np.full_like(x, level), z], -1), np.stack([x, z], -1))
        return {"road": to_shape(mesh, bsdf=coat)}
