"""Cut flowers beside the product: roses, tulips and daisies, some on their stems, some heads alone."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_oklab, oklab_to_hex
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    crowd,
    flat_things,
    gather,
    laid,
    lowest,
    named,
    own,
    sheen,
    spun,
    strewn,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.flowers import STEM_LENGTH, daisy, lying_stem, rose, tulip
from photoshoot.placers.studio.assets.props.meshes.produce import small_petal
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Spots, Thing, find_spots, fit_spots
from photoshoot.placers.studio.assets.props.rest import rotations
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.textures.procedural import smoothstep

_GREEN = Palette(colors=("#4a6f3c", "#5f8549"), foot=-0.05, tip=0.06)
HEART = Palette(colors=("#e0a526",), jitter=0.02)
_DETOURS_DEG, _STEPS = (0, 25, -25, 50, -50, 75, -75, 110, -110), 8  # of stems round what lies there; places along one
_LEAN_DEG = 62.0  # of a lying flower's head, from upright towards where its stem does not lie
_LOOSE = 5
_CORE = 0.84  # share of a head's room in which no other lies
_FOOT, _PINK = -0.13, 0.75  # change of lightness at a petal's foot, whole for colours of this lightness
_WHITE, _CREAM, _CREAMY = (0.88, 0.97), "#f3e9d3", 0.75  # lightness less chroma, where petals become, and how far
_SUNK = 0.01  # of what touches the support: no light shines under it
Kinds = npt.NDArray[np.int64]


def flowers(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Roses in shades of pink, a few loose petals."""
    asked = tuple(_petal_color(color) for color in own(colors, "#d8758c", "#eeb4ba", "#f5e3d8"))
    palette = Palette(colors=asked, foot=_FOOT * _share_of_shade(asked), tip=0.05, jitter=0.03)
    parts = _bunch(view, rng, [rose(n) for n in range(4)], palette, 0.36)
    sizes = rng.uniform(0.16, 0.26, crowd(view, 16) if view.most is None else 0)
    patch = Patch(back=-1.2, front=1.5, gap=0.02, spread=0.7, before=0.15)
    spots = find_spots(view, flat_things(sizes, 0.52, 0.1, core=0.9), rng, patch)
    parts += named("heads", strewn([small_petal(n) for n in range(4)], spots, sizes, palette, rng, tilt=24))
    return _gathered(parts, palette)


def _petal_color(color: str) -> str:
    """The colour as petals have it: the whitest are of cream, and look of porcelain in pure white."""
    lab = hex_to_oklab(color)
    share = _CREAMY * float(smoothstep(*_WHITE, lab[0] - np.hypot(*lab[1:])))
    return oklab_to_hex((1 - share) * lab + share * hex_to_oklab(_CREAM))


def _share_of_shade(colors: Sequence[str]) -> float:
    """How much of the shade at their foot petals show: those of white roses hardly any, which else are grey."""
    lightness = float(np.mean([hex_to_oklab(color)[0] for color in colors]))
    return float(np.clip((1.0 - lightness) / (1.0 - _PINK), 0.1, 1.0))


def tulips(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Tulips on their stems."""
    palette = Palette(colors=own(colors, "#d6486a", "#e9a23b", "#f3e2cf"), foot=0.14, tip=-0.07, jitter=0.03)
    return _gathered(_bunch(view, rng, [tulip(n) for n in range(3)], palette, 0.24, loose=0), palette)


def daisies(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Daisies: heads that face up, a few on stems."""
    palette = Palette(colors=own(colors, "#fbf8ef"), foot=-0.06, tip=0.02, jitter=0.02)
    parts = _bunch(view, rng, [daisy(n)[0] for n in range(2)], palette, 0.26, loose=9, hearts=[daisy(0)[1]])
    return _gathered(parts, palette)


def _bunch(
    view: View,
    rng: np.random.Generator,
    heads: Sequence[Mesh],
    palette: Palette,
    radius: float,
    *,
    loose: int = _LOOSE,
    hearts: Sequence[Mesh] = (),
) -> Parts:
    """Flowers that lie on their stems, heads towards the product, and loose heads that face up."""
    many = 2 if view.lying else 1
    on_stems, alone = many * crowd(view, 7), many * crowd(view, loose) if loose else 0
    if view.most is not None:
        on_stems, alone = view.most, 0
    count = on_stems + alone
    radii = radius * usual_size(view) * rng.uniform(0.86, 1.16, count)
    room = _room(heads)
    things = [Thing(radius=room * r, height=1.6 * r, core=_CORE) for r in radii]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.1, front=0.9, gap=0.08, spread=0.42))
    radii = radii * share
    turns = _turns(view, rng, spots, radii, on_stems)
    kinds, dyes = rng.integers(len(heads), size=count), palette.draw(rng, count)
    spots = _centred(heads, spots, radii, turns, kinds)
    rested = _rested(heads, spots, radii, turns, kinds)
    parts = named("heads", laid(heads, rested, radii, turns, kinds=kinds, lift=None, columns=dyes, palette=palette))
    if hearts:
        parts += named("hearts", laid(hearts, rested, radii, turns, lift=None, columns=0 * kinds, palette=HEART))
    stems = {index: place for index, place in spots.items() if index < on_stems}
    flat = np.stack([0 * turns[:, 0], 0 * turns[:, 1], turns[:, 2]], 1)
    green = _GREEN.draw(rng, count)
    number = rng.integers(4, size=count)
    parts += named(
        "stems",
        laid([lying_stem(n) for n in range(4)], stems, radii, flat, kinds=number, columns=green, palette=_GREEN),
    )
    return parts


