"""A campfire in a ring of stones, with firewood beside it, among trees that it lights, under the evening's sky."""

import numpy as np

from photoshoot.placers.studio.assets.props.meshes.lamps import fire, flame_glow
from photoshoot.placers.studio.backdrops.alpine_view import AlpineView, alpine_image
from photoshoot.placers.studio.backdrops.bokeh import shining_wall
from photoshoot.placers.studio.backdrops.table_tops import table_back
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, floor, merged
from photoshoot.placers.studio.geometry.organic import blob
from photoshoot.placers.studio.geometry.solids import sphere, tube
from photoshoot.placers.studio.scene.batching import Emissive, Things, painted, wooden
from photoshoot.placers.studio.scene.emitters import spotlight
from photoshoot.placers.studio.scene.shapes import in_rake
from photoshoot.placers.studio.set_builders.places.outlook import golden_of, light_from_sky, outlook
from photoshoot.placers.studio.set_builders.setting import Setting, named_shapes, night_of

_FIRE_Z, _FAR_Z, _FRONT = -6.0, -40.0, -2.4
_RING, _STONES = 1.05, 11  # radius of the ring of stones, and how many there are
_TREES_Z = (-9.0, -20.0)  # depths between which trees stand
_ROWS, _APART = 4, 6.5  # rows that trees stand in, and how far apart in one
_HORIZON = (0.08, 0.4)  # where that of the view is, of what is seen of it
_EARTH, _BARK, _STONE, _CHARRED = "#5d4a39", "#5a493c", "#6f6a63", "#3a2a20"
_FLAME = np.array([1.0, 0.60, 0.25], np.float32)
_EMBERS = np.tile(np.array([(1.6, 0.42, 0.08)], np.float32), (2, 1))
_SHINE, _TONGUES, _SPARKS, _COALS = 1.7, 11, 10, 18
_OVER = 2.2  # how high over the ground its light comes down from
_ON_GROUND, _ON_TREES = 0.9, 0.5  # what a surface under the fire and one 4 behind it receive by night


def build_campfire(setting: Setting) -> dict[str, object]:
    """Firewood has the colour; the hour is the light's."""
    view, rng = setting.view, setting.rng
    x, side = fire_x(view, rng)
    ground = ground_y(view)
    reach = view.half_width_at(_TREES_Z[1]) + 3.0
    at = (x, ground, _FIRE_Z)
    things: Things = [
        painted(_EARTH, "matte", floor(y=ground, half_width=reach + 8, front=_FRONT, back=_FAR_Z - 1.0)),
        painted(_STONE, "matte", merged([stone.moved(*at) for stone in _ring(rng)])),
        wooden(_CHARRED, "matte", *[log.moved(*at) for log in _burning_logs(rng)]),
        wooden(setting.color, "matte", *_firewood(x - side * 2.6, ground, rng)),
        painted(_BARK, "matte", merged(_trees(view, ground, rng))),
        *(Emissive(mesh=tongue.moved(x, ground + 0.1, _FIRE_Z), light=flame_glow(_SHINE * _FLAME))
          for tongue in fire(rng, _TONGUES, 0.42, (-0.3, 0.3), 1.25)),
        *(Emissive(mesh=ember.moved(*at), light=_EMBERS) for ember in _embers(rng)),
        *(Emissive(mesh=spark.moved(*at), light=_EMBERS) for spark in _sparks(rng)),
    ]  # fmt: skip
    night = night_of(setting.light)
    return {
        **named_shapes("campfire", things, setting),
        **_firelight(at, night),
        "woods": _woods(setting, night),
        "sky_light": light_from_sky(setting, (ground, _FIRE_Z), -4.0, 1.0 - 0.93 * night),
    }


def fire_x(view: View, rng: np.random.Generator) -> tuple[float, float]:
    """Where the fire burns, beside the product as far as the picture has room, and on which side of it."""
    reach, (middle, clear) = view.half_width_at(_FIRE_Z), view.product_at(_FIRE_Z)
    side = float(rng.choice([-1.0, 1.0]))
    x = middle + side * (clear + _RING)
    return float(np.clip(x, -0.64 * reach, 0.64 * reach)), side


def ground_y(view: View) -> float:
    """Height of the ground: the table's far edge hides no more of the fire than the nearest stones of its ring."""
    fall, z = float(in_rake()[1, 2]), _FIRE_Z + _RING / 2  # the table is no part of what is raked
    farther = (view.distance - z) / (view.distance - table_back(view))
    return min((view.camera_y + fall * view.distance) * (1 - farther) - fall * z, view.camera_y - 0.6)


