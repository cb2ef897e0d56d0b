"""Cloths that lie beside a product, dropped rather than laid: linen napkins, pieces of silk."""

from functools import lru_cache
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.props.instancing import flat_things, own, usual_size
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, rotation
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, blended, diffuse, metal
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import linen, smoothstep

_LINEN, _SILK = "#ece4d4", "#e9dcc6"
_SIZES: Final = (1.15, 1.35)  # half of a cloth's side, world units: a napkin of 35 cm that is crumpled
_DIES: Final = 0.45  # of a fold, from a product's foot
_UNSEEN: Final = 0.7  # how high folds before a product may be, of what would hide its foot
_PATCH: Final = Patch(back=-1.1, front=0.6, gap=0.05, spread=0.25)
_POINTS, _KINDS = 140, 3
_WEAVE: Final = 1.1  # repeats of linen a half side
_CREASED, _SOFT = (0.2, 2.6, 3.0), (0.2, 2.3, 2.0)
"""Of linen's and of silk's folds: height of a half side, how many there are, and how sharp they are."""
_THICK, _HEM = 0.006, 0.5
"""How thick a cloth is, and how far folds are lower towards its edge; of a half side."""

_SEAM, _SEWN = 0.012, 0.085
"""How high the hem stands on the cloth, and how wide it is sewn; of a half side."""
_DRAWN, _SKEWED = 0.07, 0.06
"""How much a cloth's folds draw its sides in and askew: what waves more looks like torn paper."""


def linens(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """A crumpled linen napkin at one side."""
    color = own(colors, _LINEN)[0]
    coat = diffuse(bitmap(linen(color, int(rng.integers(4))).color, Tiling(scale=(_WEAVE, _WEAVE))))
    return _dropped(view, rng, _CREASED, coat)


def silks(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """A piece of silk at one side, in soft folds."""
    color = own(colors, _SILK)[0]
    coat = blended(diffuse(color), metal(mix_hex(color, "#ffffff", 0.45), 0.24), 0.46)
    return _dropped(view, rng, _SOFT, coat)


def _dropped(view: View, rng: np.random.Generator, folds: tuple[float, float, float], coat: Entry) -> Pieces:
    turn, number = float(rng.uniform(0, 360)), int(rng.integers(_KINDS))
    size = float(rng.uniform(*_SIZES)) * usual_size(view)
    mesh = _cloth(number, *folds).transformed(rotation(turn))
    if not view.lying:
        return {"cloth": (_under(view, mesh.scaled(size), rng), coat)}
    spots, share = fit_spots(view, flat_things([size], 0.92, 0.3), rng, _PATCH)
    return {"cloth": (mesh.scaled(size * share).moved(*spots[0]), coat)} if spots else {}


def _under(view: View, mesh: Mesh, rng: np.random.Generator) -> Mesh:
    """A cloth that comes out from under a product's foot, to one side and to the front: folds die away under it."""
    side = float(rng.choice([-1.0, 1.0]))
    points = mesh.vertices + np.array([view.product_x + side * (0.75 * view.product_half_width + 0.3), 0.0, 0.4])
    aside = np.abs(points[:, 0] - view.product_x) - view.product_half_width
    along = np.maximum(points[:, 2] - 0.1, -view.product_back - 0.1 - points[:, 2])
    away = np.hypot(np.maximum(aside, 0), np.maximum(along, 0))
    points[:, 1] = _THICK + (points[:, 1] - _THICK) * smoothstep(0.0, _DIES, away)
    sight = _THICK + _UNSEEN * view.camera_y * np.maximum(points[:, 2], 0) / view.distance
    points[:, 1] = np.minimum(points[:, 1], sight + 0.5 * np.maximum(aside, 0))  # no fold hides the product's foot
    return mesh.bent(points)


@lru_cache(maxsize=2 * _KINDS)
def _cloth(number: int, high: float, many: float, sharp: float) -> Mesh:
    """A square cloth of half side 1 about the origin that was dropped: folds run over it, its edges are drawn in."""
    seed = 60 + 7 * number
    across = np.linspace(-1, 1, _POINTS)
    u, v = np.meshgrid(across, across)
    bend = plane_noise(1.1 * u, 1.1 * v, seed=seed)
    ridge = plane_noise(many * (u + 0.35 * bend), 0.45 * many * (v - 0.3 * bend), seed=seed + 1)
    other = plane_noise(0.5 * many * (u - v), 0.9 * many * v, seed=seed + 2)
    folds = np.clip(1 - np.hypot(ridge, 0.12) * 1.5, 0, 1) ** sharp + 0.6 * np.clip(other, 0, 1) ** 2
    edge = 1 - np.maximum(np.abs(u), np.abs(v))
    height = high * folds * (1 - _HEM + _HEM * smoothstep(0.0, 0.5, edge)) + 0.03 * bend * smoothstep(0.0, 0.3, edge)
    height += _SEAM * (smoothstep(_SEWN + 0.03, _SEWN - 0.01, edge) - smoothstep(0.02, 0.0, edge))
    drawn = 1 - _DRAWN * plane_noise(0.8 * u + 5, 0.8 * v, seed=seed + 3)
    x = 0.78 * drawn * u + _SKEWED * plane_noise(0.7 * v, 0 * v + 3, seed=seed + 4)
    z = 0.78 * drawn * v + _SKEWED * plane_noise(0.7 * u, 0 * u + 9, seed=seed + 5)
    uv = np.stack([u, v], -1)
    return relief(np.stack([x, np.maximum(height, 0) + _THICK, z], -1), uv)
