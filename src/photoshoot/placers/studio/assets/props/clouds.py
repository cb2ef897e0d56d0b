"""Clouds as stylists make them: puffs of cotton wool round what stands among them."""

from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.assets.props.instancing import Parts, crowd, gather, own, usual_size
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import sphere_noise
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.scene.bsdfs import diffuse

_VARIANTS, _CROWD = 3, 11
_LUMPS = 17  # of a puff
_WHITE = "#fbfbfc"
_TALL = 0.95  # height of a puff, of its radius
_LOW = 0.5  # of one before the product, likewise


def clouds(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Puffs at both sides of the product and behind it, and low ones before it; the colour is theirs."""
    scale, count = usual_size(view), min(crowd(view, _CROWD), _CROWD)
    parts: Parts = []
    taken: Taken = []
    for share, tall, patch in (
        (1.0, _TALL, Patch(back=-2.4, front=-0.1, gap=0.0, spread=0.8)),
        (0.5, _LOW, Patch(back=-0.4, front=1.6, gap=0.0, spread=0.7, before=0.45)),
    ):
        radii = share * scale * rng.uniform(0.6, 1.0, count)
        things = [Thing(radius=float(r), height=tall * float(r), core=0.6) for r in radii]
        spots = find_spots(view, things, rng, patch, taken)
        if not spots:
            spots, smaller = fit_spots(view, things, rng, patch)
            radii = radii * smaller
        taken += [(place, 0.6 * float(radii[index])) for index, place in spots.items()]
        turns, kinds = rng.uniform(0, 360, count), rng.integers(_VARIANTS, size=count)
        for index, place in spots.items():
            size = float(radii[index])
            puff = _puff(int(kinds[index])).turned(float(turns[index])).scaled(size, tall / _TALL * size, size)
            parts.append(("wool", puff.moved(*place)))
    return gather(parts, {"wool": diffuse(own(colors, _WHITE)[0])})


@lru_cache(maxsize=_VARIANTS)
def _puff(seed: int) -> Mesh:
    """A puff of radius 1 on the ground, of round lumps: high in its middle, flat below."""
    rng = np.random.default_rng(300 + seed)
    lumps = []
    for number in range(_LUMPS):
        away, angle = 0.68 * np.sqrt(number / _LUMPS), 2.4 * number + float(rng.uniform(-0.3, 0.3))
        radius = float(rng.uniform(0.25, 0.36)) * (1.2 - 0.45 * away)
        ball = sphere(1.0, rings=14, segments=26)
        way = ball.vertices.astype(np.float64)
        points = way * (1 + 0.035 * sphere_noise(way, 40 + number))[:, None] * radius
        height = 0.2 + (0.5 - 0.62 * away) * float(rng.uniform(0.6, 1.0))
        points += [away * np.cos(angle), height, away * np.sin(angle)]
        points[:, 1] = np.maximum(points[:, 1], 0.0)
        lumps.append(ball.bent(points))
    return merged(lumps)
