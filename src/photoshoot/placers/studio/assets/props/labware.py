"""Glassware of a laboratory beside the product, with coloured liquids in it.

On a bench it is dishes, beakers and flasks. From above these are discs, so there it is open dishes, through whose
liquid the bench is seen, and stoppered test tubes.
"""

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.lab_glass import (
    CLEAR,
    GLASS,
    RIM,
    beaker,
    dish,
    flask,
    glass,
    in_color,
    liquids,
    seen_from,
)
from photoshoot.placers.studio.assets.props.instancing import Parts, crowd, gather, in_atlas, own, usual_size
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Spots, Thing, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, torus
from photoshoot.placers.studio.scene.batching import Painted
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, plastic, rgb
from photoshoot.placers.studio.textures.procedural import smoothstep

_KINDS = ((0.46, 0.16, dish), (0.46, 1.15, beaker), (0.58, 1.55, flask))
"""Radius, height and what builds it."""
_ORDER = (1, 0, 2, 0, 0, 1, 0, 2)
_ABOVE = (0, 1, 0, 1, 1, 0, 1, 0)  # from above: 0 a dish, 1 a tube
_DISH, _LEVEL, _LIP = 0.46, 0.06, 0.13  # radius of a dish, how high its liquid stands, and its rim
_TUBE, _LONG = 0.115, 1.5
_CLOUDY = 0.45  # share of the light that a liquid scatters back, seen from above; the rest goes through it
_PALE = np.array([0.80, 0.86, 0.87])  # of glass over a pale bench, linear


