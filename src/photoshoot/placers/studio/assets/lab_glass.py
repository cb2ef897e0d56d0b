"""Laboratory glass with liquids in it, and a microscope. Each piece stands at the origin on y = 0.

Glass is a thin shell over what is in it, and none round that: no lamp can be aimed at through glass, so what it holds
would be lit by chance alone. A liquid has the glass's shine itself. A thin shell has no thickness that bends light, so
what that does to the eye is drawn: walls are dark where they are seen edge on, and a full glass is where it is round.
"""

from collections.abc import Sequence

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.rows import moved
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import (
    bevelled_cylinder,
    lathe,
    rounded_box,
    sphere,
    torus,
    tube,
    tube_along,
)
from photoshoot.placers.studio.scene.batching import Things, painted
from photoshoot.placers.studio.scene.bsdfs import Entry, bitmap, plastic
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep

GLASS, LIQUID = "glass", "liquid"
"""What stands as the colour of a thing that is one of the two; whoever draws them gives them a material."""
RIM = "#a9b9bd"
"""Of a vessel's rim, which shows all that is round it at once: as clear glass it is specks of lamps."""
CLEAR: Entry = {"type": "thindielectric", "int_ior": 1.5}
"""Glass that shows no thickness."""
_CLOUDY = 0.8  # share of a liquid's light that it scatters back
_SOFT, _WATER = 0.2, 1.33  # roughness of its surface, and its index of refraction
_WALL_SEEN = ((0.0, 0.25), (0.1, 0.5), (0.25, 0.84), (0.5, 0.96), (1.0, 0.99))
"""What passes a wall, where the cosine between its normal and the way to the camera is so large."""
_GREENISH = np.array([0.982, 1.0, 0.992])
_GLASS_SEEN = 0.62  # albedo of a wall beside a liquid
_LIP = 0.016  # radius of a rim
_TEXELS = 64  # of a colour, by facing and by height
_SIDE = 0.85  # of the texture's height, that a liquid's side takes; what is over it is its surface
_DISH = np.array([(0.46, 0.15), (0.45, 0.02), (0.42, 0.0), (0.0, 0.0)])
_WHITE, _DARK, _STEEL = "#eef1f3", "#23262b", "#c3c8cd"


def flask(rng: np.random.Generator) -> Things:
    """A conical flask."""
    outline = np.array(
        [(0.20, 1.50), (0.17, 1.47), (0.165, 1.08), (0.20, 0.98), (0.56, 0.16), (0.58, 0.08), (0.52, 0.01), (0.0, 0.0)]
    )
    return _filled(outline, float(rng.uniform(0.38, 0.62)))


def round_flask(rng: np.random.Generator) -> Things:
    """A round flask on a cork ring."""
    angle = np.radians(np.linspace(18, 180, 36))
    ball = np.stack([0.52 * np.sin(angle), 0.62 + 0.52 * np.cos(angle)], 1)
    outline = np.concatenate([[(0.19, 1.62), (0.16, 1.58)], ball])
    outline[-1, 0] = 0.0
    ring = torus(0.30, 0.09, segments=64, sides=16).turned(90, "x").moved(0, 0.09)
    return [*_filled(outline, float(rng.uniform(0.5, 0.75))), painted("#b98d5e", "matte", ring)]


def beaker(rng: np.random.Generator) -> Things:
    """A beaker."""
    tall = float(rng.uniform(0.85, 1.1))
    outline = np.array([(0.46, tall + 0.02), (0.42, tall - 0.03), (0.42, 0.08), (0.38, 0.01), (0.0, 0.0)])
    return _filled(outline, tall * float(rng.uniform(0.35, 0.7)))


def cylinder(rng: np.random.Generator) -> Things:
    """A tall graduated cylinder on a foot."""
    outline = np.array([(0.19, 1.95), (0.165, 1.92), (0.165, 0.14), (0.15, 0.09), (0.0, 0.08)])
    foot = bevelled_cylinder(0.36, 0.07, 0.02, segments=48)
    return [*_filled(outline, float(rng.uniform(0.7, 1.5))), painted(_WHITE, "semigloss", foot)]