def _room(heads: Sequence[Mesh]) -> float:
    """Radius of the room that a head takes that lies on its stem, in radii of its own."""
    high = max(float(head.vertices[:, 1].max()) for head in heads)
    lean = math.radians(_LEAN_DEG)
    return max(1.0, 0.5 * high * math.sin(lean) + math.cos(lean))


def _centred(heads: Sequence[Mesh], spots: Spots, radii: Float64Array, turns: Float64Array, kinds: Kinds) -> Spots:
    """Where the foot of each head is, such that its middle, seen from above, is where its room is."""
    ways = rotations(turns)
    feet: dict[int, Float64Array] = {}
    for index, place in spots.items():
        points = radii[index] * (heads[kinds[index]].vertices @ ways[index].T)
        middle = 0.5 * (points.min(0) + points.max(0))
        feet[index] = place - [middle[0], 0.0, middle[2]]
    return feet


def _rested(heads: Sequence[Mesh], spots: Spots, radii: Float64Array, turns: Float64Array, kinds: Kinds) -> Spots:
    """Where the foot of each head is, such that the head touches the support."""
    foot = np.stack([lowest(head, radii, turns) for head in heads])[kinds, np.arange(len(kinds))]
    return {index: place - [0.0, foot[index] + _SUNK, 0.0] for index, place in spots.items()}


def _turns(view: View, rng: np.random.Generator, spots: Spots, radii: Float64Array, on_stems: int) -> Float64Array:
    """(count, 3), as in ``copies``: stems point away from the product, their heads lean towards it."""
    turns = spun(rng, len(radii), 16, 16)
    for index, place in spots.items():
        if index < on_stems:
            away = np.degrees(np.arctan2(-place[2] - 0.2, place[0] - view.product_x)) + rng.uniform(-38, 38)
            end = place[2] - STEM_LENGTH * radii[index] * np.sin(np.radians(away))
            turns[index, :2] = _LEAN_DEG + rng.uniform(-14, 14), rng.uniform(-8, 8)
            over = end > view.support_front  # no stem hangs over an edge
            turns[index, 2] = _clear_way(view, place, STEM_LENGTH * radii[index], -away if over else away)
    return turns


def _clear_way(view: View, place: Float64Array, length: float, way_deg: float) -> float:
    """The way, nearest to the one that is wanted, in which a stem lies on nothing else; that one if none is."""
    taken = np.array(view.taken).reshape(-1, 3)
    along = length * np.linspace(0.0, 1.0, _STEPS)[:, None]
    for turn in _DETOURS_DEG if len(taken) else ():
        way = math.radians(way_deg + turn)
        points = place[[0, 2]] + along * [math.cos(way), -math.sin(way)]
        away = np.linalg.norm(points[:, None] - taken[:, :2], axis=-1)
        if points[-1, 1] <= view.support_front and (away > taken[:, 2]).all():
            return way_deg + turn
    return way_deg


def _gathered(parts: Parts, palette: Palette) -> Pieces:
    coats = {
        "heads": sheen(palette.albedo(), 0.45, 0.03),
        "hearts": sheen(HEART.albedo(), 0.5, 0.02),
        "stems": sheen(_GREEN.albedo(), 0.35, 0.05),
    }
    return gather(parts, coats)
