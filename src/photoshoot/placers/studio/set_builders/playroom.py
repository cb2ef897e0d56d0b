"""A children's room: a rug on boards, toys to both sides, hills painted on the wall and bunting over them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.rows import Row, Ware, before_wall, line_up
from photoshoot.placers.studio.assets.toys import ball, block_tower, plush_bear, rainbow, ring_stack, toy_shelf, train
from photoshoot.placers.studio.backdrops.studio import stage_floor, stage_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.boards import Boards, lay_boards
from photoshoot.placers.studio.geometry.mesh import Mesh, grid
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, tube_along
from photoshoot.placers.studio.lighting.gobo_planes import GoboPlane
from photoshoot.placers.studio.lighting.gobos import sun_through
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, ambient, build_lights, fill_share, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.textures.procedural import linen
from photoshoot.placers.studio.textures.wood import WoodGrain, wood
from photoshoot.sets import Light
from photoshoot.sets.playroom import Playroom, Toy

_WALL_Z = -7.0
_LIFELIKE = 1.4  # see ``Row``: toys are built small beside a mug
_RUG = 0.05  # thickness
_NARROW = 1.4  # room beside the product at the wall under which the slimmest toys come first: else none is seen
_REPEATS = 0.16  # of a texture of six boards, a world unit
_UNDER_BUNTING, _OVER_HILLS = 1.5, 2.6  # of a cloud's middle: from the picture's top, and its least height
_RAINBOW_FOOT = 0.9  # height of a painted rainbow's ends: hills hide them
_BUNTING = 1.8  # least height of its strings: from high up it hangs over the picture
_SOFT = 0.5  # softness from which on no sun comes in
_TOYS: Final[Mapping[Toy, tuple[float, Callable[..., Things]]]] = MappingProxyType(
    {
        "blocks": (1.0, block_tower),
        "rainbow": (1.15, rainbow),
        "bear": (0.62, plush_bear),
        "rings": (0.56, ring_stack),
        "ball": (0.5, ball),
        "train": (1.5, train),
    }
)
"""Toy → half its width, world units, and what builds it."""


def build_playroom(design: Playroom, view: View, rng: np.random.Generator) -> SetParts:
    """Rug, boards, wall and toys; which toy stands where, the hills and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.96)
    wall_z = min(_WALL_Z, -view.product_back - 4.5)
    texture = wood(design.floor_color, "#8a6238", WoodGrain(planks=6, seed=int(rng.integers(4)), contrast=0.7))
    boards = Boards(rows=6, width=1 / (6 * _REPEATS), repeat=1 / _REPEATS, upright=True)
    floor = lay_boards(stage_floor(view, y=-_RUG, back=wall_z, uv_scale=1.0), boards, rng.spawn(1)[0])
    weave = textured(linen(design.rug_color, 3, 90), Tiling.drawn(0.35, rng), "matte", 0.012)
    things = _wall_paint(design, view, wall_z, rng) + _bunting(design, view, wall_z)
    things += _toys(design, view, wall_z, rng)
    shapes: dict[str, object] = {
        "floor": to_shape(floor, bsdf=textured(texture, Tiling(), "satin", 0.004)),
        "rug": to_shape(_rug(view), bsdf=weave),
        **thing_shapes(things, exposure),
        **_lights(design, light, view, wall_z, rng),
    }
    return SetParts(shapes=shapes, aperture=0.12, exposure=exposure)


def _rug(view: View) -> Mesh:
    """A round rug under the product; texture coordinates are world units."""
    radius = max(2.3, view.product_half_width + 1.2)
    disc = bevelled_cylinder(radius, _RUG, 0.024, segments=96).moved(view.product_x, -_RUG, -0.5)
    return disc.shaded(disc.vertices[:, 2], disc.vertices[:, 0])


def _wall_paint(design: Playroom, view: View, z: float, rng: np.random.Generator) -> Things:
    """The wall, two rows of hills in pale shades of the toys' colours, and clouds."""
    colors = design.toy_colors
    things: Things = [painted(design.wall_color, "matte", stage_wall(view, z=z, bottom=-1.0))]
    half = view.half_width_at(z) + 3.0
    x = np.linspace(-half, half, 240)
    for index, level in enumerate((1.75, 1.05)):
        phase, swing = float(rng.uniform(0, 6)), (0.42, 0.30)[index]
        top = level + swing * np.sin(0.75 * x * (1 + 0.35 * index) + phase) + 0.1 * np.sin(1.9 * x + 2 * phase)
        strip = grid(np.stack([np.stack([x, top], 1), np.stack([x, 0 * x - 0.2], 1)]).repeat(1, 0) @ _PLANE)
        color = tint(colors[(index + 2) % len(colors)], design.wall_color, 0.35 - 0.15 * index)
        things.append(painted(color, "matte", strip.moved(0, 0, z + 0.012 * (index + 1))))
    things += _rainbow(design, view, z, rng) if design.mural == "rainbow" else []
    for place in np.arange(-half + float(rng.uniform(0.5, 2.0)), half, 4.2):
        y = min(3.5, view.top_at(z) - _UNDER_BUNTING) + float(rng.uniform(-0.25, 0.2))
        if y < _OVER_HILLS:
            continue
        puffs = [(0.0, 0.0, 0.34), (-0.36, -0.08, 0.24), (0.38, -0.07, 0.26)]
        discs = [
            bevelled_cylinder(r, 0.02, 0.005, segments=40).turned(90, "x").moved(place + dx, y + dy, z)
            for dx, dy, r in puffs
        ]
        things.append(painted(tint(design.wall_color, "#ffffff", 0.85), "matte", *discs))
    return things


