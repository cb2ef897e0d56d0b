"""A made bed or a sofa: a duvet with soft folds or a seat, pillows, a padded back, and a window's light on the wall."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.pillow import PILLOW, pillow
from photoshoot.placers.studio.assets.props.beside import Ground, beside
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.grid import Footprint, ground_points
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, ambient, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import woven
from photoshoot.placers.studio.textures.procedural import linen, plaster, smoothstep
from photoshoot.placers.studio.textures.wood import WoodGrain, wood
from photoshoot.sets.bed import Bed

_HEAD = -3.4  # depth of the headboard behind a product that was photographed from the front
_SOFA_BACK, _CUSHION, _BACK_HALF, _SEAM = -2.3, 3.0, 0.85, 0.07
"""Of a sofa: depth of its back at least, width of a cushion, half its height, and how deep seams are."""
_LIFELIKE, _MOST = 2.0, 1.6  # ``View.prop_scale`` at which it is as in life; the most it grows: the wall stays in sight
_LIT = -1.0  # depth of the plane that the window is drawn on: its light falls on the duvet round the product
_ROUND = 0.25  # of the folds' ridges: 0 is a knife's edge
_TRAY_HIGH, _TRAY_WOOD = 0.10, "#9a6b42"
_THREADS = 0.5  # repeats of the weave a world unit


def build_bed(design: Bed, view: View, rng: np.random.Generator) -> SetParts:
    """Duvet, pillows, headboard and wall; the folds, the pillows' leaning and the light vary."""
    light = vary(design.light, rng, 0.7)
    grown = _grown(view)
    head = grown * min(_HEAD, -view.product_back - 2.2)
    if design.sofa:
        head = min(_SOFA_BACK, -view.product_back - 1.3)
    z = head - 0.9 * grown
    plane = GoboPlane.across(view, _LIT, bottom=-1.0, share=1.2)
    white, tinted = _sofa_back(view, head, grown, rng) if design.sofa else _pillows(view, head, grown, rng)
    accent = textured(linen(design.accent_color, 2), Tiling.drawn(_THREADS, rng), "matte", 0.003)
    texture, repeats = woven(design, design.linen_color, view, _THREADS, 1)
    cloth = textured(texture, Tiling.drawn(repeats, rng), "matte", 0.003)
    wall = textured(plaster(design.wall_color, int(rng.integers(4)), 0.02), Tiling.drawn(0.6, rng), "matte")
    ground = _seat(view, grown, rng) if design.sofa else _swells(view, rng)
    under = _Tray.on(view) if design.has_tray else None
    shapes: dict[str, object] = {
        "duvet": to_shape(_duvet(view, head, ground if under is None else under.pressed(ground)), bsdf=cloth),
        "pillows": to_shape(white, bsdf=cloth),
        "accents": to_shape(tinted if design.sofa else merged([tinted, _headboard(view, head, grown)]), bsdf=accent),
        "wall": to_shape(stage_wall(view, z=z), bsdf=wall),
        "fill": ambient(light, Rig(fill_color="#eef2ff", fill_scale=0.85)),
    }
    shapes |= sun_through("panes", light, view, plane, rng, 1 - fill_share(light))
    if under is None:
        shapes |= beside(design, view, rng, ground=ground)
    else:
        shapes |= {"tray": under.shape(rng), **beside(design, under.within(view), rng, front=under.front - 0.1)}
    return SetParts(shapes=shapes, aperture=0.06, exposure=albedo_exposure(light, 1.28))


def _grown(view: View) -> float:
    """How many times larger than built pillows are, 1 or more: beside a watch those of a doll's bed looked so."""
    return float(np.clip(_LIFELIKE / view.prop_scale, 1.0, _MOST))


@dataclass(frozen=True, kw_only=True)
class _Tray:
    """A wooden tray on the bed: the product stands on it, and what is beside it."""

    half: float
    """Half its width, world units; its middle is the picture's."""
    front: float
    """Depth of its front edge."""
    back: float
    """Depth of its back edge."""

    @classmethod
    def on(cls, view: View) -> Self:
        """One that holds the product and what lies beside it."""
        back = -max(1.7, view.product_back + 0.4)
        most = abs(view.product_x) + view.product_half_width + 2.6
        return cls(half=min(most, view.half_width_at(back) + 0.4), front=0.62, back=back)

    def within(self, view: View) -> View:
        """The view, no wider than what can stand on it, as far back as that is."""
        half = (self.half - 0.4) * view.distance / (view.distance - self.back)
        return replace(view, width_px=min(view.width_px, 2 * round(half * view.px_per_unit)))

    def pressed(self, ground: Ground) -> Ground:
        """The cloth under it: lower, and level there."""
        middle, deep = 0.5 * (self.front + self.back), 0.5 * (self.front - self.back)

        def height(x: Float64Array, z: Float64Array) -> Float64Array:
            away = np.hypot(np.maximum(np.abs(x) - self.half, 0), np.maximum(np.abs(z - middle) - deep, 0))
            cloth = smoothstep(0.05, 0.9, away) * (ground(x, z) + _TRAY_HIGH) - _TRAY_HIGH
            return np.asarray(np.where(z > self.back, np.minimum(cloth, -_TRAY_HIGH / 2), cloth), np.float64)

        return height

    def shape(self, rng: np.random.Generator) -> object:
        """It, with a low rim."""
        middle, deep, low = 0.5 * (self.front + self.back), 0.5 * (self.front - self.back), _TRAY_HIGH / 2
        boards = rounded_box((self.half, low, deep), 0.03, uv_scale=1.0).moved(0, -low, middle)
        rims = [rounded_box((0.05, 0.06, deep), 0.03, uv_scale=1.0).moved(s * self.half, 0, middle) for s in (-1, 1)]
        rims += [rounded_box((self.half, 0.06, 0.05), 0.03, uv_scale=1.0).moved(0, 0, self.back)]
        texture = wood(_TRAY_WOOD, "#4d3118", WoodGrain(planks=1, seed=int(rng.integers(4)), contrast=0.8))
        coat = textured(texture, Tiling.drawn(0.24, rng, 90.0), "satin", 0.003)
        return to_shape(merged([boards, *rims]), bsdf=coat)


