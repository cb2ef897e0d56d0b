"""A kitchen or bathroom counter before a tiled wall, in the light of a window."""

from dataclasses import replace

import numpy as np

from photoshoot.placers.studio.assets.bathware import basin, bottles, sprig, towels
from photoshoot.placers.studio.assets.furniture.style import Style
from photoshoot.placers.studio.assets.kitchenware import boards, canisters, fruit_bowl, herbs, oils, utensils
from photoshoot.placers.studio.assets.props.beside import beside
from photoshoot.placers.studio.assets.rows import Row, Ware, before_wall, line_up
from photoshoot.placers.studio.assets.vanity_things import mirror, round_frame
from photoshoot.placers.studio.backdrops.tiled_walls import tiled_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, softbox, unit_luminance, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface, with_pattern
from photoshoot.placers.studio.textures.unrepeating import laid_texture
from photoshoot.sets import Light
from photoshoot.sets.counter import Counter

_WALL_Z = -4.0
_THICKNESS = 0.34
_MIRROR = 1.35  # radius
_LIFELIKE = 1.4  # see ``Row``: jars are built small beside a bottle
_EDGE_SHARE = 0.55  # of the way from the product's base to the picture's lower edge, where the counter ends
_REPEATS = {"wood": 0.22, "stone": 0.30, "concrete": 0.25, "marble": 0.16, "linen": 0.55}
_RELIEF = {"wood": 0.002, "stone": 0.0, "concrete": 0.004, "marble": 0.0, "linen": 0.004}
_KITCHEN = ((0.92, boards), (0.50, utensils), (0.95, canisters), (0.55, herbs), (0.72, fruit_bowl), (0.62, oils))
_BATHROOM = ((1.0, towels), (0.85, bottles), (0.50, sprig), (1.60, basin))


def build_counter(design: Counter, view: View, rng: np.random.Generator) -> SetParts:
    """Slab, tiles and what stands along the wall; its order, the slab's pattern and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.92)
    wall_z = min(_WALL_Z, -view.product_back - 1.8)
    front = _front(view)
    shapes: dict[str, object] = {"counter": _slab(design, view, wall_z, front, rng)}
    things = tiled_wall(design.tiles, design.tile_color, view, wall_z, rng)
    things.append(painted(design.accent_color, "matte", _cabinet(view, front)))
    if design.props:
        wares, side = _wares(design, view, wall_z, rng)
        things += wares
        if design.room == "bathroom":
            glass, frame = (mesh.moved(*_mirror_place(view, wall_z, -side)) for mesh in round_frame(_MIRROR))
            things.append(painted("#b59352", "metal", frame))
            shapes["mirror"] = mirror(glass, design.tile_color, exposure, flipped=light.azimuth_deg > 0)
    shapes |= thing_shapes(things, exposure)
    shapes |= build_lights(light, view, Rig(target=(0.0, 0.7, -1.2), back_z=-2.0))
    shapes["window"] = _window(light, view, wall_z)
    shapes |= beside(design, view, rng, front=front)
    return SetParts(shapes=shapes, aperture=0.085, exposure=exposure)


def _front(view: View) -> float:
    """Depth of the counter's front edge, which is seen under the product."""
    row = view.axis_row_px + (view.camera_y - _EDGE_SHARE * view.bottom) * view.px_per_unit
    return max(0.45, float(view.floor_z(row)))


def _cabinet(view: View, front: float) -> Mesh:
    """Doors under the slab, set back a little; seen in tall pictures."""
    wide, gap, z = 5.0, 0.03, front - 0.28
    reach, low = view.half_width_at(z) + 1.0, min(-1.0, view.bottom_at(z) - 1.0)
    doors = np.arange(-reach - wide, reach + wide, wide)
    tall = (-_THICKNESS - 0.12 - low) / 2
    return merged(
        [rounded_box((wide / 2 - gap, tall, 0.1), 0.03, steps=1).moved(x, low + tall, z - 0.1) for x in doors]
    )


def _slab(design: Counter, view: View, wall_z: float, front: float, rng: np.random.Generator) -> object:
    half = (view.half_width_at(wall_z) + 9.0, _THICKNESS / 2, (front - wall_z) / 2)
    slab = rounded_box(half, 0.035, uv_scale=1.0).moved(0, -_THICKNESS / 2, (front + wall_z) / 2)
    surface = Surface(material=design.counter, color=design.counter_color, vein_color=design.vein_color)
    surface, laid = with_pattern(surface, design, view), design.counter == "linen"
    texture, repeats = laid_texture(surface, int(rng.integers(3)), _REPEATS[design.counter])
    turn = 0.0 if design.counter in ("wood", "linen") else float(rng.uniform(0, 360))
    tiling = Tiling.drawn(repeats, rng, turn)
    return to_shape(slab, bsdf=textured(texture, tiling, "matte" if laid else "satin", _RELIEF[design.counter]))


def _wares(design: Counter, view: View, wall_z: float, rng: np.random.Generator) -> tuple[Things, float]:
    """What stands along the wall, and the side of the product that was begun at."""
    style = Style(wood="#87654a", accent=design.accent_color)
    kitchen = design.room == "kitchen"
    wares = [Ware(half=half, build=build, of=(style,)) for half, build in (_KITCHEN if kitchen else _BATHROOM)]
    order = [wares[index] for index in rng.permutation(len(wares))]
    side = float(rng.choice([-1.0, 1.0]))
    row = Row(z=wall_z + 1.15, side=side, lifelike=_LIFELIKE, peeks=True)
    row = replace(row, z=before_wall(view, row, wall_z, 1.15))
    things = line_up(view, row, order, rng)
    things += line_up(view, replace(row, side=-side), order[::-1], rng)
    return things, side


def _mirror_place(view: View, wall_z: float, side: float) -> tuple[float, float, float]:
    """Middle of a round mirror on the wall beside the product, as high as people have it or the picture allows."""
    scale = (view.distance - wall_z) / view.distance
    x = view.product_x * scale + side * (view.product_half_width * scale + 0.9 + _MIRROR)
    return x, max(1.9, min(0.5 * view.top_at(wall_z) + 1.0, 4.2)), wall_z + 0.08


def _window(light: Light, view: View, wall_z: float) -> object:
    """A window out of the picture, where the camera sees it mirrored in the tiles on the light's side."""
    side = -1.0 if light.azimuth_deg < 0 else 1.0
    seen = np.array([side * 0.62 * view.half_width_at(wall_z), 0.62 * view.top_at(wall_z), wall_z])
    image = np.array([0.0, view.camera_y, 2 * wall_z - view.distance])
    depth = 2.5
    position = image + (seen - image) * (depth - image[2]) / (wall_z - image[2])
    position[0] = side * max(abs(position[0]), view.half_width_at(depth) + 1.6)
    tint = unit_luminance(light.color) * np.float32(0.16)
    return softbox(position, tuple(seen), half_size=(0.8, 1.5), irradiance=tint)
