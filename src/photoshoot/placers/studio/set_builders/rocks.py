"""A slab among rough rocks before a plain wall, with sand, pebbles, moss or soil between them."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.night_sky import PLACE_APERTURE
from photoshoot.placers.studio.backdrops.real_places import mood_of, place_picture, under_stars
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.rocks import parted
from photoshoot.placers.studio.geometry.terrain import Terrain
from photoshoot.placers.studio.landscape.boulders import Slab, rock_material, set_down
from photoshoot.placers.studio.landscape.brook import Brook, mossy
from photoshoot.placers.studio.landscape.ground_cover import Cover, cover_ground, make_terrain
from photoshoot.placers.studio.landscape.plants import plant
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.procedural import plaster
from photoshoot.placers.studio.textures.soil import moss
from photoshoot.sets import Light
from photoshoot.sets.rocks import Rocks

_WALL_Z = -4.8
_LARGEST = 1.15
_IN_BROOK, _DAMP = 0.24, 0.1  # height of a slab in a brook at most, and how far under its top it is wet
_MOSS = 0.012  # its relief
_PAIRS = 14  # of a large and a small rock that a side has at most


def build_rocks(design: Rocks, view: View, rng: np.random.Generator) -> SetParts:
    """The slab, boulders at both sides, what lies between them, and the wall; all of it and the light vary."""
    light = vary(design.light, rng)
    base = Slab.under(view, _IN_BROOK) if design.brook else Slab.under(view)
    seed = int(rng.integers(64))
    brook = Brook.round(base, view, rng.spawn(1)[0]) if design.brook else None
    ground = brook.height if brook else make_terrain(design.ground, -base.height, seed)
    resting = brook.resting if brook else _resting(base, ground)
    slab = base.mesh(int(rng.integers(1000)))
    boulders = _boulders(view, base, ground, rng)
    shapes = {**_stones(design, slab, boulders, rng), **_behind(design, view, base, light, rng)}
    cover = Cover(kind=design.ground, color=design.ground_color, slab=base, wet=design.wet)
    shapes |= cover_ground(cover, view, ground, rng, back=_WALL_Z - 0.3)
    shapes |= brook.shapes(view, rng.spawn(1)[0], _WALL_Z - 0.3) if brook else {}
    shapes |= plant(design.plants, view, resting, base.reach, rng)
    shapes |= build_lights(light, view, Rig(back_z=-2.6, distance=9.5))
    shapes |= beside(design, view, rng, ground=resting, among=boulders, taken=base.rim())
    aperture = 0.05 if design.night_sky == "none" else PLACE_APERTURE
    return SetParts(shapes=shapes, aperture=aperture, exposure=albedo_exposure(light, 0.92))


def _stones(design: Rocks, slab: Mesh, boulders: list[Mesh], rng: np.random.Generator) -> dict[str, object]:
    """The slab and the boulders; by a brook these have moss on them, and the slab is wet at its foot."""
    if not design.brook:
        stones = merged([slab, *boulders])
        return {"rocks": to_shape(stones, bsdf=rock_material(design.rock_color, rng, wet=design.wet))}
    own = rng.spawn(1)[0]
    place = int(own.integers(2**31))

    def stone(*, wet: bool) -> Entry:
        return rock_material(design.rock_color, np.random.default_rng(place), wet=wet)

    dry, damp = parted(slab, -_DAMP, seed=int(own.integers(64)))
    shapes: dict[str, object] = {"damp": to_shape(damp, bsdf=stone(wet=True))}
    if boulders:
        bare, green, fibres = mossy(merged(boulders), design.ground_color, int(own.integers(64)), own, wet=design.wet)
        dry = merged([dry, bare])
        moss_coat = textured(moss(design.ground_color, 1), Tiling.drawn(1.0, own), "matte", _MOSS)
        shapes |= {"moss_fibres": fibres, "moss": to_shape(green, bsdf=moss_coat)}
    return {**shapes, "rocks": to_shape(dry, bsdf=stone(wet=design.wet))}


def _behind(design: Rocks, view: View, base: Slab, light: Light, rng: np.random.Generator) -> dict[str, object]:
    """A plain wall, or the place that the rocks lie in."""
    if design.place == "none":
        return {"wall": to_shape(stage_wall(view, z=_WALL_Z), bsdf=_wall(design, rng))}
    exposure, edge = albedo_exposure(light, 0.92) / light.intensity, (_WALL_Z - 0.3, base.height)
    mood = under_stars(mood_of(design.place, light), design.night_sky)
    return {"place": place_picture(design.place, design.heading_deg, view, mood, edge, exposure)}


def _wall(design: Rocks, rng: np.random.Generator) -> Entry:
    return textured(plaster(design.backdrop_color, 3, 0.05), Tiling.drawn(0.35, rng), "matte")


def _boulders(view: View, base: Slab, ground: Terrain, rng: np.random.Generator) -> list[Mesh]:
    """Rocks at both sides: large ones behind, larger farther out, and small ones before them."""
    sides = rng.uniform(size=(2, _PAIRS, 2, 3))
    places: list[tuple[float, float]] = []
    sizes: list[float] = []
    for side, pairs in zip((-1.0, 1.0), sides, strict=True):
        away = 0.0
        for index, pair in enumerate(pairs):
            for (size, depth, step), large in zip(pair, (True, False), strict=True):
                growth = 1 + 0.5 * min(index, 3)
                radius = min((0.42 + 0.2 * size) * growth, _LARGEST) if large else 0.2 + 0.16 * size
                z = -2.5 + 0.8 * depth if large else -0.9 + 1.25 * depth
                x = _beside(view, base, z) + away + 0.95 * radius
                if x - radius + side * view.product_x < view.half_width_at(z) + 0.2:
                    places.append((view.product_x + side * x, z))
                    sizes.append(radius)
                away += (0.75 + 0.5 * step) * radius + (2.6 * step if large and index > 1 else 0.0)
    return [set_down(places, sizes, ground, rng)] if places else []


def _beside(view: View, base: Slab, z: float) -> float:
    """How far from the product's middle a rock at depth ``z`` must stay, so as not to hide or touch it or its slab."""
    seen = (view.product_half_width + 0.12) * (view.distance - z) / view.distance
    return max(seen, 1.04 * base.reach if z > base.back - 0.3 else 0.0)


def _resting(base: Slab, ground: Terrain) -> Terrain:
    """Height of what a leaf falls on: the slab or the ground."""

    def height(x: Float64Array, z: Float64Array) -> Float64Array:
        return np.where(base.covers(x, z), 0.0, ground(x, z))

    return height
