"""Dunes of sand or snow under a wide sky."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from scipy.ndimage import map_coordinates

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear, hex_to_oklab
from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.beside import Ground, beside, on_ground
from photoshoot.placers.studio.assets.props.placement import Patch, to_scale
from photoshoot.placers.studio.backdrops.country_road import CountryRoad
from photoshoot.placers.studio.backdrops.night_sky import night_aperture, night_sky
from photoshoot.placers.studio.backdrops.streets import Street, street_coat
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.creases import draw_creases, part
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.boulders import rock_material
from photoshoot.placers.studio.landscape.cloud_sea import CloudSea
from photoshoot.placers.studio.landscape.dunes import Dunescape
from photoshoot.placers.studio.landscape.grid import ground_points, row_spacing
from photoshoot.placers.studio.landscape.meadow import meadow_albedo, meadow_blades
from photoshoot.placers.studio.landscape.mountains import rising
from photoshoot.placers.studio.landscape.plants import grass_albedo, tuft_places, tufts
from photoshoot.placers.studio.lighting.sky import Sky, balanced_key, open_air, top_elevation
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, diffuse
from photoshoot.placers.studio.scene.emitters import albedo_exposure, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.stands import Stand
from photoshoot.placers.studio.set_builders.strewn_rocks import draw_sizes, strew_rocks
from photoshoot.placers.studio.set_builders.wet_streets import wet_coat
from photoshoot.sets import Light
from photoshoot.sets.dunes import Dunes
from photoshoot.sets.props import LARGE_LEAVES

_GRASS = "#a99a55"
_ROCK = "#8f8072"
_LEVEL = {"sand": 0.9, "snow": 0.86, "clouds": 0.76}
_GRAIN = {"sand": 0.055, "snow": 0.012}
_HAZY = 120.0  # depth over which haze grows
_GRAIN_PX = 1.5  # size of grains on the canvas
_FOOTHILLS = 0.22  # height of dunes before mountains, which they hid, to that of others
_BY_NIGHT = 0.5  # the same under a sky that is to be seen
_LEAST_ROW_PX = 1.0  # height of a row of the mesh in the texture at least: far rows are seen on slopes
_PATCHY_STEP = 2  # grains between those whose patch of meadow is looked up
_APERTURE = 0.028  # the far end of the land is out of focus, as behind whatever a camera is near to
_UNTOLD_DB = 4.0  # of moonlit clouds, whose shades have edges: paths all over them are worth more than a patch of rims
_MOST_DOWN, _MOST_ACROSS = 900, 1400  # grains of the texture


def build_dunes(design: Dunes, view: View, rng: np.random.Generator) -> SetParts:
    """Ground out to the horizon, its sky, and what lies or grows on it; all of it and the light vary."""
    light = vary(design.light, rng)
    exposure = _exposure(light, _LEVEL[design.ground])
    night = design.night_sky != "none"
    sky = Sky(
        colors=design.sky_colors, top_deg=top_elevation(view), clouds=0.0 if night else 0.25, seed=int(rng.integers(4))
    )
    light = light if design.ground == "sand" else balanced_key(light, sky)
    land = _land(design, view, light, rng)
    base = Stand.of(design, view, exposure, rng)
    land = replace(land, foot=base.foot, drop=base.height)
    if isinstance(land, CloudSea):
        shapes = base.shapes | _clouds(design, land)
    else:
        land, open_land = _open_land(design, view, land, -base.height, rng)
        shapes = base.shapes | open_land
    shapes |= _props(design, replace(view, taken=(*view.taken, *base.rim)), land, rng, base.resting(land.height))
    shapes |= beside(design, view, rng, ground=base.resting(land.height), taken=base.rim)
    shapes |= open_air(light, view, sky, exposure)
    shapes |= night_sky(design.night_sky, sky, view, exposure, side=light.azimuth_deg, seed=land.seed)
    shapes |= rising(design.far, view, design.sky_colors[0], -base.height, land.seed)
    clouds_by_night = night and design.ground == "clouds"
    return SetParts(
        shapes=shapes,
        exposure=exposure,
        tone_curve="studio",
        aperture=night_aperture(design.far) if night else _APERTURE,
        film_density=0 if _is_quiet(design) else math.inf,
        least_patch=1.0 if clouds_by_night else 0.0,
        untold_db=_UNTOLD_DB if clouds_by_night else 0.0,
        lawn=_is_meadow(design) and not design.road,
    )


def _land(design: Dunes, view: View, light: Light, rng: np.random.Generator) -> Dunescape | CloudSea:
    """The land by chance, as if nothing stood on it."""
    if design.ground == "clouds":
        return CloudSea.drawn(view, rng)
    ground = "snow" if _is_meadow(design) else design.ground
    return Dunescape.drawn(ground, view, -1.0 if light.azimuth_deg > 0 else 1.0, rng)


def _open_land(
    design: Dunes, view: View, land: Dunescape, level: float, rng: np.random.Generator
) -> tuple[Dunescape, dict[str, object]]:
    """The land as it is once what must be seen is, and its shapes, with a road where one runs through it."""
    if not design.road:
        land = _lowered(land, design)
        return land, _dunes(design, view, land, rng)
    road = CountryRoad.drawn(view, rng.spawn(1)[0])
    land = _lowered(replace(land, road=road.edges), design)
    with ThreadPoolExecutor(1) as other:  # asphalt takes as long as the land
        coat = other.submit(_asphalt, road.street, design, view, land.seed)
        shapes = _dunes(design, view, land, rng)
        return land, shapes | road.shapes(level, coat.result())


def _clouds(design: Dunes, land: CloudSea) -> dict[str, object]:
    """Shapes of a sea of clouds: hazier the farther they are."""
    white, haze = hex_to_linear(design.ground_color), hex_to_linear(design.sky_colors[0])
    shapes: dict[str, object] = {"ground": to_shape(land.level(), bsdf=diffuse(design.ground_color))}
    for number, puffs in enumerate(land.puffs):
        color = white * (1 - puffs.haze) + haze * puffs.haze
        shapes[f"puffs_{number}"] = to_shape(puffs.mesh(), bsdf=diffuse(np.asarray(color, np.float32)))
    return shapes


def _asphalt(street: Street, design: Dunes, view: View, seed: int) -> Entry:
    """A road's surface; ``seed`` chooses how it is worn, and where puddles are after rain."""
    return wet_coat(street, view, seed) if design.wet else street_coat(street, seed)


