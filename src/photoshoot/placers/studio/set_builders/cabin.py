"""By the window of a log cabin: boards, logs, panes with snow or mountains outside, curtains and warm things."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_oklab
from photoshoot.placers.studio.assets.furniture.hearth import BREAST, MOUTH, burning, field_stones, mantelpiece
from photoshoot.placers.studio.assets.furniture.style import Style, box, tint
from photoshoot.placers.studio.assets.hanger import HANGER_Z, hook_height, rail_radius
from photoshoot.placers.studio.assets.props.meshes.lamps import flame, flame_glow
from photoshoot.placers.studio.assets.props.placement import stand, to_scale
from photoshoot.placers.studio.assets.props.several import holds_light, keeping_off, strew_held
from photoshoot.placers.studio.assets.rows import Row, Ware, line_up, moved, scaled
from photoshoot.placers.studio.backdrops.alpine_view import AlpineView, alpine_image
from photoshoot.placers.studio.backdrops.snowy_view import snowy_view
from photoshoot.placers.studio.backdrops.table_tops import table_back, table_top
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged, wall
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_box, sphere, tube, tube_along
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, thing_shapes
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, area_emitter, bitmap
from photoshoot.placers.studio.scene.emitters import Rig, albedo_exposure, build_lights, vary
from photoshoot.placers.studio.scene.shapes import BLURRED_DENSITY, SetParts, to_shape
from photoshoot.placers.studio.textures.by_name import Surface
from photoshoot.sets.cabin import Cabin

_WALL_Z = -4.2
_LIFELIKE = 1.4  # see ``Row``: lanterns and logs are built small beside a mug
_LOG = 0.46  # radius
_SILL_Y = 0.55
_FIRE, _CHIMNEY = 0.8, 0.8 * BREAST  # how large a fireplace is, of one in a room, and half its chimney's width
_MOUTH_Y = 0.12  # height of its opening's lower edge
_ASIDE, _OUTMOST = 0.15, 0.66  # of half the picture's width: from where a product is aside; how far a fire may be
_STRING = (0.45, 0.08)  # how far its lights reach under and over the wire's height
_PAST = 1.2  # how far it goes on past the window, or ends before a chimney's
_LEAST = 1.8  # height of a window, at least
_PANE = 1.55  # width of a pane
_FOLD, _RIB = 0.26, 0.06  # how thick a folded blanket is, and the radius of its ribs
_WARM = np.array([1.0, 0.66, 0.32], np.float32)
_DAYLIGHT = 1.05  # of the snow outside, of white
_MEADOW, _DARK = 0.3, 0.4  # share of a summer's view that is meadow; lightness, OKLab, of a sky by night, at most
_SMOOTH, _LEAST_PATCH = frozenset({"none", "candles", "ornaments"}), 0.06
"""Things that a coarse film shows as well, and the share of the picture from which on they, too, are traced whole.
They fill 2 to 4 % of 1506x1080, and gain .5 to .8 dB of 39 there for a quarter of the CPU time. Twigs of pine gain 1.9;
and what hangs has a rail before the bright window, and 37 to 38 dB with a patch."""


def build_cabin(design: Cabin, view: View, rng: np.random.Generator) -> SetParts:
    """Table, logs, window and things; the firs, the grain, where things stand and the light vary."""
    light = vary(design.light, rng)
    exposure = albedo_exposure(light, 0.93)
    z = min(_WALL_Z, table_back(view) - 1.2)
    surface = Surface(material="wood", color=design.table_color, vein_color="#3a2213", rustic=0.6)
    top = max(view.top_at(z) + 0.8, _SILL_Y + _LEAST)
    fire = _fire_place(view, z, rng) if design.fireplace else None
    middle, half = _window(view, z) if fire is None else _window_beside(view, z, fire)
    outside = _outside(design, round(2 * half / (top - _SILL_Y), 2), int(rng.integers(8)))
    pane = wall(z=z - 0.5, half_width=half, bottom=_SILL_Y, top=top).moved(middle)
    openings = [(middle - half, middle + half, _SILL_Y)]
    if fire is not None:
        openings.append((fire - _CHIMNEY, fire + _CHIMNEY, -np.inf))
    things = _logs(design, view, z, openings, top, rng)
    if fire is not None:
        things += _chimney(design, view, (fire, z), rng)
    things += _frame(z, middle, half, top, snow=design.snow) + _curtains(design, z, middle, half, top)
    warm = _things(design, view, fire, rng)
    things += warm
    if design.lights:
        over = half + (_PAST if fire is None else -_PAST)
        things += _string(z, middle, over, _string_y(view, z), rng)
    shapes: dict[str, object] = {
        "table": table_top(surface, "eggshell", view, rng, back=z),
        "outside": to_shape(
            pane, bsdf=BLACK, emitter=area_emitter(bitmap(_DAYLIGHT * outside / np.float32(exposure), clamp=True), MET)
        ),
        **thing_shapes(things, exposure),
        **stand(to_scale(strew_held(design), keeping_off(view, (thing.mesh for thing in warm)), rng, ()), view),
        **build_lights(light, view, Rig(target=(0.0, 0.8, -1.0), back_z=-1.5)),
    }
    glows, smooth = design.lights or holds_light(design), _SMOOTH.issuperset((design.props, *design.also))
    return SetParts(
        shapes=shapes,
        aperture=0.07,
        film_density=BLURRED_DENSITY,
        least_patch=_LEAST_PATCH if smooth and not view.held else 0.0,
        exposure=exposure,
        bloom=0.07 if glows else 0.03,
    )


def _outside(design: Cabin, aspect: float, seed: int) -> Float32Array:
    """What is seen out of the window, of such an aspect; display-linear."""
    if design.snow:
        return snowy_view(design.sky_colors, aspect, seed)
    night = float(hex_to_oklab(design.sky_colors[-1])[0] < _DARK)
    sunny_left = design.light.azimuth_deg < 0
    return alpine_image(
        AlpineView(
            aspect=aspect,
            horizon=_MEADOW,
            snowy=False,
            water="",
            night=night,
            golden=0.0,
            sunny_left=sunny_left,
            seed=seed,
        )
    )


def _window(view: View, z: float) -> tuple[float, float]:
    """(middle, half width) of the window: a little beside the product, wider than it."""
    reach = view.half_width_at(z)
    half = float(np.clip(0.55 * reach, 1.6, 4.2))
    return float(np.clip(view.product_x + 0.18 * reach, -reach, reach)), half


def _fire_place(view: View, z: float, rng: np.random.Generator) -> float:
    """The x of the chimney's middle: beside the product, on the side where the picture has more room."""
    reach, (middle, clear) = view.half_width_at(z), view.product_at(z)
    side = float(np.sign(-middle)) if abs(middle) > _ASIDE * reach else float(rng.choice([-1.0, 1.0]))
    return float(np.clip(middle + side * (clear + _FIRE * MOUTH[0] + 0.15), -_OUTMOST * reach, _OUTMOST * reach))


