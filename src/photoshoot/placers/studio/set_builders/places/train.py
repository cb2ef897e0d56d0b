"""A train: seats that face each other at a wide window, and the country that flies past it."""

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.assets.furniture.style import box
from photoshoot.placers.studio.backdrops.bokeh import backdrop_extent, shining_wall
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import rounded_box, tube
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted
from photoshoot.placers.studio.scene.emitters import softbox
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of, sky_between
from photoshoot.placers.studio.textures.gradients import mix_colors

_WALL_Z, _COUNTRY_Z, _SEAT_X, _SEAT_Z = -6.2, -40.0, 2.0, -5.0
_WINDOW = (2.15, 0.5, 2.75)  # half its width, and the heights of its lower and its upper edge
_BAY = 5.2  # from one window to the next
_PANEL, _FRAME = "#e4e2dc", "#6d7176"
_FIELDS = ("#7f9a58", "#a9ab62", "#6b8a4c", "#8fa763", "#5a7a45")
_PIXELS = (320, 96)  # rows and columns of the country


def build_train(setting: Setting) -> dict[str, object]:
    """Windows side by side, a pair of seats in the colour at each, a rack and a strip of light over them."""
    view, rng = setting.view, setting.rng
    night = night_of(setting.light)
    reach, top = view.half_width_at(_WALL_Z) + 1.0, view.top_at(_WALL_Z) + 1.0
    side = float(rng.choice([-1.0, 1.0]))
    first = view.product_x + side * float(rng.uniform(0.25, 0.4)) * _WINDOW[0]
    count = int(np.ceil((reach + abs(first)) / _BAY)) + 1
    middles = (np.arange(-count, count + 1) * _BAY + first).tolist()
    things: Things = [*_wall(middles, top), *_over(reach + 3, view.top_at(-5.0))]
    for x in middles:
        things += _seats(x, setting.color)
    shapes = named_shapes("train", things, setting)
    _, top, bottom = backdrop_extent(view, _COUNTRY_Z)
    horizon = (view.camera_y - bottom) / (top - bottom)
    shapes["country"] = shining_wall(country(night, horizon, rng), view, _COUNTRY_Z, setting.exposure)
    shapes["lamp"] = softbox(
        (0.0, view.top_at(-3.0) + 2.5, -2.5), (0.0, 0.5, _WALL_Z), half_size=(reach, 0.8), irradiance=np.full(3, 0.35)
    )
    return shapes


def country(night: float, horizon: float, rng: np.random.Generator) -> Float32Array:
    """Sky, hills and fields, drawn out along the way as they are from a train, (rows, columns, 3) display-linear.

    ``horizon`` is the share of the height that is land.
    """
    rows, columns = _PIXELS
    sky = sky_between(("#f2f0e6", "#cfe2f0", "#9cc4e8"), ("#46547a", "#1d2846", "#0d1428"), night, 1.05)
    up = np.linspace(1, 0, rows)[:, None]
    across = np.linspace(0, 1, columns)[None]
    seed = int(rng.integers(6))
    image = np.repeat(sky[np.linspace(0, len(sky) - 1, rows).astype(int)][:, None], columns, 1)
    hills = horizon + 0.05 + 0.05 * plane_noise(5 * across, 0 * across, seed=seed, octaves=2)
    trees = horizon + 0.01 + 0.02 * plane_noise(14 * across, 0 * across, seed=seed + 3, octaves=2)
    streak = 0.5 + 0.5 * plane_noise(1.2 * across + 0 * up, 60 * up + 0 * across, seed=seed + 1, octaves=2)
    land = mix_colors(_FIELDS, streak) * (1 - 0.86 * night)
    far = mix_colors(("#8fa7a6", "#a9bcc0"), np.clip((hills - up) / 0.08, 0, 1)) * (1 - 0.86 * night)
    image = np.where((up < hills)[..., None], far, image)
    image = np.where((up < trees)[..., None], 0.55 * land, image)
    return np.asarray(np.where((up < horizon - 0.02)[..., None], land, image), np.float32)


def _wall(middles: list[float], top: float) -> Things:
    """The panels round the windows, and a dark seal about each."""
    half, low, high = _WINDOW
    tall, y = (high - low) / 2, (high + low) / 2
    pillar = box((_BAY / 2 - half + 0.01, tall + 0.2, 0.12), 0.1)
    level, post = rounded_box((half, 0.05, 0.14), 0.04, steps=2), rounded_box((0.05, tall, 0.14), 0.04, steps=2)
    panels: list[Mesh] = [pillar.moved(x + _BAY / 2, y, _WALL_Z) for x in middles]
    seals: list[Mesh] = [level.moved(x, at, _WALL_Z) for x in middles for at in (low, high)]
    seals += [post.moved(x + s * half, y, _WALL_Z) for x in middles for s in (-1, 1)]
    ends = (middles[0] - _BAY, middles[-1] + _BAY)
    wide, middle = (ends[1] - ends[0]) / 2, (ends[0] + ends[1]) / 2
    panels.append(box((wide, 2.0, 0.12)).moved(middle, low - 2.0, _WALL_Z))
    panels.append(box((wide, (top - high) / 2 + 1.0, 0.12)).moved(middle, (top + high) / 2 + 1.0, _WALL_Z))
    sill = box((wide, 0.06, 0.25)).moved(middle, low - 0.1, _WALL_Z + 0.25)
    return [painted(_PANEL, "satin", *panels, sill), painted(_FRAME, "satin", *seals)]


def _over(reach: float, top: float) -> Things:
    """The luggage rack, and the strip of light under it."""
    y = max(3.0, top - 0.2)
    rails = [tube((-reach, y, z), (reach, y, z), 0.05, sides=8) for z in (-5.9, -5.5, -5.1)]
    strip = box((reach, 0.04, 0.08)).moved(0, y - 0.16, -5.9)
    return [
        painted("#b9bdc2", "metal", *rails),
        Emissive(mesh=strip, light=np.tile(np.array([[1.7, 1.6, 1.4]], np.float32), (2, 1))),
    ]


def _seats(x: float, color: str) -> Things:
    """Two seats from their sides, which face each other over the table, and their white headrests."""
    back = rounded_box((0.24, 1.35, 0.8), 0.22)
    head = rounded_box((0.3, 0.34, 0.62), 0.24)
    backs: list[Mesh] = []
    rests: list[Mesh] = []
    for s in (-1.0, 1.0):
        at = x + s * _SEAT_X
        backs += [back.turned(-5 * s, "z").moved(at, 0.35, _SEAT_Z), head.moved(at + 0.12 * s, 1.92, _SEAT_Z)]
        rests.append(rounded_box((0.3, 0.24, 0.5), 0.2).moved(at + 0.06 * s, 1.92, _SEAT_Z))
    return [
        painted(color, "matte", *backs),
        painted("#efece6", "matte", *rests),
    ]
