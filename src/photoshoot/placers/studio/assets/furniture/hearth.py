"""Fireplaces with a wood fire in them: a chimney's breast of plaster or field stones, jambs, a mantelpiece.

All but ``fireplace`` is built about the middle of the opening's lower edge, the breast's face at z = 0.
"""

from typing import Final

import numpy as np

from photoshoot.placers.studio.assets.framed_art import COMPOSITIONS, abstract_picture, framed
from photoshoot.placers.studio.assets.furniture.sideboard import vase
from photoshoot.placers.studio.assets.furniture.style import Spot, Style, box, tint
from photoshoot.placers.studio.assets.props.meshes.lamps import fire, flame_glow
from photoshoot.placers.studio.assets.rows import moved, scaled
from photoshoot.placers.studio.geometry.mesh import Mesh, grid
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, rounded_box, sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden

MOUTH: Final = (1.6, 1.9)
"""Half width and height of a fire's opening, world units."""
BREAST: Final = 2.5
"""Half width of a chimney's breast."""
DEPTH: Final = 1.2
"""How far back a firebox goes."""
_JAMB, _BEAM = 0.5, 0.17  # width of the stones round the opening; half the beam's thickness
HEAD: Final = MOUTH[1] + _JAMB + 2 * _BEAM
"""Height of what stands on the beam."""
_AIR = 0.06  # between a firebox's back and the wall that the breast is before
_LOW = -0.3  # of the breast's lower edge: its hearth stone is no higher over a room's floor
_SOOT, _LOG = "#4c3d34", "#4d3626"
_LOGS = (
    ((-0.85, 0.14, -0.55), (0.8, 0.14, -0.5), 0.14),
    ((-0.75, 0.15, -0.9), (0.85, 0.15, -0.9), 0.15),
    ((-0.5, 0.38, -0.55), (0.55, 0.42, -0.95), 0.12),
)  # ends and radii
_FIRE, _EMBERS = np.array([1.0, 0.56, 0.21], np.float32), np.tile(np.array([(1.5, 0.4, 0.08)], np.float32), (2, 1))
_SHINE, _TONGUES, _COALS = 1.5, 13, 16  # how bright flames are in the mean, of white, and how many there are
_GLOW = np.asarray(np.linspace(0.0, 1.0, 12)[:, None] ** 2 * (0.42, 0.13, 0.03), np.float32)  # of the box's back
_STONES = ("#8d867b", "#a39a8c", "#6f6a63", "#b3a892", "#7d7468")
_COURSES, _MORTAR = (0.34, 0.52), "#5f594f"  # heights of courses of stones, and what is between them


def fireplace(spot: Spot, style: Style, rng: np.random.Generator) -> Things:
    """A plastered breast with a fire in it; a beam of wood, and on it a picture, candles and a vase."""
    things = chimney(style, spot.ceiling_y - spot.floor_y + 1.0, rng) + _over_it(style, rng)
    return moved(things, (spot.x, spot.floor_y, spot.wall_z + DEPTH))


def chimney(style: Style, top: float, rng: np.random.Generator) -> Things:
    """A breast up to y = top, its fire and its beam."""
    plaster = tint(style.wood, "#f4efe6", 0.92)
    things: Things = [painted(plaster, "matte", *breast(BREAST, top, _LOW), *_cheeks(top))]
    return [*things, *surround(tint(style.accent, "#e6dfd2", 0.8), _LOW), *burning(rng), *mantelpiece(style.wood)]


def breast(half: float, top: float, low: float) -> list[Mesh]:
    """The wall round the opening, from x = -half to half and from y = low to top."""
    wide, tall = MOUTH
    pieces = [(-half, -wide, low, top), (wide, half, low, top), (-wide, wide, tall, top), (-wide, wide, low, 0.0)]
    return [
        grid([[(left, up, 0.1), (right, up, 0.1)], [(left, down, 0.1), (right, down, 0.1)]])
        for left, right, down, up in pieces
        if up > down
    ]


def surround(color: str, low: float) -> Things:
    """Jambs and head of smooth stone round the opening, from y = low."""
    wide, tall = MOUTH
    stone = _JAMB / 2
    jambs = [box((stone, (tall - low) / 2, 0.2)).moved(s * (wide + stone), (tall + low) / 2, 0.1) for s in (-1, 1)]
    return [painted(color, "matte", *jambs, box((wide + _JAMB, stone, 0.2)).moved(0, tall + stone, 0.1))]


