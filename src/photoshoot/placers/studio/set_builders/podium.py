"""A platform before a plain wall, with an arch, a disc or flutes behind it and a few geometric shapes."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from photoshoot.color.space import LUMINANCE, hex_to_linear, parse_hex
from photoshoot.placers.studio.assets.furniture.style import tint
from photoshoot.placers.studio.assets.props.beside import on_ground
from photoshoot.placers.studio.assets.props.placement import Pieces, build_smaller, stand, to_scale
from photoshoot.placers.studio.assets.props.several import are_there, keeping_off, lie_at_edge, strew_held
from photoshoot.placers.studio.backdrops.studio import stage_sweep
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.boards import ribbed_wall
from photoshoot.placers.studio.geometry.marching_squares import arch_field, extrude
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box, sphere
from photoshoot.placers.studio.scene.batching import Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import Roughness, bitmap, diffuse
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import SetParts, to_shape
from photoshoot.placers.studio.set_builders.clear_block import CLEAR
from photoshoot.placers.studio.set_builders.platform import Platform, body_shapes, stand_surface
from photoshoot.placers.studio.textures.gradients import canvas_gradient
from photoshoot.sets.location import Location
from photoshoot.sets.podium import Podium
from photoshoot.sets.tabletop import Tabletop

_BACKING_Z = -2.0
_SWEEP_Z = -4.2
_ROOM_BEFORE_SWEEP = 1.2  # a backing is half as deep, and the sweep's curve 0.9
_STEP = 0.05
_SUNK = 0.03  # of what stands there in what carries it: its lower edge, which is round, was a black and ragged line
_SIDE_STEP = 0.85  # how far the low block beside a stepped platform reaches past it
_ROOM_BESIDE, _ROOM_ON_TOP = 0.45, 0.5  # with less floor at a platform's side, and more on it, props lie on it
_SMALLER = (1.0, 1.4, 2.0)  # ratios to the usual sizes that are tried on top of it
_BANNER, _ROOM_FOR_WORDS = 4.2, 4.0  # half width of a picture from which on shapes stand in groups, with room between
_DARK = 0.03  # luminance of a backdrop before which accents are not mixed with it
_GOLD, _COLORFUL = (0.04, 0.17), 0.3  # hues from copper to gold, and how saturated they are at least
_SHEEN: Roughness = "eggshell"  # of paint that is called satin: a platform is large
_Coat = tuple[str, Roughness]


def build_podium(design: Podium, view: View, rng: np.random.Generator) -> SetParts:
    """Platform, backing and shapes; which shapes stand where, and the light, vary."""
    light = vary(design.light, rng)
    platform = Platform.under(view)
    if design.shape == "steps":
        platform = replace(platform, height=0.62 * platform.height)
    floor_y = -platform.height - (_STEP if design.shape == "steps" else 0.0)
    mirrored = -1.0 if rng.uniform() < 0.5 else 1.0
    backing_z = min(_BACKING_Z, platform.back - 0.3)
    sweep = stage_sweep(view, back=min(_SWEEP_Z, backing_z - _ROOM_BEFORE_SWEEP), radius=0.9, y=floor_y)
    things: Things = [painted(design.backdrop_color, "matte", sweep)] if not design.fade_colors else []
    body, lower = _platform(design, view, platform, mirrored)
    if design.podium_material == "plain":
        tinted = tint(design.podium_color, design.backdrop_color, 0.35)
        finish = _SHEEN if design.podium_finish == "satin" else design.podium_finish
        things.append(painted(design.podium_color, finish, body))
        things += [painted(tinted, finish, *lower)] if lower else []
    things += _backing(design, view, backing_z, floor_y)
    round_it: Things = []
    if design.shapes:
        behind = _behind(view, backing_z) if design.backing in ("arch", "disc") else 0.0
        step = _SIDE_STEP if design.shape == "steps" else 0.0
        clear = {side: max(platform.reach + step * (side == mirrored), behind) for side in (-1.0, 1.0)}
        round_it = _shapes(design, view, clear, floor_y, mirrored, rng)
    exposure = albedo_exposure(light, 0.93)
    shapes = thing_shapes(things + round_it, exposure)
    if design.fade_colors:
        colors = canvas_gradient((design.backdrop_color, *design.fade_colors), design.fade, view)
        shapes["sweep"] = to_shape(sweep, bsdf=diffuse(bitmap(colors, clamp=True)))
    shapes |= strew_round(design, view, platform, (floor_y, 0.75 * (design.shape == "steps")), round_it, rng)
    shapes |= build_lights(light, view, Rig(back_z=-1.0, distance=9.5))
    if design.podium_material != "plain":
        look = stand_surface(design.podium_material, design.podium_color)
        cut = platform.cut(merged([body, *lower]), view.product_x, is_round=design.shape == "round")
        shapes |= body_shapes(look, cut, rng)
    return SetParts(shapes=shapes, aperture=0.045, exposure=exposure)


def strew_round(
    design: Podium | Location | Tabletop,
    view: View,
    platform: Platform,
    floor: tuple[float, float],
    among: Things,
    rng: np.random.Generator,
) -> dict[str, object]:
    """Props on the floor between the shapes, off the platform as it is seen: its near edge is wider and lower.

    Args:
        design: Says which.
        view: The camera.
        platform: What the product stands on.
        floor: Its height, and how far steps reach past the platform.
        among: What else stands there.
        rng: Places them.
    """
    floor_y, steps = floor
    reach = 1.13 * (platform.reach + steps)
    narrow = view.half_width - abs(view.product_x) - reach < _ROOM_BESIDE
    if narrow and platform.reach - view.product_half_width > _ROOM_ON_TOP:  # on the floor they'd be cut off below
        pieces = _on_top(design, view, platform, floor_y, rng)
        if are_there(design, pieces):
            return stand(pieces, view)
    front = platform.center_z + platform.depth + 0.1
    camera_y = view.camera_y - floor_y
    lowest = camera_y - camera_y * view.distance / (view.distance - front)
    from_floor = replace(
        view,
        camera_y=camera_y,
        product_height=view.product_height - floor_y - lowest,
        product_bottom=lowest,
        product_half_width=max(reach, view.product_half_width),
    )
    free = keeping_off(from_floor, (thing.mesh.moved(0, -floor_y) for thing in among))
    pieces = to_scale(strew_held(design), free, rng, design.prop_colors)
    if are_there(design, pieces) and not lie_at_edge(pieces, from_floor):
        return stand(pieces, view, floor_y)
    on_top = _on_top(design, view, platform, floor_y, rng)
    return stand(on_top, view) if are_there(design, on_top) else stand(pieces, view, floor_y)


def _on_top(
    design: Podium | Location | Tabletop, view: View, platform: Platform, floor_y: float, rng: np.random.Generator
) -> Pieces:
    """Props on a platform that fills the picture, beside the product; what has no room there is on the floor.

    They get smaller where most of them would be on the floor at the picture's lower edge.
    """
    off_rim = replace(view, taken=(*view.taken, *platform.rim(view.product_x)))
    ground = platform.above(view.product_x, floor_y)
    pieces: Pieces = {}
    for smaller in _SMALLER:
        built = build_smaller(strew_held(design), off_rim, rng, design.prop_colors, smaller * view.prop_scale)
        laid = {name: (on_ground(mesh, ground), coat) for name, (mesh, coat) in built.items()}
        if are_there(design, laid) and not lie_at_edge(laid, view):
            return laid
        pieces = pieces or laid
    return pieces


def _platform(design: Podium, view: View, platform: Platform, mirrored: float) -> tuple[Mesh, Sequence[Mesh]]:
    """What the product stands on, and the step under it with a block at its side, if any."""
    x0, floor_y = view.product_x, -platform.height - _STEP
    reach, depth, height = platform.reach, platform.depth, platform.height
    sunk = 0.0 if design.podium_material in CLEAR else _SUNK
    body = replace(platform, height=height + sunk).shaped(x0, is_round=design.shape == "round")
    if design.shape != "steps":
        return body, ()
    step = rounded_box((reach + 0.55, (_STEP + sunk) / 2, depth * 0.9 + 0.12), 0.02)
    half, foot = 0.75 * height + 0.025 + sunk / 2, floor_y - sunk
    side = rounded_box((0.62, half, 0.55), 0.03)
    step = step.moved(x0 + 0.22 * mirrored, foot + (_STEP + sunk) / 2, platform.center_z + 0.02)
    return body, (step, side.moved(x0 + mirrored * (reach + 0.45), foot + half, -0.98))


def _backing(design: Podium, view: View, z: float, floor_y: float) -> Things:
    rise = view.top_at(z) - floor_y
    if design.backing == "none":
        return []
    if design.backing == "fluted":
        ribs = ribbed_wall(view.half_width_at(z) + 4.0, (floor_y - 0.1, view.top_at(z) + 2.0), z, rib=0.30, depth=0.12)
        return [painted(design.backdrop_color, "eggshell", ribs)]
    half = _behind(view, z)
    color = tint(design.podium_color, design.backdrop_color, 0.25)
    if design.backing == "disc":
        radius = max(half, min(1.5, 0.42 * rise))
        disc = bevelled_cylinder(radius, 0.16, 0.03).turned(90, "x")
        middle = floor_y + max(0.52 * rise, 0.8 * radius)
        return [painted(color, "matte", disc.moved(view.product_x, middle, z - 0.16))]
    height = max(min(0.90 * rise, 3.4 + 0.25 * view.product_height), half + 0.15)
    return [painted(color, "matte", _arch(half, height).moved(view.product_x, floor_y, z))]


def _behind(view: View, z: float) -> float:
    """Half width at depth ``z`` that shows beyond the product."""
    return max(1.25, 1.18 * view.product_half_width * (view.distance - z) / view.distance + 0.35)


@lru_cache(maxsize=4)
def _arch(half_width: float, height: float) -> Mesh:
    """A doorway's frame."""
    band = 0.30
    outer, inner = arch_field(half_width, height), arch_field(half_width - band, height - band)
    bounds = (-half_width - 0.05, 0.0, half_width + 0.05, height + 0.05)
    return extrude(lambda x, y: np.minimum(outer(x, y), -inner(x, y + 0.02)), bounds, 0.5, samples=300)


