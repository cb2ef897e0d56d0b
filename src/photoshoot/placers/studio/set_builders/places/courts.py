"""Courts in the open: one for tennis with its net, one for basketball with its hoop."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor
from photoshoot.placers.studio.geometry.solids import sphere, torus, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.places.outlook import golden_of
from photoshoot.placers.studio.set_builders.places.stadium import sky_of
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of, shining_sky

_GROUND, _FENCE_Z, _SKY_Z = -1.7, -30.0, -60.0
_NET_Z, _NET = -13.0, 1.75
_HOOP_Z = -15.0
_LINE = 0.11
ORANGE = "#d8551f"
"""A hoop's colour."""
_TREES = ("#5b7a48", "#75905a", "#466340")
_LAMP = np.array([9.0, 9.2, 9.6], np.float32)


def build_court(setting: Setting, *, sport: str) -> dict[str, object]:
    """A floor in the colour with white lines, what the sport is known by, a fence, trees, and lamps on masts."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    reach = view.half_width_at(_FENCE_Z) + 4.0
    around = tint(setting.color, "#3d7a58" if sport == "tennis" else "#4a4d52", 0.85)
    things: Things = [
        painted(around, "matte", floor(y=_GROUND - 0.02, half_width=reach + 20, front=-2.0, back=_FENCE_Z - 4)),
        painted(setting.color, "matte", floor(y=_GROUND, half_width=9.5, front=-2.0, back=-25.0)),
        *(_tennis() if sport == "tennis" else _basketball(view, float(rng.choice([-1.0, 1.0])))),
        *_fence(reach),
        *tree_row(reach, _FENCE_Z - 5.0, _GROUND, rng),
        *masts(reach, _FENCE_Z - 1.0, _GROUND, view.top_at(_FENCE_Z), night),
    ]
    shapes = named_shapes("court", things, setting)
    shapes["sky"] = shining_sky(sky_of(night, golden_of(setting)), setting, _SKY_Z)
    shapes["sun"] = softbox((6.0, 26.0, -8.0), (0.0, 0.0, -18.0), half_size=(6.0, 4.0), irradiance=np.full(3, 0.5))
    return shapes


def _across(z: float, half: float, thick: float = _LINE) -> Mesh:
    return box((half, 0.005, thick)).moved(0, _GROUND + 0.015, z)


def _along(x: float, near: float, far: float) -> Mesh:
    return box((_LINE, 0.005, (near - far) / 2)).moved(x, _GROUND + 0.015, (near + far) / 2)


def _tennis() -> Things:
    """The lines of both halves, and a net with its white band."""
    lines = [_across(-19.0, 6.2), _across(-24.0, 8.2), _across(-7.0, 6.2), _along(0.0, -7.0, -19.0)]
    lines += [_along(x, -2.0, -24.0) for x in (-8.2, -6.2, 6.2, 8.2)]
    top = _GROUND + _NET
    band = box((9.2, 0.1, 0.03), 0.02).moved(0, top, _NET_Z)
    strap = box((0.07, _NET / 2, 0.03), 0.02).moved(0, _GROUND + _NET / 2, _NET_Z + 0.02)
    cords = [tube((x, _GROUND, _NET_Z), (x, top, _NET_Z), 0.012, sides=4) for x in np.arange(-9.0, 9.0, 0.17)]
    cords += [tube((-9.0, y, _NET_Z), (9.0, y, _NET_Z), 0.012, sides=4) for y in np.arange(_GROUND + 0.1, top, 0.17)]
    posts = [tube((x, _GROUND, _NET_Z), (x, top + 0.1, _NET_Z), 0.09, sides=12) for x in (-9.2, 9.2)]
    return [painted("#f4f4f0", "matte", *lines, band, strap), painted("#1c211f", "matte", *cords, *posts)]


def _basketball(view: View, side: float) -> Things:
    """The key and the arc before a hoop, its board, net and post."""
    z, high = _HOOP_Z, min(_GROUND + 6.2, view.top_at(_HOOP_Z) - 1.9)
    x = side * min(1.5, 0.4 * view.half_width_at(z))
    lines = [_across(-9.0, 2.4), _across(-17.0, 9.3), _along(x - 2.4, -9.0, -17.0), _along(x + 2.4, -9.0, -17.0)]
    arc = torus(6.2, _LINE, segments=80, sides=6).turned(90, "x").scaled(1.0).moved(x, _GROUND - 0.08, -15.5)
    ring = torus(2.0, _LINE, segments=64, sides=6).turned(90, "x").moved(x, _GROUND - 0.08, -9.0)
    board = box((1.45, 0.95, 0.05), 0.03).moved(x, high + 0.75, z - 0.55)
    marks = [box((0.5, 0.03, 0.01)).moved(x, high + y, z - 0.48) for y in (0.2, 0.95)]
    marks += [box((0.03, 0.38, 0.01)).moved(x + s * 0.48, high + 0.57, z - 0.48) for s in (-1, 1)]
    edge = [box((1.5, 0.05, 0.06)).moved(x, high + 0.75 + s * 0.95, z - 0.55) for s in (-1, 1)]
    edge += [box((0.05, 1.0, 0.06)).moved(x + s * 1.45, high + 0.75, z - 0.55) for s in (-1, 1)]
    rim = torus(0.44, 0.04, segments=48, sides=8).turned(90, "x").moved(x, high, z)
    angles = np.linspace(0, 2 * np.pi, 13)[:-1]
    net = [
        tube(
            (x + 0.44 * np.cos(a), high, z + 0.44 * np.sin(a)),
            (x + 0.26 * np.cos(a + turn), high - 0.7, z + 0.26 * np.sin(a + turn)),
            0.018,
            sides=4,
        )
        for a in angles
        for turn in (-0.5, 0.5)
    ]
    post = [
        tube((x, _GROUND, z - 2.0), (x, high - 0.2, z - 2.0), 0.16, sides=16),
        tube((x, high - 0.3, z - 2.0), (x, high + 0.6, z - 0.6), 0.12, sides=12),
    ]
    return [
        painted("#f4f4f0", "matte", *lines, arc, ring, board, *net),
        painted(ORANGE, "satin", rim, *marks),
        painted("#2a2d31", "satin", *edge, *post),
    ]


def _fence(reach: float) -> Things:
    """A fence of wire on posts."""
    top = _GROUND + 4.2
    posts = [tube((x, _GROUND, _FENCE_Z), (x, top, _FENCE_Z), 0.09, sides=8) for x in np.arange(-reach, reach, 3.2)]
    rails = [tube((-reach, y, _FENCE_Z), (reach, y, _FENCE_Z), 0.06, sides=8) for y in (_GROUND + 0.2, top)]
    high = top - _GROUND
    wires = [
        tube((x, _GROUND, _FENCE_Z), (x + s * high, top, _FENCE_Z), 0.018, sides=3)
        for x in np.arange(-reach - high, reach + high, 0.42)
        for s in (-1, 1)
    ]
    return [painted("#3c4a42", "satin", *posts, *rails, *wires)]


def tree_row(reach: float, z: float, ground: float, rng: np.random.Generator) -> Things:
    """Crowns of trees in a row at depth ``z``, over a hedge."""
    crowns: list[list[Mesh]] = [[] for _ in _TREES]
    for number, x in enumerate(np.arange(-reach - 6, reach + 6, 1.1)):
        size = float(rng.uniform(1.5, 2.6))
        crown = sphere(size, rings=12, segments=24).moved(x, ground + float(rng.uniform(0.8, 2.9)), z)
        crowns[number % len(_TREES)].append(crown)
    hedge = box((reach + 8, 1.5, 0.5)).moved(0, ground + 1.0, z + 0.5)
    crowns[2].append(hedge)
    return [painted(color, "matte", *own) for color, own in zip(_TREES, crowns, strict=True)]


def masts(reach: float, z: float, ground: float, top: float, night: float) -> Things:
    """Lamps on masts at depth ``z``, which are on at night; the picture ends at ``top`` there."""
    high = max(2.6, top - 1.6)
    places = np.arange(-reach + 3.0, reach, 6.5)
    masts = [tube((x, ground, z), (x, high, z), 0.1, sides=8) for x in places]
    heads = [box((0.62, 0.16, 0.12), 0.05).moved(x, high, z + 0.1) for x in places]
    light = np.tile(_LAMP * np.float32(night), (2, 1))
    lamps = [Emissive(mesh=box((0.5, 0.12, 0.02)).moved(x, high, z + 0.25), light=light) for x in places]
    return [painted("#2a2d31", "satin", *masts, *heads), *(lamps if night > 0 else [])]
