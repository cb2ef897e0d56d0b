"""A market stall: old boards, crates of fruit in rows behind the product, an awning and the market out of focus."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.market import CRATE, PRODUCE, awning, full_crate
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import Row, Ware, line_up
from photoshoot.placers.studio.backdrops.bokeh import blurred_lights, shining_wall
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import SetParts
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.sets.crates import Crates

_BACK = -2.2
_FAR_Z = -14.0
_CREAM = "#f3ead8"
_DAY = "#dfe3d2"  # of the market behind, out of focus
_LIFELIKE, _SMALLEST = 1.2, 2.0  # see ``Row``; times smaller than built, at most: more crates can't be told apart
_AWNING_Z = -5.4
_LOWEST = 1.3  # it hangs no lower, which is over the crates: from high up it is over the picture
_UNDER_CLOTH, _LOW = 0.46, -6.0  # top of its posts, over the awning's lowest point, and how far down they reach


def build_crates(design: Crates, view: View, rng: np.random.Generator) -> SetParts:
    """Boards, crates, awning and the market behind; which fruit lies where, the grain and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.95)
    back = table_back(view, _BACK)
    surface = Surface(material="wood", color=design.wood_color, vein_color="#4f3520", rustic=1.0)
    day = blurred_lights(_DAY, view, _FAR_Z, rng)
    things = _crates(design, view, back, rng) + _stall(design, view)
    shapes: dict[str, object] = {
        "boards": table_top(surface, "matte", view, rng, back=_BACK),
        "market": shining_wall(0.8 * day, view, _FAR_Z, exposure),
        **thing_shapes(things, exposure),
        **build_lights(light, view, Rig(target=(0.0, 0.9, -2.0), back_z=-1.0)),
        **beside(design, view, rng, among=[thing.mesh for thing in things]),
    }
    return SetParts(shapes=shapes, aperture=0.12, exposure=exposure, bloom=0.03)


def _crates(design: Crates, view: View, back: float, rng: np.random.Generator) -> Things:
    """Two rows that rise towards the back, close behind the product, and a few before them beside it."""
    kinds = PRODUCE[design.produce]
    order = [kinds[index] for index in rng.permutation(len(kinds))]
    wares = [Ware(half=CRATE[0] + 0.05, build=full_crate, of=(kind, design.wood_color)) for kind in order]
    first = Row(z=back, side=float(rng.choice([-1.0, 1.0])), gaps=(0.02, 0.12), rest=0.0, lifelike=_lifelike(view))
    size, side = 1 / first.ratio(view), first.side
    things: Things = []
    rows = ((back - 1.1 * size, -0.55 * size, -0.9), (back - 2.9 * size, 0.25 * size, -1.3))
    for row, (z, y, clear) in enumerate(rows):
        for sign in (side, -side):
            shifted = wares[(row + (sign < 0)) % len(wares) :] + wares[: (row + (sign < 0)) % len(wares)]
            things += line_up(view, replace(first, z=z, y=y, side=sign, clear=clear), shifted, rng)
    bench = rounded_box((view.half_width_at(back - 2.9) + 3.0, 0.06, size), 0.03, steps=1)
    skirt = rounded_box((view.half_width_at(back - 3.8) + 3.0, 1.4, 0.03), 0.02, steps=1)
    under = [*(bench.moved(0, y - 0.07, z) for z, y, _ in rows), skirt.moved(0, -1.25, back - 3.8 * size)]
    return [*things, painted(tint(design.wood_color, "#3a281a", 0.5), "matte", *under)]


def _lifelike(view: View) -> float | None:
    """``Row.lifelike``: beside large products fruit is smaller, beside small ones as it is built."""
    return max(_LIFELIKE, view.prop_scale / _SMALLEST) if view.prop_scale > 1 else None


def _stall(design: Crates, view: View) -> Things:
    """The awning along the picture's upper edge, and two posts."""
    z = _AWNING_Z
    y = max(view.top_at(z) - 0.62, _LOWEST)
    things = awning(view.half_width_at(z) + 1.5, y, z, (design.awning_color, _CREAM))
    reach, tall = view.half_width_at(z), (y + _UNDER_CLOTH - _LOW) / 2
    posts = [
        rounded_box((0.11, tall, 0.11), 0.03, steps=1).moved(side * max(0.72 * reach, 1.2), _LOW + tall, z - 0.3)
        for side in (-1.0, 1.0)
    ]
    return [*things, painted(tint(design.wood_color, "#3a281a", 0.4), "matte", *posts)]
