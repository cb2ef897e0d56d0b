"""Props of a season: pumpkins and fallen leaves, speckled eggs in nests, snow among frosted pine."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.botanical import evergreen
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    ball,
    copies,
    counted,
    crowd,
    dyed,
    flat_things,
    gather,
    in_atlas,
    laid,
    named,
    occupied,
    own,
    settled,
    sheen,
    sized,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.produce import egg, nest, pumpkin_face
from photoshoot.placers.studio.assets.props.meshes.shore import snow_mound, snowball
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Spots, Taken, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.organic import maple_leaf, pumpkin, pumpkin_stem
from photoshoot.placers.studio.scene.bsdfs import Entry, area_emitter, bitmap, diffuse
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import blend, noise, smoothstep

_SKINS = ("#d9701c", "#c95a17", "#e08a2e", "#e9d3ab")
MAPLE = Palette(colors=("#b5361a", "#cf5a1e", "#d98a24", "#8f2416"), foot=0.1, tip=-0.07, jitter=0.04)
"""Maple leaves in autumn, with paler veins and a deeper rim."""
_STEM = Palette(colors=("#6b5a32",))
_STRAW = Palette(colors=("#a98a55", "#c4a56c", "#8a6c40"), foot=-0.06, tip=0.06)
_PUMPKINS, MAPLES, _IN_NEST = 6, 8, 3
_SHELL_PX = 192
_FLAME = (3.3, 1.15, 0.17)


def autumn(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Small pumpkins in a few oranges, and fallen maple leaves in reds and golds; the colours are the leaves'."""
    leaves = MAPLE.dyed_in(colors)
    return _harvest(view, rng, Palette(colors=_SKINS), leaves, 34)


