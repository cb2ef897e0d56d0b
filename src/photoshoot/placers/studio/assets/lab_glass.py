"""Laboratory glass with liquids in it, and a microscope. Each piece stands at the origin on y = 0.

Glass is a thin shell over what is in it, and none round that: no lamp can be aimed at through glass, so what it holds
would be lit by chance alone. A liquid has the glass's shine itself.
"""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.rows import moved
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
from photoshoot.placers.studio.scene.bsdfs import Entry, plastic, rgb
from photoshoot.placers.studio.textures.gradients import mix_hex

GLASS, LIQUID = "glass", "liquid"
"""What stands as the colour of a thing that is one of the two; whoever draws them gives them a material."""
CLEAR: Entry = {"type": "thindielectric", "int_ior": 1.5}
"""The glass."""
_CLOUDY = 0.8  # share of a liquid's light that it scatters back
_SOFT, _WATER = 0.2, 1.33  # roughness of its surface, and its index of refraction
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
    return [*(part for piece in full for part in piece), painted(_WHITE, "eggshell", *boards, *ends)]


def liquid(color: str) -> Entry:
    """What is in a glass: partly clear, partly cloudy.

    It mirrors as little as water does, and softly: glass round it would mirror a glare, which chance seldom finds.
    """
    clear: Entry = {**CLEAR, "int_ior": 1.1, "specular_transmittance": rgb(mix_hex(color, "#ffffff", 0.35))}
    return {"type": "blendbsdf", "weight": _CLOUDY, "a": clear, "b": plastic(color, _SOFT, _WATER)["bsdf"]}


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
        painted("#5a2c10", "gloss", lathe(body, 64, crease_deg=60)),
        painted(_WHITE, "eggshell", cap),
        painted("#f4f3ef", "matte", label),
    ]


def pipette_box(_rng: np.random.Generator) -> Things:
    """A low white device with a dark panel."""
    body = rounded_box((0.75, 0.38, 0.5), 0.08, steps=3).moved(0, 0.38)
    panel = rounded_box((0.36, 0.16, 0.01), 0.01, steps=1).moved(-0.2, 0.44, 0.5)
    dial = bevelled_cylinder(0.12, 0.08, 0.02, segments=40).turned(90, "x").moved(0.46, 0.40, 0.50)
    return [painted(_WHITE, "semigloss", body), painted(_DARK, "gloss", panel), painted(_STEEL, "metal", dial)]


def _filled(outline: Float64Array, level: float) -> Things:
    """A vessel of an outline, from its rim down to the middle of its foot, filled up to ``level``."""
    radius, height = outline[::-1].T
    at_level = np.array([[np.interp(level, height, radius), level]])
    empty = np.concatenate([outline[outline[:, 1] > level], at_level])
    wet = np.concatenate([[[0.0, level]], at_level, outline[outline[:, 1] < level]])
    body = lathe(wet, 64, crease_deg=50)
    return [painted(GLASS, "gloss", lathe(empty, 64, crease_deg=75)), painted(LIQUID, "gloss", body)]
