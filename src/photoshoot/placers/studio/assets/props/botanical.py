"""Things of the garden: petals, leafy twigs, pine."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    ball,
    copies,
    crowd,
    flat_things,
    gather,
    laid,
    named,
    occupied,
    own,
    sheen,
    sized,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.produce import pine_cone, pine_twig, small_leaf, small_petal
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Spots, Taken, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.scene.bsdfs import diffuse

LEAF_GREEN = Palette(colors=("#3f7038", "#5b8a45"), foot=-0.03, tip=0.03)
"""The leaves of fruit."""
LEAF_PATCH = Patch(back=-1.2, front=1.0, gap=0.04, spread=0.5)
"""Where they lie."""


def shed_leaves(
    view: View,
    rng: np.random.Generator,
    sizes: Float64Array,
    taken: Taken,
    palette: Palette = LEAF_GREEN,
    patch: Patch = LEAF_PATCH,
) -> Parts:
    """Single leaves between fruit, of such sizes (k,), as parts named ``leaves``."""
    spots = find_spots(view, flat_things(sizes, 0.54, core=0.7), rng, patch, taken)
    return named("leaves", strewn([small_leaf(0.42)], spots, sizes, palette, rng, tilt=14))


def petals(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Loose petals strewn on the support."""
    palette = Palette(colors=own(colors, "#f08aa6", "#f6b3c4"), foot=0.07, tip=-0.03, jitter=0.035)
    count = crowd(view, 85)
    sizes = rng.uniform(0.17, 0.34, count)
    patch = Patch(back=-2.0, front=1.6, gap=0.02, spread=0.9, before=0.15)
    spots = find_spots(view, flat_things(sizes, 0.52, 0.1, core=0.9), rng, patch)
    found = strewn([small_petal(n) for n in range(4)], spots, sizes, palette, rng, tilt=24)
    return gather(named("petals", found), {"petals": diffuse(palette.albedo())})


