"""What a market sells, beside the product: apples, tomatoes and peppers, cabbages and limes, with leaves between."""

import numpy as np

from photoshoot.placers.studio.assets.market import PRODUCE, fruit_model, fruit_top
from photoshoot.placers.studio.assets.props.botanical import LEAF_GREEN, shed_leaves
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    counted,
    crowd,
    gather,
    laid,
    named,
    occupied,
    risen,
    sheen,
    sized,
    spun,
    usual_size,
)
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import diffuse

_COUNT = 9
_STALK, _CALYX = "#5b4028", "#4e6b2c"


def apples(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Red and green apples."""
    return _heap("apples", view, rng, colors)


def tomatoes(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Tomatoes, and peppers where they are not counted."""
    return _heap("tomatoes", view, rng, colors)


def greens(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """A cabbage or two, limes and green apples."""
    return _heap("greens", view, rng, colors)


def _heap(kind: str, view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Fruit of the kinds that lie in a market's crates, gathered near the product, and leaves."""
    fruits, scale, count = PRODUCE[kind], 1.25 * usual_size(view), counted(view, _COUNT)
    mixed = 1 if kind == "tomatoes" and view.most is not None else len(fruits)
    kinds = rng.permutation(np.arange(count) % mixed)
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
        model = fruit_model(fruit.shape, near=True)
        parts += named(f"fruit_{number}", laid([model], mine, sizes, turns, columns=dyes, palette=palette))
        coats[f"fruit_{number}"] = sheen(palette.albedo(), 0.24)
        top = fruit_top(fruit.shape, near=True)
        if top is not None and mine:
            places = risen(model, mine, sizes, turns)
            parts += named("tops", laid([top], places, sizes, turns, lift=None))
    leaves = rng.uniform(0.34, 0.55, crowd(view, 10)) * usual_size(view) * share
    parts += shed_leaves(view, rng, leaves, occupied(spots, sizes, 0.8))
    coats["tops"] = diffuse(_STALK if kind == "apples" else _CALYX)
    return gather(parts, {**coats, "leaves": sheen(LEAF_GREEN.albedo(), 0.33)})