def _duvet(view: View, head: float, ground: Ground) -> Mesh:
    x, z = ground_points(view, head - 0.3, hilly=0.3)
    return relief(np.stack([x, ground(x, z), z], -1), np.stack([x, z], -1))


def _swells(view: View, rng: np.random.Generator) -> Ground:
    """Height of soft cloth: broad swells, folds that run out from the product, level under it."""
    seed = int(rng.integers(40))

    def height(x: Float64Array, z: Float64Array) -> Float64Array:
        away = Footprint.of(view).clear(x, z, 0.02, 1.1)
        swell = 0.16 * plane_noise(x * 0.55, z * 0.55, seed=seed, octaves=2)
        bend = plane_noise(x * 0.5, z * 0.5, seed=seed + 4)
        ridges = plane_noise(x * 1.1 + 0.8 * bend, z * 0.45 + 0.8 * bend, seed=seed + 8)
        folds = 1 + _ROUND - np.hypot(ridges, _ROUND)  # a filled cloth has no sharp ridge
        creases = 0.16 * np.clip(folds, 0, 1) ** 4 + 0.02 * plane_noise(x * 3, z * 3, seed=seed + 12, octaves=2)
        return np.asarray(away * (swell + creases), np.float64)

    return height


def _pillows(view: View, head: float, grown: float, rng: np.random.Generator) -> tuple[Mesh, Mesh]:
    """(in the duvet's linen, in the accent colour): pillows in a row that lean on the headboard."""
    half, step = view.half_width_at(head) + 2.0, 2.15 * grown * PILLOW[0]
    count = int(np.ceil(half / step))
    rows: tuple[list[Mesh], list[Mesh]] = ([], [])
    for index in range(-count, count + 1):
        x = index * step + float(rng.uniform(-0.12, 0.12))
        rows[0].append(pillow(grown, rng).moved(x, 0.66 * grown, head + 0.62 * grown))
        if index % 2 == 0:
            place = (x + 0.5 * grown, 0.50 * grown, head + 1.15 * grown)
            rows[1].append(pillow(0.72 * grown, rng).moved(*place))
    return merged(rows[0]), merged(rows[1])


def _seat(view: View, grown: float, rng: np.random.Generator) -> Ground:
    """Height of a sofa's seat: full cushions with a seam between them beside the product, level under it."""
    seed, wide = int(rng.integers(40)), max(_CUSHION * grown, 2 * view.product_half_width + 1.2)
    first = view.product_x + float(rng.uniform(0.35, 0.65)) * wide

    def height(x: Float64Array, z: Float64Array) -> Float64Array:
        away = Footprint.of(view).clear(x, z, 0.02, 1.1)
        across = np.abs((x - first + wide / 2) % wide - wide / 2)  # from the nearest seam
        seam = _SEAM * np.exp(-((across / 0.07) ** 2)) + 0.5 * _SEAM * np.exp(-((across / 0.4) ** 2))
        soft = 0.05 * plane_noise(x * 0.6, z * 0.6, seed=seed, octaves=2)
        creases = 0.012 * plane_noise(x * 2.6, z * 1.3, seed=seed + 5, octaves=2)
        return np.asarray(away * (soft + creases) - seam * np.minimum(1, 0.2 + away), np.float64)

    return height


def _sofa_back(view: View, head: float, grown: float, rng: np.random.Generator) -> tuple[Mesh, Mesh]:
    """(a sofa's back cushions and its frame, pillows beside the product)."""
    half, wide, tall = view.half_width_at(head) + 2.0, _CUSHION * grown, _BACK_HALF * grown
    shift = float(rng.uniform(-0.5, 0.5)) * wide
    backs = []
    for x in np.arange(-half - wide, half + wide, wide):
        cushion = rounded_box((wide / 2 - 0.015, tall, 0.36 * grown), 0.24 * grown, steps=6, uv_scale=1.0)
        backs.append(cushion.turned(-float(rng.uniform(9, 13)), "x").moved(float(x) + shift, 0.9 * tall, head))
    frame = rounded_box((half + wide, tall, 0.3 * grown), 0.12 * grown, steps=3, uv_scale=1.0)
    backs.append(frame.moved(0, 0.62 * tall, head - 0.75 * grown))
    pillows = []
    for side in (-1.0, 1.0):
        x = view.product_x + side * (view.product_half_width + (0.5 + float(rng.uniform(0.3, 0.7))) * grown * PILLOW[0])
        pillows.append(pillow(0.8 * grown, rng).moved(x, 0.5 * grown, head + 0.75 * grown))
    return merged(backs), merged(pillows)


def _headboard(view: View, head: float, grown: float) -> Mesh:
    """Upright padded panels, side by side, a little higher than the pillows."""
    wide, half, tall = 1.15 * grown, view.half_width_at(head) + 4.0, 1.35 + 0.16 * (grown - 1)
    places = np.arange(-half, half, wide)
    panel = rounded_box((wide / 2 - 0.012, tall, 0.16), 0.09, steps=3, uv_scale=1.0)
    return merged([panel.moved(float(x), tall - 0.45, head - 0.15) for x in places])