def _window_beside(view: View, z: float, fire: float) -> tuple[float, float]:
    """(middle, half width) of a window on the other side of the product than the chimney, past the picture's edge."""
    side, reach = -float(np.sign(fire)), view.half_width_at(z)
    near, far = side * fire + _CHIMNEY + 0.7, max(reach + 0.3, side * fire + _CHIMNEY + 3.0)
    return side * (near + far) / 2, (far - near) / 2


def _chimney(design: Cabin, view: View, place: tuple[float, float], rng: np.random.Generator) -> Things:
    """A chimney of field stones with a fire in it, from the table's edge up."""
    x, z = place
    things = [*field_stones(BREAST, (view.top_at(z) + 0.8) / _FIRE, -1.0, rng), *mantelpiece(design.table_color)]
    return moved(scaled([*things, *burning(rng)], _FIRE), (x, _MOUTH_Y, z + _LOG))


def _logs(
    design: Cabin,
    view: View,
    z: float,
    openings: Sequence[tuple[float, float, float]],
    top: float,
    rng: np.random.Generator,
) -> Things:
    """Round logs round the openings (from x, to x, from which height on), each in its own shade."""
    reach = view.half_width_at(z) + 3.0
    things: Things = []
    for index, y in enumerate(np.arange(-_LOG * 3, top + 1.0, 1.86 * _LOG)):
        shade = tint(design.wall_color, "#3d2817" if index % 2 else "#d9b283", float(rng.uniform(0.0, 0.25)))
        holes = sorted((left, right) for left, right, low in openings if y >= low)
        ends = zip([-reach, *(right for _, right in holes)], [*(left for left, _ in holes), reach], strict=True)
        logs = [tube((a, y, z - 0.1), (b, y, z - 0.1), _LOG, sides=28) for a, b in ends if b > a]
        things.append(painted(shade, "matte", *logs))  # no lens shows their sheen, and a coat costs paths
    return things


