"""A dark room with glowing tubes, or coloured light alone, over a glossy floor or one of a material."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import LUMINANCE, hex_to_linear
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_sweep, stage_wall
from photoshoot.placers.studio.backdrops.table_tops import table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import torus, tube
from photoshoot.placers.studio.scene.bsdfs import BLACK, Tiling, area_emitter, plastic, textured
from photoshoot.placers.studio.scene.emitters import Rig, ambient, softbox, tube_radiance, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.placers.studio.textures.masonry import BRICK_SCALE, bare_bricks
from photoshoot.placers.studio.textures.procedural import concrete
from photoshoot.sets import Light
from photoshoot.sets.neon_room import GEL_PAPER, NeonRoom

_WALL_Z = -2.6
_PAPER_Z = -3.2
_TUBE = 0.036
_RADIANCE = 9.0
_FRONT = 0.05  # irradiance of what lights the product's front
_OVEREXPOSED = 0.4  # power of a tube's channels that is near the colour it is shown in, brighter than film can tell
_WASH = 0.75  # irradiance of what shows a brick wall's own colour: in neon alone red bricks would be black or pink
_INSIDE = 0.5  # how far inside the picture the first pair of tubes is


def build_neon_room(design: NeonRoom, view: View, rng: np.random.Generator) -> SetParts:
    """Tubes or gels in the asked colours; where they are, and which colour is where, varies unless light is fixed."""
    light = vary(design.light, rng)
    turned = rng.uniform() < 0.4
    if light.fixed and design.shape == "gel":
        turned = light.azimuth_deg > 0
    colors = list(design.colors[::-1] if turned else design.colors)
    if design.shape == "gel":
        return _gel_room(design, view, light, colors, rng)
    shapes = _room(design, view, rng)
    if design.shape == "ring":
        shapes |= _ring(view, colors[0])
    shapes |= _bars(view, colors, ring=design.shape == "ring", rng=rng)
    shapes["fill"] = ambient(Light(fill=0.012 + 0.02 * light.fill), Rig(fill_color=colors[-1]))
    front = (0.0, max(5.0, view.top_at(4.5) + 1.5), 4.5)
    shapes["front"] = softbox(
        front, (view.product_x, 0.6, 0.0), half_size=(1.6, 1.0), irradiance=glow_of_tubes(colors) * np.float32(_FRONT)
    )
    if design.wall == "brick":
        shapes["wash"] = _wash(view)
    shapes |= beside(design, view, rng)
    return SetParts(shapes=shapes, exposure=1.05 * light.intensity, bloom=0.12, tone_curve="agx", vignette=0.25)


def _room(design: NeonRoom, view: View, rng: np.random.Generator) -> dict[str, object]:
    seed, tiling, ground = int(rng.integers(4)), Tiling.drawn(1.0, rng), hex_to_linear(design.wall_color)
    if design.wall == "brick":
        laid = replace(tiling, scale=BRICK_SCALE)
        wall = textured(bare_bricks(design.wall_color, seed), laid, "eggshell", 0.012)
        ground = np.full(3, float(ground.mean()), np.float32)
    else:
        wall = textured(concrete(design.wall_color, seed), tiling, "satin")
    return {
        "wall": to_shape(stage_wall(view, z=_WALL_Z), bsdf=wall),
        "floor": _floor(design, view, ground * np.float32(0.5), rng),
    }


def _floor(
    design: NeonRoom, view: View, lacquer: Float32Array, rng: np.random.Generator, back: float = _WALL_Z
) -> object:
    """A floor of the design's material, up to depth ``back``; of lacquer it has the colour given, linear RGB (3,)."""
    if design.floor == "lacquer":
        color = hex_to_linear(design.floor_color) if design.has_floor else lacquer
        return to_shape(stage_floor(view, back=back), bsdf=plastic(color, 0.09, 1.7))
    surface = Surface(material=design.floor, color=design.floor_color, vein_color=design.vein_color)
    return table_top(surface, design.finish, view, rng, back)


def _wash(view: View) -> object:
    """A dim lamp over the wall, out of the picture, as broad as what is seen of it."""
    top = view.top_at(_WALL_Z)
    lamp = (view.product_x, top + 1.2, _WALL_Z + 1.6)
    half_size = (view.half_width_at(_WALL_Z), 0.3)
    return softbox(
        lamp, (view.product_x, 0.5 * top, _WALL_Z), half_size=half_size, irradiance=np.full(3, _WASH, np.float32)
    )


