"""Props beside large things in a size that is believed: no lemon as large as a sofa's cushion."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np

from photoshoot.placers.studio.assets.props.placement import Pieces
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh

Build: TypeAlias = Callable[[View, np.random.Generator, tuple[str, ...]], Pieces]

_LENGTHS: Final = (
    "distance", "camera_y", "product_x", "product_half_width", "product_height", "product_bottom", "product_reach",
    "product_back", "support_front",
)  # fmt: skip
_LARGEST_M, _FOLLOWS = 0.3, 0.8
"""Metres a world unit up to which props are as large as beside a bottle, and how far they follow larger things: all of
the way, and petals beside a tent are not seen."""


def to_scale(build: Build, view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """What ``build`` makes for a view, smaller and more of it where a world unit is metres long."""
    ratio = 1.0 if view.unit_m is None else max(1.0, (view.unit_m / _LARGEST_M) ** _FOLLOWS)
    if ratio == 1.0:
        return build(view, rng, colors)
    lengths = {name: ratio * getattr(view, name) for name in _LENGTHS}
    larger = replace(view, px_per_unit=view.px_per_unit / ratio, **lengths)
    pieces = build(larger, rng, colors)
    return {name: (_shrunk(mesh, ratio), coat) for name, (mesh, coat) in pieces.items()}


def _shrunk(mesh: Mesh, ratio: float) -> Mesh:
    return replace(mesh, vertices=(mesh.vertices / ratio).astype(np.float32))
