"""A greenhouse: panes in slender bars on all sides, benches full of pots, and green that hangs from the ridge."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box
from photoshoot.placers.studio.backdrops.bokeh import blurred_lights, shining_wall
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, merged
from photoshoot.placers.studio.geometry.organic import leaf
from photoshoot.placers.studio.geometry.solids import lathe, sphere, tube
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of

_FLOOR, _BENCH = -3.2, -1.0
_NEAR_Z, _END_Z, _OUTSIDE_Z = -4.5, -15.0, -40.0
_BAY = 1.5  # from rafter to rafter
_BAR = 0.06
_POT = ((0.0, 0.5), (0.36, 0.5), (0.36, 0.4), (0.32, 0.4), (0.24, 0.0), (0.0, 0.0))
_GREENS = ("#4c7a3c", "#6c9648", "#35602f", "#8aa95a")
_CLAY = ("#b5653f", "#c27a52", "#a3553a")
_BLOOMS = ("#e58aa0", "#f1c84c", "#f4efe6", "#d65a4a")
_OUTSIDE = "#cfe3c8"


def build_greenhouse(setting: Setting) -> dict[str, object]:
    """Bars in the colour under a pitched roof, and plants along both of its sides and at its far end."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    half, eaves, ridge = _room(view)
    things: Things = [
        painted(setting.color, "satin", *_bars(half, eaves, ridge)),
        painted("#b9b2a4", "matte", floor(y=_FLOOR, half_width=half + 3, front=-2.0, back=_END_Z - 8.0)),
        *_benches(half, rng),
        *_end(half, ridge, rng),
        *_baskets(half, eaves, ridge, rng),
    ]
    shapes = named_shapes("greenhouse", things, setting)
    outside = blurred_lights(_OUTSIDE, view, _OUTSIDE_Z, rng)
    shapes["outside"] = shining_wall(outside * np.float32(0.88 - 0.7 * night), view, _OUTSIDE_Z, setting.exposure)
    side = -1.0 if setting.light.azimuth_deg < 0 else 1.0
    shapes["daylight"] = softbox(
        (side * (half + 5.0), max(9.0, view.top_at(-9.0) + 4.0), -7.0),
        (0.0, _BENCH, -9.5),
        half_size=(6.0, 5.0),
        irradiance=np.full(3, 0.8 - 0.6 * night),
    )
    return shapes


def _room(view: View) -> tuple[float, float, float]:
    """Half its width, and the heights at which its roof begins and ends: both are in the picture."""
    half = max(3.4, 0.98 * view.half_width_at(-9.0))
    eaves = 0.42 * view.top_at(-9.0)
    return half, eaves, max(eaves + 1.2, min(eaves + 0.7 * half, 0.92 * view.top_at(_END_Z)))


def _bars(half: float, eaves: float, ridge: float) -> list[Mesh]:
    """Posts and rafters every bay, purlins and sills along, and the gable at the far end."""
    middle, long = (_NEAR_Z + _END_Z) / 2, (_NEAR_Z - _END_Z) / 2
    along = [(s * half, y) for s in (-1, 1) for y in (_BENCH - 0.3, (_BENCH + eaves) / 2, eaves)]
    along += [(s * half * share, ridge + (eaves - ridge) * share) for s in (-1, 1) for share in (1 / 3, 2 / 3)]
    bars = [box((_BAR, _BAR, long)).moved(x, y, middle) for x, y in (*along, (0.0, ridge))]
    for z in np.arange(_END_Z, _NEAR_Z + 0.1, _BAY):
        for s in (-1, 1):
            bars.append(tube((s * half, _FLOOR, z), (s * half, eaves, z), _BAR, sides=6))
            bars.append(tube((s * half, eaves, z), (0, ridge, z), _BAR, sides=6))
    for x in np.arange(-half, half + 0.1, half / max(2, round(half / 1.3))):
        top = ridge + (eaves - ridge) * abs(float(x)) / half
        bars.append(tube((x, _FLOOR, _END_Z), (x, top, _END_Z), _BAR, sides=6))
    bars += [box((half, _BAR, _BAR)).moved(0, y, _END_Z) for y in (_BENCH - 0.3, (_BENCH + eaves) / 2, eaves)]
    return bars


