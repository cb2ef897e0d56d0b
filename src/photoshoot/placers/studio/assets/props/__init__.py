"""Things that lie beside the product, one theme a name: they gather near it, thin out, and never hide it."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping

import numpy as np

from photoshoot.placers.studio.assets.props.botanical import leaves, petals, pine
from photoshoot.placers.studio.assets.props.desk import books, school
from photoshoot.placers.studio.assets.props.festive import balloons, confetti, gifts, hearts, ornaments, stars
from photoshoot.placers.studio.assets.props.food import citrus, coffee
from photoshoot.placers.studio.assets.props.lamps import candles, diyas, lanterns, paper_lanterns
from photoshoot.placers.studio.assets.props.placement import (
    Patch,
    Pieces,
    Taken,
    Thing,
    find_spots,
    is_clear,
    stand,
    support_frame,
)
from photoshoot.placers.studio.assets.props.seasons import autumn, eggs, halloween, snow
from photoshoot.placers.studio.assets.props.still_life import crystals, pearls, rocks, shells
from photoshoot.placers.studio.camera import View

__all__ = [
    "SHINING",
    "STREWN",
    "Patch",
    "Pieces",
    "Strew",
    "Taken",
    "Thing",
    "find_spots",
    "is_clear",
    "stand",
    "support_frame",
]

Strew = Callable[[View, np.random.Generator, tuple[str, ...]], Pieces]
"""Builds props for a view from a generator; the colours are the design's, none = the props' own."""


def _nothing(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    del view, rng, colors
    return {}


STREWN: Mapping[str, Strew] = types.MappingProxyType(
    {
        "none": _nothing,
        "autumn": autumn,
        "balloons": balloons,
        "books": books,
        "candles": candles,
        "citrus": citrus,
        "coffee": coffee,
        "confetti": confetti,
        "crystals": crystals,
        "diyas": diyas,
        "eggs": eggs,
        "gifts": gifts,
        "halloween": halloween,
        "hearts": hearts,
        "lanterns": lanterns,
        "leaves": leaves,
        "ornaments": ornaments,
        "paper_lanterns": paper_lanterns,
        "pearls": pearls,
        "petals": petals,
        "pine": pine,
        "rocks": rocks,
        "school": school,
        "shells": shells,
        "snow": snow,
        "stars": stars,
    }
)
"""Props by their name in designs."""

SHINING = frozenset({"candles", "diyas", "halloween", "lanterns"})
"""Props with lights of their own; they glow through a lens."""