def leaves(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Leafy twigs lying at both sides, like eucalyptus; upright and alone, boughs also reach in from the sides."""
    palette = Palette(colors=own(colors, "#5f7a5a", "#7a9474"), foot=0.04, tip=-0.03, jitter=0.04)
    lengths = rng.uniform(1.0, 1.7, crowd(view, 10)) * usual_size(view)
    patch = Patch(back=-1.3, front=0.6, gap=0.08, spread=0.5)
    spots, share = fit_spots(view, flat_things(lengths, 0.64, 0.22, core=0.44), rng, patch)
    lengths = lengths * share
    lying = strewn([_twig(n) for n in range(5)], spots, lengths, palette, rng, tilt=9, lift=-0.02)
    boughs = [] if view.lying or view.taken or view.kept else _boughs(view, rng, palette)
    return gather(named("leaves", [*boughs, *lying]), {"leaves": sheen(palette.albedo(), 0.4)})


@lru_cache(maxsize=5)
def _twig(seed: int) -> Mesh:
    """A twig of unit length about the origin, lying."""
    return branch(1.0, pairs=7, leaf_length=0.28, leaf_width=0.16, seed=seed, grown=True).moved(-0.5).turned(-90, "x")


@lru_cache(maxsize=3)
def _bough(seed: int) -> Mesh:
    """A twig of unit length from the origin along +x, facing the camera."""
    return branch(1.0, pairs=9, leaf_length=0.25, leaf_width=0.13, seed=seed + 20, grown=True)


_LEAST_BOUGH = 0.9  # of which 0.7 is in the picture: a mere tip at its edge hangs in the air


def _boughs(view: View, rng: np.random.Generator, palette: Palette) -> list[Mesh]:
    """Twigs from outside the picture, near and far, that hang in high up and end well short of the product.

    Halfway up a picture a twig is tied to nothing.
    """
    count = 5
    z = np.where(np.arange(count) % 3 == 2, rng.uniform(0.9, 1.5, count), rng.uniform(-2.0, -0.7, count))
    side = np.where(np.arange(count) % 2 == 0, 1.0, -1.0) * rng.choice([-1.0, 1.0])
    wide = view.half_width * (view.distance - z) / view.distance
    edge = (view.product_half_width + abs(view.product_x) + 0.2) * (view.distance - z) / view.distance
    length = np.minimum(rng.uniform(1.3, 2.3, count), 0.85 * (wide - edge) + 0.2)
    top = view.camera_y + (view.top - view.camera_y) * (view.distance - z) / view.distance
    places = np.stack([side * (wide + 0.2), top * rng.uniform(0.62, 1.0, count), z], 1)
    turns = np.stack([rng.uniform(-38, 4, count), rng.uniform(-25, 25, count), np.where(side > 0, 180.0, 0.0)], 1)
    dyes = palette.draw(rng, count)
    return [
        copies(_bough(k % 3), places[[k]], length[k], turns[[k]], lift=None, columns=dyes[[k]], palette=palette)
        for k in range(count)
        if length[k] > _LEAST_BOUGH
    ]


def pine(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Sprigs of pine, cones, and red berries."""
    palette = Palette(colors=own(colors, "#2f5d3a", "#44714a"), foot=-0.10, tip=0.05)
    coats = {"needles": diffuse(palette.albedo()), "cones": diffuse(_CONES.albedo())}
    return gather(evergreen(view, rng, palette), {**coats, "berries": sheen(_BERRIES.albedo(), 0.12, 0.08)})


@lru_cache(maxsize=1)
def _berry() -> Mesh:
    """A berry of radius 1 round the origin, with the dark end that its blossom left."""
    round_ = ball(12).scaled(1.0, 0.95, 1.0)
    assert round_.uv is not None
    return round_.shaded(np.clip(round_.uv[:, 1] / _BLOSSOM_END, 0.0, 1.0))


_BLOSSOM_END = 0.17  # of the way down from its pole
_BERRIES = Palette(colors=("#b3141f", "#a3121f", "#bd2a24"), foot=-0.32, tip=0.0, jitter=0.02)
_LEAST_CONE, _LARGER = 0.3, (0.44, 0.36, 0.3)  # of cones beside a bottle: under which they are beads, and what is tried
_CONES = Palette(colors=("#6e4a30", "#7d5838"), foot=-0.14, tip=0.08)


def _cones(view: View, rng: np.random.Generator, lengths: Float64Array) -> tuple[Float64Array, Spots]:
    """(lengths, places) of cones; larger ones than beside small twigs, on a stump, where those would be beads."""
    patch, usual = Patch(back=-1.0, front=0.7, spread=0.45), usual_size(view)
    small = len(lengths) > 0 and float(lengths.max()) < _LEAST_CONE * usual
    for length in _LARGER if small else ():
        found = find_spots(view, sized(np.full(len(lengths), length * usual), 0.5, 0.8), rng, patch)
        if found:
            return np.full(len(lengths), length * usual), found
    return lengths, find_spots(view, sized(lengths, 0.5, 0.8), rng, patch)


def evergreen(
    view: View, rng: np.random.Generator, needles: Palette, *, cones: Palette = _CONES, berries: float = 26
) -> Parts:
    """Parts ``needles``, ``cones`` and ``berries``, in heaps at both sides."""
    scale = usual_size(view)
    lengths = rng.uniform(1.1, 1.9, crowd(view, 16)) * scale
    patch = Patch(back=-1.5, front=0.5, gap=0.1, spread=0.55)
    spots, share = fit_spots(view, flat_things(lengths, 0.66, 0.36, core=0.28), rng, patch)
    lengths, scale = lengths * share, scale * share
    twigs = strewn([pine_twig(n) for n in range(4)], spots, lengths, needles, rng, tilt=13, lift=-0.05)
    big, found = _cones(view, rng, rng.uniform(0.38, 0.56, crowd(view, 5)) * scale)
    turns = spun(rng, len(big), tilt=10) + np.array([90, 0, 0])
    fallen = laid([pine_cone()], found, big, turns, columns=cones.draw(rng, len(big)), palette=cones)
    radii = rng.uniform(0.045, 0.065, crowd(view, berries) if berries else 0)
    patch = Patch(back=-1.2, front=1.2, gap=0.05, spread=0.45)
    rest = find_spots(view, sized(radii), rng, patch, occupied(found, big, 0.4))
    turns = spun(rng, len(radii), tilt=80)
    picked = laid([_berry()], rest, radii, turns, columns=_BERRIES.draw(rng, len(radii)), palette=_BERRIES)
    return named("needles", twigs) + named("cones", fallen) + named("berries", picked)