def _ring(view: View, color: str) -> dict[str, object]:
    """A ring of light behind the product, as large as the picture holds."""
    z = _WALL_Z + 0.4
    radius = float(np.clip(0.46 * view.top_at(z), 1.15, 1.8))
    radius = min(max(radius, 1.3 * view.product_half_width + 0.25), 2.4, 0.9 * view.half_width_at(z))
    middle = max(0.50 * view.product_height, radius + 0.08)
    mesh = torus(radius, _TUBE, segments=120, sides=10).moved(view.product_x, middle, z)
    return {"ring": to_shape(mesh, bsdf=BLACK, emitter=area_emitter(tube_radiance(color, _RADIANCE * 1.2)))}


def _bars(view: View, colors: list[str], *, ring: bool, rng: np.random.Generator) -> dict[str, object]:
    """Upright tubes in pairs along the wall."""
    z = _WALL_Z + 0.2
    scale = (view.distance - z) / view.distance
    first = view.product_half_width * scale + (1.5 if ring else 0.75)
    reach = view.half_width_at(z)
    first = first if ring else max(min(first, reach - _INSIDE), 0.5)  # a pair at least stands in the picture
    tubes: dict[str, list[Mesh]] = {}
    for index, away in enumerate(np.arange(first, max(reach, first + 0.1), float(rng.uniform(1.5, 2.1)))):
        for side in (-1.0, 1.0):
            for twin in (0.0, 0.36):
                x = view.product_x + side * (float(away) + twin)
                color = colors[(index + (side > 0) + (twin > 0)) % len(colors)]
                mesh = tube((x, 0.0, z), (x, max(3.0, view.top_at(z) + 0.5), z), _TUBE, sides=10)
                tubes.setdefault(color, []).append(mesh)
    return {
        f"bars_{number}": to_shape(merged(meshes), bsdf=BLACK, emitter=area_emitter(tube_radiance(color, _RADIANCE)))
        for number, (color, meshes) in enumerate(tubes.items())
    }


def _gel_room(design: NeonRoom, view: View, light: Light, colors: list[str], rng: np.random.Generator) -> SetParts:
    """A grey sweep in coloured light from both sides."""
    paper = plastic(GEL_PAPER, 0.22, 1.6)
    back = stage_wall(view, z=_PAPER_Z) if design.has_floor else _sweep(view)
    shapes: dict[str, object] = {"paper": to_shape(back, bsdf=paper)}
    if design.has_floor:
        shapes["floor"] = _floor(design, view, hex_to_linear(design.floor_color), rng, _PAPER_Z)
    reach = view.half_width_at(-1.0) + 4.0
    for index, side in enumerate((-1.0, 1.0)):
        tint = tube_radiance(colors[index % len(colors)], _RADIANCE) / _RADIANCE
        shapes[f"gel_{index}"] = softbox(
            (side * reach, 2.6, -1.0), (side * 0.4, 1.0, -3.2), half_size=(0.6, 1.6), irradiance=tint * 1.9
        )
    front = (-2.5, max(5.4, view.top_at(5.0) + 1.5), 5.0)
    shapes["front"] = softbox(front, (view.product_x, 0.5, 0.0), half_size=(1.3, 1.3), irradiance=np.full(3, 0.15))
    shapes["fill"] = ambient(Light(fill=0.03 * light.fill), Rig(fill_color=design.wall_color))
    shapes |= beside(design, view, rng)
    return SetParts(shapes=shapes, exposure=1.15 * light.intensity, tone_curve="studio")


def _sweep(view: View) -> Mesh:
    return stage_sweep(view, back=_PAPER_Z, radius=0.9)


def glow_of_tubes(colors: Sequence[str]) -> Float32Array:
    """The colour that tubes are seen in (3,), of luminance 1: what they light from the front is to match it.

    White light there would make of amber a salmon, and of violet a grey.
    """
    linear = np.stack([np.maximum(hex_to_linear(color), 0.02) for color in colors])
    seen = ((linear / linear.max(1, keepdims=True)) ** _OVEREXPOSED).mean(0)
    return np.asarray(seen / (seen @ LUMINANCE), np.float32)
