"""Places under a vault: a cellar of bricks with barrels in it, and a cave."""

from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, grid
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, sphere, torus
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.boulders import rock_material
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.emitters import spotlight
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, shining_sky
from photoshoot.placers.studio.textures.gradients import mix_colors
from photoshoot.placers.studio.textures.masonry import bare_bricks

_FLOOR = -3.4
_BARRELS_Z, _END_Z, _NEAR_Z = -8.5, -12.0, -2.9
_BARREL, _LENGTH = 1.0, 2.6  # radius where it is widest, and how long it is
_BARREL_ROWS = 3
_OAK, _HOOP = "#96643a", "#3a3632"
_LAMP = np.array([8.0, 4.9, 2.2], np.float32)
_MOUTH_Z, _BEYOND_Z = -15.0, -24.0


def build_cellar(setting: Setting) -> dict[str, object]:
    """A vault of bricks, barrels that lie on each other under it, and lamps on its sides."""
    view, rng = setting.view, setting.rng
    half, spring = room_of(view)
    tunnel = _vault(half, spring, _NEAR_Z, _END_Z)
    tiling = Tiling.drawn(0.22, rng)
    bricks = textured(bare_bricks(setting.color, int(rng.integers(4))), tiling, "matte", 0.02)
    things: Things = []
    for x, y in barrel_places(half):
        rolled, place = float(rng.uniform(0, 360)), (float(x), float(y), _BARRELS_Z + float(rng.uniform(-0.1, 0.1)))
        things += [replace(part, mesh=part.mesh.turned(rolled, "z").moved(*place)) for part in _barrel(rng)]
    for side in (-1.0, 1.0):
        place = (side * (half - 0.4), spring + 0.5 * half, -6.2)
        things.append(Emissive(mesh=sphere(0.17, rings=10, segments=20).moved(*place), light=np.tile(_LAMP, (2, 1))))
    end = grid(
        [
            [(-half, spring + half, _END_Z), (half, spring + half, _END_Z)],
            [(-half, _FLOOR, _END_Z), (half, _FLOOR, _END_Z)],
        ]
    )
    warm = np.array([1.0, 0.7, 0.42], np.float32)
    shapes = named_shapes("cellar", things, setting)
    shapes["vault"] = to_shape(tunnel, bsdf=bricks)
    shapes["end"] = to_shape(end.shaded(end.vertices[:, 1], end.vertices[:, 0]), bsdf=bricks)
    shapes["lamp"] = spotlight(
        (0.0, spring + 0.8 * half, -4.6), (0.0, -0.5, _BARRELS_Z), irradiance=0.9 * warm, spread_deg=75.0
    )
    return shapes


def room_of(view: View) -> tuple[float, float]:
    """Half width of a cellar, and the height from which on its walls are a vault: both are in the picture.

    Where the camera is as high as the picture's upper edge, it is the vault's near end that would end in it.
    """
    half = max(2.6, 0.98 * view.half_width_at(_BARRELS_Z))
    crown = max(view.top_at(_END_Z) - 0.4, view.top_at(_NEAR_Z) + 0.1)
    return half, max(0.2, crown - half)


def barrel_places(half: float) -> Float64Array:
    """Middles (n, 2), x and y, of barrels in rows on each other, each row over the gaps of the one under it."""
    places = [
        (float(x), _FLOOR + _BARREL + row * 1.75 * _BARREL)
        for row in range(_BARREL_ROWS)
        for x in np.arange(-half + _BARREL * (1.0 + row % 2), half - 0.5 * _BARREL, 2.04 * _BARREL)
    ]
    return np.array(places, np.float64)


def _vault(half: float, spring: float, near: float, far: float) -> Mesh:
    """A round vault on upright walls, open to the camera; texture coordinates are world units."""
    angle = np.linspace(0, np.pi, 48)
    arch = np.stack([-half * np.cos(angle), spring + half * np.sin(angle)], 1)
    outline = np.concatenate([[[-half, _FLOOR]], arch, [[half, _FLOOR]]])
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(outline, axis=0).T))])
    z = np.array([near, far])
    points = np.empty((2, len(outline), 3))
    points[..., :2], points[..., 2] = outline, z[:, None]
    return grid(points, np.stack(np.broadcast_arrays(z[:, None], way[None]), -1))