def _shapes(
    design: Podium, view: View, clear: Mapping[float, float], floor_y: float, mirrored: float, rng: np.random.Generator
) -> Things:
    """A block and a ball on one side, a column with a ball on it on the other; in banners larger ones at the edges.

    They keep ``clear`` of the product's place, on the left (-1) and on the right (1).
    """
    block, ball, column, top = _coats(design)
    things: Things = []
    banner = view.half_width >= _BANNER
    for index in range(7):
        away = 0.55 + index * 2.6 + float(rng.uniform(0.0, 0.5))
        for side in (-1.0, 1.0):
            x = view.product_x + side * (clear[side] + away)
            if abs(x) - 0.1 > view.half_width_at(-1.6) or (banner and index > 0):
                continue
            if (side * mirrored > 0) == (index % 2 == 0):
                things += _block_and_ball((x, floor_y), side, (block, ball), rng)
            else:
                things += _column_and_ball((x, floor_y), (column, top), rng)
    for side in (-1.0, 1.0) if banner else ():
        x = side * (view.half_width_at(-1.6) - float(rng.uniform(0.3, 0.7)))
        if abs(x - view.product_x) > clear[side] + _ROOM_FOR_WORDS:
            things += _edge_group((x, floor_y), side, (block, ball, column, top), rng)
    return things


