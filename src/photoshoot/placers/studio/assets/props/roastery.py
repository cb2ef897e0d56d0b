"""Coffee by itself: beans that are heaped up, and cups of coffee on their saucers."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.food import BEAN_SIZES, ROAST, cups
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    copies,
    crowd,
    flat_things,
    gather,
    named,
    sheen,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.produce import coffee_bean
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Spots, Taken, Thing, find_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import lathe

_RADII, _STEEP = (0.8, 0.55), 0.42  # of heaps beside a bottle, the largest first; their height, of the radius
_LOOKS = 6  # for a place for each
_COVERS = 0.0056  # of a heap's plan that each bean on it covers, square world units: so many lie over each other
_SUNK = 0.035  # how deep the mound is under the beans that lie on it
_SCATTERED = 90
_MOST = 230  # beans on a heap: beside large things there are gaps between them, over the dark mound
_DRINK = "#3a1d0e"


def coffee_beans(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Heaps of roasted beans, and single ones that have rolled off them; a colour is that of the roast."""
    roast = ROAST.dyed_in(colors)
    heaps = _find_heaps(view, rng)
    taken: Taken = [(place, radius) for place, radius in heaps]
    sizes = rng.uniform(*BEAN_SIZES, crowd(view, _SCATTERED))
    patch = Patch(back=-1.2, front=1.4, gap=0.02, spread=0.5, before=0.12)
    fallen = find_spots(view, flat_things(sizes, 0.52, 0.12, core=0.85), rng, patch, taken)
    beans = strewn([coffee_bean()], fallen, sizes, roast, rng, tilt=40)
    beans += [_heaped(place, radius, roast, rng) for place, radius in heaps]
    mounds = [_mound(radius).moved(*place) for place, radius in heaps]
    coats = {"beans": sheen(roast.albedo(), 0.22, 0.06), "mound": sheen("#1d110a", 0.5, 0.02)}
    return gather(named("beans", beans) + named("mound", mounds), coats)


def coffee_cups(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """A cup of coffee or two on their saucers; the colour is the cups'."""
    return cups(view, rng, colors, china="#efe6d8", drink=_DRINK)


def _find_heaps(view: View, rng: np.random.Generator) -> Taken:
    """Where heaps find room, and their radii."""
    radii = [radius * usual_size(view) for radius in _RADII]
    found: Taken = []
    for radius in radii:
        things = [Thing(radius=radius, height=_STEEP * radius)] * _LOOKS
        spots: Spots = find_spots(view, things, rng, Patch(back=-1.1, front=0.5, gap=0.05, spread=0.4), found)
        found += [(place, radius) for place in list(spots.values())[:1]]
    return found


def _heaped(place: Float64Array, radius: float, roast: Palette, rng: np.random.Generator) -> Mesh:
    """The beans that cover a heap, in one mesh."""
    count = min(round(np.pi * radius**2 / _COVERS), _MOST)
    away = radius * np.sqrt(rng.uniform(0.0, 1.0, count)) * rng.uniform(0.92, 1.06, count)
    angle = rng.uniform(0, 2 * np.pi, count)
    plan = np.stack([away * np.cos(angle), np.zeros(count), away * np.sin(angle)], 1)
    lift = np.maximum(_rise(away, radius) - rng.uniform(0.0, _SUNK, count), 0.0)
    turns = spun(rng, count, 55, 55)
    sizes = rng.uniform(*BEAN_SIZES, count)
    return copies(coffee_bean(), place + plan, sizes, turns, lift=lift, columns=roast.draw(rng, count), palette=roast)


def _mound(radius: float) -> Mesh:
    """What is under those beans, in their shade."""
    away = np.linspace(0, 0.92 * radius, 16)
    return lathe(np.stack([away, np.maximum(_rise(away, radius) - _SUNK, 0.0)], 1), 48)


def _rise(away: Float64Array, radius: float) -> Float64Array:
    """Height of a heap, so far from its middle."""
    return np.asarray(_STEEP * radius * np.clip(1 - (away / radius) ** 1.6, 0, None), np.float64)
