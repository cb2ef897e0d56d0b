"""Shops: an aisle of a supermarket between full shelves, and lit shelves before which a counter stands."""

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.assets.rows import moved
from photoshoot.placers.studio.assets.shelving import Rack, Stock, shelf_run
from photoshoot.placers.studio.backdrops.studio import stage_wall
from photoshoot.placers.studio.geometry.mesh import floor
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes

_METRE = 4.2  # world units
_FLOOR = -3.4  # under the table's top
_AISLE, _LONG = 0.62, 5.5  # half its width, its length, metres
_AISLE_LEVELS = 5
_NEAREST = -3.6
_FRONT_Z = -8.5
_PACKS = ("#c8322b", "#e8b92e", "#2f62a8", "#3f8f4f", "#f2efe8", "#e07b2a", "#6b3f86", "#7cc0d8", "#d9528a", "#8a5a33")
_WHITE = np.ones(3, np.float32)

GROCERIES: Final = Stock(
    kinds=("carton", "small_pack", "bottle", "jar", "carton"),
    colors=_PACKS,
    labels=("#f6f4ee", "#f2d34a", "#24365c", "#c8322b"),
    size=1.15,
    facings=(2, 4),
)
STOCKS: Final[Mapping[str, Stock]] = MappingProxyType(
    {
        "pharmacy": Stock(
            kinds=("small_pack", "flacon", "small_pack", "jar"),
            colors=("#f7f8f8", "#eef3f4", "#dfeaf0", "#f4f6f2"),
            labels=("#3f9b74", "#3b7fb5", "#5fb6c4", "#d8574d", "#8cc3a0"),
            facings=(2, 5),
            gap=(0.01, 0.06),
        ),
        "boutique": Stock(
            kinds=("bag", "flacon", "small_pack", "jar"),
            colors=("#f3ece2", "#d8c3a5", "#b98f6a", "#2f2a28", "#c9a7a0"),
            labels=("#d9b26a", "#f6f1e8"),
            facings=(1, 3),
            gap=(0.06, 0.2),
        ),
    }
)


_PITCHES = {"pharmacy": 0.25, "boutique": 0.4}


def build_aisle(setting: Setting) -> dict[str, object]:
    """Full shelves on both sides that run away from the camera, a shining floor, and lamps over it in rows."""
    view, rng = setting.view, setting.rng
    half = max(_AISLE * _METRE, view.half_width_at(_NEAREST))  # where it begins is out of the picture
    near = min(_NEAREST, view.distance * (1 - half / view.half_width) + 2.0)
    far = near - _LONG * _METRE
    rack = Rack(color=setting.color, back=tint(setting.color, "#8a8f94", 0.35), rail="#f4f4f0")
    things: Things = []
    for side in (-1.0, 1.0):
        run = shelf_run(_LONG, _AISLE_LEVELS, rack, GROCERIES, _METRE, rng)
        turned = [replace(thing, mesh=thing.mesh.turned(-side * 90)) for thing in run]
        things += moved(turned, (side * half, _FLOOR, (near + far) / 2))
    end = shelf_run(4 * half / _METRE, _AISLE_LEVELS, rack, GROCERIES, _METRE, rng)
    things += moved(end, (0.0, _FLOOR, far - 1.0))
    top = _FLOOR + 2.6 * _METRE
    strip = box((0.2 * _METRE, 0.02, 0.5 * _METRE))
    lamps = [strip.moved(x * half, top, z) for z in np.arange(near, far, -1.4 * _METRE) for x in (-0.45, 0.45)]
    things += [Emissive(mesh=lamp, light=np.tile(_WHITE * np.float32(1.0), (2, 1))) for lamp in lamps]
    reach = half + 6.0
    things.append(painted("#b9bab8", "semigloss", floor(y=_FLOOR, half_width=reach, front=-2.0, back=far - 6.0)))
    things.append(painted("#eceded", "matte", stage_wall(view, z=far - 3.0, bottom=_FLOOR)))
    shapes = named_shapes("aisle", things, setting)
    for number, z in enumerate((near - 0.3 * (near - far), near - 0.75 * (near - far))):
        shapes[f"aisle_light_{number}"] = softbox(
            (0.0, top + 6.0, z), (0.0, _FLOOR, z), half_size=(half, 4.0), irradiance=_WHITE * np.float32(0.6)
        )
    return shapes


def build_shelves(setting: Setting, *, kind: str) -> dict[str, object]:
    """Lit shelves across the picture."""
    white = tint(setting.color, "#ffffff", 0.25)
    rack = Rack(color=setting.color, back=white, rail=white, pitch=_PITCHES[kind], light=(2.2, 2.1, 1.9))
    return named_shapes("shelves", across(setting, rack, STOCKS[kind], _FRONT_Z), setting)


def across(setting: Setting, rack: Rack, stock: Stock, z: float) -> Things:
    """Shelves from one side of the picture to the other at depth ``z``, up past its top."""
    view, rng = setting.view, setting.rng
    levels = math.ceil((view.top_at(z) + 1.0 - _FLOOR) / (rack.pitch * _METRE))
    length = 2 * (view.half_width_at(z) + 1.0) / _METRE
    run = shelf_run(length, levels, rack, stock, _METRE, rng)
    return moved(run, (0.0, _FLOOR - float(rng.uniform(0, 0.5)), z))
