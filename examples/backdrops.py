"""Where the examples are photographed: white paper, a grey sweep, tables in a room that is out of focus."""

from __future__ import annotations

import mitsuba as mi
import numpy as np
from photography import Entries

from photoshoot.placers.studio.geometry.mesh import Mesh, floor, sweep, wall
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere
from photoshoot.placers.studio.scene.bsdfs import BLACK, Tiling, area_emitter, bitmap, diffuse, plastic, rgb, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.wood import WoodGrain, wood


def white_paper() -> Entries:
    """A roll of white paper by a window on the left."""
    return {
        "paper": to_shape(sweep(back=-3.5, radius=1.8), bsdf=diffuse("#f4f3f1")),
        "window": _lamp((-6.5, 5.0, 3.5), (1.9, 1.9), 9.0, "#fffaf2"),
        "ceiling": _lamp((1.5, 7.0, 2.0), (3.0, 2.0), 1.6, "#ffffff"),
        "room": _ambient(0.36),
    }


def grey_sweep() -> Entries:
    """Grey card, lit so that it fades to dark above."""
    fade = np.interp(np.linspace(0, 1, 512), [0, 0.18, 0.42, 0.62, 1], [0.05, 0.09, 0.30, 0.46, 0.50])
    card = np.repeat(fade.astype(np.float32)[:, None, None] * np.array([0.96, 0.98, 1.0], np.float32), 4, 1)
    return {
        "card": to_shape(sweep(back=-4.5, radius=2.6), bsdf=diffuse(bitmap(card, clamp=True))),
        "window": _lamp((-5.2, 4.2, 3.6), (0.9, 2.2), 17.0, "#fffdf8"),
        "rim": _lamp((4.6, 2.6, -0.6), (0.5, 1.8), 8.0, "#f4f8ff"),
        "room": _ambient(0.22),
    }


def wooden_table() -> Entries:
    """An oak table in a living room, by a window."""
    oak = wood("#b98d5e", "#6f4a2a", WoodGrain(planks=6, contrast=0.8, seed=4))
    top = textured(oak, Tiling(scale=(0.9, 0.9), offset=(0.1, 0.32)), "satin", 0.004)
    return {"table": to_shape(_table(3.4, 4.0, -3.2), bsdf=top), **_living_room()}


def _table(half_width: float, front: float, back: float) -> Mesh:
    return floor(half_width=half_width, front=front, back=back)


def _living_room() -> Entries:
    """Wall, window, sofa, lamp, shelf and plant, metres behind the table."""
    return {
        "wall": to_shape(wall(z=-13, half_width=20, bottom=-7, top=12), bsdf=diffuse("#d8d0c2")),
        "ground": to_shape(floor(y=-7, front=12, back=-13), bsdf=diffuse("#8b7358")),
        "picture_window": _panel((-4.9, 2.9, -12.8), (1.9, 2.9), (4.2, 4.8, 5.4)),
        "mullion": to_shape(rounded_box((0.09, 2.9, 0.08), 0.03).moved(-4.9, 2.9, -12.6), bsdf=diffuse("#e8e4dc")),
        "sofa": to_shape(rounded_box((4.4, 1.7, 1.5), 0.5).moved(4.6, -3.4, -10.5), bsdf=diffuse("#5d6f71")),
        "sofa_back": to_shape(rounded_box((4.4, 1.7, 0.6), 0.4).moved(4.6, -0.9, -11.6), bsdf=diffuse("#667a7c")),
        "cushion": to_shape(
            rounded_box((0.9, 0.9, 0.35), 0.3).turned(12, "z").moved(2.5, -0.3, -10.6), bsdf=diffuse("#c9803e")
        ),
        "lamp_shade": to_shape(
            lathe([(0.62, 0.7), (0.95, -0.7)], 64).moved(7.1, 3.6, -11.0),
            bsdf=BLACK,
            emitter=area_emitter([3.0, 2.1, 1.1]),
        ),
        "lamp_foot": to_shape(bevelled_cylinder(0.1, 6.0).moved(7.1, -3.0, -11.0), bsdf=diffuse("#2d2a28")),
        "picture": to_shape(rounded_box((1.3, 1.6, 0.08), 0.03).moved(1.4, 4.0, -12.8), bsdf=diffuse("#3f5348")),
        "picture_sun": to_shape(sphere(0.55).scaled(1, 1, 0.1).moved(1.5, 4.2, -12.6), bsdf=diffuse("#d99a5b")),
        **_plant(),
        "window": _lamp((-6.0, 4.6, 3.2), (1.5, 1.7), 13.0, "#fff6ea"),
        "room": _ambient(0.26, "#fff4e6"),
    }


def _plant() -> Entries:
    twigs = {
        f"twig_{i}": to_shape(
            branch(3.6, leaf_length=1.5, leaf_width=0.6, seed=i)
            .turned(90 + lean, "z")
            .turned(turn)
            .moved(-1.6, 0.2, -11.5),
            bsdf=diffuse("#4d6b3f"),
        )
        for i, (lean, turn) in enumerate([(-8, 0), (28, 40), (-35, -30), (12, 110), (-18, 160)])
    }
    pot = plastic("#c4714a", 0.3)
    return {"pot": to_shape(bevelled_cylinder(0.8, 2.4, 0.1).moved(-1.6, -2.0, -11.5), bsdf=pot), **twigs}


def _lamp(place: tuple[float, float, float], half: tuple[float, float], radiance: float, color: str) -> Entries:
    """A softbox that points at the product."""
    turn = mi.ScalarTransform4f().look_at(list(place), [0, 0.7, 0], [0, 1, 0.01])
    tint = np.array(rgb(color)["value"])
    return {
        "type": "rectangle",
        "to_world": turn @ mi.ScalarTransform4f().scale([half[0], half[1], 1]),
        "bsdf": BLACK,
        "emitter": area_emitter(radiance * tint),
    }


def _panel(
    place: tuple[float, float, float], half: tuple[float, float], radiance: tuple[float, float, float]
) -> Entries:
    """A bright window that faces the camera."""
    at = mi.ScalarTransform4f().translate(list(place)) @ mi.ScalarTransform4f().scale([half[0], half[1], 1])
    return {"type": "rectangle", "to_world": at, "bsdf": BLACK, "emitter": area_emitter(radiance)}


def _ambient(radiance: float, color: str = "#ffffff") -> Entries:
    return {"type": "constant", "radiance": rgb(radiance * np.array(rgb(color)["value"]))}
