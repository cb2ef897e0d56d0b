"""What a market sells, beside the product: apples, tomatoes and peppers, cabbages and limes, with leaves between."""

import numpy as np

from photoshoot.placers.studio.assets.market import PRODUCE, fruit_model
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    crowd,
    flat_things,
    gather,
    laid,
    named,
    occupied,
    sheen,
    sized,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.produce import small_leaf
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, find_spots, fit_spots
from photoshoot.placers.studio.camera import View

_COUNT = 9
_GREEN = Palette(colors=("#3f7038", "#5b8a45"), foot=-0.03, tip=0.03)


def apples(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Red and green apples."""
    return _heap("apples", view, rng, colors)


def tomatoes(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Tomatoes and peppers."""
    return _heap("tomatoes", view, rng, colors)


def greens(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """A cabbage or two, limes and green apples."""
    return _heap("greens", view, rng, colors)


def _heap(kind: str, view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Fruit of the kinds that lie in a market's crates, gathered near the product, and leaves."""
    fruits, scale, count = PRODUCE[kind], 1.25 * usual_size(view), crowd(view, _COUNT)
    kinds = rng.permutation(np.arange(count) % len(fruits))
    sizes = np.array([fruits[index].radius for index in kinds]) * scale * rng.uniform(0.88, 1.08, count)
    spots, share = fit_spots(view, sized(sizes, 1.12, 2.2), rng, Patch(back=-1.3, front=0.9, spread=0.45))
    sizes = sizes * share
    turns = np.where((kinds % 2 == 0)[:, None], spun(rng, count, 34, 34), spun(rng, count, 20, 60))
    parts: Parts = []
    coats = {}
    for number, fruit in enumerate(fruits):
        palette = Palette(colors=colors or fruit.colors, jitter=0.02)
        mine = {index: place for index, place in spots.items() if kinds[index] == number}
        dyes = palette.draw(rng, count)
        model = fruit_model(fruit.shape)
        parts += named(f"fruit_{number}", laid([model], mine, sizes, turns, columns=dyes, palette=palette))
        coats[f"fruit_{number}"] = sheen(palette.albedo(), 0.24)
    leaves = rng.uniform(0.34, 0.55, crowd(view, 10)) * usual_size(view) * share
    fallen = find_spots(
        view,
        flat_things(leaves, 0.54, core=0.7),
        rng,
        Patch(back=-1.2, front=1.0, gap=0.04, spread=0.5),
        occupied(spots, sizes, 0.8),
    )
    parts += named("leaves", strewn([small_leaf(0.42)], fallen, leaves, _GREEN, rng, tilt=14))
    return gather(parts, {**coats, "leaves": sheen(_GREEN.albedo(), 0.33)})
