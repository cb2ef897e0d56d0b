"""What stands on a desk, out of focus. Each piece stands at the origin on y = 0 and faces the camera."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.geometry.mesh import Mesh, merged, wall
from photoshoot.placers.studio.geometry.organic import branch, leaf
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere, tube, tube_along
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.textures.gradients import mix_colors
from photoshoot.placers.studio.textures.procedural import smoothstep

_ALUMINIUM, _BLACK, _PAPER = "#b9bcc0", "#1b1c1f", "#f1eee6"
MONITOR = (2.25, 1.28)
"""Half width and half height of a monitor's picture, world units."""
LAPTOP = (1.42, 0.90)
"""Half width and half height of a laptop's picture."""
_LID_DEG = -14.0
_LAMP = np.array([1.0, 0.80, 0.55], np.float32)


def wallpaper(colors: tuple[str, ...], seed: int) -> Float32Array:
    """A screen's picture: soft waves of a few colours; (180, 320, 3), display-linear."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:180, :320].astype(np.float32) / [[[180]], [[320]]]
    image = np.asarray(mix_colors(colors, 0 * y[:, :1].repeat(320, 1)), np.float32)
    for step in range(1, 7):
        share = step / 6
        level = share - 0.12 + 0.16 * np.sin((1.4 + 0.5 * step) * np.pi * x * 0.8 + float(rng.uniform(0, 6)))
        level += 0.25 * (x - 0.5) * float(rng.uniform(-1, 1))
        cover = smoothstep(0.0, 0.10, y - level)[..., None]
        light = 0.82 + 0.5 * np.exp(-np.maximum(y - level, 0) / 0.07)[..., None]
        image = image * (1 - cover) + np.asarray(mix_colors(colors, np.full((1, 1), share)), np.float32) * light * cover
    return np.asarray(np.clip(image, 0, 1.1), np.float32)


def monitor() -> tuple[Mesh, Things]:
    """(the picture, its texture coordinates 0 to 1; body and foot of a thin monitor)."""
    wide, tall = MONITOR
    middle = 0.72 + tall
    picture = wall(z=0.07, half_width=wide, bottom=middle - tall, top=middle + tall)
    back = rounded_box((wide + 0.05, tall + 0.06, 0.05), 0.04, steps=2).moved(0, middle)
    chin = box((wide + 0.05, 0.09, 0.06), 0.03).moved(0, middle - tall - 0.08)
    neck = box((0.22, 0.55, 0.05), 0.03).moved(0, 0.55, -0.2)
    foot = rounded_box((0.95, 0.03, 0.55), 0.025, steps=2).moved(0, 0.03, 0)
    return picture, [painted(_BLACK, "eggshell", back), painted(_ALUMINIUM, "satin", chin, neck, foot)]


def laptop() -> tuple[Mesh, Things]:
    """(the picture, its texture coordinates 0 to 1; lid, keyboard and body of an open laptop)."""
    wide, tall = LAPTOP

    def lean(mesh: Mesh) -> Mesh:
        return mesh.moved(0, tall + 0.06).turned(_LID_DEG, "x").moved(0, 0.09, -1.0)

    picture = lean(wall(z=0.04, half_width=wide - 0.06, bottom=-tall + 0.06, top=tall - 0.06))
    lid = lean(rounded_box((wide, tall, 0.025), 0.02, steps=2))
    rim = lean(wall(z=0.032, half_width=wide - 0.03, bottom=-tall + 0.03, top=tall - 0.03))
    base = rounded_box((wide, 0.045, 1.0), 0.04, steps=2).moved(0, 0.045)
    return picture, [
        painted(_ALUMINIUM, "satin", base, lid),
        painted(_BLACK, "eggshell", rim, _keys(wide - 0.2, -0.75, 0.1, 0.094)),
    ]


def keyboard(_style: Style, _rng: np.random.Generator) -> Things:
    """A flat keyboard with pale keys, and a mouse."""
    body = rounded_box((1.45, 0.05, 0.48), 0.045, steps=2).moved(-0.3, 0.06)
    mouse = sphere(1.0, rings=16, segments=32).scaled(0.22, 0.13, 0.36).moved(1.62, 0.10, 0.05)
    return [
        painted(_ALUMINIUM, "satin", body),
        painted(_PAPER, "eggshell", _keys(1.32, -0.40, 0.40, 0.115).moved(-0.3), mouse),
    ]


def _keys(half: float, back: float, front: float, y: float) -> Mesh:
    """Five rows of keys from ``back`` to ``front``."""
    key = box((0.078, 0.016, 0.066), 0.012)
    columns = np.arange(-half + 0.08, half - 0.07, 0.185)
    rows = np.linspace(back + 0.07, front - 0.07, 5)
    return merged([key.moved(float(x), y, float(z)) for z in rows for x in columns])


def task_lamp(style: Style, rng: np.random.Generator) -> Things:
    """A jointed lamp whose head looks down at the desk, lit."""
    side = float(rng.choice([-1.0, 1.0]))
    knee = (side * 0.62, 1.55, -0.1)
    head = (-side * 0.35, 2.45, 0.1)
    arms = [tube((0, 0.08, 0), knee, 0.035, sides=10), tube(knee, head, 0.035, sides=10)]
    joint = [sphere(0.075, rings=10, segments=20).moved(*place) for place in (knee, head)]
    foot = bevelled_cylinder(0.46, 0.09, 0.03, segments=64)
    profile = [(0.0, 0.44), (0.14, 0.42), (0.20, 0.30), (0.44, 0.0), (0.42, 0.0), (0.16, 0.28), (0.0, 0.34)]
    tilt = side * 16.0
    shade = lathe(profile, 48).turned(tilt, "z").moved(head[0], head[1] - 0.42, head[2])
    bulb = sphere(0.17, rings=12, segments=24).moved(head[0] + 0.02 * side, head[1] - 0.28, head[2])
    return [
        painted(style.accent, "semigloss", shade, foot),
        painted(_BLACK, "eggshell", *arms, *joint),
        Emissive(mesh=bulb, light=np.tile(3.2 * _LAMP, (2, 1))),
    ]


def pen_cup(style: Style, rng: np.random.Generator) -> Things:
    """Pens and a ruler in a cup."""
    cup = lathe([(0.0, 0.08), (0.24, 0.08), (0.25, 0.62), (0.28, 0.62), (0.28, 0.02), (0.24, 0), (0, 0)], 48)
    colors = (_BLACK, "#d9a441", "#c8553d", style.accent, _PAPER)
    pens: Things = []
    for index, color in enumerate(colors):
        tall = float(rng.uniform(0.95, 1.25))
        pen = tube((0, 0.1, 0), (0, tall, 0), 0.035, sides=8).turned(float(rng.uniform(5, 11)), "z")
        pens.append(painted(color, "eggshell", pen.turned(72 * index + float(rng.uniform(-15, 15)))))
    return [painted(tint(style.accent, _PAPER, 0.75), "eggshell", cup), *pens]


def book_pile(style: Style, rng: np.random.Generator) -> Things:
    """Three books on each other, and a small stone-coloured bowl on top."""
    pile: Things = []
    base = 0.0
    colors = (tint(style.accent, "#1f2328", 0.55), _PAPER, style.accent)
    for index, color in enumerate(colors):
        half = (0.80 - 0.07 * index, 0.085 + 0.02 * (index % 2), 0.55 - 0.03 * index)
        turn, shift = float(rng.uniform(-8, 8)), base + half[1]
        cover = box((half[0], half[1], half[2]), 0.02).turned(turn).moved(0, shift)
        leaves = box((half[0] - 0.03, half[1] - 0.025, half[2] + 0.005), 0.01).turned(turn).moved(0.02, shift)
        pile += [painted(color, "matte", cover), painted("#efe9db", "matte", leaves)]
        base += 2 * half[1]
    bowl = lathe([(0.0, 0.06), (0.18, 0.08), (0.30, 0.24), (0.32, 0.24), (0.22, 0.03), (0.14, 0), (0, 0)], 48)
    return [*pile, painted("#cfc6b8", "matte", bowl.moved(0.05, base))]


def pot_plant(style: Style, rng: np.random.Generator) -> Things:
    """A round-leaved plant in a ceramic pot."""
    pot = lathe([(0.0, 0.52), (0.40, 0.52), (0.46, 0.56), (0.48, 0.50), (0.36, 0.04), (0.30, 0), (0, 0)], 64)
    leaves, stems = [], []
    for index in range(16):
        turn, lean = 137.5 * index, float(rng.uniform(12, 58))
        long = float(rng.uniform(0.55, 1.25))
        tip = np.array([np.sin(np.radians(lean)), np.cos(np.radians(lean)), 0]) * long
        stems.append(tube((0, 0.5, 0), tip + np.array([0, 0.5, 0]), 0.016, sides=6).turned(turn))
        size = float(rng.uniform(0.42, 0.62))
        blade = leaf(size, 0.82 * size, curl=0.25, fold=0.1).turned(float(rng.uniform(-25, 25)), "z")
        leaves.append(blade.turned(-62, "x").moved(*tip).moved(0, 0.5).turned(turn))
    return [
        painted(tint(style.accent, "#f0ebe2", 0.8), "eggshell", pot),
        painted("#4d6b45", "eggshell", *leaves),
        painted("#5d7350", "matte", *stems),
    ]


def trailing_plant(_style: Style, rng: np.random.Generator) -> Things:
    """A few leafy twigs in a bottle vase."""
    outline = [(0.0, 0.95), (0.09, 0.95), (0.10, 0.66), (0.30, 0.40), (0.33, 0.20), (0.26, 0.02), (0.2, 0), (0, 0)]
    twigs = [
        branch(1.5, pairs=8, leaf_length=0.34, leaf_width=0.15, seed=int(rng.integers(2**31)), grown=True)
        .turned(90 + float(rng.uniform(-26, 26)), "z")
        .turned(float(rng.uniform(0, 360)))
        .moved(0, 0.85)
        for _ in range(5)
    ]
    return [painted("#7e8f84", "semigloss", lathe(outline, 64, crease_deg=70)), painted("#6f8560", "matte", *twigs)]


def speaker(style: Style, _rng: np.random.Generator) -> Things:
    """A small loudspeaker with two cones."""
    body = rounded_box((0.46, 0.74, 0.5), 0.06, steps=3).moved(0, 0.74)
    cones = [
        lathe([(0.0, 0.02), (0.4 * r, 0.05), (r, 0.12), (1.12 * r, 0.12), (1.14 * r, 0), (0, 0)], 48)
        .turned(90, "x")
        .moved(0, y, 0.46)
        for r, y in ((0.30, 0.52), (0.15, 1.12))
    ]
    ring = tube_along([(0.0, 0.0, 0.0), (0.0, 0.0, 0.02)], 0.05, sides=16).moved(0, 1.12, 0.52)
    return [painted(_BLACK, "eggshell", body), painted(tint(style.accent, _BLACK, 0.3), "satin", *cones, ring)]