def _barrel(rng: np.random.Generator) -> Things:
    """A barrel that lies with its head to the camera, about the middle of that head."""
    along = np.linspace(0, _LENGTH, 13)
    bulge = _BARREL * (0.84 + 0.16 * np.sin(np.pi * along / _LENGTH))
    staves = lathe(np.stack([bulge, along], 1)[::-1], 40, crease_deg=80).turned(90, "x").moved(0, 0, -_LENGTH)
    hoops = [
        lathe([(np.interp(at + 0.16, along, bulge) + 0.015, at + 0.16), (np.interp(at, along, bulge) + 0.015, at)], 40)
        .turned(90, "x")
        .moved(0, 0, -_LENGTH)
        for at in (0.0, 0.55, _LENGTH - 0.75)
    ]
    rim = 0.82 * _BARREL
    head = bevelled_cylinder(rim, 0.05, 0.01, segments=48).turned(90, "x").moved(0, 0, -0.12)
    seams = [
        box((0.012, float(np.sqrt(rim**2 - x**2)), 0.01), 0.004).moved(float(x), 0, -0.06)
        for x in np.linspace(-0.66, 0.66, 5) * rim
    ]
    edge = torus(rim + 0.02, 0.06, segments=64, sides=10)
    bung = bevelled_cylinder(0.09, 0.05, 0.015, segments=20).turned(90, "x").moved(0, -0.4 * rim, -0.06)
    shade = float(rng.uniform(0.0, 0.3))
    return [
        wooden(tint(_OAK, "#5a3a20", shade), "eggshell", staves),
        wooden(tint(_OAK, "#e6c79c", 0.55 - shade), "eggshell", head),
        wooden(tint(_OAK, "#e6c79c", 0.3), "eggshell", edge),
        painted("#3d2816", "matte", *seams, bung),
        painted(_HOOP, "satin", *hoops),
    ]


def build_cave(setting: Setting) -> dict[str, object]:
    """Rock all round, and daylight that falls in through its mouth."""
    view, rng = setting.view, setting.rng
    rock = rock_material(setting.color, rng)
    mesh = _grotto(view, int(rng.integers(1000)))
    day = mix_colors(("#f6f2e4", "#d9e8f2", "#bcd9ee"), np.linspace(1.0, 0.0, 64))
    mouth = view.half_width_at(_MOUTH_Z)
    return {
        "cave": to_shape(mesh, bsdf=rock),
        "beyond": shining_sky(1.5 * day, setting, _BEYOND_Z),
        "mouth": spotlight(
            (0.25 * mouth, 2.6, _MOUTH_Z - 1.0), (0.0, 0.5, -3.0), irradiance=np.full(3, 0.45), spread_deg=40.0
        ),
    }


def _grotto(view: View, seed: int) -> Mesh:
    """The inside of a cave, from behind the table to its mouth; texture coordinates are about world units."""
    z = np.linspace(_NEAR_Z + 0.4, _MOUTH_Z, 90)[:, None]
    angle = np.linspace(-0.5 * np.pi, 1.5 * np.pi, 241)[None]
    share = (z - z[0]) / (z[-1] - z[0])
    wide = view.half_width_at(-6.0) * 1.15 * (1 - share) + 0.62 * view.half_width_at(_MOUTH_Z) * share
    high = (view.top_at(-5.0) - 1.0 + 0.6) * (1 - share) + 0.72 * (view.top_at(_MOUTH_Z) - 1.0) * share
    rough = _rough(angle, z, seed)
    x = 0.25 * view.half_width_at(_MOUTH_Z) * share + wide * rough * np.cos(angle)
    y = 1.0 + np.where(np.sin(angle) < 0, 2.6, high) * rough * np.sin(angle)
    points = np.stack([x, y, z + 0.4 * (rough - 1) + 0 * angle], -1)
    return grid(points, np.stack(np.broadcast_arrays(0.35 * z, 0.9 * angle), -1))


def _rough(angle: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    """How far the rock is off from its middle, about 1."""
    around, along = 2.0 * np.cos(angle) + 0.5 * z, 2.0 * np.sin(angle) - 0.4 * z
    coarse = plane_noise(0.55 * around, 0.55 * along, seed=seed % 64, octaves=3)
    fine = plane_noise(2.1 * around + z, 2.1 * along, seed=seed % 64 + 5, octaves=4)
    return np.asarray(1 + 0.24 * coarse + 0.09 * fine, np.float64)
