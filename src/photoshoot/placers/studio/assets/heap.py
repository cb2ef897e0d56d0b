"""Fruit heaped in a crate, and its leaves: balls that settle, and blades that lie on their skins."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import leaf

_FALLING, _RESTING = 30, 40  # rounds in which balls sink, and are pushed apart only
_SINK = 0.12  # how far a ball sinks a round, of its radius
_SLOPE = 1.1  # a heap draws in over its rim by this much a unit of height
_BLADE = (1.25, 0.56)  # length and width of a leaf, of a fruit's radius
_STALK = 0.16  # where a leaf begins, radians from the fruit's top
_LIFT = (0.035, 0.16)  # how far a leaf is off the skin at its foot, and farther at its tip, of the radius
_WAYS = 4  # a leaf is tried so many ways round a stalk


def settle(
    starts: Float64Array, radii: Float64Array, reach: Float64Array, half: Float64Array, bottom: float, rim: float
) -> Float64Array:
    """Where balls come to lie in a box: none in another by much, none through its walls.

    Args:
        starts: Middles (n, 3) from which they sink.
        radii: (n,), as which they meet each other.
        reach: How far each reaches from its middle along x, y and z, (n, 3): it meets walls and the bottom so.
        half: Half of the box's inside along x and z.
        bottom: Height of its inner bottom.
        rim: Height up to which its walls are upright; over it the heap draws in.

    Source: Müller et al., "Position based dynamics" (2007), with contacts alone.
    """
    from scipy.spatial import cKDTree  # 0.1 s to import, for crates alone

    places = starts.copy()
    for turn in range(_FALLING + _RESTING):
        if turn < _FALLING:
            places[:, 1] -= _SINK * radii
        pairs = cKDTree(places).query_pairs(2 * float(radii.max()), output_type="ndarray")
        if len(pairs):
            first, second = pairs.T
            apart = places[second] - places[first]
            distance = np.maximum(np.linalg.norm(apart, axis=1), 1e-9)
            push = 0.4 * np.maximum(radii[first] + radii[second] - distance, 0) / distance
            np.add.at(places, second, push[:, None] * apart)
            np.add.at(places, first, -push[:, None] * apart)
        inside = half - reach[:, [0, 2]] - _SLOPE * np.maximum(places[:, 1] - rim, 0)[:, None]
        places[:, [0, 2]] = np.clip(places[:, [0, 2]], -np.maximum(inside, 0), np.maximum(inside, 0))
        places[:, 1] = np.maximum(places[:, 1], bottom + reach[:, 1])
    return places


class Skin:
    """How far a model reaches from the origin in each direction; it has to be seen whole from there."""

    def __init__(self, model: Mesh) -> None:
        from scipy.spatial import cKDTree

        points = model.vertices.astype(np.float64)
        self._reach = np.linalg.norm(points, axis=1)
        self._tree = cKDTree(points / np.maximum(self._reach, 1e-9)[:, None])

    def reach(self, directions: Float64Array) -> Float64Array:
        """(n,) for unit vectors (n, 3)."""
        found = self._tree.query(directions, k=4)
        weight, near = 1 / (np.asarray(found[0], np.float64) + 1e-6), np.asarray(found[1], np.int64)
        return np.asarray((weight * self._reach[near]).sum(1) / weight.sum(1), np.float64)


def stalk_leaf(skin: Skin, way: float) -> Mesh:
    """A leaf of a fruit of radius 1 that hangs by its stalk and lies over its skin, ``way`` radians round it."""
    long, wide = _BLADE
    flat = leaf(long, wide, curl=0.0, fold=0.12)
    along, across, off = flat.vertices.astype(np.float64).T
    down = _STALK + along
    turn = way + across / np.maximum(np.sin(down), 0.25)
    out = np.stack([np.sin(down) * np.cos(turn), np.cos(down), np.sin(down) * np.sin(turn)], 1)
    lift = _LIFT[0] + _LIFT[1] * (along / long) ** 2 + off
    return flat.bent(out * (skin.reach(out) + lift)[:, None])


def hang_leaves(
    model: Mesh, frames: Float64Array, places: Float64Array, inner: Float64Array, rim: float, rng: np.random.Generator
) -> list[Mesh]:
    """Leaves of those fruits of a heap whose stalks look out of it, as many as have room.

    Args:
        model: The fruit, of radius 1.
        frames: How each is turned and scaled, (n, 3, 3).
        places: Their middles (n, 3).
        inner: Half of the box's inside along x and z: under ``rim`` no leaf leaves it.
        rim: Height of its walls.
        rng: Which way round its stalk a leaf hangs.
    """
    skin = Skin(model)
    inverse = np.linalg.inv(frames)
    blades = [stalk_leaf(skin, 2 * np.pi * (way + float(rng.uniform())) / _WAYS) for way in range(_WAYS)]
    high = places[:, 1] > np.quantile(places[:, 1], 0.4)
    found = []
    for index in np.flatnonzero(high & (frames[:, 1, 1] > 0)):
        for blade in (blades[way] for way in rng.permutation(_WAYS)):
            points = blade.vertices @ frames[index].T + places[index]
            walled = (points[:, 1] < rim) & (np.abs(points[:, [0, 2]]) > inner).any(1)
            others = np.arange(len(places)) != index
            if not walled.any() and not _pierces(points, inverse[others], places[others], skin):
                found.append(Mesh.of(points, blade.faces, blade.uv).smoothed())
                break
    return found


def _pierces(points: Float64Array, inverse: Float64Array, places: Float64Array, skin: Skin) -> bool:
    """Whether any of the points lies in one of the fruits, or all but does."""
    own = np.einsum("nij,nvj->nvi", inverse, points[None] - places[:, None])
    far = np.linalg.norm(own, axis=-1)
    close = (far < 1.6) & (far > 1e-9)
    return bool((far[close] < skin.reach(own[close] / far[close][:, None]) + 0.02).any()) if close.any() else False
