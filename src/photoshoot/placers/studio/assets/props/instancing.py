"""How props are made cheaply: many copies of one mesh as one mesh, many colours in one material."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_oklab, oklab_to_linear
from photoshoot.placers.studio.assets.props.placement import Pieces, Spots, Taken, Thing
from photoshoot.placers.studio.assets.props.rest import at_rest, rotations
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, speck
from photoshoot.placers.studio.geometry.solids import sphere
from photoshoot.placers.studio.scene.bsdfs import Entry, Reflectance, bitmap, blended, diffuse, metal

_SMALL_M, _LARGE_M = 0.055, 0.12
"""Metres a world unit from which on and up to which props are as large as beside a bottle."""
_FOLLOWS, _FOLLOW_LARGE, _LARGEST, _SMALLEST = 0.75, 0.9, 0.5, 7.5
"""How far props follow smaller products, and larger ones, as powers, and between which ratios. All of the way, and
petals as large as a ring hide its table, and those beside a car are not seen."""
_STEP = 1.25
"""What the scale of props is a power of, so that products of nearly one size share a set."""

Parts = list[tuple[str, Mesh]]
"""Meshes, each with the name of the coat that it shares with others; see ``gather``."""

_VARIETY = 3
_SHADES = 9


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours that share one material: a mesh's u chooses the colour, its v runs from ``foot`` to ``tip``."""

    colors: tuple[str, ...]
    """The colours, ``#rrggbb``; at least one."""
    foot: float = 0.0
    """Change of lightness (OKLab) where v = 0."""
    tip: float = 0.0
    """Change of lightness where v = 1."""
    jitter: float = 0.025
    """How far the three shades of one colour differ in lightness, so that no two pieces look cast from one mould."""

    def dyed_in(self, colors: tuple[str, ...]) -> Self:
        """The palette in colours that were asked for; without any, itself."""
        return replace(self, colors=own(colors, *self.colors))

    @property
    def columns(self) -> int:
        """Number of colours with their shades."""
        return _VARIETY * len(self.colors)

    def albedo(self) -> Entry:
        """The albedo as a texture entry."""
        labs = np.repeat(np.stack([hex_to_oklab(color) for color in self.colors]), _VARIETY, axis=0)
        labs[:, 0] += np.tile(np.linspace(-self.jitter, self.jitter, _VARIETY), len(self.colors))
        ramp = np.linspace(self.foot, self.tip, _SHADES)
        image = np.broadcast_to(labs, (_SHADES, *labs.shape)).copy()
        image[..., 0] += ramp[:, None]
        return bitmap(np.clip(oklab_to_linear(image), 0.004, 0.96).astype(np.float32), clamp=True)

    def draw(self, rng: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
        """A column for each of ``count`` pieces; the first colours come a little more often."""
        weights = np.linspace(1.4, 0.8, len(self.colors))
        colors = rng.choice(len(self.colors), count, p=weights / weights.sum())
        return np.asarray(colors * _VARIETY + rng.integers(_VARIETY, size=count))


def dyed(mesh: Mesh, column: int, palette: Palette) -> Mesh:
    """The mesh in one colour of a palette; its v stays the shade."""
    shade = np.full(len(mesh.vertices), 0.5, np.float32) if mesh.uv is None else mesh.uv[:, 1]
    u = np.full_like(shade, (column + 0.5) / palette.columns)
    return replace(mesh, uv=np.stack([u, shade], 1))


def in_atlas(mesh: Mesh, column: int, columns: int) -> Mesh:
    """The mesh with its texture in one of ``columns`` pictures that lie side by side in one bitmap."""
    assert mesh.uv is not None
    inset = 0.004 + 0.992 * mesh.uv[:, 0]
    return replace(mesh, uv=np.stack([(column + inset) / columns, mesh.uv[:, 1]], 1).astype(np.float32))


def copies(
    mesh: Mesh,
    places: npt.ArrayLike,
    sizes: npt.ArrayLike,
    turns_deg: npt.ArrayLike,
    *,
    lift: npt.ArrayLike | None = 0.0,
    columns: npt.NDArray[np.int64] | None = None,
    palette: Palette | None = None,
) -> Mesh:
    """Many copies of one mesh, as one mesh.

    Args:
        mesh: The model.
        places: (k, 3).
        sizes: (k,) or one factor.
        turns_deg: (k, 3), turns about z first, then x, then y.
        lift: Height over y = 0 of each copy's lowest point, (k,) or one; None: the model's origin comes to the place.
        columns: (k,) colours of ``palette``.
        palette: What ``columns`` refers to.
    """
    spots = np.asarray(places, np.float64).reshape(-1, 3)
    turn = rotations(np.broadcast_to(np.asarray(turns_deg, np.float64), spots.shape))
    points = _turned(mesh, np.broadcast_to(np.asarray(sizes, np.float64), len(spots)), turn)
    if lift is not None:
        points[..., 1] -= (points[..., 1].min(1) - np.asarray(lift, np.float64))[:, None]
    points += spots[:, None]
    count, corners = points.shape[:2]
    faces = mesh.faces[None] + (np.arange(count) * corners)[:, None, None]
    normals = None if mesh.normals is None else (mesh.normals.astype(np.float64) @ np.swapaxes(turn, 1, 2))
    return Mesh.of(points, faces, _texture(mesh, count, columns, palette), normals)


def lowest(mesh: Mesh, sizes: Float64Array, turns_deg: Float64Array) -> Float64Array:
    """Height (k,) of the lowest point of each copy over its origin; sizes and turns as in ``copies``."""
    return np.asarray(_turned(mesh, sizes, rotations(turns_deg))[..., 1].min(1), np.float64)


def laid(
    models: Sequence[Mesh],
    spots: Spots,
    sizes: Float64Array,
    turns_deg: Float64Array,
    *,
    kinds: npt.NDArray[np.int64] | None = None,
    lift: npt.ArrayLike | None = 0.0,
    columns: npt.NDArray[np.int64] | None = None,
    palette: Palette | None = None,
) -> list[Mesh]:
    """Copies of models at the spots that were found, one mesh a model that is used.

    Args:
        models: What is copied.
        spots: Number of the thing → its place, as ``find_spots`` says.
        sizes: (k,) of all things, found or not; so are turns, kinds, lifts and columns.
        turns_deg: (k, 3), as in ``copies``.
        kinds: (k,) numbers of models; None: all are the first.
        lift: As in ``copies``.
        columns: (k,) colours of ``palette``.
        palette: What ``columns`` refers to.
    """
    meshes = []
    for kind, model in enumerate(models):
        mine = [index for index in spots if kinds is None or kinds[index] == kind]
        if mine:
            places = np.array([spots[index] for index in mine])
            height = lift[mine] if isinstance(lift, np.ndarray) else lift
            dyes = None if columns is None else columns[mine]
            meshes.append(
                copies(model, places, sizes[mine], turns_deg[mine], lift=height, columns=dyes, palette=palette)
            )
    return meshes


def risen(model: Mesh, spots: Spots, sizes: Float64Array, turns_deg: Float64Array) -> Spots:
    """Spots where a model's origin is, once ``laid`` has put its lowest point on the ground; see there."""
    mine = list(spots)
    turned = _turned(model, sizes[mine], rotations(turns_deg[mine]))
    return {
        index: spots[index] - np.array([0.0, low, 0.0]) for index, low in zip(mine, turned[..., 1].min(1), strict=True)
    }


def strewn(
    models: Sequence[Mesh],
    spots: Spots,
    sizes: Float64Array,
    palette: Palette,
    rng: np.random.Generator,
    *,
    tilt: float = 12.0,
    lift: float = 0.002,
) -> list[Mesh]:
    """Models that lie about at spots, of any kind, turn and colour; see ``laid``; at rest, if they do not sink in."""
    count = len(sizes)
    kinds, dyes, turns = rng.integers(len(models), size=count), palette.draw(rng, count), spun(rng, count, tilt, tilt)
    if lift >= 0:
        turns = settled(models, kinds, turns)
    return laid(models, spots, sizes, turns, kinds=kinds, lift=lift, columns=dyes, palette=palette)


def settled(models: Sequence[Mesh], kinds: npt.NDArray[np.int64], turns_deg: Float64Array) -> Float64Array:
    """Turns (k, 3) of models of such kinds (k,) that are at rest, see ``at_rest``."""
    turns = np.array(turns_deg, np.float64)
    for kind in np.unique(kinds):
        turns[kinds == kind] = at_rest(models[kind], turns[kinds == kind])
    return turns


def named(name: str, meshes: Iterable[Mesh]) -> Parts:
    """Meshes that share one coat."""
    return [(name, mesh) for mesh in meshes]


def sheen(albedo: Reflectance, roughness: float, share: float = 0.05) -> Entry:
    """Paint with soft highlights. Like ``plastic``, but it loads at once: that one takes as long as a whole theme."""
    return blended(diffuse(albedo), metal("#ffffff", roughness), share)


@lru_cache(maxsize=6)
def ball(rings: int) -> Mesh:
    """A sphere of radius 1 round the origin, of twice as many segments as rings."""
    return sphere(1.0, rings=rings, segments=2 * rings)


def gather(parts: Parts, coats: Mapping[str, Entry]) -> Pieces:
    """Meshes with the name of their coat, merged so that each coat becomes one piece, in the order of the coats.

    A coat of none is a speck's: shapes that come and go, or change places, have all of a set's code compiled anew.
    """
    if not parts:
        return {}
    found: dict[str, list[Mesh]] = {}
    for name, mesh in parts:
        found.setdefault(name, []).append(mesh)
    none = [speck(parts[0][1])]
    return {name: (merged(found.get(name, none)), coat) for name, coat in coats.items()}


def usual_size(view: View) -> float:
    """Factor on the size of big props: smaller ones in narrow pictures; what finds no room shrinks in ``fit_spots``.

    From above none is smaller: there a narrow picture's edges cut what lies beside the product.
    """
    return 1.0 if view.lying else float(min(1.0, 0.5 + 0.14 * view.half_width))


def prop_scale(unit_m: float, *, lying: bool = False) -> float:
    """How many times smaller than beside a bottle props are where a world unit is so many metres; under 1: larger.

    No shell is as large as a sofa's cushion or a car's wheel, and no petal as small as a ring's stone. Beside what lies
    they are as in life from a phone on: with nothing before and behind each other, their sizes are compared.
    """
    if unit_m > _LARGE_M or lying:
        ratio = max(_LARGEST, min((unit_m / _LARGE_M) ** _FOLLOW_LARGE, _SMALLEST))
    else:
        ratio = max(_LARGEST, min(1.0, (unit_m / _SMALL_M) ** _FOLLOWS))
    return round(_STEP ** round(math.log(ratio, _STEP)), 4)


def crowd(view: View, count: float) -> int:
    """How many props a picture of this width takes, where one of usual width (8:3) takes ``count``."""
    return max(1, round(count * float(np.clip(view.half_width / 3.7, 0.45, 2.2))))


def counted(view: View, count: int) -> int:
    """How many of a theme's main things there are: at least as many as were asked for, else ``crowd``'s."""
    return crowd(view, count) if view.most is None else max(view.most, crowd(view, count))


def sized(sizes: Iterable[float], radius: float = 1.0, height: float = 2.0, core: float = Thing.core) -> list[Thing]:
    """Things whose radius and height are so many times their size; see ``Thing``."""
    return [Thing(radius=radius * float(size), height=height * float(size), core=core) for size in sizes]


def flat_things(sizes: Iterable[float], radius: float, height: float = 0.06, core: float = Thing.core) -> list[Thing]:
    """Low things whose radius is ``radius`` times their size; see ``Thing``."""
    return [Thing(radius=radius * float(size), height=height, core=core) for size in sizes]


def occupied(spots: Spots, sizes: Sequence[float] | Float64Array, share: float = 1.0) -> Taken:
    """What lies at spots, to keep later things ``share`` of its size away."""
    return [(place, share * float(sizes[index])) for index, place in spots.items()]


def spun(rng: np.random.Generator, count: int, tilt: float = 0.0, roll: float = 0.0) -> Float64Array:
    """Turns for ``copies``, (count, 3): any way about y, tilted about x and z by at most so many degrees."""
    return np.stack([rng.uniform(-roll, roll, count), rng.uniform(-tilt, tilt, count), rng.uniform(0, 360, count)], 1)


def own(colors: Sequence[str], *default: str) -> tuple[str, ...]:
    """The asked colours, or a prop's own."""
    return tuple(colors) or default


def _turned(mesh: Mesh, sizes: Float64Array, turns: Float64Array) -> Float64Array:
    """Vertices (k, N, 3) of copies about their origin; sizes (k,), turns (k, 3, 3)."""
    return np.asarray((mesh.vertices.astype(np.float64) @ np.swapaxes(turns, 1, 2)) * sizes[:, None, None], np.float64)


def _texture(
    mesh: Mesh, count: int, columns: npt.NDArray[np.int64] | None, palette: Palette | None
) -> npt.NDArray[np.float32] | None:
    if mesh.uv is None and columns is None:
        return None
    model = np.full((len(mesh.vertices), 2), 0.5, np.float32) if mesh.uv is None else mesh.uv
    uv = np.tile(model, (count, 1))
    if columns is not None and palette is not None:
        uv[:, 0] = np.repeat((columns + 0.5) / palette.columns, len(model))
    return uv.astype(np.float32)
