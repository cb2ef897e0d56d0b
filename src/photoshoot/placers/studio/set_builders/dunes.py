"""Dunes of sand or snow under a wide sky."""

import math
from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.beside import Ground, beside
from photoshoot.placers.studio.assets.props.placement import Patch, Thing, find_spots, to_scale
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.creases import draw_creases, part
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.boulders import rock_material, set_down
from photoshoot.placers.studio.landscape.dunes import Dunescape
from photoshoot.placers.studio.landscape.grid import ground_points, row_spacing
from photoshoot.placers.studio.landscape.plants import grass_albedo, tuft_places, tufts
from photoshoot.placers.studio.lighting.sky import Sky, open_air, top_elevation
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, diffuse
from photoshoot.placers.studio.scene.emitters import albedo_exposure, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.stands import Stand
from photoshoot.sets import Light
from photoshoot.sets.dunes import Dunes

_GRASS = "#a99a55"
_ROCK = "#8f8072"
_LEVEL = {"sand": 0.9, "snow": 0.86}
_GRAIN = {"sand": 0.055, "snow": 0.012}
_GRAIN_PX = 1.5  # size of grains on the canvas
_FINEST = 4  # grains a cell of the mesh, each way


def build_dunes(design: Dunes, view: View, rng: np.random.Generator) -> SetParts:
    """Ground out to the horizon, its sky, and what lies or grows on it; all of it and the light vary."""
    light = vary(design.light, rng)
    exposure = _exposure(light, _LEVEL[design.ground])
    sky = Sky(colors=design.sky_colors, top_deg=top_elevation(view), clouds=0.25, seed=int(rng.integers(4)))
    land = Dunescape.drawn(design.ground, view, -1.0 if light.azimuth_deg > 0 else 1.0, rng)
    base = Stand.of(design, view, exposure, rng)
    land = replace(land, foot=base.foot, drop=base.height)
    x, z, mesh = _ground(view, land)
    shapes: dict[str, object] = {
        **base.shapes,
        "ground": to_shape(mesh, bsdf=diffuse(bitmap(_paint(design, view, x, z), clamp=True))),
    }
    shapes |= _props(design, replace(view, taken=(*view.taken, *base.rim)), land, rng, base.resting(land.height))
    shapes |= beside(design, view, rng, ground=base.resting(land.height), taken=base.rim)
    shapes |= open_air(light, view, sky, exposure)
    return SetParts(shapes=shapes, exposure=exposure, tone_curve="studio")


def _ground(view: View, land: Dunescape) -> tuple[Float64Array, Float64Array, Mesh]:
    """The land's x and z over a grid, and its mesh, with sharp crests."""
    x, z = ground_points(view, hilly=0.65, rows=1.7)
    spacing = row_spacing(z)
    x, z, creases = draw_creases(x, z, land.pieces)
    mesh = relief(np.stack([x, land.height(x, z, spacing), z], -1), creases=creases)
    return x, z, part(mesh, creases, land.pieces)


def _exposure(light: Light, level: float) -> float:
    """Such that slopes turned a little to the sun show the ground's colour: level ground is darker under a low sun."""
    elevation = math.radians(light.elevation_deg)
    return albedo_exposure(
        light, level, facing=(0.0, math.sin(elevation + math.radians(12)) / math.sin(elevation), 0.0)
    )


def _paint(design: Dunes, view: View, x: Float64Array, z: Float64Array) -> Float32Array:
    """The ground's colour over the mesh: grain near the camera, haze far away."""
    ground, haze = hex_to_linear(design.ground_color), hex_to_linear(design.sky_colors[0])
    patches = 0.4 * plane_noise(x * 0.3, z * 0.3, seed=21, octaves=2)
    far = (1 - np.exp(np.minimum(z + 4, 0) / 120))[..., None]
    color = ground * (1 + _GRAIN[design.ground] * patches)[..., None] * (1 - far) + haze * far
    down, across = _grains(view, *x.shape)
    fine = np.repeat(np.repeat(color.astype(np.float32), down, 0), across, 1)
    strength = np.repeat(_GRAIN[design.ground] * np.exp(np.minimum(z[:, 0], 0) / 1.5), down).astype(np.float32)
    grain = np.random.default_rng(22).standard_normal(fine.shape[:2], dtype=np.float32)
    return np.asarray(np.clip(fine * (1 + strength[:, None] * grain)[..., None], 0, 0.95), np.float32)


def _grains(view: View, rows: int, columns: int) -> tuple[int, int]:
    """Grains a cell of the mesh, down and across, that look about as tall as wide."""
    cells = np.array([(view.height_px - max(view.axis_row_px, 0)) / rows, view.width_px / columns])
    down, across = np.clip(np.round(cells / _GRAIN_PX), 1, _FINEST).astype(int)
    return int(down), int(across)


def _props(design: Dunes, view: View, land: Dunescape, rng: np.random.Generator, ground: Ground) -> dict[str, object]:
    if design.props == "rocks":
        stones = _stones(view, land, rng)
        return {"rocks": to_shape(stones, bsdf=rock_material(_ROCK, rng))} if stones else {}
    if design.props == "grass":
        roots = tuft_places(view, view.product_half_width + 0.5, rng, int(np.clip(3 * view.half_width, 5, 20)))
        return {"grass": to_shape(tufts(roots, land.height, rng), bsdf=diffuse(bitmap(grass_albedo(_GRASS))))}
    pieces = to_scale(STREWN[design.props], view, rng, ())
    return {name: _on(ground, mesh, coat) for name, (mesh, coat) in pieces.items()}


def _stones(view: View, land: Dunescape, rng: np.random.Generator) -> Mesh | None:
    """Rocks half sunk in the ground."""
    count = int(np.clip(3 + 1.3 * view.half_width, 4, 12))
    sizes = np.sort(np.exp(rng.uniform(np.log(0.12), np.log(0.6), count)))[::-1] * min(
        1.0, 0.5 + 0.14 * view.half_width
    )
    things = [Thing(radius=float(size), height=0.9 * float(size)) for size in sizes]
    spots = find_spots(view, things, rng, Patch(back=-2.2, front=0.7, gap=0.2, spread=0.9))
    if not spots:
        return None
    places = np.array([place[[0, 2]] for place in spots.values()])
    return set_down(places, sizes[list(spots)], land.height, rng, sunk=0.25)


def _on(ground: Ground, mesh: Mesh, coat: Entry) -> object:
    """A prop that rests on y = 0, lifted to the ground."""
    x, y, z = mesh.vertices.astype(np.float64).T
    lifted = np.stack([x, y + ground(x, z), z], 1)
    return to_shape(replace(mesh, vertices=lifted.astype(np.float32)), bsdf=coat)
