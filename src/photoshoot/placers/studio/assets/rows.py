"""Things in a row behind the product: beside it, not hidden by it, and out past the picture's edge."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import speck
from photoshoot.placers.studio.scene.batching import Emissive, Painted, Things

_LARGEST = 0.7  # least ratio: what grows more finds no room beside the product, nor before its wall
_LOOKS = 4  # of a ware, each built once: twelve heaps of fruit take a fourteenth of a picture to settle
_SHOWN = 0.4  # of half the width of what peeks out: least room for it, and from its middle to the picture's edge


@dataclass(frozen=True, kw_only=True)
class Ware:
    """A thing that may stand in a row."""

    half: float
    """Half the width that it takes in the row, world units."""
    build: Callable[..., Things]
    """Builds it at the origin, on y = 0, of ``of`` and a generator."""
    of: tuple[Hashable, ...] = ()
    """What it is made of, its colours, say: alike ones are built once, for later sets, too."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """Where a row runs."""

    z: float
    """Depth of the row, world units; below 0, behind the product."""
    side: float
    """The side of the product, -1 or 1."""
    y: float = 0.0
    """What it stands on."""
    clear: float = 0.45
    """Least distance to the product as the camera sees it, at the row's depth."""
    gaps: tuple[float, float] = (0.15, 0.5)
    """Least and most distance of neighbours."""
    rest: float = 1.1
    """More distance after every third thing: things in groups look placed."""
    most: int = 60
    """Most things in it."""
    peeks: bool = False
    """Whether, where none finds room, the slimmest of its first half stands at the picture's edge, partly hidden by the
    product."""
    lifelike: float | None = None
    """The ``View.prop_scale`` up to which its things are no larger than in life, 1 or more: beside larger products all
    of it is smaller, and beside small ones larger. None: it follows no product's size."""

    def ratio(self, view: View) -> float:
        """How many times smaller than built its things stand beside the product; under 1: larger."""
        if self.lifelike is None:
            return 1.0
        return max(_LARGEST, min(view.prop_scale, 1.0), view.prop_scale / self.lifelike)


def line_up(view: View, row: Row, wares: Sequence[Ware], rng: np.random.Generator) -> Things:
    """Things from beside the product to past the picture's edge; ``wares`` are taken in turn, over and over.

    Those that find no room are among them as specks, unseen.
    """
    scale, ratio = (view.distance - row.z) / view.distance, row.ratio(view)
    away, reach = view.product_half_width * scale + row.clear / max(1.0, ratio), view.half_width_at(row.z)
    things: Things = []
    placed = 0
    for index in range(row.most):
        ware = wares[index % len(wares)]
        half = ware.half / ratio
        away += (float(rng.uniform(*row.gaps)) + (row.rest if index % 3 == 2 else 0.0)) / ratio + half
        x = view.product_x * scale + row.side * away
        if abs(x) > reach + 0.4 * half:
            break
        z = row.z + float(rng.uniform(-0.15, 0.15))
        things += moved(scaled(_drawn(ware, rng), 1 / ratio), (x, row.y, z))
        away += half
        placed += 1
    if row.peeks and not placed:
        slim = min(wares[: -(-len(wares) // 2)], key=lambda ware: ware.half)  # another in a row that begins elsewhere
        half = slim.half / ratio
        if reach - row.side * view.product_x * scale - view.product_half_width * scale > _SHOWN * half:
            place = (row.side * (reach - _SHOWN * half), row.y, row.z)
            things += moved(scaled(_drawn(slim, rng), 1 / ratio), place)
    return things + [thing for ware in wares[placed:] for thing in _specks(ware)]


def _drawn(ware: Ware, rng: np.random.Generator) -> Things:
    """A ware in one of its looks."""
    return [*_built(ware, int(rng.integers(_LOOKS)))]


@lru_cache(maxsize=48)
def _built(ware: Ware, look: int) -> tuple[Painted | Emissive, ...]:
    return tuple(ware.build(*ware.of, np.random.default_rng(look)))


def _specks(ware: Ware) -> Things:
    """What stands for a ware that finds no room."""
    return [replace(thing, mesh=speck(thing.mesh), seen=False) for thing in _built(ware, 0)]


def before_wall(view: View, row: Row, wall_z: float, room: float) -> float:
    """Depth of a row before a wall at ``wall_z`` that its things, as they are built, need so much room before."""
    return wall_z + room / min(1.0, row.ratio(view))


def scaled(things: Things, factor: float) -> Things:
    """Things about the origin, larger by a factor; what emits light emits as much a unit of its surface."""
    return things if factor == 1 else [replace(thing, mesh=thing.mesh.scaled(factor)) for thing in things]


def moved(things: Things, place: tuple[float, float, float]) -> list[Painted | Emissive]:
    """Things shifted to a place."""
    return [replace(thing, mesh=thing.mesh.moved(*place)) for thing in things]
