"""What is nibbled and what is hot: nuts, chocolate and chili peppers."""

import numpy as np

from photoshoot.placers.studio.assets.props.botanical import LEAF_GREEN
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    copies,
    crowd,
    gather,
    laid,
    lowest,
    named,
    occupied,
    own,
    settled,
    sheen,
    sized,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.treats import (
    almond,
    chili,
    chocolate_bar,
    chocolate_square,
    hazelnut,
    truffle,
    walnut,
)
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View

_MODELS = 3
"""How many of each kind of nut there are."""
_NUTS = ((hazelnut, 0.21, 0.5), (almond, 0.29, 0.5), (walnut, 0.4, 0.52))
"""Each kind: its models, its length beside a bottle, and the radius that it takes, of that."""
_SHELLS = ("#9c5f2e", "#8f5a33", "#b78a58")
_FROM_ABOVE = 0.78
"""Size of pieces of chocolate that are seen from above, where all of each is."""
_COCOA = ("#3b2015", "#6a3d22")


def nuts(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Hazelnuts and walnuts in their shells, and almonds, thick near the product; a colour is the shells'."""
    shells = Palette(colors=own(colors, *_SHELLS), foot=0.16, tip=-0.05, jitter=0.02)
    kinds = np.concatenate([[2, 0, 1, 0, 2, 1, 0], rng.choice(3, crowd(view, 44), p=(0.44, 0.44, 0.12))])
    sizes = np.array([_NUTS[kind][1] for kind in kinds]) * rng.uniform(0.9, 1.08, len(kinds)) * usual_size(view)
    things = [
        Thing(radius=_NUTS[kind][2] * size, height=0.9 * size, core=0.9)
        for kind, size in zip(kinds, sizes, strict=True)
    ]
    spots = find_spots(view, things, rng, Patch(back=-1.2, front=1.0, gap=0.05, spread=0.42, before=0.06))
    models = [build(number) for build, _, _ in _NUTS for number in range(_MODELS)]
    which = _MODELS * kinds + rng.integers(_MODELS, size=len(kinds))
    turns = settled(models, which, spun(rng, len(kinds), tilt=160, roll=160))
    dyes = 3 * (kinds % len(shells.colors)) + rng.integers(3, size=len(kinds))
    found = laid(models, spots, sizes, turns, kinds=which, lift=-0.002, columns=dyes, palette=shells)
    return gather(named("shells", found), {"shells": sheen(shells.albedo(), 0.34, 0.04)})


def chocolate(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Pieces of bars, single squares and pralines, dark and of milk, and crumbs; a colour is the chocolate's."""
    cocoa = Palette(colors=own(colors, *_COCOA), foot=-0.05, tip=0.05, jitter=0.01)
    scale = usual_size(view) * (_FROM_ABOVE if view.lying else 1.0)
    models = [chocolate_bar(3, 2), chocolate_bar(2, 2), chocolate_square(), truffle(0), truffle(1)]
    reach = (1.95, 1.52, 0.74, 0.5, 0.5)
    kinds = np.concatenate([[0, 3, 1, 2, 4, 2], rng.choice(5, crowd(view, 11), p=(0.08, 0.12, 0.4, 0.2, 0.2))])
    sizes = np.where(kinds >= 3, 0.34, 0.3) * rng.uniform(0.94, 1.06, len(kinds)) * scale
    things = [
        Thing(radius=reach[kind] * size, height=(1.0 if kind >= 3 else 0.4) * size, core=0.92)
        for kind, size in zip(kinds, sizes, strict=True)
    ]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.2, front=0.9, gap=0.06, spread=0.42))
    sizes = sizes * share
    turns = spun(rng, len(kinds))
    found = laid(models, spots, sizes, turns, kinds=kinds, columns=cocoa.draw(rng, len(kinds)), palette=cocoa)
    small = rng.uniform(0.02, 0.07, crowd(view, 50)) * scale
    near = Patch(back=-1.2, front=1.1, gap=0.03, spread=0.5, before=0.1)
    fallen = find_spots(view, sized(small, 0.8, 0.6), rng, near, occupied(spots, np.array(reach)[kinds] * sizes))
    crumbs = strewn([chocolate_square(), truffle(2)], fallen, small, cocoa, rng, tilt=40)
    return gather(named("cocoa", [*found, *crumbs]), {"cocoa": sheen(cocoa.albedo(), 0.26, 0.05)})


def chilis(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Hot peppers with their stems, lying about; a colour is the pods'."""
    skins = Palette(colors=own(colors, "#c2201c", "#a81a1c"), foot=-0.08, tip=0.05, jitter=0.025)
    sizes = rng.uniform(0.84, 1.15, 7 + crowd(view, 14)) * usual_size(view)
    things = [Thing(radius=0.46 * size, height=0.2 * size, core=0.42) for size in sizes]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.2, front=1.0, gap=0.06, spread=0.42))
    sizes = sizes * share
    dyes, turns = skins.draw(rng, len(sizes)), spun(rng, len(sizes), roll=16)
    parts: Parts = []
    for index, place in spots.items():
        pod, stem = chili(index % 4)
        one, turn = sizes[index : index + 1], turns[index : index + 1]
        foot = min(float(lowest(mesh, one, turn)[0]) for mesh in (pod, stem))
        at = [place - np.array([0.0, foot + 0.004, 0.0])]
        column = dyes[index : index + 1]
        parts.append(("skins", copies(pod, at, one, turn, lift=None, columns=column, palette=skins)))
        green = column % LEAF_GREEN.columns
        parts.append(("stems", copies(stem, at, one, turn, lift=None, columns=green, palette=LEAF_GREEN)))
    return gather(parts, {"skins": sheen(skins.albedo(), 0.16, 0.055), "stems": sheen(LEAF_GREEN.albedo(), 0.33)})
