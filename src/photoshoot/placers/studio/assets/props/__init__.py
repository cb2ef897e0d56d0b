"""Things that lie beside the product, one theme a name: they gather near it, thin out, and never hide it.

Mental model: `placement` finds spots that are clear of the product, `instancing` lays copies of one model there as one
mesh in the theme's colours, and a theme is a function of (view, generator, colours) that returns pieces, a mesh and its
material for each coat. Models have unit sizes, and lie in `meshes` or beside the one theme that has them.
Start at `STREWN` here, then `botanical.petals`.
"""

import types
from collections.abc import Callable, Mapping

import numpy as np

from photoshoot.placers.studio.assets.props.berries import berries
from photoshoot.placers.studio.assets.props.botanical import leaves, petals, pine
from photoshoot.placers.studio.assets.props.cloths import linens, silks
from photoshoot.placers.studio.assets.props.clouds import clouds
from photoshoot.placers.studio.assets.props.cosmetics import cosmetics
from photoshoot.placers.studio.assets.props.desk import books, school
from photoshoot.placers.studio.assets.props.festive import balloons, confetti, gifts, hearts, ornaments, stars
from photoshoot.placers.studio.assets.props.flowers import daisies, flowers, tulips
from photoshoot.placers.studio.assets.props.food import citrus, coffee, tea
from photoshoot.placers.studio.assets.props.frozen import bubbles, drops, ice
from photoshoot.placers.studio.assets.props.harvest import apples, greens, tomatoes
from photoshoot.placers.studio.assets.props.labware import labware
from photoshoot.placers.studio.assets.props.lamps import candles, diyas, lanterns, paper_lanterns, ramadan
from photoshoot.placers.studio.assets.props.larder import bread, cheese, grapes, mushrooms
from photoshoot.placers.studio.assets.props.placement import Pieces
from photoshoot.placers.studio.assets.props.roastery import coffee_beans, coffee_cups
from photoshoot.placers.studio.assets.props.seasons import autumn, autumn_leaves, eggs, halloween, snow
from photoshoot.placers.studio.assets.props.spices import spices
from photoshoot.placers.studio.assets.props.still_life import crystals, pearls, rocks, shells
from photoshoot.placers.studio.assets.props.treats import chilis, chocolate, nuts
from photoshoot.placers.studio.assets.props.tropical import monstera, palm_leaves, tropical_leaves
from photoshoot.placers.studio.assets.props.vases import pampas, ribbons, vases
from photoshoot.placers.studio.camera import View

Strew = Callable[[View, np.random.Generator, tuple[str, ...]], Pieces]
"""Builds props for a view from a generator; the colours are the design's, none = the props' own."""


def _nothing(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    del view, rng, colors
    return {}


_THEMES: tuple[Strew, ...] = (
    apples, autumn, autumn_leaves, balloons, berries, books, bread, bubbles, candles, cheese, chilis, chocolate,
    citrus, clouds, coffee, coffee_beans, coffee_cups, confetti, cosmetics, crystals, daisies, diyas, drops, eggs,
    flowers, gifts, grapes, greens, halloween, hearts, ice, labware, lanterns, leaves, linens, monstera, mushrooms,
    nuts, ornaments, palm_leaves, pampas, paper_lanterns, pearls, petals, pine, ramadan, ribbons, rocks, school,
    shells, silks, snow, spices, stars, tea, tomatoes, tropical_leaves, tulips, vases,
)  # fmt: skip
STREWN: Mapping[str, Strew] = types.MappingProxyType({"none": _nothing, **{build.__name__: build for build in _THEMES}})
"""Props by their name in designs."""