def _frame(z: float, middle: float, half: float, top: float, *, snow: bool) -> Things:
    """A painted frame with bars, and a deep sill, in winter with snow on it."""
    tall, low = (top - _SILL_Y) / 2, (top + _SILL_Y) / 2
    sides = [box((0.13, tall, 0.18)).moved(middle + s * half, low, z + 0.1) for s in (-1, 1)]
    count = max(2, round(2 * half / _PANE))
    bars = [
        box((0.055, tall, 0.07)).moved(middle + x, low, z + 0.02) for x in np.linspace(-half, half, count + 1)[1:-1]
    ]
    rungs = [box((half, 0.05, 0.07)).moved(middle, y, z + 0.02) for y in np.arange(_SILL_Y + 1.35, top, 1.35)]
    sill = rounded_box((half + 0.3, 0.09, 0.42), 0.04, steps=2).moved(middle, _SILL_Y - 0.05, z + 0.3)
    drift = sphere(1.0, rings=12, segments=40).scaled(half, 0.20, 0.16).moved(middle, _SILL_Y + 0.02, z - 0.25)
    frame = painted("#e9dfce", "matte", *sides, *bars, *rungs, sill)
    return [frame, painted("#f4f7fb", "matte", drift)] if snow else [frame]


def _curtains(design: Cabin, z: float, middle: float, half: float, top: float) -> Things:
    """Short gathered curtains at both sides."""
    folds: list[Mesh] = []
    for side in (-1.0, 1.0):
        x = np.linspace(-0.55, 0.55, 70)
        profile = np.stack([x + middle + side * (half - 0.1), 0 * x + top, z + 0.62 + 0.11 * np.sin(x * 24)], 1)
        folds.append(grid(np.stack([profile, profile * [1, 0, 1] + [0, _SILL_Y + 0.15, 0]])))
    return [painted(design.textile_color, "matte", *folds)]


def _string(z: float, middle: float, half: float, y: float, rng: np.random.Generator) -> Things:
    """Small warm lights on a wire along the window's upper part."""
    x = np.linspace(-half, half, 120)
    sag = y - 0.28 * np.abs(np.sin(np.pi * (x + 0.3) / 1.9)) + float(rng.uniform(-0.05, 0.05))
    wire = tube_along(np.stack([x + middle, sag, 0 * x + z + 0.86], 1), 0.014, sides=6)
    at = np.arange(2, 118, 5)
    globes = [sphere(0.062, rings=10, segments=16).moved(x[k] + middle, sag[k] - 0.07, z + 0.88) for k in at]
    glow = np.tile(5.0 * _WARM, (2, 1)).astype(np.float32)
    return [painted("#2a2119", "matte", wire), *[Emissive(mesh=globe, light=glow) for globe in globes]]


def _string_y(view: View, z: float) -> float:
    """Height of that wire: along the picture's upper edge before the window, and clear of a rail that is before it."""
    y = max(view.top_at(z) - 0.35, _SILL_Y + 1.2)
    held = view.cords.hanger if view.cords is not None else view.shoulders
    if held is None:
        return y
    thick = rail_radius(held)
    near, far = view.distance - HANGER_Z, view.distance - z - 0.87
    rail = view.camera_y + (hook_height(held) - thick - view.camera_y) * far / near
    thick *= far / near
    low, high = y - _STRING[0], y + _STRING[1]
    if low - thick > rail or rail > high + thick:
        return y
    over = rail + thick + _STRING[0]
    return over if over + _STRING[1] < view.top_at(z) else rail - thick - _STRING[1]


def _things(design: Cabin, view: View, fire: float | None, rng: np.random.Generator) -> Things:
    """A lantern with a candle, a folded knitted blanket, cups and wood for the fire; what is low before a fire at x."""
    style = Style(wood=design.table_color, accent=design.textile_color)
    lamp, rug, cup, logs = (
        Ware(half=half, build=build, of=(style,))
        for half, build in ((0.5, _lantern), (1.1, _blanket), (0.4, _enamel_cup), (0.9, _firewood))
    )
    others = [rug, cup, lamp] if fire is None else [cup, rug]
    side = float(rng.choice([-1.0, 1.0])) if fire is None else -float(np.sign(fire))
    near = min(-1.8, -view.product_back - 0.7)
    row = Row(z=near, side=side, clear=0.25, gaps=(0.1, 0.35), rest=1.4, lifelike=_LIFELIKE, peeks=True)
    other = replace(row, z=near - 0.3, side=-side, clear=0.3, gaps=(0.1, 0.4))
    return line_up(view, row, [lamp, logs, cup, rug], rng) + line_up(view, other, others, rng)