def _ring(rng: np.random.Generator) -> list[Mesh]:
    """Stones round the fire, at the origin as all that follows."""
    stones: list[Mesh] = []
    for angle in np.linspace(0, 2 * np.pi, _STONES, endpoint=False) + float(rng.uniform(0, 1)):
        stone = blob(float(rng.uniform(0.2, 0.3)), seed=int(rng.integers(30)), rings=20)
        stone = stone.turned(float(rng.uniform(0, 360)))
        stones.append(stone.moved(_RING * np.sin(angle), -0.04, _RING * np.cos(angle)))
    return stones


def _burning_logs(rng: np.random.Generator) -> list[Mesh]:
    """Logs that lean together over the embers."""
    logs: list[Mesh] = []
    for angle in np.linspace(0, 2 * np.pi, 6, endpoint=False) + float(rng.uniform(0, 1)):
        foot, tip = float(rng.uniform(0.6, 0.75)), float(rng.uniform(0.65, 0.85))
        out = np.array([np.sin(angle), 0.0, np.cos(angle)])
        logs.append(tube(tuple(foot * out + (0, 0.05, 0)), tuple(-0.1 * out + (0, tip, 0)), 0.09, sides=12))
    return logs


def _firewood(x: float, ground: float, rng: np.random.Generator) -> list[Mesh]:
    """A pile of logs, whose ends are seen."""
    logs: list[Mesh] = []
    radius = 0.17
    for row, count in enumerate((5, 4, 3)):
        for number in range(count):
            across = x + (number - (count - 1) / 2) * 2.05 * radius
            y = ground + radius * (1 + 1.75 * row)
            near = _FIRE_Z + float(rng.uniform(-0.2, 0.1))
            own = radius * float(rng.uniform(0.85, 1.0))
            logs.append(tube((across, y, near), (across, y, near - 1.5), own, sides=14))
    return logs


def _trees(view: View, ground: float, rng: np.random.Generator) -> list[Mesh]:
    """Trunks from the ground to past the picture's upper edge, all over its width, at several depths."""
    trunks: list[Mesh] = []
    for z in np.linspace(*_TREES_Z, _ROWS):
        half = view.half_width_at(float(z)) + 0.8
        for x in np.arange(-half + float(rng.uniform(0, _APART)), half, _APART) + rng.uniform(-0.8, 0.8):
            radius, lean = float(rng.uniform(0.2, 0.42)), float(rng.uniform(-0.6, 0.6))
            top = (float(x) + lean, view.top_at(float(z)) + 2.0, float(z))
            trunks.append(tube((float(x), ground - 0.2, float(z)), top, radius, sides=14))
    return trunks


def _embers(rng: np.random.Generator) -> list[Mesh]:
    """What glows between the logs."""
    ember = sphere(0.07, rings=8, segments=10).scaled(1.3, 0.6, 1.0)
    return [ember.moved(float(x), 0.04, float(z)) for x, z in rng.uniform(-0.55, 0.55, (_COALS, 2))]


def _sparks(rng: np.random.Generator) -> list[Mesh]:
    """Sparks that rise over the flames, farther apart higher up."""
    spark = sphere(0.01, rings=6, segments=8)
    high = 0.9 + 2.6 * rng.uniform(0, 1, _SPARKS) ** 1.3
    drift = rng.normal(0, 0.16, (_SPARKS, 2)) * high[:, None]
    return [spark.moved(float(dx), float(y), float(dz)) for y, (dx, dz) in zip(high, drift, strict=True)]


def _firelight(at: tuple[float, float, float], night: float) -> dict[str, object]:
    """What the fire gives, which flames this small would give with much noise: down on the ground, back on trees."""
    x, ground, z = at
    color = _FLAME / _FLAME.mean() * np.float32(0.4 + 0.6 * night)
    over, flames = (x, ground + _OVER, z), (x, ground + 0.8, z)
    return {
        "fire_down": spotlight(over, at, irradiance=_ON_GROUND * color, spread_deg=110.0),
        "fire_back": spotlight(flames, (x, ground + 1.4, z - 4.0), irradiance=_ON_TREES * color, spread_deg=150.0),
    }


def _woods(setting: Setting, night: float) -> object:
    """Firs before mountains, far behind the trees."""
    seen = outlook(setting.view, _FAR_Z, _HORIZON)
    view = AlpineView(
        aspect=seen.aspect,
        horizon=seen.horizon,
        snowy=False,
        water="",
        night=round(night, 2),
        golden=golden_of(setting) * (1 - round(night, 2)),
        sunny_left=setting.light.azimuth_deg < 0,
        seed=int(setting.rng.integers(8)),
    )
    return shining_wall(alpine_image(view), setting.view, _FAR_Z, setting.exposure, seen.bottom)