def _coats(design: Podium) -> tuple[_Coat, _Coat, _Coat, _Coat]:
    """Of block, ball, column and the ball on it; before what is nearly black, yellow is gold, and nothing is mixed."""
    accent = design.accent_color
    if float(hex_to_linear(design.backdrop_color) @ LUMINANCE) >= _DARK:
        block, column = (tint(accent, design.backdrop_color, share) for share in (0.5, 0.72))
        top = tint(design.podium_color, "#ffffff", 0.5)
        return (block, "eggshell"), (accent, "eggshell"), (column, "eggshell"), (top, "eggshell")
    hue, saturation, _ = colorsys.rgb_to_hsv(*map(float, parse_hex(accent)))
    pure: _Coat = (accent, "metal" if _GOLD[0] < hue < _GOLD[1] and saturation > _COLORFUL else "eggshell")
    return pure, pure, (tint(design.podium_color, "#ffffff", 0.12), "eggshell"), pure


def _edge_group(
    foot: tuple[float, float], side: float, coats: tuple[_Coat, _Coat, _Coat, _Coat], rng: np.random.Generator
) -> Things:
    """A column that the picture's edge cuts, and a block and a ball before it: larger than those at the product."""
    size = float(rng.uniform(1.25, 1.6))
    inner = (foot[0] - side * 0.95 * size, foot[1])
    things = _column_and_ball(foot, coats[2:], rng, size)
    return things + _block_and_ball(inner, side, coats[:2], rng, 0.8 * size)


def _block_and_ball(
    foot: tuple[float, float], side: float, coats: tuple[_Coat, _Coat], rng: np.random.Generator, size: float = 1.0
) -> Things:
    tall, radius = size * float(rng.uniform(0.5, 0.85)), size * float(rng.uniform(0.24, 0.34))
    block = rounded_box((0.5 * size, tall, 0.42 * size), 0.03).turned(float(rng.uniform(-28, 28)))
    ball_x = foot[0] + side * float(rng.uniform(-0.1, 0.55))
    return [
        painted(*coats[0], block.moved(foot[0] + 0.35 * size * side, foot[1] + tall, -1.75)),
        painted(*coats[1], sphere(radius).moved(ball_x, foot[1] + radius, -0.75)),
    ]


def _column_and_ball(
    foot: tuple[float, float], coats: tuple[_Coat, _Coat], rng: np.random.Generator, size: float = 1.0
) -> Things:
    tall, wide = size * float(rng.uniform(1.3, 1.9)), size * float(rng.uniform(0.32, 0.42))
    ball_radius = wide * float(rng.uniform(0.6, 0.75))
    top = sphere(ball_radius).moved(foot[0], foot[1] + tall + ball_radius, -1.8)
    return [
        painted(*coats[0], bevelled_cylinder(wide, tall, 0.03).moved(foot[0], foot[1], -1.8)),
        painted(*coats[1], top),
    ]
