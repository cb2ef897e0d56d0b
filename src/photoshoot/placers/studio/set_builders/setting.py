"""What builders of what stands far behind a product are told, and what many of them need."""

from dataclasses import dataclass

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.placers.studio.backdrops.bokeh import shining_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.batching import Things, thing_shapes
from photoshoot.placers.studio.scene.emitters import softbox, unit_luminance
from photoshoot.placers.studio.textures.gradients import mix_colors
from photoshoot.sets import Light

WALL_Z = -6.5
"""Depth of a wall."""
_DUSK = (0.78, 0.92)  # intensities of the light between which evening goes over into day
_SKY_ROWS = 64
_EDGE = (-2.6, 0.5)  # depth of a table's far edge, and how far it may lie under the product


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a backdrop is told."""

    color: str
    """Of the wall, the cloth, the shelves or the lights, ``#rrggbb``."""
    view: View
    """The camera, and the product's room in its picture."""
    light: Light
    """The set's, of this picture."""
    exposure: float
    """Factor on radiance in the picture, for what shines."""
    rng: np.random.Generator
    """The shot's generator."""
    fade_colors: tuple[str, ...] = ()
    """What a plain wall fades into, ``#rrggbb``; none: it does not."""
    fade: str = "vertical"
    """Which way it does, see ``canvas_gradient``."""
    ground: str = ""
    """Colour of the place's own floor where the product stands on it, ``#rrggbb``; empty: it stands on a table."""


def side_window(setting: Setting) -> dict[str, object]:
    """A window out of the picture, which grazes what is behind."""
    light, view = setting.light, setting.view
    side = -1.0 if light.azimuth_deg < 0 else 1.0
    position = (side * (view.half_width_at(-4.6) + 2.2), 3.4, -4.4)
    irradiance = unit_luminance(light.color) * 0.16
    return {"window": softbox(position, (0.0, 1.6, WALL_Z), half_size=(0.9, 1.6), irradiance=irradiance)}


def named_shapes(name: str, things: Things, setting: Setting) -> dict[str, object]:
    """Things as shapes whose names begin with one of their own."""
    return {f"{name}_{part}": shape for part, shape in thing_shapes(things, setting.exposure).items()}


def shining_sky(rows: Float32Array | Float64Array, setting: Setting, z: float) -> object:
    """A sky at depth ``z`` that shines in (rows, 3) display-linear, from its top down."""
    image = np.asarray(np.repeat(rows[:, None], 8, axis=1), np.float32)
    return shining_wall(image, setting.view, z, setting.exposure)


def sky_between(day: tuple[str, ...], dark: tuple[str, ...], night: float, shine: float = 1.0) -> Float32Array:
    """The sky from its top down, (64, 3) display-linear, as far as day has gone.

    Args:
        day: Its colours by day, ``#rrggbb``, from the horizon up.
        dark: Those by night.
        night: As ``night_of`` has it.
        shine: Factor on those by day.
    """
    up = np.linspace(1.0, 0.0, _SKY_ROWS)
    lit = mix_colors(day, up) * shine
    return np.asarray(lit + night * (mix_colors(dark, up) - lit), np.float32)


def lowest_seen(view: View, z: float) -> float:
    """Height at depth ``z`` under which a table, or a platform's, hides all."""
    edge, drop = _EDGE
    return view.camera_y - (view.camera_y + drop) * (view.distance - z) / (view.distance - edge)


def night_of(light: Light) -> float:
    """How far day has gone, 0 to 1."""
    return float(np.interp(light.intensity, _DUSK, (1.0, 0.0)))