def mantelpiece(wood: str) -> Things:
    """The beam over the surround."""
    return [wooden(wood, "matte", box((MOUTH[0] + 1.6 * _JAMB, _BEAM, 0.45)).moved(0, HEAD - _BEAM, 0.4))]


def burning(rng: np.random.Generator) -> Things:
    """The firebox, whose back is lit by what burns before it: logs, flames and embers."""
    wide, tall = MOUTH
    level = box((wide, 0.05, DEPTH / 2))
    sides = [box((0.05, tall / 2, DEPTH / 2)).moved(side * wide, tall / 2, -DEPTH / 2) for side in (-1, 1)]
    shell = [*sides, *(level.moved(0, y, -DEPTH / 2) for y in (-0.05, tall))]
    z = _AIR - DEPTH
    back = grid([[(-wide, tall, z), (wide, tall, z)], [(-wide, 0.0, z), (wide, 0.0, z)]])
    coal = sphere(0.09, rings=8, segments=10).scaled(1.3, 0.6, 1.0)
    coals = [coal.moved(float(x), 0.05, float(z)) for x, z in rng.uniform((-0.8, -1.0), (0.8, -0.4), (_COALS, 2))]
    return [
        painted(_SOOT, "matte", *shell),
        wooden(_LOG, "matte", *[tube(one, other, radius) for one, other, radius in _LOGS]),
        Emissive(mesh=back, light=_GLOW),
        *(Emissive(mesh=ember, light=_EMBERS) for ember in coals),
        *(
            Emissive(mesh=tongue.moved(0, 0.15, 0), light=flame_glow(_SHINE * _FIRE))
            for tongue in fire(rng, _TONGUES, 0.8, (-0.9, -0.5))
        ),
    ]


def field_stones(half: float, top: float, low: float, rng: np.random.Generator) -> Things:
    """A breast of rough stones in courses round the opening, from x = -half to half and from y = low to top."""
    coats: dict[str, list[Mesh]] = {color: [] for color in _STONES}
    y = low
    while y < top:
        tall = float(rng.uniform(*_COURSES))
        beside = y < MOUTH[1] and y + tall > 0
        for left, right in [(-half, -MOUTH[0]), (MOUTH[0], half)] if beside else [(-half, half)]:
            for x, wide in _cut(left, right, rng):
                color = _STONES[int(rng.integers(len(_STONES)))]
                stone = rounded_box((wide / 2 - 0.02, tall / 2 - 0.02, 0.2), 0.09, steps=2)
                coats[color].append(stone.moved(x + wide / 2, y + tall / 2, float(rng.uniform(-0.05, 0.05))))
        y += tall
    stones: Things = [painted(color, "matte", *meshes) for color, meshes in coats.items() if meshes]
    return [*stones, painted(_MORTAR, "matte", *breast(half, top, low))]


def _cut(left: float, right: float, rng: np.random.Generator) -> list[tuple[float, float]]:
    """Left edges and widths of the stones that fill a course."""
    count = max(1, round((right - left) / 0.75))
    shares = rng.uniform(0.6, 1.4, count)
    widths = shares / shares.sum() * (right - left)
    return [(float(x), float(wide)) for x, wide in zip(left + np.cumsum(widths) - widths, widths, strict=True)]


def _cheeks(top: float) -> list[Mesh]:
    """The breast's sides, back to the wall."""
    return [
        grid([[(x, top, 0.1), (x, top, -DEPTH)], [(x, _LOW, 0.1), (x, _LOW, -DEPTH)]][:: -1 if x > 0 else 1])
        for x in (-BREAST, BREAST)
    ]


def _over_it(style: Style, rng: np.random.Generator) -> Things:
    """A framed picture on the breast; candles and a vase at either end of the beam."""
    half, side = (0.7, 0.8), float(rng.choice([-1.0, 1.0]))
    sheet = abstract_picture(int(rng.integers(COMPOSITIONS)), style.palette, half, rng)
    things: Things = [*framed(sheet, half, style.wood, (0.0, HEAD + half[1] + 0.35, 0.1))]
    for x, tall in ((1.35, 0.62), (1.62, 0.42), (1.86, 0.54)):
        wax = bevelled_cylinder(0.11, tall, 0.02, segments=24)
        things.append(painted("#f1e7d2", "matte", wax.moved(side * x, HEAD, 0.4)))
    return things + moved(scaled(vase(style, rng), 0.9), (-side * 1.6, HEAD, 0.4))