def labware(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Mostly flat dishes, some beakers and flasks, or tubes; the colours are the liquids'."""
    held = own(colors, "#5fb4e0", "#8fd3c8", "#f0b45a")[:3]
    return _seen_from_above(view, rng, held) if view.lying else _standing(view, rng, held)


def _standing(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    kinds = [_ORDER[index % len(_ORDER)] for index in range(crowd(view, 7))]
    things = [Thing(radius=_KINDS[kind][0], height=_KINDS[kind][1]) for kind in kinds]
    spots, scale = _places(view, rng, things)
    parts: Parts = []
    for index, place in spots.items():
        x, y, z = (float(part) for part in place)
        for part in _KINDS[kinds[index]][2](rng):
            assert isinstance(part, Painted)
            mesh = seen_from(part.mesh.scaled(scale).moved(x, y, z), view)
            coat = {GLASS: "glass", RIM: "rims"}.get(part.color, "liquids")
            held = in_color(mesh, index % len(colors), len(colors)) if coat == "liquids" else mesh
            parts.append((coat, held))
    return gather(parts, {"glass": glass(), "rims": plastic(RIM, 0.12), "liquids": liquids(colors)})


def _seen_from_above(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    kinds = [_ABOVE[index % len(_ABOVE)] for index in range(crowd(view, 8))]
    things = [
        Thing(radius=0.55 * _LONG, height=2 * _TUBE, core=0.95) if kind else Thing(radius=_DISH, height=_LIP)
        for kind in kinds
    ]
    spots, scale = _places(view, rng, things)
    heading = float(rng.uniform(20, 70) * rng.choice([-1.0, 1.0]))
    parts: Parts = []
    for index, place in spots.items():
        x, y, z = (float(part) for part in place)
        number, turn = index % len(colors), heading + float(rng.uniform(-14, 14)) + 180.0 * int(rng.integers(2))
        for name, mesh in _tube() if kinds[index] else _open_dish():
            laid = in_atlas(mesh, number, len(colors)) if name == "tubes" else mesh
            coat = f"{name}_{number}" if name == "pool" else name
            parts.append((coat, laid.scaled(scale).turned(turn).moved(x, y, z)))
    tubes = np.concatenate([_tube_albedo(color) for color in colors], axis=1)
    coats: dict[str, Entry] = {"rims": plastic("#e9eff0", 0.05), "tubes": plastic(bitmap(tubes), 0.03)}
    coats |= {f"pool_{number}": _pool(color) for number, color in enumerate(colors)}
    return gather(parts, coats)


def _places(view: View, rng: np.random.Generator, things: list[Thing]) -> tuple[Spots, float]:
    """Where things stand, and the factor on their size."""
    scale = usual_size(view)
    sized = [Thing(radius=thing.radius * scale, height=thing.height * scale, core=thing.core) for thing in things]
    spots, share = fit_spots(view, sized, rng, Patch(back=-1.3, front=0.7, gap=0.16, spread=0.5))
    return spots, scale * share


def _open_dish() -> Parts:
    """A dish: the liquid, whose u runs from the middle to the glass, its bottom's edge and its rim."""
    turn, radius = np.linspace(0, 2 * np.pi, 97), np.linspace(0.001, _DISH, 24)
    climb = _LEVEL + 0.02 * smoothstep(0.9, 1.0, radius / _DISH)  # the meniscus
    points = np.stack(
        [
            radius[:, None] * np.cos(turn),
            np.broadcast_to(climb[:, None], (24, 97)),
            radius[:, None] * np.sin(turn),
        ],
        -1,
    )
    uv = np.stack(np.broadcast_arrays((radius / _DISH)[:, None], np.zeros(97)), -1)
    rims = [
        torus(_DISH, 0.016, segments=96, sides=12).turned(90, "x").moved(0, _LIP),
        torus(_DISH - 0.01, 0.02, segments=96, sides=12).turned(90, "x").moved(0, 0.02),
    ]
    return [("pool", grid(points[::-1], uv[::-1])), *(("rims", ring.shaded(0.5)) for ring in rims)]


def _tube() -> Parts:
    """A test tube that lies along x, its round end at the left, and its stopper; u runs along it, v round it."""
    end = np.radians(np.linspace(1, 90, 12))
    along = np.concatenate([_TUBE * (1 - np.cos(end)), np.linspace(_TUBE + 0.02, _LONG, 40)]) - 0.5 * _LONG
    radius = np.concatenate([_TUBE * np.sin(end), np.full(40, _TUBE)])
    turn = np.linspace(0, 2 * np.pi, 49)
    points = np.stack(
        [
            np.broadcast_to(along, (49, 52)),
            _TUBE + radius * np.cos(turn)[:, None],
            radius * np.sin(turn)[:, None],
        ],
        -1,
    )
    uv = np.stack(np.broadcast_arrays((along / _LONG + 0.5), (turn / (2 * np.pi))[:, None]), -1)
    stopper = bevelled_cylinder(1.12 * _TUBE, 0.2, 0.02, segments=40).turned(-90, "z").moved(0.5 * _LONG - 0.05, _TUBE)
    lip = torus(_TUBE, 0.016, segments=48, sides=10).turned(90, "y").moved(0.5 * _LONG - 0.06, _TUBE)
    return [("tubes", grid(points, uv)), ("rims", stopper.shaded(0.5)), ("rims", lip.shaded(0.5))]


def _tint(color: str) -> Float32Array:
    """A liquid's colour (3,), linear, its brightest channel 1: what light keeps on a way of unit length through it."""
    linear = hex_to_linear(color)
    return np.asarray(linear / max(float(linear.max()), 1e-3), np.float32)


def _pool(color: str) -> Entry:
    """A liquid in a dish: the bench is seen through it, tinted; it is darker where it climbs the glass."""
    tint = _tint(color)
    place = (np.arange(256) + 0.5) / 256
    deep = 0.75 + 0.5 * smoothstep(0.3, 0.86, place) + 1.2 * np.exp(-(((place - 0.925) / 0.03) ** 2))
    ring = 1 + 0.35 * np.exp(-(((place - 0.8) / 0.035) ** 2)) + 0.5 * np.exp(-(((place - 0.965) / 0.012) ** 2))
    albedo = _PALE * tint ** deep[:, None] * ring[:, None]
    albedo = np.where((place > 0.955)[:, None], _PALE * ring[:, None] / 1.3, albedo)  # the glass itself
    clear: Entry = {**CLEAR, "int_ior": 1.15, "specular_transmittance": rgb(np.asarray(tint**0.45, np.float32))}
    picture = bitmap(np.asarray(np.clip(albedo, 0.01, 0.95), np.float32)[None], clamp=True)
    return {"type": "blendbsdf", "weight": _CLOUDY, "a": clear, "b": plastic(picture, 0.02, 1.4)["bsdf"]}


def _tube_albedo(color: str) -> Float32Array:
    """What a full tube shows, (64, 128, 3): the light that it gathers along its middle, dark sides, air at its end."""
    tint = _tint(color)
    across = (np.arange(64)[:, None] + 0.5) / 64
    away: Float64Array = np.abs(np.mod(across + 0.5, 1.0) - 0.5) * 4  # 0 on top, 1 at the sides
    along = (np.arange(128) + 0.5) / 128
    full = 1 - smoothstep(0.70, 0.715, along)
    deep = 1.1 + 0.7 * smoothstep(0.45, 0.95, away) - 0.75 * np.exp(-(((away - 0.35) / 0.16) ** 2))
    wet = 0.64 * tint ** deep[..., None]
    line = 1 - 0.5 * np.exp(-(((along - 0.707) / 0.012) ** 2))  # the meniscus
    empty = _PALE * (1 - 0.28 * smoothstep(0.55, 1.0, away))[..., None]
    image = (full[:, None] * wet + (1 - full[:, None]) * empty) * line[:, None]
    return np.asarray(np.clip(image, 0.01, 0.95), np.float32)