def autumn_leaves(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Fallen maple leaves in reds and golds, and nothing else."""
    leaves = MAPLE.dyed_in(colors)
    return gather(_maple_litter(view, rng, leaves, [], 46), {"leaves": sheen(leaves.albedo(), 0.4)})


def halloween(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Pumpkins in the asked colours, some of them carved and lit from within, among dark leaves."""
    skins = Palette(colors=own(colors, "#d8661a", "#c4551a", "#2a2328"))
    leaves = Palette(colors=("#2b2226", "#4a2a1e", "#17151a"), foot=0.05)
    return _harvest(view, rng, skins, leaves, 26, carved=3)


def _harvest(
    view: View, rng: np.random.Generator, skins: Palette, leaves: Palette, count: int, carved: int = 0
) -> Pieces:
    """Heaps of pumpkins, the first ``carved`` of them lanterns, among about ``count`` maple leaves."""
    radii = _radii(view, rng)
    spots, share = fit_spots(view, sized(radii, height=1.5), rng, Patch(back=-1.4, front=0.35, gap=0.08, spread=0.55))
    radii = radii * share
    parts = _pumpkins(spots, radii, skins, rng, carved)
    parts += _maple_litter(view, rng, leaves, occupied(spots, radii, 0.8), count)
    coats = {"pumpkins": sheen(skins.albedo(), 0.3, 0.06), "stems": diffuse(_STEM.albedo())}
    fire = area_emitter(np.array(_FLAME), 0.5)
    return gather(parts, {**coats, "leaves": sheen(leaves.albedo(), 0.4), "faces": fire})


def _radii(view: View, rng: np.random.Generator) -> Float64Array:
    base = rng.permutation([0.52, 0.46, 0.38, 0.32, 0.26, 0.22])
    more = rng.uniform(0.18, 0.40, crowd(view, 1) - 1)
    return np.concatenate([np.sort(base)[::-1], more]) * min(1.0, 0.55 + 0.12 * view.half_width)


def _pumpkins(spots: Spots, radii: Float64Array, skins: Palette, rng: np.random.Generator, carved: int) -> Parts:
    """Bodies and stems; the first ``carved`` look at the camera with a face cut in."""
    parts: Parts = []
    kinds, dyes = rng.integers(_PUMPKINS, size=len(radii)), skins.draw(rng, len(radii))
    turns = rng.uniform(0, 360, len(radii))
    for index, place in spots.items():
        kind, radius = int(kinds[index]), float(radii[index])
        body, stem = _pumpkin(kind)
        turn = float(turns[index]) if index >= carved else float(turns[index] / 9 - 20)
        whole = [("pumpkins", dyed(body, int(dyes[index]), skins)), ("stems", dyed(stem, 1, _STEM))]
        whole += [("faces", _face(kind))] if index < carved else []
        parts += [(name, mesh.scaled(radius).turned(turn).moved(*place)) for name, mesh in whole]
    return parts


@lru_cache(maxsize=_PUMPKINS)
def _pumpkin(kind: int) -> tuple[Mesh, Mesh]:
    """Body and stem of one of six pumpkins of radius 1."""
    squash = 0.62 + 0.03 * kind
    return pumpkin(1.0, ribs=9 + kind % 3, squash=squash, seed=kind), pumpkin_stem(1.0, squash=squash, seed=kind)


@lru_cache(maxsize=_PUMPKINS)
def _face(kind: int) -> Mesh:
    return pumpkin_face(_pumpkin(kind)[0], seed=kind)


def _maple_litter(view: View, rng: np.random.Generator, palette: Palette, taken: Taken, count: int) -> Parts:
    """Fallen maple leaves that lie on some of their tips."""
    total = crowd(view, count)
    sizes = rng.uniform(0.34, 0.60, total)
    patch = Patch(back=-1.6, front=1.5, gap=0.03, spread=1.0, before=0.1)
    spots = find_spots(view, sized(sizes, 0.58, 0.36, core=0.42), rng, patch, taken)
    kinds, dyes = rng.integers(MAPLES, size=total), palette.draw(rng, total)
    turns = np.stack([rng.uniform(0, 360, total), rng.uniform(-90, -66, total), rng.uniform(0, 360, total)], 1)
    lift = rng.uniform(0.002, 0.012, total)  # flat ones that sink in are cut to pieces
    models = [maple(number) for number in range(MAPLES)]
    turns = settled(models, kinds, turns)
    return named("leaves", laid(models, spots, sizes, turns, kinds=kinds, lift=lift, columns=dyes, palette=palette))


@lru_cache(maxsize=MAPLES)
def maple(number: int) -> Mesh:
    """One of eight leaves of unit size about the origin; making one takes longer than laying a dozen."""
    return maple_leaf(1.0, curl=0.12 + 0.03 * number, seed=number).moved(0, -0.28)


def eggs(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Speckled eggs in pastels, in small nests and strewn; counted ones lie alone."""
    tints = own(colors, "#f3c9cf", "#cfe3ea", "#f6e7bd", "#dcd3ec")
    if view.most is not None:
        return _few_eggs(view, rng, tints)
    radii = 0.64 * usual_size(view) * rng.uniform(0.95, 1.15, crowd(view, 3))
    nests, share = fit_spots(view, sized(radii, height=0.85), rng, Patch(back=-1.1, front=0.3, spread=0.35))
    radii = radii * share
    parts: Parts = []
    for index, place in nests.items():
        turn, dye = [[0.0, 0.0, 90.0 * index]], _STRAW.draw(rng, 1)
        parts.append(("straw", copies(nest(index % 3), [place], radii[index], turn, columns=dye, palette=_STRAW)))
        parts += _clutch(place, float(radii[index]), tints, rng)
    loose = 0.64 * usual_size(view) * share * rng.uniform(0.62, 0.82, crowd(view, 11))
    taken = occupied(nests, radii)
    spots = find_spots(view, sized(loose, 0.5, 0.75), rng, Patch(back=-1.2, front=1.0, spread=0.6), taken)
    parts += [_egg(place, float(loose[index]), 12.0, tints, rng) for index, place in spots.items()]
    return gather(parts, {"straw": diffuse(_STRAW.albedo()), "shells": _of_shell(tints)})


def _few_eggs(view: View, rng: np.random.Generator, tints: tuple[str, ...]) -> Pieces:
    """As many eggs as were asked for, and no nest."""
    sizes = 0.64 * usual_size(view) * rng.uniform(0.72, 0.88, counted(view, 5))
    spots, share = fit_spots(view, sized(sizes, 0.5, 0.75), rng, Patch(back=-1.0, front=0.8, spread=0.5))
    parts = [_egg(place, share * float(sizes[index]), 12.0, tints, rng) for index, place in spots.items()]
    return gather(parts, {"shells": _of_shell(tints)})


def _of_shell(tints: tuple[str, ...]) -> Entry:
    """The speckled shells of eggs."""
    return sheen(bitmap(_speckled(tints), clamp=True), 0.32)


def _clutch(place: Float64Array, radius: float, tints: tuple[str, ...], rng: np.random.Generator) -> Parts:
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
        fine = smoothstep(1.9, 2.3, noise((_SHELL_PX, _SHELL_PX), seed=11 + number, exponent=0.9, lowest=14))
        broad = smoothstep(2.2, 2.6, noise((_SHELL_PX, _SHELL_PX), seed=31 + number, exponent=1.6, lowest=10))
        shell = np.broadcast_to(hex_to_linear(color), (*fine.shape, 3))
        shells.append(blend(shell, mix_hex(color, "#4a3426", 0.75), np.clip(0.75 * fine + 0.7 * broad, 0, 1)))
    return np.asarray(np.concatenate(shells, 1), np.float32)


def snow(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Drifts, snowballs and crumbs of snow, with frosted twigs and cones."""
    palette = Palette(colors=own(colors, "#e8eef6"), jitter=0.01)
    needles = Palette(colors=("#5f8672", "#7fa08f"), foot=-0.12, tip=0.26)
    cones = Palette(colors=("#6e4a30", "#7d5838"), foot=-0.12, tip=0.34)
    scale = usual_size(view)
    drifts = np.concatenate([[1.1, 0.9, 0.7], rng.uniform(0.45, 1.0, crowd(view, 7))]) * scale
    patch = Patch(back=-1.9, front=0.6, gap=0.05, spread=0.6)
    lain, share = fit_spots(view, sized(drifts, 1.08, 0.42, core=0.5), rng, patch)
    drifts, scale = drifts * share, scale * share
    taken = occupied(lain, drifts, 0.5)
    balls = np.concatenate([[0.30, 0.24], rng.uniform(0.1, 0.2, crowd(view, 6))]) * scale
    rolled = find_spots(view, sized(balls), rng, Patch(back=-1.0, front=0.8, spread=0.5), taken)
    taken += occupied(rolled, balls)
    crumbs = rng.uniform(0.015, 0.05, crowd(view, 170))
    patch = Patch(back=-1.8, front=1.5, gap=0.01, spread=0.9, before=0.2)
    rest = find_spots(view, flat_things(crumbs, 1.0), rng, patch, taken)
    snows = strewn([snow_mound(n) for n in range(4)], lain, drifts, palette, rng, tilt=0, lift=-0.012)
    snows += strewn([snowball(n) for n in range(3)], rolled, balls, palette, rng, tilt=180, lift=-0.02)
    snows += strewn([ball(5)], rest, crumbs, palette, rng, lift=-0.006)
    parts = named("snow", snows) + evergreen(view, rng, needles, cones=cones, berries=0)
    coats = {"needles": diffuse(needles.albedo()), "cones": diffuse(cones.albedo())}
    return gather(parts, {**coats, "snow": diffuse(palette.albedo())})
