"""A sandy beach: sand, the waves' foam, the sea, its sky and perhaps the sun; palms, shells or rocks."""

import math
from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import format_hex, hex_to_linear, linear_to_srgb
from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.beside import beside, on_ground
from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.backdrops.night_sky import night_aperture, night_sky
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, drop_degenerate, grid
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.grid import ground_points
from photoshoot.placers.studio.landscape.mountains import rising
from photoshoot.placers.studio.landscape.palms import hanging_fronds, island
from photoshoot.placers.studio.landscape.water import depth_albedo, facing_camera, waves
from photoshoot.placers.studio.lighting.sky import Sky, color_at, open_air, top_elevation
from photoshoot.placers.studio.scene.bsdfs import BLACK, Entry, area_emitter, bitmap, diffuse, finished
from photoshoot.placers.studio.scene.emitters import albedo_exposure, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.stands import Stand
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets import Light
from photoshoot.sets.beach import Beach

_SHORE = -5.2  # depth of the water's edge
_SEA = -0.16  # the sea's level
_ENDS, _DIVE = 3.0, 0.6  # how far inland its surface ends, and how much lower
_WET = 1.9  # how far the sand is wet, from the water's edge
_IOR = 1.45
_LEAF = "#41562a"
_TRUNK = "#5c5140"
_SUN_AT = -240.0
_SUN_RADIUS, _RIM = 5.4, 0.74  # world units, with its rim; share of that where the rim begins
_SUN_AZIMUTH = 120.0  # from so far behind at least
_SKY = 0.04  # least share of the picture's height over the horizon


def build_beach(design: Beach, view: View, rng: np.random.Generator) -> SetParts:
    """Sand, sea and sky; the shore's line, the waves, clouds, palms and the light vary."""
    light = vary(design.light, rng)
    light = against_sun(light) if design.sun and _sees_horizon(view) else light
    exposure = albedo_exposure(light, 0.93, facing=(0.0, 0.85, 0.2))
    night = design.night_sky != "none"
    sky = Sky(
        colors=design.sky_colors, top_deg=top_elevation(view), clouds=0.0 if night else 0.35, seed=int(rng.integers(4))
    )
    seed = int(rng.integers(40))
    base = Stand.of(design, view, exposure, rng)
    shore = _Shore(view, seed, base)
    shapes: dict[str, object] = {**base.shapes, "sand": _sand(design, view, shore), **_water(design, view, shore, rng)}
    side = -1.0 if light.azimuth_deg > 0 else 1.0  # away from the sun, so that what hangs there is lit
    shapes |= _props(design, view, side, rng, base)
    shapes |= beside(design, view, rng, ground=base.resting(shore.height), taken=base.rim)
    shapes |= open_air(light, view, sky, exposure)
    shapes |= night_sky(design.night_sky, sky, view, exposure, side=light.azimuth_deg, seed=seed)
    shapes |= rising(design.far, view, design.sky_colors[0], _SEA - base.height, seed)
    if design.sun and _sees_horizon(view):
        shapes["sun"] = _sun(design, view, -side, exposure, sky)
    return SetParts(
        shapes=shapes,
        aperture=night_aperture(design.far) if night else 0.02,
        exposure=exposure,
        bloom=0.07 if design.sun else 0.0,
        tone_curve="studio",
    )


def against_sun(light: Light) -> Light:
    """The light of a sun that the picture shows low over the sea: from its side and from behind, as shadows tell."""
    azimuth = math.copysign(max(abs(light.azimuth_deg), _SUN_AZIMUTH), light.azimuth_deg)
    return light if light.fixed else replace(light, azimuth_deg=azimuth)


