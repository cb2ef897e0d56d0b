"""Glassware of a laboratory beside the product: dishes, beakers and flasks with coloured liquids in them."""

import numpy as np

from photoshoot.placers.studio.assets.lab_glass import CLEAR, GLASS, beaker, dish, flask, liquid
from photoshoot.placers.studio.assets.props.instancing import Parts, crowd, gather, own, usual_size
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Thing, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.batching import Painted

_KINDS = ((0.46, 0.16, dish), (0.46, 1.15, beaker), (0.58, 1.55, flask))
"""Radius, height and what builds it."""
_ORDER = (1, 0, 2, 0, 0, 1, 0, 2)


def labware(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Mostly flat dishes, some beakers and flasks; the colours are the liquids'."""
    liquids = own(colors, "#5fb4e0", "#8fd3c8", "#f0b45a")[:3]
    kinds = [_ORDER[index % len(_ORDER)] for index in range(crowd(view, 7))]
    patch = Patch(back=-1.3, front=0.7, gap=0.16, spread=0.5)
    scale = usual_size(view)
    things = [Thing(radius=_KINDS[kind][0] * scale, height=_KINDS[kind][1] * scale) for kind in kinds]
    spots, share = fit_spots(view, things, rng, patch)
    scale *= share
    parts: Parts = []
    for index, place in spots.items():
        x, y, z = (float(part) for part in place)
        for part in _KINDS[kinds[index]][2](rng):
            assert isinstance(part, Painted)
            name = "glass" if part.color == GLASS else f"liquid_{index % len(liquids)}"
            parts.append((name, part.mesh.scaled(scale).moved(x, y, z)))
    coats = {f"liquid_{number}": liquid(color) for number, color in enumerate(liquids)}
    return gather(parts, {"glass": CLEAR, **coats})