def _lowered(land: Dunescape, design: Dunes) -> Dunescape:
    """With lower dunes where those would hide mountains, a sky by night or a road."""
    if design.night_sky == "none" and design.far == "none" and not design.road:
        return land
    lower = _FOOTHILLS if design.far != "none" or design.road else _BY_NIGHT
    return replace(land, dunes=tuple(replace(dune, height=lower * dune.height) for dune in land.dunes))


def _dunes(design: Dunes, view: View, land: Dunescape, rng: np.random.Generator) -> dict[str, object]:
    """Shapes of dunes, of a meadow or of snow."""
    x, z, mesh = _ground(view, land)
    paint = _paint(design, view, x, z)
    shapes: dict[str, object] = {"ground": to_shape(mesh, bsdf=diffuse(bitmap(paint, clamp=True)))}
    if _is_meadow(design) and not design.road:
        shapes["grass"] = meadow_blades(view, land.foot, land.height, design.ground_color, rng.spawn(1)[0])
    return shapes


def _is_meadow(design: Dunes) -> bool:
    """Whether its ground is grass before mountains, which no wind draws ripples in."""
    return design.far != "none" and design.ground == "sand" and hex_to_oklab(design.ground_color)[1] < 0


def _is_quiet(design: Dunes) -> bool:
    """Whether it has 2 dB to spare, of which a coarser film costs .7, and takes long: sand with a road or leaves."""
    return design.ground == "sand" and (design.road or design.beside in LARGE_LEAVES)


def _ground(view: View, land: Dunescape) -> tuple[Float64Array, Float64Array, Mesh]:
    """The land's x and z over a grid, and its mesh, with sharp crests."""
    x, z = ground_points(view, hilly=0.65, rows=1.7)
    spacing = row_spacing(z)
    x, z, creases = draw_creases(x, z, land.pieces)
    across, down = np.linspace(0, 1, x.shape[1])[None], _rows_down(view, z)[:, None]
    uv = np.stack(np.broadcast_arrays(across, down), -1)
    mesh = relief(np.stack([x, land.height(x, z, spacing), z], -1), uv, creases)
    return x, z, part(mesh, creases, land.pieces)


def _exposure(light: Light, level: float) -> float:
    """Such that slopes turned a little to the sun show the ground's colour: level ground is darker under a low sun."""
    elevation = math.radians(light.elevation_deg)
    return albedo_exposure(
        light, level, facing=(0.0, math.sin(elevation + math.radians(12)) / math.sin(elevation), 0.0)
    )


