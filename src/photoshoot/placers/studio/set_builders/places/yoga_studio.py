"""A yoga studio: boards, tall windows on green, mats laid out and rolled up, a ball, and a plant in its pot."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.bokeh import blurred_lights, shining_wall
from photoshoot.placers.studio.backdrops.table_tops import table_back
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, merged
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of

WALL_Z = -11.0
"""Depth of its windows, up to which its floor reaches."""
_GARDEN_Z, _FLOOR = -34.0, -2.4
_PIER, _WINDOW, _SILL, _HEAD = 0.5, 2.5, 0.55, 5.6
"""Half widths of a pier and of a window, and heights over the floor between which that is."""
_MAT, _THICK = (0.85, 2.1), 0.03  # half sizes of a mat, and half its thickness
_ROLL, _BALL = 0.26, 0.8
_WALLS, _FRAMES, _BOARDS, _GARDEN = "#f1ece3", "#f7f5f0", "#b98a5c", "#a9c295"
_POT, _GREENS = "#d8cfc0", ("#4f7a45", "#3d6639")
_BASKET = ((0.0, 0.0), (0.5, 0.0), (0.6, 0.95), (0.56, 0.95), (0.47, 0.06), (0.0, 0.06))


def build_yoga_studio(setting: Setting) -> dict[str, object]:
    """Mats in the colour and in one beside it; the product stands on the boards, or on a table over them."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    ground = 0.0 if setting.ground else _FLOOR
    side, reach = float(rng.choice([-1.0, 1.0])), view.half_width_at(WALL_Z)
    things: Things = [
        *_windows(ground, reach, float(rng.uniform(-0.6, 0.6))),
        *_mats(setting, ground, side),
        *_rolls(setting.color, side * 0.62 * reach, ground),
        painted(tint(setting.color, "#e9e4dc", 0.55), "satin",
                sphere(_BALL, rings=32, segments=48).moved(-side * 0.5 * reach, ground + _BALL, WALL_Z + 1.6)),
        *_plant(-side * 0.92 * reach, ground, rng),
    ]  # fmt: skip
    if not setting.ground:
        boards = floor(y=ground, half_width=reach + 3, front=-2.0, back=WALL_Z)
        things.append(wooden(_BOARDS, "satin", boards))
    shapes = named_shapes("yoga", things, setting)
    garden = blurred_lights(_GARDEN, view, _GARDEN_Z, rng)
    shapes["garden"] = shining_wall(garden * np.float32(0.95 - 0.85 * night), view, _GARDEN_Z, setting.exposure)
    lit = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    shapes["daylight"] = softbox(
        (lit * (reach + 4.0), max(8.0, view.top_at(-6.0) + 2.5), -4.0),
        (0.0, ground + 1.0, WALL_Z),
        half_size=(3.5, 3.5),
        irradiance=np.array([1.0, 0.97, 0.92]) * (0.62 - 0.36 * night),
    )
    return shapes


def _windows(ground: float, reach: float, start: float) -> Things:
    """Tall windows with a bar across, between piers; a wall under and over them."""
    wide, step = reach + 4.0, 2 * (_PIER + _WINDOW)
    low, high, top = ground + _SILL, ground + _HEAD, ground + 20.0
    masonry = [
        box((wide, (low - ground) / 2 + 0.2, 0.2)).moved(0, (low + ground) / 2 - 0.2, WALL_Z),
        box((wide, (top - high) / 2, 0.2)).moved(0, (top + high) / 2, WALL_Z),
    ]
    frames: list[Mesh] = []
    tall, middle = (high - low) / 2, (high + low) / 2
    for x in np.arange(-np.ceil(wide / step), np.ceil(wide / step) + 1) * step + step / 2 + start:
        masonry.append(box((_PIER, tall, 0.2)).moved(float(x), middle, WALL_Z))
        frames += [box((0.05, tall, 0.06), 0.01).moved(float(x) + at, middle, WALL_Z)
                   for at in (_PIER + 0.05, step / 2, step - _PIER - 0.05)]  # fmt: skip
    frames += [box((wide, 0.05, 0.06), 0.01).moved(0, y, WALL_Z) for y in (low, low + 1.35 * tall, high)]
    skirting = box((wide, 0.16, 0.24), 0.02).moved(0, ground + 0.16, WALL_Z)
    return [painted(_WALLS, "matte", *masonry), painted(_FRAMES, "eggshell", *frames, skirting)]


def _mats(setting: Setting, ground: float, side: float) -> Things:
    """A mat that lies across behind the product, and others that lead to the windows."""
    half, long = _MAT
    back = table_back(setting.view) if setting.ground else -4.0
    mat = rounded_box((half, _THICK, long), 0.02, steps=2)
    across = mat.turned(90 + 7 * side).moved(-side * 1.1, ground + _THICK, back - 0.6)
    leading = [mat.turned(4 * way).moved(way * (1.5 + half) + 0.4 * side, ground + _THICK, WALL_Z + 2.6)
               for way in (-1, 1)]  # fmt: skip
    return [
        painted(setting.color, "matte", across, leading[1]),
        painted(tint(setting.color, "#2f4a4f", 0.45), "matte", leading[0]),
    ]


def _rolls(color: str, x: float, ground: float) -> Things:
    """Rolled mats that stand in a basket by the windows."""
    z, dyes = WALL_Z + 1.0, (color, tint(color, "#ffffff", 0.4), tint(color, "#3b4a52", 0.5))
    rolls = [bevelled_cylinder(_ROLL, 1.5, 0.03, segments=32).turned(6.0 * (n - 1), "z")
             .moved(x + 0.3 * (n - 1), ground + 0.1, z + 0.22 * (n == 1)) for n in range(3)]  # fmt: skip
    basket = wooden("#b58d5c", "matte", lathe(_BASKET, 32, crease_deg=60).moved(x, ground, z))
    return [basket, *(painted(dye, "matte", roll) for dye, roll in zip(dyes, rolls, strict=True))]


def _plant(x: float, ground: float, rng: np.random.Generator) -> Things:
    """A tall plant with broad leaves in a pale pot."""
    z, greens = WALL_Z + 1.3, tuple[list[Mesh], list[Mesh]](([], []))
    for number in range(34):
        up, turn = float(rng.uniform(0.9, 3.9)), float(rng.uniform(0, 360))
        blade = leaf(1.15, 0.6, curl=0.4, fold=0.15, unseen=True).turned(float(rng.uniform(-10, 60)), "z").turned(turn)
        greens[number % 2].append(blade.moved(x, ground + up, z))
    pot = lathe(((0.0, 0.9), (0.5, 0.9), (0.5, 0.8), (0.38, 0.0), (0.0, 0.0)), 32, crease_deg=60)
    stem = bevelled_cylinder(0.06, 3.6, 0.02, segments=12).moved(x, ground + 0.4, z)
    leaves = [painted(dye, "satin", merged(own)) for dye, own in zip(_GREENS, greens, strict=True)]
    return [painted(_POT, "eggshell", pot.moved(x, ground, z)), wooden("#7a5d43", "matte", stem), *leaves]
