"""Speckled eggs in nests."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.instancing import Palette, copies, crowd, gather, in_atlas, own, room, sheen
from photoshoot.placers.studio.assets.props.meshes.produce import egg, nest
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import blend, noise, smoothstep

_PICTURE_PX = 192
_STRAW = Palette(colors=("#a98a55", "#c4a56c", "#8a6c40"), foot=-0.06, tip=0.06)
_IN_NEST = 3


def eggs(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Speckled eggs in pastels, in small nests and strewn."""
    tints = own(colors, "#f3c9cf", "#cfe3ea", "#f6e7bd", "#dcd3ec")
    radii = 0.64 * room(view) * rng.uniform(0.95, 1.15, crowd(view, 3))
    things = [Thing(radius=float(radius), height=0.85 * float(radius)) for radius in radii]
    nests = find_spots(view, things, rng, Patch(back=-1.1, front=0.3, spread=0.35))
    parts: list[tuple[str, Mesh]] = []
    for index, place in nests.items():
        turn, dye = [[0.0, 0.0, 90.0 * index]], _STRAW.draw(rng, 1)
        parts.append(("straw", copies(nest(index % 3), [place], radii[index], turn, columns=dye, palette=_STRAW)))
        parts += _clutch(place, float(radii[index]), tints, rng)
    loose = 0.64 * room(view) * rng.uniform(0.62, 0.82, crowd(view, 11))
    small = [Thing(radius=0.5 * float(size), height=0.75 * float(size)) for size in loose]
    taken: Taken = [(place, float(radii[index])) for index, place in nests.items()]
    spots = find_spots(view, small, rng, Patch(back=-1.2, front=1.0, spread=0.6), taken)
    parts += [_egg(place, float(loose[index]), 12.0, tints, rng) for index, place in spots.items()]
    coats = {"straw": diffuse(_STRAW.albedo()), "shells": sheen(bitmap(_speckled(tints), clamp=True), 0.32)}
    return gather(parts, coats)


def _clutch(
    place: Float64Array, radius: float, tints: tuple[str, ...], rng: np.random.Generator
) -> list[tuple[str, Mesh]]:
    """The eggs of a nest."""
    angles = np.radians(360 / _IN_NEST * np.arange(_IN_NEST) + rng.uniform(-20, 20, _IN_NEST))
    around = np.stack([0.36 * np.cos(angles), 0.10 + 0.02 * np.arange(_IN_NEST), 0.36 * np.sin(angles)], 1)
    return [_egg(place + radius * offset, 0.72 * radius, 40.0, tints, rng) for offset in around]


def _egg(
    place: Float64Array, size: float, tilt: float, tints: tuple[str, ...], rng: np.random.Generator
) -> tuple[str, Mesh]:
    """An egg whose lowest point is as high as the place."""
    roll, turn, lean = rng.uniform(0, 360), rng.uniform(0, 360), rng.uniform(0.0, tilt)
    shell = in_atlas(egg().turned(float(roll), "x"), int(rng.integers(len(tints))), len(tints))
    return "shells", copies(shell, [[place[0], 0.0, place[2]]], size, [[lean, 0.0, turn]], lift=place[1])


@lru_cache(maxsize=4)
def _speckled(colors: tuple[str, ...]) -> Float32Array:
    """Egg shells side by side, (192, 192 k, 3), with brown speckles."""
    shells = []
    for number, color in enumerate(colors):
        fine = smoothstep(1.9, 2.3, noise((_PICTURE_PX, _PICTURE_PX), seed=11 + number, exponent=0.9, lowest=14))
        broad = smoothstep(2.2, 2.6, noise((_PICTURE_PX, _PICTURE_PX), seed=31 + number, exponent=1.6, lowest=10))
        shell = np.broadcast_to(hex_to_linear(color), (*fine.shape, 3))
        shells.append(blend(shell, mix_hex(color, "#4a3426", 0.75), np.clip(0.75 * fine + 0.7 * broad, 0, 1)))
    return np.asarray(np.concatenate(shells, 1), np.float32)