def _paint(design: Dunes, view: View, x: Float64Array, z: Float64Array) -> Float32Array:
    """The ground's colour over the mesh: grain near the camera, haze far away."""
    rows, columns = _grains(view, z)
    row = np.interp((np.arange(rows) + 0.5) / rows, _rows_down(view, z), np.arange(len(z)))
    column = (np.arange(columns) + 0.5) / columns * (x.shape[1] - 1)
    depth = np.interp(row, np.arange(len(z)), z[:, 0])
    if _is_meadow(design):
        at = np.meshgrid(row[::_PATCHY_STEP], column[::_PATCHY_STEP], indexing="ij")
        patchy = meadow_albedo(design.ground_color, map_coordinates(x, at, order=1), map_coordinates(z, at, order=1))
        patchy = patchy.repeat(_PATCHY_STEP, 0)[:rows].repeat(_PATCHY_STEP, 1)[:, :columns]
        far = 1 - np.exp(np.minimum(depth[:, None, None] + 4, 0) / _HAZY)
        fine = (patchy * (1 - far) + hex_to_linear(design.sky_colors[0]) * far).astype(np.float32)
    else:
        fine = _bare(design, x, z)[np.round(row).astype(int)][:, np.round(column).astype(int)]
    strength = (_GRAIN[design.ground] * np.exp(np.minimum(depth, 0) / 1.5)).astype(np.float32)
    grain = np.random.default_rng(22).standard_normal((rows, columns), dtype=np.float32)
    return np.asarray(np.clip(fine * (1 + strength[:, None] * grain)[..., None], 0, 0.95), np.float32)


def _bare(design: Dunes, x: Float64Array, z: Float64Array) -> Float32Array:
    """Sand or snow at the mesh's points (rows, columns, 3), linear."""
    ground, haze = hex_to_linear(design.ground_color), hex_to_linear(design.sky_colors[0])
    patches = 0.4 * plane_noise(x * 0.3, z * 0.3, seed=21, octaves=2)
    far = (1 - np.exp(np.minimum(z + 4, 0) / _HAZY))[..., None]
    color = ground * (1 + _GRAIN[design.ground] * patches)[..., None] * (1 - far) + haze * far
    return np.asarray(color, np.float32)


def _rows_down(view: View, z: Float64Array) -> Float64Array:
    """Where the mesh's rows lie in the texture, (n,), 0 to 1: as in the picture, so that grains are as tall as wide."""
    below = view.distance - np.minimum(z[:, 0], 0.9 * view.distance)
    level_px = view.axis_row_px + view.distance * view.px_per_unit * view.camera_y / below
    steps = np.maximum(np.diff(np.clip(level_px, 0, 1.1 * view.height_px)), _LEAST_ROW_PX)
    return np.concatenate([[0.0], np.cumsum(steps) / steps.sum()])


def _grains(view: View, z: Float64Array) -> tuple[int, int]:
    """Grains of the texture, down and across, of about ``_GRAIN_PX``."""
    tall = 1.1 * view.height_px - max(view.axis_row_px, 0) + _LEAST_ROW_PX * len(z)
    return min(_MOST_DOWN, round(tall / _GRAIN_PX)), min(_MOST_ACROSS, round(1.1 * view.width_px / _GRAIN_PX))


def _props(
    design: Dunes, view: View, land: Dunescape | CloudSea, rng: np.random.Generator, ground: Ground
) -> dict[str, object]:
    if design.props == "rocks":
        stones = _stones(view, land, rng)
        return {"rocks": to_shape(stones, bsdf=rock_material(_ROCK, rng))} if stones else {}
    if design.props == "grass":
        roots = tuft_places(view, view.product_half_width + 0.5, rng, int(np.clip(3 * view.half_width, 5, 20)))
        return {"grass": to_shape(tufts(roots, land.height, rng), bsdf=diffuse(bitmap(grass_albedo(_GRASS))))}
    pieces = to_scale(STREWN[design.props], view, rng, ())
    return {name: to_shape(on_ground(mesh, ground), bsdf=coat) for name, (mesh, coat) in pieces.items()}


def _stones(view: View, land: Dunescape | CloudSea, rng: np.random.Generator) -> Mesh | None:
    """Rocks half sunk in the ground."""
    sizes = draw_sizes(view, int(np.clip(3 + 1.3 * view.half_width, 4, 12)), 0.6, rng)
    patch = Patch(back=-2.2, front=0.7, gap=0.2, spread=0.9)
    return strew_rocks(view, sizes, rng, patch, land.height, height=0.9, sunk=0.25)