class _Shore:
    """Where the water ends, and the sand's height."""

    def __init__(self, view: View, seed: int, on: Stand) -> None:
        self.seed, self.foot, self.drop = seed, on.foot, on.height
        self.z = min(_SHORE, -view.product_back - 2.5) + on.hides

    def edge(self, x: Float64Array) -> Float64Array:
        """Depth of the water's edge at x."""
        return np.asarray(self.z + 0.9 * plane_noise(x * 0.22, 0 * x, seed=self.seed), np.float64)

    def height(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Height of the sand: soft bumps near the camera, smooth where waves run up, and down under the sea."""
        inland = z - self.edge(x)
        dry = smoothstep(0.8, 2.6, inland) * self.foot.clear(x, z, 0.1, 0.9)
        bumps = 0.07 * plane_noise(x / 1.1, z / 1.1, seed=self.seed + 3, octaves=2)
        fine = 0.012 * plane_noise(x / 0.3, z / 0.3, seed=self.seed + 5, octaves=2)
        slope = _SEA * (1 - smoothstep(-0.4, 2.4, inland)) - 0.25 * smoothstep(0.0, 6.0, -inland)
        return np.asarray(dry * (bumps + fine) + slope - self.drop, np.float64)


def _sand(design: Beach, view: View, shore: _Shore) -> object:
    x, z = ground_points(view, shore.z - 6.0, hilly=0.2, rows=1.2)
    mesh = relief(np.stack([x, shore.height(x, z), z], -1))
    albedo = bitmap(_sand_albedo(design, x, z, shore), clamp=True)
    return to_shape(mesh, bsdf=finished(albedo, "satin") if design.wet_sand else diffuse(albedo))


def _sand_albedo(design: Beach, x: Float64Array, z: Float64Array, shore: _Shore) -> Float32Array:
    """Dry sand with its grain, and dark wet sand along the water, or all of it wet."""
    fine_x, fine_z = (np.repeat(np.repeat(points, 3, 0), 3, 1) for points in (x, z))
    sand = hex_to_linear(design.sand_color)
    grain = np.random.default_rng(31).standard_normal(fine_x.shape, dtype=np.float32)
    near = np.exp(np.minimum(fine_z, 0) / 3.0)
    patches = plane_noise(fine_x * 0.9, fine_z * 0.9, seed=shore.seed + 9, octaves=2)
    dry = sand * (1 + 0.05 * patches + 0.075 * near * grain)[..., None]
    tide = 0.35 * plane_noise(fine_x * 0.8, fine_z * 0.3, seed=shore.seed + 11)
    inland = np.zeros_like(tide) if design.wet_sand else fine_z - shore.edge(fine_x) + tide
    wet = 1 - smoothstep(_WET - 0.35, _WET, inland)[..., None]
    return np.asarray(np.clip(dry * (1 - wet) + 0.52 * sand * wet, 0, 0.95), np.float32)


def _water(design: Beach, view: View, shore: _Shore, rng: np.random.Generator) -> dict[str, object]:
    x, z = ground_points(view)
    heights = _SEA - shore.drop + 0.02 + waves(x, z - 4.0, 0.55, shore.foot, rng) + _breakers(x, z, shore)
    heights -= _DIVE * smoothstep(1.5, _ENDS, z - shore.edge(x))  # under the lowest sand, before it ends there
    surface = facing_camera(relief(np.stack([x, heights, z], -1)), view)
    foam = _foam(x, z, shore)[..., None]
    albedo = depth_albedo(design.sea_color, x, z + 2.0)
    shallow = (1 - smoothstep(0.0, 5.0, shore.edge(x) - z))[..., None]
    pale = np.asarray(mix_hex(design.sea_color, design.sand_color, 0.55), np.float32)
    albedo = albedo * (1 - 0.7 * shallow) + pale * 0.7 * shallow
    white = np.asarray(albedo * (1 - foam) + 0.92 * foam, np.float32)
    coat: Entry = {
        "type": "plastic",
        "diffuse_reflectance": bitmap(white, clamp=True),
        "int_ior": _IOR,
        "nonlinear": False,
    }
    return {"sea": to_shape(_at_sea(surface, x, z, shore), bsdf={"type": "twosided", "bsdf": coat})}


def _at_sea(surface: Mesh, x: Float64Array, z: Float64Array, shore: _Shore) -> Mesh:
    """The surface without what would lie under the beach."""
    land = (z > shore.edge(x) + _ENDS).reshape(-1)
    kept = ~land[surface.faces].any(axis=1)
    return Mesh(vertices=surface.vertices, faces=surface.faces[kept], uv=surface.uv, normals=surface.normals)


def _breakers(x: Float64Array, z: Float64Array, shore: _Shore) -> Float64Array:
    """Two low waves that roll in."""
    out = shore.edge(x) - z
    first = 0.10 * np.exp(-(((out - 1.6) / 0.5) ** 2))
    second = 0.14 * np.exp(-(((out - 5.5 - 0.5 * np.sin(0.3 * x)) / 0.9) ** 2))
    return np.asarray(first + second, np.float64)


def _foam(x: Float64Array, z: Float64Array, shore: _Shore) -> Float64Array:
    """Share of foam: along the edge, on the breakers' crests, and in shreds between."""
    out = shore.edge(x) - z
    torn = plane_noise(x * 2.2, z * 2.2, seed=shore.seed + 15, octaves=3)
    broad = plane_noise(x * 0.7, z * 1.2, seed=shore.seed + 17, octaves=2)
    edge = np.exp(-(((out + 0.05) / 0.30) ** 2)) * smoothstep(-0.9, 0.3, torn)
    crest = np.exp(-(((out - 1.45) / 0.30) ** 2)) * smoothstep(-0.5, 0.6, torn)
    far = 0.5 * np.exp(-(((out - 5.2 - 0.5 * np.sin(0.3 * x)) / 0.42) ** 2)) * smoothstep(-0.2, 0.9, broad)
    shreds = 0.35 * smoothstep(0.5, 1.3, torn) * (1 - smoothstep(0.0, 3.5, out)) * smoothstep(-0.4, 0.2, out)
    return np.asarray(np.clip(edge + crest + far + shreds, 0, 1), np.float64)


def _props(design: Beach, view: View, side: float, rng: np.random.Generator, on: Stand) -> dict[str, object]:
    if design.props == "palms":
        leaves = diffuse(np.asarray(hex_to_linear(_LEAF), np.float32))
        near: dict[str, object] = {"fronds": to_shape(hanging_fronds(view, side, rng), bsdf=leaves)}
        if not _sees_horizon(view):
            return near
        crowns, rest = island(view, -side, rng, _SEA - on.height)
        return {
            **near,
            "crowns": to_shape(crowns, bsdf=leaves),
            "island": to_shape(rest, bsdf=diffuse(np.asarray(mix_hex(_TRUNK, design.sky_colors[0], 0.25), np.float32))),
        }
    free = replace(view, taken=(*view.taken, *on.rim))
    if design.props == "rocks":  # of any size, whatever stands there
        color = format_hex(linear_to_srgb(mix_hex(design.sand_color, "#5f5a52", 0.6)))
        pieces = STREWN["rocks"](free, rng, (color,))
    else:
        pieces = to_scale(STREWN[design.props], free, rng, ())
    if on.shapes:
        level = on.resting(lambda x, _: np.full_like(x, -on.height))
        pieces = {name: (on_ground(mesh, level), coat) for name, (mesh, coat) in pieces.items()}
    return stand(pieces, view)


def _sees_horizon(view: View) -> bool:
    """Whether the picture reaches up to it: else what is out there would be seen in the water alone, upside down."""
    return view.axis_row_px > _SKY * view.height_px


def _sun(design: Beach, view: View, side: float, exposure: float, sky: Sky) -> object:
    """The sun's disc over the sea, a little beside the product; its rim goes over into the sky, else it is a saw."""
    scale = (view.distance - _SUN_AT) / view.distance
    beside = view.product_x * scale + side * (view.product_half_width * scale + 0.30 * view.half_width_at(_SUN_AT))
    around, out = np.linspace(0, 2 * np.pi, 65), np.linspace(0, 1, 9)[:, None]
    flat = _SUN_RADIUS * np.stack([out * np.cos(around), out * np.sin(around), 0 * out * around], -1)
    disc = grid(flat, np.stack([0.5 + 0 * out * around, 0 * around + out], -1))
    high = 1.7 * _SUN_RADIUS
    behind = color_at(sky, float(np.degrees(np.arctan2(high, view.distance - _SUN_AT))))
    rim = smoothstep(1.0, _RIM, np.linspace(0, 1, 64))[:, None, None]
    shine = 3.2 * mix_hex(design.light.color, "#ffffff", 0.45)
    radiance = np.asarray((behind + (shine - behind) * rim) / exposure, np.float32)
    emitter = area_emitter(bitmap(radiance, clamp=True), 0.05)
    return to_shape(drop_degenerate(disc).moved(beside, view.camera_y + high, _SUN_AT), bsdf=BLACK, emitter=emitter)