def _lantern(_style: Style, rng: np.random.Generator) -> Things:
    """A lantern of dark metal with a lit candle."""
    iron, turn = "#2b2a28", float(rng.uniform(-25, 25))
    plates = [rounded_box((0.42, 0.05, 0.42), 0.03, steps=1).moved(0, y) for y in (0.05, 1.28)]
    posts = [box((0.035, 0.6, 0.035), 0.01).moved(sx * 0.36, 0.66, sz * 0.36) for sx in (-1, 1) for sz in (-1, 1)]
    roof = lathe([(0.0, 0.34), (0.10, 0.32), (0.48, 0.0), (0.0, 0.0)], 4, crease_deg=20).turned(45).moved(0, 1.32)
    candle = bevelled_cylinder(0.19, 0.48, 0.03, segments=40).moved(0, 0.1)
    return [
        painted(iron, "eggshell", *[part.turned(turn) for part in (*plates, *posts, roof)]),
        painted("#f3e6cc", "matte", candle),
        Emissive(mesh=flame().moved(0, 0.62), light=flame_glow(6.0 * _WARM)),
    ]


def _blanket(style: Style, rng: np.random.Generator) -> Things:
    """Folded blankets of thick ribs, their folds to the camera."""
    things: Things = []
    angle, half = np.linspace(0.5 * np.pi, -0.5 * np.pi, 7), 0.5 * _FOLD - _RIB
    bent = np.stack([0.55 + half * np.cos(angle), 0.5 * _FOLD + half * np.sin(angle)], 1)
    fold = np.concatenate([[[-0.6, _FOLD - _RIB]], bent, [[-0.6, _RIB]]])
    for index, color in enumerate((style.accent, "#efe6d8")):
        wide, turn = float(rng.uniform(0.86, 0.95)), float(rng.uniform(-6, 6))
        ribs = [
            tube_along(np.column_stack([np.full(len(fold), x), fold[:, ::-1] + [_FOLD * index, 0]]), _RIB, sides=8)
            for x in np.arange(-wide, wide, 1.7 * _RIB)
        ]
        things.append(painted(color, "matte", merged(ribs).turned(turn)))
    return things


def _enamel_cup(style: Style, rng: np.random.Generator) -> Things:
    """An enamelled cup with a dark rim."""
    body = lathe([(0.27, 0.06), (0.31, 0.56), (0.34, 0.56), (0.33, 0.04), (0.29, 0.0), (0.0, 0.0)], 56, crease_deg=60)
    turn = np.linspace(-1.3, 1.3, 20)
    ear = np.stack([0.33 + 0.17 * np.cos(turn), 0.30 + 0.19 * np.sin(turn), 0 * turn], 1)
    rim = lathe([(0.30, 0.58), (0.345, 0.58), (0.345, 0.545), (0.30, 0.545)], 56, crease_deg=80)
    spin = float(rng.uniform(-50, 50))
    return [
        painted(tint(style.accent, "#f4efe6", 0.85), "semigloss", body, tube_along(ear, 0.035, sides=10).turned(spin)),
        painted("#26323f", "semigloss", rim),
    ]


def _firewood(_style: Style, rng: np.random.Generator) -> Things:
    """Short split logs in a pile, their cut ends to the camera."""
    things: Things = []
    for x, y in ((-0.55, 0.25), (0.0, 0.24), (0.55, 0.26), (-0.28, 0.68), (0.28, 0.70), (0.0, 1.10)):
        radius = float(rng.uniform(0.22, 0.27))
        bark = tube((x, y, -0.7), (x, y, 0.5), radius, sides=18)
        cut = bevelled_cylinder(0.9 * radius, 0.02, 0.005, segments=24).turned(90, "x").moved(x, y, 0.505)
        things += [
            painted("#5b4330", "matte", bark),
            painted(tint("#d7b07a", "#a97c4a", float(rng.uniform(0, 0.6))), "matte", cut),
        ]
    return things