def tubes(rng: np.random.Generator) -> Things:
    """A white rack of six test tubes, filled to different heights."""
    bottom = np.radians(np.linspace(90, 180, 10))
    round_end = np.stack([0.105 * np.sin(bottom), 0.22 + 0.105 * np.cos(bottom)], 1)
    outline = np.concatenate([[(0.125, 1.36), (0.105, 1.33)], round_end])
    outline[-1, 0] = 0.0
    full = [moved(_filled(outline, float(rng.uniform(0.4, 1.1))), (x, 0, 0)) for x in np.linspace(-0.78, 0.78, 6)]
    boards = [rounded_box((0.98, 0.035, 0.24), 0.02, steps=2).moved(0, y) for y in (0.06, 0.52, 0.98)]
    ends = [rounded_box((0.035, 0.52, 0.24), 0.02, steps=2).moved(s * 0.96, 0.52) for s in (-1, 1)]
    return [*(part for piece in full for part in piece), painted(_WHITE, "semigloss", *boards, *ends)]


def seen_from(mesh: Mesh, view: View) -> Mesh:
    """Glass or a liquid with texture coordinates for ``glass`` and ``liquids``.

    u is the cosine between its normal and the way to the camera, v runs up its side, and is 1 on a level surface.
    """
    assert mesh.normals is not None
    points = mesh.vertices.astype(np.float64)
    way = np.array([0.0, view.camera_y, view.distance]) - points
    facing = np.abs((way * mesh.normals).sum(1)) / np.linalg.norm(way, axis=1)
    height = (points[:, 1] - points[:, 1].min()) / max(float(np.ptp(points[:, 1])), 1e-6)
    return mesh.shaded(np.where(mesh.normals[:, 1] > _SIDE, 1.0, 0.97 * _SIDE * height), np.clip(facing, 0, 1))


def glass() -> Entry:
    """Glass of a wall's thickness, for meshes as ``seen_from`` a camera."""
    facing = (np.arange(128) + 0.5) / 128
    passes = np.interp(facing, *np.array(_WALL_SEEN).T)[None, :, None] * _GREENISH
    return {**CLEAR, "specular_transmittance": bitmap(np.asarray(passes, np.float32), clamp=True)}


def liquids(colors: Sequence[str]) -> Entry:
    """What is in glasses, for meshes as ``seen_from`` a camera and ``in_color``: partly clear, partly cloudy.

    It mirrors as little as water does, and softly: glass round it would mirror a glare, which chance seldom finds.
    """
    passes = np.stack([mix_hex(color, "#ffffff", 0.35) for color in colors])[None].repeat(_TEXELS, 1)
    clear: Entry = {**CLEAR, "int_ior": 1.1, "specular_transmittance": bitmap(np.asarray(passes, np.float32))}
    coat = plastic(bitmap(np.concatenate([_depths(color) for color in colors], 1), clamp=True), _SOFT, _WATER)
    return {"type": "blendbsdf", "weight": _CLOUDY, "a": clear, "b": coat["bsdf"]}


def in_color(mesh: Mesh, number: int, count: int) -> Mesh:
    """A liquid as ``seen_from`` a camera, in one of so many colours of ``liquids``."""
    assert mesh.uv is not None
    inset = np.clip(mesh.uv[:, 0], 0.5 / _TEXELS, 1 - 0.5 / _TEXELS)
    return mesh.shaded(mesh.uv[:, 1], (number + inset) / count)


def _depths(color: str) -> Float32Array:
    """A liquid's albedo, square, by height and facing: a lens that is bright in its middle, dark at its sides.

    Light that comes in from above gathers over the bottom; the surface is pale, and the darker the deeper it is. Round
    it is the vessel: its wall is a pale line at both sides, its foot a clear one over a dark one, where it stands; and
    where the liquid climbs the wall it is dark over a bright line.
    """
    place = (np.arange(_TEXELS) + 0.5) / _TEXELS
    facing, height = place, place[:, None] / _SIDE
    depth = 1.45 - 0.75 * smoothstep(0.05, 0.75, facing) + 0.12 * smoothstep(0.2, 0.95, height)
    gain = 0.55 + 0.45 * smoothstep(0.08, 0.4, facing) + 0.22 * np.exp(-(((height - 0.1) / 0.14) ** 2))
    gain = gain + 0.4 * np.exp(-(((height - 0.935) / 0.02) ** 2)) - 0.35 * smoothstep(0.95, 0.975, height)
    albedo = np.maximum(hex_to_linear(color), 0.01) ** depth[..., None] * gain[..., None]
    clear = np.maximum(0.5 * smoothstep(0.15, 0.06, facing), 0.6 * smoothstep(0.07, 0.045, height))[..., None]
    albedo = (albedo + clear * (_GLASS_SEEN - albedo)) * (1 - 0.7 * smoothstep(0.03, 0.01, height))[..., None]
    surface = np.broadcast_to(np.maximum(hex_to_linear(color), 0.01) ** 0.6, albedo.shape)
    return np.asarray(np.clip(np.where((height > 1)[..., None], surface, albedo), 0.01, 0.95), np.float32)


