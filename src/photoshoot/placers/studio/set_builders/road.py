"""A street of asphalt: paint, puddles where it has rained, a kerb, and a real place out of focus behind it."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.backdrops.real_places import MOODS, PLACE_Z, place_picture
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.lighting.environment import sky_light
from photoshoot.placers.studio.scene.bsdfs import Entry, Tiling, bitmap, blended, embossed, finished, plastic
from photoshoot.placers.studio.scene.emitters import IRRADIANCE, Rig, albedo_exposure, build_lights, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.industrial import asphalt
from photoshoot.placers.studio.textures.procedural import Texture, smoothstep
from photoshoot.sets.road import Road

_TILE = 4.5  # world units that one square of the asphalt's texture covers
_BUMP = 0.02
_SIDE = 16.0  # half of the square that puddles and paint are drawn on
_PX = 1400
_WET = 0.42  # how much darker asphalt is where it is wet
_LINE = 0.75  # half width of a painted line


def build_road(design: Road, view: View, rng: np.random.Generator) -> SetParts:
    """Asphalt, paint and puddles, and one light over all; the heading, the puddles and the light vary a little."""
    light = vary(design.light, rng, 0.6)
    mood = MOODS[design.place]
    heading = design.heading_deg + 3.0 * int(rng.integers(-2, 3))
    exposure = albedo_exposure(light, mood.white, facing=(0.0, 0.8, 0.2))
    floor = stage_floor(view, back=PLACE_Z, uv_scale=1.0)
    shapes: dict[str, object] = {
        "asphalt": to_shape(floor, bsdf=_material(design, view, rng)),
        "place": place_picture(design.place, heading, view, mood, (PLACE_Z, 0.0), exposure / light.intensity),
        **build_lights(light, view, Rig(back_z=-2.4)),
        "fill": sky_light(design.place, heading, IRRADIANCE * fill_share(light)),
    }
    return SetParts(shapes=shapes, aperture=0.06, exposure=exposure, bloom=0.06)


def _material(design: Road, view: View, rng: np.random.Generator) -> Entry:
    """Asphalt and its paint in one picture round the product; under a film of water where that stands."""
    texture = asphalt(design.asphalt_color, int(rng.integers(3)))
    x, z = _plan()
    painted = _paint(design, view, x, z, rng)
    wet = _puddles(view, x, z, int(rng.integers(40))) if design.surface == "wet" else np.zeros_like(x)
    albedo = _drawn(texture, design.line_color, painted) * (1 - _WET * smoothstep(0.0, 0.4, wet))[..., None]
    plan = Tiling(scale=(0.5 / _SIDE, 0.5 / _SIDE), offset=(0.5, 0.75))
    grain = Tiling(scale=(1 / _TILE, 1 / _TILE))
    ground = embossed(finished(bitmap(np.asarray(albedo, np.float32), plan), "eggshell"), texture, grain, _BUMP)
    if design.surface == "dry":
        return ground
    film = plastic(bitmap(np.asarray(0.55 * albedo, np.float32), plan), 0.03, 1.5)
    return blended(ground, film, bitmap(np.asarray(smoothstep(0.35, 0.6, wet), np.float32), plan))


def _plan() -> tuple[Float64Array, Float64Array]:
    """World x and z of the picture's pixels: a square from behind the product to before it."""
    side = (np.arange(_PX) + 0.5) / _PX
    x, z = np.meshgrid((side - 0.5) * 2 * _SIDE, (side - 0.75) * 2 * _SIDE)
    return x, z


def _drawn(texture: Texture, color: str, share: Float64Array) -> Float64Array:
    """The asphalt under worn paint."""
    size = len(texture.color)
    index = (np.arange(_PX) * (2 * _SIDE / _TILE) / _PX * size).astype(int) % size
    ground = texture.color[index][:, index]
    chips = texture.height[index][:, index]
    cover = share * (1 - 0.75 * smoothstep(0.9, 1.9, -chips + 0.4 * share))
    return np.asarray(ground + (hex_to_linear(color) * 0.92 - ground) * cover[..., None], np.float64)


def _paint(design: Road, view: View, x: Float64Array, z: Float64Array, rng: np.random.Generator) -> Float64Array:
    """Where there is paint, 0 to 1; it runs past the product, not under its middle."""
    side = float(rng.choice([-1.0, 1.0]))
    slant = float(rng.uniform(0.10, 0.30)) * side
    worn = 0.75 + 0.25 * plane_noise(x * 0.9, z * 0.9, seed=5, octaves=3)
    if design.line == "none":
        return np.zeros_like(x)
    if design.line == "crossing":
        step = ((x - view.product_x - slant * z) / 2.2) % 1.0
        bars = smoothstep(0.0, 0.02, step) * (1 - smoothstep(0.5, 0.52, step))
        return np.asarray(bars * np.clip(worn, 0.4, 1), np.float64)
    middle = view.product_x + side * (view.product_half_width + 0.9) + slant * z
    away = [x - middle] if design.line == "solid" else [x - middle, x - middle - 1.15 * side]
    half = _LINE / 2 if design.line == "solid" else _LINE / 3
    lines = [1 - smoothstep(half, half + 0.03, np.abs(distance)) for distance in away]
    return np.asarray(np.maximum.reduce(lines) * np.clip(worn, 0.4, 1), np.float64)


def _puddles(view: View, x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    """How wet it is, 0 to 1: puddles round the product and behind it, damp between; shallow under the product."""
    field = plane_noise(x * 0.30, z * 0.42, seed=seed, octaves=3)
    edge = 0.10 * plane_noise(x * 2.2, z * 2.2, seed=seed + 4, octaves=2)
    near = 0.35 * (1 - Footprint.of(view).clear(x, z, 0.3, 2.5))
    return np.asarray(np.clip(0.45 + 0.55 * (field + edge) + near, 0, 1), np.float64)
