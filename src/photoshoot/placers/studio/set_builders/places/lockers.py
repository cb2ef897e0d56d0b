"""A wall of lockers, as in the changing room of a gym or in a school's corridor."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.scene.batching import Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes

_Z, _BOTTOM = -7.2, -5.0
_WIDE, _TALL, _GAP = 1.35, 4.4, 0.045  # of a door, and between doors
_SLITS = 5
_SLIT = (0.3, 0.045)  # half width and half height
_DARK, _STEEL = "#15171a", "#c3c6ca"


def build_lockers(setting: Setting) -> dict[str, object]:
    """Doors of painted steel with slits, a handle and a plate each, two over each other; one may stand ajar."""
    view, rng = setting.view, setting.rng
    reach, top = view.half_width_at(_Z) + 1.5, view.top_at(_Z) + 1.0
    doors: list[Mesh] = []
    dark: list[Mesh] = []
    steel: list[Mesh] = []
    bottom = _BOTTOM - float(rng.uniform(0, 1.2))
    shades: tuple[list[Mesh], list[Mesh]] = ([], [])
    for y in np.arange(bottom, top, _TALL):
        for number, x in enumerate(np.arange(-reach - float(rng.uniform(0, _WIDE)), reach, _WIDE)):
            door = box((_WIDE / 2 - _GAP, _TALL / 2 - _GAP, 0.06), 0.04).moved(x, y + _TALL / 2, _Z)
            shades[number % 2].append(door)
            slits = 0.17 * np.arange(_SLITS)
            dark += [
                box((*_SLIT, 0.01), 0.008).moved(x, float(at), _Z + 0.062)
                for at in (*(y + _TALL - 0.55 - slits), *(y + 0.5 + slits))
            ]
            steel.append(box((0.06, 0.22, 0.05), 0.03).moved(x + 0.4, y + 0.5 * _TALL, _Z + 0.1))
            steel.append(box((0.16, 0.09, 0.012), 0.01).moved(x, y + 0.72 * _TALL, _Z + 0.065))
    back = box((reach + 2.0, (top - bottom) / 2 + 2.0, 0.02)).moved(0, (top + bottom) / 2, _Z - 0.06)
    things: Things = [
        painted(setting.color, "satin", *doors, *shades[0]),
        painted(tint(setting.color, "#000000", 0.06), "satin", *shades[1]),
        painted(_DARK, "matte", back, *dark),
        painted(_STEEL, "metal", *steel),
    ]
    shapes = named_shapes("lockers", things, setting)
    side = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    shapes["strip_light"] = softbox(
        (side * (view.half_width_at(-4.0) + 1.5), view.top_at(-4.0) + 1.5, -3.6),
        (0.0, 1.0, _Z),
        half_size=(0.5, 2.2),
        irradiance=np.full(3, 0.4),
    )
    return shapes