def dish(_rng: np.random.Generator) -> Things:
    """A flat dish, a little liquid in it."""
    return _filled(_DISH, 0.05)


def dishes(rng: np.random.Generator) -> Things:
    """A stack of two flat dishes and one beside it, a little liquid in them."""
    places = [(-0.25, 0.0, -0.1), (-0.22, 0.17, -0.06), (0.62, 0.0, 0.25 + float(rng.uniform(-0.1, 0.1)))]
    return [part for place in places for part in moved(dish(rng), place)]


def microscope(_rng: np.random.Generator) -> Things:
    """A microscope, seen from its side."""
    base = rounded_box((0.62, 0.10, 0.46), 0.06, steps=3).moved(0.1, 0.10)
    turn = np.linspace(-0.6, 1.35, 24)
    arc = np.stack([0.75 - 0.95 * np.cos(turn) + 0.1, 1.25 + 0.95 * np.sin(turn), 0 * turn], 1)
    arm = tube_along(arc[::-1] * [-1, 1, 1] + [0.55, 0, 0], 0.15, flatten=0.8)
    stage = rounded_box((0.40, 0.045, 0.36), 0.02, steps=2).moved(-0.18, 0.85)
    barrel = bevelled_cylinder(0.15, 0.95, 0.03, segments=40).moved(-0.18, 1.30)
    lenses = [
        bevelled_cylinder(0.06, 0.30, 0.02, segments=24).turned(angle, "z").moved(-0.18 + shift, 1.02)
        for angle, shift in ((0, 0.0), (28, 0.14), (-28, -0.14))
    ]
    eye = bevelled_cylinder(0.12, 0.55, 0.02, segments=40).turned(-38, "z").moved(-0.16, 2.2)
    knob = bevelled_cylinder(0.17, 0.5, 0.03, segments=40).turned(90, "x").moved(0.42, 0.75, 0.25)
    ball = sphere(0.19, rings=16, segments=32).moved(-0.18, 1.33)
    return [
        painted(_WHITE, "semigloss", base, arm, barrel),
        painted(_DARK, "semigloss", stage, eye, knob),
        painted(_STEEL, "metal", ball, *lenses),
    ]


def reagent_bottle(rng: np.random.Generator) -> Things:
    """A brown bottle with a white cap and label."""
    tall = float(rng.uniform(1.0, 1.3))
    body = [(0.0, tall), (0.15, tall), (0.16, tall - 0.16), (0.36, tall - 0.34), (0.38, 0.05), (0.33, 0), (0, 0)]
    cap = bevelled_cylinder(0.20, 0.22, 0.03, segments=48).moved(0, tall - 0.08)
    label = tube((0, 0.22, 0), (0, 0.62, 0), 0.384, sides=64)
    return [
        painted("#5a2c10", "semigloss", lathe(body, 64, crease_deg=60)),
        painted(_WHITE, "semigloss", cap),
        painted("#f4f3ef", "matte", label),
    ]


def pipette_box(_rng: np.random.Generator) -> Things:
    """A low white device with a dark panel."""
    body = rounded_box((0.75, 0.38, 0.5), 0.08, steps=3).moved(0, 0.38)
    panel = rounded_box((0.36, 0.16, 0.01), 0.01, steps=1).moved(-0.2, 0.44, 0.5)
    dial = bevelled_cylinder(0.12, 0.08, 0.02, segments=40).turned(90, "x").moved(0.46, 0.40, 0.50)
    return [painted(_WHITE, "semigloss", body), painted(_DARK, "semigloss", panel), painted(_STEEL, "metal", dial)]


def _filled(outline: Float64Array, level: float) -> Things:
    """A vessel of an outline, from its rim down to the middle of its foot, filled up to ``level``."""
    radius, height = outline[::-1].T
    at_level = np.array([[np.interp(level, height, radius), level]])
    empty = np.concatenate([outline[outline[:, 1] > level], at_level])
    wet = np.concatenate([[[0.0, level]], at_level, outline[outline[:, 1] < level]])
    body = lathe(wet, 64, crease_deg=50)
    lip = torus(float(outline[0, 0]), _LIP, segments=64, sides=8).turned(90, "x").moved(0, float(outline[0, 1]))
    shell = painted(GLASS, "gloss", lathe(empty, 64, crease_deg=75))
    return [shell, painted(RIM, "semigloss", lip), painted(LIQUID, "gloss", body)]
