"""Large leaves of the tropics: palm fronds, monstera and banana leaves that frame a product, and some that lie."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    crowd,
    dyed,
    flat_things,
    gather,
    laid,
    named,
    own,
    sheen,
    spun,
    usual_size,
)
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.foliage import banana_leaf, frond, monstera_leaf
from photoshoot.placers.studio.geometry.mesh import Mesh

_Leaf = Callable[[int], Mesh]
_LEAFLETS = 30
_VARIANTS = 3
_EACH_SIDE = 5
_MOST = 12  # leaves that lie there: those of wide pictures are large, and more are a thicket
_FARTHEST, _NEAREST = -2.5, (1.1, 2.0)  # depth of leaves that grow, and how near they come: behind product and podium
_GAP = 0.08  # around the product, where no leaf counts as seen, world units
_COVERED = 0.6  # of the picture's half width: what is said to be wider is a podium, or fills the picture anyhow
_SEEN = 0.5  # of a leaf, at least: less is a scrap at the picture's edge
_SHARES = (1.0, 0.8, 0.62, 0.48)  # of its length that are tried until so much is seen
_OUTSIDE = 0.1  # of its length that its foot is outside the picture
_LEANS = ((0.0, 0.5, 1.0), (58.0, 18.0, -38.0))  # degrees over the horizon, from the lowest leaf to the highest
_TURNS, _FLATTENED = (35.0, 25.0), 0.25  # most degrees about its rib and upright, and the share where things stand
_FLAT = 0.3  # how hollow what lies still is, of a leaf that grows
_PALM = Palette(colors=("#3f6b35", "#557f3f", "#4a7a44"), foot=-0.02, tip=0.03, jitter=0.03)
_MONSTERA = Palette(colors=("#24552f", "#2f6638", "#1d4a2c"), foot=0.14, tip=-0.01, jitter=0.03)


def palm_leaves(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Fronds of palms."""
    return _foliage(view, rng, _PALM.dyed_in(colors), (_palm,))


def monstera(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Leaves of monstera, with their slits."""
    return _foliage(view, rng, _MONSTERA.dyed_in(colors), (_monstera,))


def tropical_leaves(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Monstera, palm fronds and banana leaves together."""
    palette = Palette(
        colors=own(colors, *_MONSTERA.colors, *_PALM.colors), foot=0.08, tip=_MONSTERA.tip, jitter=_MONSTERA.jitter
    )
    return _foliage(view, rng, palette, (_monstera, _palm, _monstera, _banana))


@lru_cache(maxsize=_VARIANTS)
def _palm(seed: int) -> Mesh:
    return frond(1.0, 0.22, seed, _LEAFLETS)


@lru_cache(maxsize=_VARIANTS)
def _monstera(seed: int) -> Mesh:
    return monstera_leaf(seed)


@lru_cache(maxsize=_VARIANTS)
def _banana(seed: int) -> Mesh:
    return banana_leaf(seed)


def _foliage(view: View, rng: np.random.Generator, palette: Palette, kinds: Sequence[_Leaf]) -> Pieces:
    """Leaves that lie at both sides; where the product stands, others rise and hang in at the picture's sides."""
    count = min(crowd(view, 7 if view.lying else 4), _MOST)
    lengths = rng.uniform(1.2, 1.9, count) * usual_size(view) * (1.25 if view.lying else 1.0)
    patch = Patch(back=-1.3, front=0.6, gap=0.06, spread=0.6)
    spots, share = fit_spots(view, flat_things(lengths, 0.5, 0.2, core=0.5), rng, patch)
    models = [_centered(kind(int(rng.integers(_VARIANTS)))) for kind in kinds]
    turns = spun(rng, count, tilt=7) + np.array([0.0, -90.0, 0.0])
    dyes = palette.draw(rng, count)
    which = rng.integers(len(models), size=count)
    lying = laid(models, spots, lengths * share, turns, kinds=which, lift=0.004, columns=dyes, palette=palette)
    framing = [] if view.lying else _framing(view, rng, palette, kinds)
    return gather(named("leaves", [*framing, *lying]), {"leaves": sheen(palette.albedo(), 0.28, 0.06)})


def _centered(model: Mesh) -> Mesh:
    """The leaf about the origin, nearly flat, as one lies that was cut."""
    return model.scaled(1.0, 1.0, _FLAT).moved(-0.5)


def _framing(view: View, rng: np.random.Generator, palette: Palette, kinds: Sequence[_Leaf]) -> list[Mesh]:
    """Leaves from outside the picture, behind the product's front: fans that rise at its sides, and some from above."""
    found = []
    turned = _FLATTENED if view.taken or view.kept else 1.0
    for index in range(2 * _EACH_SIDE):
        side, place = (-1.0, 1.0)[index % 2], index // 2 / (_EACH_SIDE - 1)
        z = float(rng.uniform(_FARTHEST, -np.clip(view.product_half_width, *_NEAREST)))
        wide, tall = view.half_width_at(z), max(view.top_at(z), 1.0)
        size = float(rng.uniform(0.75, 1.05)) * min(0.62 * tall, 1.1 * wide)
        y = place * tall * float(rng.uniform(0.9, 1.05)) + 0.1
        lean = float(rng.uniform(-10, 10) + np.interp(place, *_LEANS))
        roll, yaw = (turned * float(rng.uniform(-most, most)) for most in _TURNS)
        model = kinds[int(rng.integers(len(kinds)))](int(rng.integers(_VARIANTS)))
        posed = dyed(model, int(palette.draw(rng, 1)[0]), palette).turned(roll, "x").turned(lean, "z")
        posed = (posed if side < 0 else posed.turned(180, "y")).turned(yaw)
        unit = posed.vertices.astype(np.float64)
        for length in (share * size for share in _SHARES):
            foot = np.array([side * (wide + _OUTSIDE * length), y, z])
            foot[1] = max(y, 0.01 - length * float(unit[:, 1].min()))  # over the support
            if _is_seen(view, length * unit + foot):
                found.append(posed.scaled(length).moved(*foot))
                break
    return found


def _is_seen(view: View, points: Float64Array) -> bool:
    """Whether enough of a leaf's points (N, 3) is seen, its tip perhaps behind the product, and it is in nothing."""
    nearness = (view.distance - points[:, 2]) / view.distance
    height = view.camera_y + (points[:, 1] - view.camera_y) / nearness
    across = points[:, 0] / nearness
    level = height < view.product_bottom + view.product_height + _GAP
    behind = min(view.product_half_width + _GAP, _COVERED * view.half_width)
    hidden = level & (np.abs(across - view.product_x) < behind)
    seen = (np.abs(across) < view.half_width) & (height < view.top) & ~hidden
    return bool(seen.mean() >= _SEEN) and not _pierces(view, points)


def _pierces(view: View, points: Float64Array) -> bool:
    """Whether a leaf goes through what stands there already, or what room is kept for: none is higher than products."""
    rooms = np.array([*view.taken, *view.kept]).reshape(-1, 3)
    points = points[points[:, 1] < view.product_bottom + view.product_height]
    if not len(rooms):
        return False
    away = (points[:, None, 0] - rooms[:, 0]) ** 2 + (points[:, None, 2] - rooms[:, 1]) ** 2
    return bool((away < rooms[:, 2] ** 2).any())