def _rainbow(design: Playroom, view: View, z: float, rng: np.random.Generator) -> Things:
    """Arches on the wall behind the hills, in the toys' colours, to one side of the product: it is not to be hidden."""
    side = float(rng.choice([-1.0, 1.0]))
    reach = view.half_width_at(z)
    outer = float(np.clip(0.62 * reach, 1.4, 2.9))
    middle = side * min(0.45 * reach, 2.6)
    shades = [*design.toy_colors, *(tint(color, "#ffffff", 0.4) for color in design.toy_colors)][:5]
    band = 0.13 * outer
    angle = np.linspace(np.pi, 0, 65)
    bow = np.stack([np.cos(angle), np.sin(angle)], 1)
    things: Things = []
    for index, color in enumerate(shades):
        rims = np.stack([(outer - band * (index + edge)) * bow for edge in (0.0, 0.96)])
        arch = grid((rims + np.array([0.0, _RAINBOW_FOOT])) @ _PLANE)
        things.append(painted(color, "matte", arch.moved(middle, 0, z + 0.006)))
    return things


_PLANE = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
"""Takes (x, y) to (x, y, 0)."""


def _bunting(design: Playroom, view: View, wall_z: float) -> Things:
    """Pennants on strings that hang in bows before the wall."""
    z = wall_z + 0.4
    half, bow = view.half_width_at(z) + 1.0, 4.4
    high = max(view.top_at(z) - 0.12, _BUNTING)
    x = np.arange(-half, half, 0.12)
    y = high - 0.45 * np.sin(np.pi * ((x / bow) % 1.0))
    things: Things = [painted("#f7f2e8", "matte", tube_along(np.stack([x, y, 0 * x + z], 1), 0.018, sides=6))]
    for index, at in enumerate(np.arange(-half, half, 0.55)):
        drop = float(np.interp(at, x, y))
        flag = Mesh.of(
            np.array([[-0.21, 0, 0], [0, -0.5, 0], [0.21, 0, 0]]) + np.array([at, drop, z + 0.03]),
            np.array([[0, 1, 2]]),
        )
        things.append(painted(design.toy_colors[index % len(design.toy_colors)], "matte", flag))
    return things


def _toys(design: Playroom, view: View, wall_z: float, rng: np.random.Generator) -> Things:
    """A low shelf along the wall, and toys on the rug and the floor before it."""
    colors = design.toy_colors
    every = [Ware(half=half, build=build, of=(colors,)) for half, build in _TOYS.values()]
    wares = [every[index] for index in rng.permutation(len(every))]
    rows, clear = [wares, wares[2:] + wares[:2], wares[::-1], wares[3:] + wares[:3]], (-0.4, 0.0)
    scale = (view.distance - wall_z) / view.distance
    if view.half_width_at(wall_z) - view.product_half_width * scale < _NARROW:
        slim = sorted(wares, key=lambda ware: ware.half)
        rows, clear = [slim, slim[1:], slim[2:], slim[1:]], (-1.0, -1.0)
    if design.toys:
        named = [Ware(half=half, build=build, of=(colors,)) for half, build in (_TOYS[toy] for toy in design.toys)]
        rows = [[*named[at % len(named) :], *named[: at % len(named)], *row] for at, row in enumerate(rows)]
    shelf = Ware(half=2.3, build=toy_shelf, of=(4.2, colors))
    near, side = min(-1.6, -view.product_back - 0.7), float(rng.choice([-1.0, 1.0]))
    front = Row(z=near, y=-_RUG, side=side, clear=0.3, gaps=(0.05, 0.35), rest=0.8, lifelike=_LIFELIKE)
    back = replace(front, z=wall_z + 1.7, clear=clear[0], gaps=(0.3, 0.8), rest=0.5)
    far = replace(front, z=before_wall(view, front, wall_z, 0.6), clear=0.6, gaps=(0.6, 2.4), rest=1.1)
    return [
        *line_up(view, front, rows[0], rng),
        *line_up(view, replace(front, side=-side), rows[1], rng),
        *line_up(view, back, rows[2], rng),
        *line_up(view, replace(back, side=-side, clear=clear[1]), rows[3], rng),
        *line_up(view, far, [shelf], rng),
    ]


def _lights(design: Playroom, light: Light, view: View, wall_z: float, rng: np.random.Generator) -> dict[str, object]:
    """A window's sun on the wall, or soft light; which of them, no chance decides."""
    if design.light.softness > _SOFT:
        return build_lights(light, view, Rig(target=(0.0, 0.8, -1.5), back_z=-2.5))
    plane = GoboPlane.across(view, wall_z, bottom=-1.0)
    sun = sun_through("panes", light, view, plane, rng, 1 - fill_share(light))
    return {**sun, "fill": ambient(light, Rig(fill_color="#eef2ff", fill_scale=0.95))}