def _benches(half: float, rng: np.random.Generator) -> Things:
    """Boards on both sides with pots in two rows."""
    deep = 0.75
    boards: list[Mesh] = []
    plants: list[tuple[Mesh, ...]] = []
    clay: list[Mesh] = []
    for s in (-1, 1):
        x = s * (half - 0.15 - deep)
        boards.append(box((deep, 0.06, (_NEAR_Z - _END_Z) / 2 - 0.5)).moved(x, _BENCH, (_NEAR_Z + _END_Z) / 2))
        boards += [box((0.07, (_BENCH - _FLOOR) / 2, 0.07)).moved(x - s * deep, (_BENCH + _FLOOR) / 2, float(z))
                   for z in np.arange(_END_Z + 1, _NEAR_Z, 2.4)]  # fmt: skip
        for row in (-0.36, 0.36):
            for z in np.arange(_END_Z + 0.8, _NEAR_Z - 0.6, 0.95):
                size = float(rng.uniform(0.75, 1.15))
                place = (x + row + float(rng.uniform(-0.1, 0.1)), _BENCH + 0.06, float(z + rng.uniform(-0.2, 0.2)))
                clay.append(lathe(_POT, 16, crease_deg=60).scaled(size).moved(*place))
                plants.append(tuple(part.moved(0, 0.42).scaled(size).moved(*place) for part in _bush(rng)))
    return [wooden("#9a7a55", "matte", *boards), *_potted(clay, plants, rng)]


def _potted(clay: list[Mesh], plants: list[tuple[Mesh, ...]], rng: np.random.Generator) -> Things:
    things: Things = [painted(color, "matte", *clay[number::3]) for number, color in enumerate(_CLAY)]
    kinds = rng.integers(len(_GREENS), size=len(plants))
    for number, green in enumerate(_GREENS):
        blades = [plant[0] for plant, kind in zip(plants, kinds, strict=True) if kind == number]
        if blades:
            things.append(painted(green, "matte", *blades))
    blooms = rng.integers(3 * len(_BLOOMS), size=len(plants))
    for number, color in enumerate(_BLOOMS):
        heads = [plant[1] for plant, bloom in zip(plants, blooms, strict=True) if bloom == number and len(plant) > 1]
        if heads:
            things.append(painted(color, "matte", *heads))
    return things


def _bush(rng: np.random.Generator) -> tuple[Mesh, Mesh]:
    """Leaves about a pot's middle, and the blooms that it may have; a unit high."""
    slender = rng.uniform() < 0.5
    blade = leaf(0.75, 0.16 if slender else 0.34, curl=0.35, fold=0.1, unseen=True)
    blades = [
        blade.scaled(float(rng.uniform(0.6, 1.1)))
        .turned(float(rng.uniform(10, 80)), "z")
        .turned(float(rng.uniform(0, 360)))
        .moved(0, float(rng.uniform(0.0, 0.3)))
        for _ in range(46 if slender else 30)
    ]
    blades += [blade.turned(180, "x") for blade in blades[::2]]
    heads = [
        sphere(0.085, rings=6, segments=10).moved(*(rng.uniform(-0.36, 0.36, 3) * [1, 0.5, 1] + [0, 0.55, 0]).tolist())
        for _ in range(9)
    ]
    return merged(blades), merged(heads)


def _end(half: float, ridge: float, rng: np.random.Generator) -> Things:
    """Tall plants with broad leaves before the far end, beside its door."""
    greens: tuple[list[Mesh], list[Mesh]] = ([], [])
    for number, x in enumerate(np.linspace(-0.62, 0.62, 4) * half):
        tall = float(rng.uniform(0.55, 0.8)) * (ridge - _FLOOR)
        for _ in range(16):
            share = float(rng.uniform(0.35, 1.0))
            blade = leaf(2.1, 0.62, curl=0.45, fold=0.1).turned(float(rng.uniform(20, 70)), "z")
            place = (float(x), _FLOOR + 0.72 * tall * share, _END_Z + 1.2)
            greens[number % 2].append(blade.turned(float(rng.uniform(0, 360))).moved(*place))
    return [painted(color, "matte", *meshes) for color, meshes in zip(("#4f8242", "#3c6b38"), greens, strict=True)]


def _baskets(half: float, eaves: float, ridge: float, rng: np.random.Generator) -> Things:
    """Baskets that hang from the roof, their plants trailing over them."""
    blade = leaf(0.8, 0.2, curl=0.5, fold=0.1, unseen=True)
    greens: list[Mesh] = []
    bowls: list[Mesh] = []
    for z in (-7.5, -10.5, -13.0):
        for s in (-1, 1):
            x, y = s * 0.5 * half, (eaves + ridge) / 2 - float(rng.uniform(1.0, 1.5))
            bowls.append(sphere(0.4, rings=8, segments=16).scaled(1, 0.7, 1).moved(x, y, z))
            bowls.append(tube((x, y, z), (x, (eaves + ridge) / 2, z), 0.02, sides=5))
            for _ in range(50):
                hung = blade.turned(float(rng.uniform(-75, 40)), "z").turned(float(rng.uniform(0, 360)))
                greens.append(hung.moved(x, y + float(rng.uniform(0.0, 0.25)), z))
    return [painted("#6f5537", "matte", *bowls), painted("#6f9a4c", "matte", *greens)]
